namespace Publications;

// The facts about one picture or film. Their stored shape is for ever. By are callers' ids. What a disputer wrote, and how to reach him, lies in the vault.

/// <summary>Bytes were taken in; they never change under this id. <paramref name="Sha256"/> is hex; width and height in pixels of the upright picture, null for films. <paramref name="FileName"/> is a label: evidence, never truth.</summary>
public sealed record MediaUploaded(Guid MediaId, string Body, string Sha256, string MediaType, long Size, int? Width, int? Height, string? FileName, string By, DateTimeOffset At)
{
    /// <summary>SHA-256, hex, of the whole as everybody may have it, without its labels; null where that is the same, or was not told yet.</summary>
    public string? BareSha256 { get; init; }

    /// <summary>What the file says of itself: evidence, never truth.</summary>
    public FileLabels? Labels { get; init; }
}

/// <summary>Whom it is credited to, by what right it is used (<see cref="MediaRights.Categories"/>), and until when where the right ends.</summary>
public sealed record MediaRightsSet(Guid MediaId, string? Credit, string? Category, DateTimeOffset? LeaseUntil, string By, DateTimeOffset At);

/// <summary>Somebody in the frame whom the registry knows; <paramref name="Region"/> in pixels of the original, null: somewhere in it.</summary>
public sealed record ShownPerson(Guid PersonId, Crop? Region);

/// <summary>Somebody in the frame whom the registry does not know: named in kk and ru, or unnamed and to be cropped away.</summary>
public sealed record ShownOther(Bilingual? Name, Crop? Region);

/// <summary>
/// One person says, with evidence, who is in the whole frame, or that it shows nobody (<paramref name="Nobody"/>: animal, landscape, object); it counts for nothing
/// until another confirms it.
/// </summary>
public sealed record DepictionAsserted(Guid MediaId, Guid DepictionId, IReadOnlyList<ShownPerson> Persons, IReadOnlyList<ShownOther> Others, string? Nobody, string Evidence, string By, DateTimeOffset At);

/// <summary>Somebody who neither asserted it nor brought the picture looked at the evidence and confirmed it.</summary>
public sealed record DepictionConfirmed(Guid MediaId, Guid DepictionId, string By, DateTimeOffset At);

/// <summary>The assertion holds no more.</summary>
public sealed record DepictionWithdrawn(Guid MediaId, Guid DepictionId, string Reason, string By, DateTimeOffset At);

/// <summary>
/// Somebody says that it shows another than is said. <paramref name="DepictionId"/>: the one in force; <paramref name="Halted"/>: the people whose publications stop until it
/// is resolved, none when nothing was out yet. <paramref name="SubjectId"/> holds words and contact in the vault.
/// </summary>
public sealed record MediaDisputed(Guid MediaId, Guid DisputeId, Guid? DepictionId, Guid SubjectId, Guid WordsId, Guid? ContactId, IReadOnlyList<Guid> Halted, DateTimeOffset At);

/// <summary>Somebody who had no part in the depiction decided: <c>upheld</c>, the depiction is withdrawn, or <c>rejected</c>, it stands. <paramref name="Reason"/> is the official's.</summary>
public sealed record MediaDisputeResolved(Guid MediaId, Guid DisputeId, string Outcome, string Reason, string By, DateTimeOffset At);
