using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>Credit, category of the right and its end, as last set.</summary>
public sealed record MediaRights(string? Credit, string? Category, DateTimeOffset? LeaseUntil)
{
    /// <summary>By what right a picture is used: a closed list.</summary>
    public static readonly string[] Categories = ["own-work", "commissioned", "licence", "agency", "handout", "open-licence", "public-domain"];

    public static readonly MediaRights None = new(null, null, null);
}

public sealed record Confirmation(string By, DateTimeOffset At);

/// <summary>What was said of who is in the frame, and who confirmed it.</summary>
public sealed record Depiction(Guid Id, IReadOnlyList<ShownPerson> Persons, IReadOnlyList<ShownOther> Others, string? Nobody, string Evidence, string AssertedBy, DateTimeOffset AssertedAt)
{
    public IReadOnlyList<Confirmation> Confirmations { get; init; } = [];
    public bool Withdrawn { get; init; }
}

/// <summary>One dispute; open until it has an outcome.</summary>
public sealed record Dispute(Guid Id, Guid? DepictionId, Guid SubjectId, Guid WordsId, Guid? ContactId, IReadOnlyList<Guid> Halted, DateTimeOffset ReceivedAt)
{
    public string? Outcome { get; init; }
    public string? ResolvedBy { get; init; }
}

/// <summary>One picture or film as the facts leave it.</summary>
public sealed record MediaItem(Guid Id, string Body, string Sha256, string MediaType, long Size, int? Width, int? Height, string? FileName, string UploadedBy, DateTimeOffset UploadedAt) : IOfBody
{
    public string? BareSha256 { get; init; }
    public FileLabels? Labels { get; init; }
    public MediaRights Rights { get; init; } = MediaRights.None;
    public IReadOnlyList<Depiction> Depictions { get; init; } = [];
    public IReadOnlyList<Dispute> Disputes { get; init; } = [];
}

/// <summary>From facts to state; every fact type has an arm, an unknown one throws.</summary>
public static class MediaFold
{
    public static readonly Type[] Facts =
    [
        typeof(MediaUploaded), typeof(MediaRightsSet), typeof(DepictionAsserted), typeof(DepictionConfirmed), typeof(DepictionWithdrawn), typeof(MediaDisputed), typeof(MediaDisputeResolved),
    ];

    public static MediaItem? Evolve(MediaItem? state, object fact) => fact switch
    {
        MediaUploaded e => new(e.MediaId, e.Body, e.Sha256, e.MediaType, e.Size, e.Width, e.Height, e.FileName, e.By, e.At) { BareSha256 = e.BareSha256, Labels = e.Labels },
        MediaRightsSet e => state! with { Rights = new(e.Credit, e.Category, e.LeaseUntil) },
        DepictionAsserted e => state! with { Depictions = [.. state.Depictions, new(e.DepictionId, e.Persons, e.Others, e.Nobody, e.Evidence, e.By, e.At)] },
        DepictionConfirmed e => state!.With(e.DepictionId, d => d with { Confirmations = [.. d.Confirmations, new(e.By, e.At)] }),
        DepictionWithdrawn e => state!.With(e.DepictionId, d => d with { Withdrawn = true }),
        MediaDisputed e => state! with { Disputes = [.. state.Disputes, new(e.DisputeId, e.DepictionId, e.SubjectId, e.WordsId, e.ContactId, e.Halted, e.At)] },
        MediaDisputeResolved e => Resolved(state!, e),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a picture."),
    };

    private static MediaItem Resolved(MediaItem state, MediaDisputeResolved e)
    {
        var disputed = state.Disputes.First(d => d.Id == e.DisputeId).DepictionId;
        return (e.Outcome == MediaDecider.Upheld && disputed is { } id ? state.With(id, d => d with { Withdrawn = true }) : state) with
        {
            Disputes = [.. state.Disputes.Select(d => d.Id == e.DisputeId ? d with { Outcome = e.Outcome, ResolvedBy = e.By } : d)],
        };
    }

    private static MediaItem With(this MediaItem state, Guid depictionId, Func<Depiction, Depiction> change) =>
        state with { Depictions = [.. state.Depictions.Select(d => d.Id == depictionId ? change(d) : d)] };
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class MediaItemFold : SingleStreamProjection<MediaItem, Guid>
{
    public override MediaItem? Evolve(MediaItem? snapshot, Guid id, IEvent e) => MediaFold.Evolve(snapshot, e.Data);
}
