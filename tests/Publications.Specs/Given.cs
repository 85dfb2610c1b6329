using System.Globalization;
using System.Text.Json;
using Platform;

namespace Publications.Specs;

/// <summary>What the specs share: one publication, its people and times, refusals by code.</summary>
static class Given
{
    public static readonly Guid Id = new("0197f3a0-0000-7000-8000-000000000001"), AttemptId = new("0197f3a0-0000-7000-8000-0000000000a1"),
        NextId = new("0197f3a0-0000-7000-8000-0000000000a2");
    public static readonly DateTimeOffset Noon = At("2026-12-01T12:00:00+05:00"), Due = Noon.AddHours(2), Lease = Due.AddSeconds(30);
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);
    public const string Editor = "editor-1", Approver = "approver-1", Other = "approver-2", Body = "min-emergency";

    public static readonly Content Written = new("News", new("Тақырып", "Заголовок"), new("Мәтін", "Текст"), ["site"], Due, "PT1H", "hold");

    public static readonly MediaUse PictureUse = new(new Guid("0197f3a0-0000-7000-8000-0000000000b1"), new(10, 20, 300, 400), new("Сурет", "Снимок"), new("Балама", "Описание"));
    public static readonly Guid PersonId = new("0197f3a0-0000-7000-8000-0000000000c1"), CorrectionId = new("0197f3a0-0000-7000-8000-0000000000d1");
    public static readonly ChannelCapabilities CanAll = new(true, true, true, true, true, 50_000, 20), CanNothing = new(false, false, false, false, false, 50_000, 20);

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
    public static string Hash(string language, Content? content = null) => ContentHash.Of(Body, content ?? Written, language);

    public static PublicationDrafted Drafted(Content? content = null) => new(Id, Body, content ?? Written, Editor, null, null, null, Noon);
    public static readonly PublicationSubmitted Submitted = new(Id, Editor, Noon);
    public static PublicationApproved Approved(string language, Content? content = null, string by = Approver) => new(Id, language, Hash(language, content), by, Noon);
    public static readonly PublicationScheduled Scheduled = new(Id, Due, Editor, Noon);
    public static readonly PublicationReleaseStarted ReleaseStarted = new(Id, Due, Hash("kk"), Hash("ru"), Due);
    public static readonly DeliveryAttemptStarted AttemptStarted = new(Id, AttemptId, "site", 1, Lease, Due);
    public static readonly DeliveryOutcomeUnknown Unknown = new(Id, AttemptId, "site", "timeout", Due.AddSeconds(11), Due.AddSeconds(10));

    public static object[] InReviewFacts(Content? content = null) => [Drafted(content), Submitted];
    public static object[] ApprovedFacts(Content? content = null) => [.. InReviewFacts(content), Approved("kk", content), Approved("ru", content)];
    public static object[] ScheduledFacts(Content? content = null) => [.. ApprovedFacts(content), Scheduled];
    public static readonly object[] ReleasingFacts = [.. ScheduledFacts(), ReleaseStarted, AttemptStarted];
    public static readonly object[] UnknownFacts = [.. ReleasingFacts, Unknown];
    public static readonly object[] MissedFacts = [.. ScheduledFacts(), new PublicationMissed(Id, Body, Due, "late", Due.AddHours(2))];

    public static readonly object[] ReleasedFacts = [.. ReleasingFacts, new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "answer", null, Due), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due)];
    public static readonly Contracts.Bilingual Notice = new("Түзетілді", "Исправлено");
    public static readonly Content Corrected = Written with { Text = new("Түзетілген мәтін", "Исправленный текст") };
    public static readonly CorrectionProposed Proposed = new(Id, CorrectionId, Corrected, Notice, "қате", Editor, Due.AddHours(1));
    public static CorrectionApproved CorrectionApproved(string language) => new(Id, CorrectionId, language, ContentHash.Of(Body, Corrected, language, Notice), Approver, Due.AddHours(1));
    public static PublicationCorrected CorrectionTaken(string how = Purposes.Edit) => new(Id, CorrectionId, Body, "News", Corrected, Notice, [new("site", null, "ext-1", how)], Due.AddHours(1));
    public static readonly object[] CorrectedFacts = [.. ReleasedFacts, Proposed, CorrectionApproved("kk"), CorrectionApproved("ru"), CorrectionTaken()];

    public static Publication State(params object[] facts) => facts.Aggregate((Publication?)null, PublicationFold.Evolve)!;
    public static Publication After(Publication state, IReadOnlyList<object> facts) => facts.Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
    public static string Refusal(Action act) => Assert.Throws<RefusedException>(act).Code;
    public static string[] Fields(Action act) => [.. Assert.Throws<RefusedException>(act).Errors.Keys];

    /// <summary>Equal by their stored form: lists in records compare by reference.</summary>
    public static void Same(IReadOnlyList<object> expected, IReadOnlyList<object> actual) =>
        Assert.Equal(expected.Select(Stored), actual.Select(Stored));

    public static string Stored(object fact) => fact.GetType().Name + " " + JsonSerializer.Serialize(fact, fact.GetType(), Json.Options);
}
