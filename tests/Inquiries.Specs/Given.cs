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
    public static readonly InquiryAnswered Answered = new(Id, Other, ["ru"], "mac", Noon);
    public static readonly AnswerClearedForDisclosure Cleared = new(Id, Other, new("Жолдар", "Дороги"), new("Үш көше.", "Три улицы."), Noon);

    public static readonly DeadlinesRecalculated Recalculated = new(Id, Other, "2026-11-2", new(2026, 12, 8), new(2026, 12, 8), new(2026, 12, 9), new(2026, 12, 7), Noon);

    public static readonly object[] OneOfEach = [Received, Registered, NotConsidered, Assigned, Forwarded, HandedOver, Answered, Cleared, Recalculated];

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
