namespace Publications;

// What happens to a publication after it is out. A correction is approved like a publication, then fans out by what each channel can do.

/// <summary>What an attempt does to what stands on a channel already.</summary>
public static class Purposes
{
    public const string Edit = "edit", Delete = "delete", Reply = "reply";

    /// <summary>The channel can do nothing; a person sees to it.</summary>
    public const string Nothing = "nothing";
}

/// <summary>What is to be done on one channel. <paramref name="How"/>: edit, delete, reply (with the notice), nothing (a person sees to it). <paramref name="ExternalId"/>: the channel's own id of what stands there.</summary>
public sealed record FollowUpPlan(string Channel, string? Language, string ExternalId, string How);

/// <summary>Other content was proposed for what is out, with the public <paramref name="Notice"/> that says so in kk and ru.</summary>
public sealed record CorrectionProposed(Guid PublicationId, Guid CorrectionId, Content Content, Bilingual Notice, string Reason, string By, DateTimeOffset At);

/// <summary>One language of a correction was approved, bound to the hash of its words, the shared parts and its notice.</summary>
public sealed record CorrectionApproved(Guid PublicationId, Guid CorrectionId, string Language, string ContentHash, string By, DateTimeOffset At);

/// <summary>An approver sent a correction back; what is out stays as it is.</summary>
public sealed record CorrectionRejected(Guid PublicationId, Guid CorrectionId, string Reason, string By, DateTimeOffset At);

/// <summary>The corrected content is what is public from now on; each channel follows by its plan, open until it has.</summary>
public sealed record PublicationCorrected(Guid PublicationId, Guid CorrectionId, string Body, string Kind, Content Content, Bilingual Notice, IReadOnlyList<FollowUpPlan> Plan, DateTimeOffset At);

/// <summary>It is public no more; in its place stands the <paramref name="Notice"/>. Each channel follows by its plan.</summary>
public sealed record PublicationWithdrawn(Guid PublicationId, Guid CorrectionId, string Body, string Kind, Bilingual Notice, string Reason, string By, IReadOnlyList<FollowUpPlan> Plan, DateTimeOffset At);

/// <summary>A person saw to a channel that could not follow by itself, and says how.</summary>
public sealed record FollowUpSettled(Guid PublicationId, Guid CorrectionId, string Channel, string? Language, string Note, string By, DateTimeOffset At);
