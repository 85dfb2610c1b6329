using System.Buffers.Binary;
using Platform;

namespace Publications;

/// <summary>The rules about drafts that other services' news make: one per cause, newest version wins, a person's work is never overwritten.</summary>
public static class CauseDecider
{
    public const string Rescheduled = "rescheduled", Cancelled = "cancelled";

    /// <summary>What is missing in one language stays missing: an editor adds it before it is submitted.</summary>
    public static PublicationDrafted Draft(Guid id, Contracts.Inquiries.AnswerDisclosed news, DateTimeOffset now) => new(id, news.Holder,
        ContentRules.Empty with { Kind = "InquiryAnswer", Title = news.Title, Text = news.Text }, ReleaseDecider.Service, "disclosure:" + news.DisclosureId, news.Version, null, now);

    /// <summary>
    /// What brings a draft to what its cause wants: made where there is none, followed while nobody worked on it, flagged after. A draft that was given
    /// up stays so.
    /// </summary>
    public static IReadOnlyList<object> Follow(Publication? state, Guid id, WantedDraft wanted, DateTimeOffset now)
    {
        if (state is null)
        {
            var drafted = new PublicationDrafted(id, wanted.Body, ContentRules.Empty with { Kind = wanted.Kind, Title = wanted.Words.Title, Text = wanted.Words.Text },
                ReleaseDecider.Service, wanted.Cause, wanted.Version, wanted.Announces, now);
            return [drafted, .. Stop(PublicationFold.Evolve(null, drafted)!, wanted, now)];
        }

        var isNews = wanted.Version > state.CauseVersion || TellsOther(state, wanted);
        return state.State == PublicationState.Cancelled ? []
            : Untouched(state) ? Rewrite(state, wanted, isNews, now)
            : isNews ? Flag(state, Math.Max(wanted.Version, state.CauseVersion), wanted.What, wanted.Announces, now) : [];
    }

    /// <summary>It left this house, or is leaving it.</summary>
    public static bool IsOut(Publication state) => state.IsOut || state.State == PublicationState.Releasing;

    private static IReadOnlyList<object> Rewrite(Publication state, WantedDraft wanted, bool isNews, DateTimeOffset now)
    {
        if (wanted.Ended is not null)
        {
            return Stop(state, wanted, now);
        }

        var content = state.Content with { Title = wanted.Words.Title, Text = wanted.Words.Text };
        var edited = isNews || content != state.Content
            ? PublicationDecider.Edit(state, content, ReleaseDecider.Service, Math.Max(wanted.Version, state.CauseVersion), wanted.Announces, now) : [];
        var after = edited.Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
        return [.. edited, .. after.Changed is null ? Stop(after, wanted, now) : []];
    }

    /// <summary>A draft whose cause ended is given up; one that has to wait is flagged, and comes back to its editors.</summary>
    private static IReadOnlyList<object> Stop(Publication state, WantedDraft wanted, DateTimeOffset now) => wanted.Ended is { } why
        ?
        [
            new CauseChanged(state.Id, Math.Max(wanted.Version, state.CauseVersion), wanted.What, null, now) { Body = state.Body },
            new PublicationCancelled(state.Id, ReleaseDecider.Service, "cause-" + why, now) { Body = state.Body },
        ]
        : wanted.Waits ? Flag(state, Math.Max(wanted.Version, state.CauseVersion), wanted.What, wanted.Announces, now) : [];

    /// <summary>News that are older than the newest may still change what is announced.</summary>
    private static bool TellsOther(Publication state, WantedDraft wanted) =>
        state.Announces is { } told && wanted.Announces is { } tells && Announcement.Of(told) != Announcement.Of(tells);

    /// <summary>
    /// What was approved or armed goes back to review without approvals, so that nothing goes out with a wrong time; what is going out,
    /// is out or missed its time only carries the flag.
    /// </summary>
    private static IReadOnlyList<object> Flag(Publication state, long version, string what, AnnouncedEvent? announces, DateTimeOffset now)
    {
        var changed = new CauseChanged(state.Id, version, what, announces, now) { Body = state.Body };
        return state.State is PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled or PublicationState.Held
            ? [changed, new PublicationReturned(state.Id, "cause-" + what, now) { Body = state.Body }] : [changed];
    }

    /// <summary>Nobody has worked on it yet: this service's words, not approved in any language.</summary>
    private static bool Untouched(Publication state) => state.State is PublicationState.Drafted or PublicationState.InReview
        && state.Approvals.Count == 0 && state.Authors is [ReleaseDecider.Service];

    public static string CauseOf(Guid pressEventId) => "press-event:" + pressEventId;

    private static readonly Guid Causes = new("6f6bc2a0-6b8e-5a37-9a5e-0c5f0ddc9b1e");

    /// <summary>The id of a cause's one draft: a name-based UUID of the cause (RFC 9562, version 8 with SHA-256 as in its B.2).</summary>
    public static Guid DraftIdOf(string cause) => NamedId.Of(Causes, cause);

    /// <summary>The lock under which news of one cause are heard one after another.</summary>
    public static long LockOf(Guid draftId) => BinaryPrimitives.ReadInt64BigEndian(draftId.ToByteArray(bigEndian: true));
}
