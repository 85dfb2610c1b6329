using System.Buffers.Binary;
using Contracts.PressEvents;
using Platform;

namespace Publications;

/// <summary>The rules about drafts that other services' news make: one per cause, newest version wins, a person's work is never overwritten.</summary>
public static class CauseDecider
{
    public const string Rescheduled = "rescheduled", Cancelled = "cancelled";

    public static PublicationDrafted Draft(Guid id, PressEventAnnounced news, DateTimeOffset now)
    {
        var announces = new AnnouncedEvent(news.Format, news.Title, news.Summary, news.Start, news.End, news.Hall, news.Speakers);
        var (title, text) = Announcement.Of(announces);
        return new(id, news.Body, ContentRules.Empty with { Kind = "Announcement", Title = title, Text = text }, ReleaseDecider.Service,
            CauseOf(news.PressEventId), news.Version, announces, now);
    }

    /// <summary>What is missing in one language stays missing: an editor adds it before it is submitted.</summary>
    public static PublicationDrafted Draft(Guid id, Contracts.Inquiries.AnswerDisclosed news, DateTimeOffset now) => new(id, news.Holder,
        ContentRules.Empty with { Kind = "InquiryAnswer", Title = news.Title, Text = news.Text }, ReleaseDecider.Service, "disclosure:" + news.DisclosureId, news.Version, null, now);

    public static IReadOnlyList<object> Hear(Publication state, PressEventRescheduled news, DateTimeOffset now)
    {
        if (news.Version <= state.CauseVersion || state.Announces is not { } before)
        {
            return [];
        }

        var announces = before with { Start = news.Start, End = news.End, Hall = news.Hall };
        if (!Untouched(state))
        {
            return Flag(state, news.Version, Rescheduled, announces, now);
        }

        var (title, text) = Announcement.Of(announces);
        return PublicationDecider.Edit(state, state.Content with { Title = title, Text = text }, ReleaseDecider.Service, news.Version, announces, now);
    }

    /// <summary>An announcement that nobody approved is given up with its event; all others are flagged.</summary>
    public static IReadOnlyList<object> Hear(Publication state, PressEventCancelled news, DateTimeOffset now) => news.Version <= state.CauseVersion ? []
        : Untouched(state)
            ? [new CauseChanged(state.Id, news.Version, Cancelled, null, now), new PublicationCancelled(state.Id, ReleaseDecider.Service, "cause-cancelled", now)]
        : Flag(state, news.Version, Cancelled, null, now);

    /// <summary>
    /// What was approved or armed goes back to review without approvals, so that nothing goes out with a wrong time; what is going out,
    /// is out or missed its time only carries the flag.
    /// </summary>
    private static IReadOnlyList<object> Flag(Publication state, long version, string what, AnnouncedEvent? announces, DateTimeOffset now)
    {
        var changed = new CauseChanged(state.Id, version, what, announces, now);
        return state.State is PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled or PublicationState.Held
            ? [changed, new PublicationReturned(state.Id, "cause-" + what, now)] : [changed];
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
