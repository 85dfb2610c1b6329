using Law;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>One message to an account, and what may come of it.</summary>
static class InboxGiven
{
    public static readonly Guid ItemId = new("01a20000-0000-7000-8000-00000000c001"), Subject = new("01a20000-0000-7000-8000-00000000c002"), TextId = new("01a20000-0000-7000-8000-00000000c003"),
        SenderId = new("01a20000-0000-7000-8000-00000000c004"), ReplyId = new("01a20000-0000-7000-8000-00000000c005"), ReplyTextId = new("01a20000-0000-7000-8000-00000000c006"),
        ExternalId = new("01a20000-0000-7000-8000-00000000c007"), ReasonId = new("01a20000-0000-7000-8000-00000000c009"), InquiryId = new("01a20000-0000-7000-8000-00000000c008");
    public const string Moderator = "moderator-1", Number = "min-emergency-2026-000007";
    public static readonly InboxTerm Term = new("workingDays", 1, At("2026-12-03T00:00:00+05:00"), "press-2026", WorkingCalendar.Embedded.Version);

    public static readonly InboxItemReceived Came = new(ItemId, "min-telegram", "telegram", Body, "Message", "kk", Subject, TextId, SenderId, Noon.AddMinutes(-1), new(1, null), Term, Noon);
    public static readonly InboxItemTagged Tagged = new(ItemId, ["crisis"], new("hours", 24, Noon.AddHours(24), null, null), Moderator, Noon);
    public static readonly InboxItemAssigned Assigned = new(ItemId, "officer-7", Moderator, Noon);
    public static readonly InboxReplyDrafted Drafted_ = new(ItemId, ReplyId, "kk", ReplyTextId, "00ff", Editor, Noon);
    public static readonly InboxReplyApproved Passed = new(ItemId, ReplyId, "00ff", Approver, Noon);
    public static readonly InboxReplyReturned Returned = new(ItemId, ReplyId, ReasonId, Approver, Noon);
    public static readonly InboxReplyAttemptStarted Tried = new(ItemId, ReplyId, AttemptId, 1, Lease, Noon);
    public static readonly InboxReplyAccepted Stands = new(ItemId, AttemptId, ExternalId, "answer", null, Noon);
    public static readonly InboxReplyRejected Busy = new(ItemId, AttemptId, "unavailable", 503, Noon.AddSeconds(1), null, Noon);
    public static readonly InboxReplyOutcomeUnknown Lost = new(ItemId, AttemptId, "timeout", Noon.AddSeconds(1), Noon);
    public static readonly InboxReplyReadBackStarted AskedBack = new(ItemId, AttemptId, Lease, Noon);
    public static readonly InboxItemMadeInquiry Handed = new(ItemId, InquiryId, Number, Noon);
    public static readonly InboxItemClosed Shut = new(ItemId, "spam", Moderator, Noon);

    public static readonly object[] Facts = [Came, Tagged, Assigned, Drafted_, Passed, Returned, Tried, Stands, Busy, Lost, AskedBack, Handed, Shut];
    public static readonly object[] Armed_ = [Came, Assigned, Drafted_, Passed], Calling = [.. Armed_, Tried];

    public static readonly LocalPublicationReported Reported = new(ItemId, "akimat-75", "https://almaty.example/news/1", new("Жаңалық", "Новость"), Noon, Noon) { Channel = "site" };

    public static InboxItem Item(params object[] facts) => facts.Aggregate((InboxItem?)null, InboxFold.Evolve)!;
    public static InboxItem Then(InboxItem state, IReadOnlyList<object> facts) => facts.Aggregate(state, (s, fact) => InboxFold.Evolve(s, fact)!);
}
