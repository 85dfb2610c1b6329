using Platform;

namespace Inquiries.Specs;

/// <summary>The facts and shortcuts that the specs share.</summary>
public static class Given
{
    public static readonly Guid Id = Guid.Parse("01a20000-0000-7000-8000-000000000001");
    public static readonly Guid Subject = Guid.Parse("01a20000-0000-7000-8000-000000000002");
    public static readonly Guid Other = Guid.Parse("01a20000-0000-7000-8000-000000000003");
    public static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.FromHours(5));

    public static readonly InquiryReceived Received = new(Id, Subject, "akimat-75", "ru", "electronic", "egov", "individual", [], 0, Noon);
    public static readonly InquiryReceived ReceivedInEnglish = Received with { Language = "en" };
    public static readonly InquiryRegistered Registered = new(Id, "akimat-75-2026-000001", Noon, new(2026, 12, 8), new(2026, 12, 8), "401-V-2026", "2026-11-1", Noon);
    public static readonly InquiryNotConsidered NotConsidered = new(Id, "anonymous", Noon);
    public static readonly InquiryAssigned Assigned = new(Id, "roads", "A. Serik", Noon);
    public static readonly InquiryForwarded Forwarded = new(Id, "akimat-71", Other, null, Noon);
    public static readonly InquiryHandedOver HandedOver = new(Other, Subject, Id, "akimat-75", "akimat-71", "ru", "electronic", "individual", Noon);
    public static readonly InquiryAnswered Answered = new(Id, Other, ["ru"], "mac", Noon) { Files = [] };
    public static readonly AnswerClearedForDisclosure Cleared = new(Id, Other, new("Жолдар", "Дороги"), new("Үш көше.", "Три улицы."), Noon);

    public static readonly AnonymityConfirmed Anonymous = new(Id, true, "police", Noon);
    public static readonly AnonymityRejected NotAnonymous = new(Id, Noon);
    public static readonly RegimeConfirmed ByRegime = new(Id, "AccessToInformation", new(2026, 12, 8), new(2026, 12, 8), "401-V-2026", "2026-11-1", Noon);
    public static readonly TopicsTagged Tagged = new(Id, [4, 9], Noon);
    public static readonly ClarificationAsked Asked = new(Id, Other, "mac", ["phone-invalid"], new(2026, 11, 30), Noon);
    public static readonly ClarificationGiven Clarified = new(Id, Other, "mac", Noon);
    public static readonly DeadlineExtended Extended = new(Id, 15, "CalendarDays", ["akimat-71"], Other, new(2026, 12, 23), new(2026, 12, 23), "401-V-2026", "2026-11-1", Noon);
    public static readonly AskerNotified Notified = new(Id, "extension", "email", Noon);
    public static readonly InquiryForwardedInPart InPart = new(Id, [new("akimat-71", Other, Subject)], null, Noon);
    public static readonly HandOverAccepted Accepted = new(Id, Noon);
    public static readonly InquiryAnsweredPartly AnsweredPartly = new(Id, Other, ["ru"], "mac", [new("Restricted", "Закон о государственных секретах, ст. 14", new(2031, 1, 1))], null, Noon) { Files = [] };
    public static readonly PointedToPublication Pointed = new(Id, "https://gov.kz/data", Other, Noon);
    public static readonly FullAnswerAsked InFull = new(Id, Other, Noon);
    public static readonly InquiryRepeated Repeated = new(Other, Subject, Id, "akimat-75", "ru", "electronic", "individual", Noon);
    public static readonly InquiryRefused RefusedFact = new(Id, "ContentUnclear", Other, "mac", ["ru"], true, null, Noon);
    public static readonly InquiryReturned Returned = new(Id, Other, true, Noon);
    public static readonly InquiryWithdrawn Withdrawn = new(Id, "asker", Noon);
    public static readonly AnswerDispatched Dispatched = new(Id, "post", "KZ1", new(2026, 11, 23), Noon);
    public static readonly ViolationRecorded Violation = new(Id, "reply", new(2026, 12, 8), Noon);
    public static readonly ComplaintFiled Complained = new(Id, Other, "mac", "asker", false, false, Noon);
    public static readonly ComplaintPassedUp PassedUp = new(Id, "akimat-75", "gov-office", Noon, Noon);
    public static readonly ComplaintDecided Decided = new(Id, "akimat-75", "gov-office", "denied", Other, "mac", null, Noon);

    public static readonly DuplicateConfirmed DuplicateOfOther = new(Id, Other, Noon);
    public static readonly DuplicateUndone NoDuplicate = new(Id, Other, Noon);
    public static readonly DeadlineApproaching Approaching = new(Id, "akimat-75", 3, new(2026, 12, 8), Noon);
    public static readonly DeadlineMissed Missed = new(Id, "akimat-75", new(2026, 12, 8), Noon);

    public static readonly AttachmentAdded Added = new(Id, Other, Subject, "request", 3, "content", "name", "unscanned", [], Noon);
    public static readonly AttachmentHeldBack HeldBack = new(Id, Other, "infected", "Eicar-Test-Signature", Noon);
    public static readonly SignatureChecked Checked = new(Id, "invalid", "iin-mismatch", "signature-missing", Noon);

    public static readonly DeadlinesRecalculated Recalculated = new(Id, Other, "2026-11-2", new(2026, 12, 8), new(2026, 12, 8), new(2026, 12, 9), new(2026, 12, 7), Noon);

    /// <summary>Made when asked for: others' examples are made from these.</summary>
    public static object[] OneOfEach =>
    [
        Received, Registered, NotConsidered, Anonymous, NotAnonymous, Assigned, ByRegime, Tagged, Asked, Clarified, Extended, Notified, Forwarded, InPart, HandedOver, Accepted,
        Answered, AnsweredPartly, Pointed, InFull, Repeated, RefusedFact, Returned, Withdrawn, Dispatched, Violation, Cleared, Complained, PassedUp, Decided, Approaching, Missed,
        Added, HeldBack, Checked, Recalculated, DuplicateOfOther, NoDuplicate, .. GivenPersonalData.OneOfEach,
    ];

    public static readonly Said Spoken = new(Other, "mac", IsEmpty: false), NoWords = new(Guid.Empty, "", IsEmpty: true);
    public static Act At(DateTimeOffset now) => new(now, WorkingCalendar.Embedded);
    public static readonly Act Now = At(Noon);

    public static Inquiry State(params object[] facts) => facts.Aggregate((Inquiry?)null, InquiryDecider.Evolve)!;

    public static void Refuses(string code, Action act, RefusalKind? kind = null, string? field = null)
    {
        var refused = Assert.Throws<RefusedException>(act);
        Assert.Equal(code, refused.Code);
        Assert.Equal(kind ?? refused.Kind, refused.Kind);
        if (field is not null)
        {
            Assert.Contains(field, refused.Errors.Keys);
        }
    }
}
