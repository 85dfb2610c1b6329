using Outgoing;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class A_notice
{
    private static readonly NoticeOptions Options = new() { RetrySeconds = 5, GiveUpHours = 72 };
    private static (string State, DateTimeOffset? NextAt) After(string kind, NoticeOutcome outcome, int attempts = 1, double hoursLater = 0) =>
        NoticeRules.After(kind, new(outcome, "code"), attempts, Noon, Options, Noon.AddHours(hoursLater));

    [Theory, InlineData("webhook"), InlineData("e-mail")]
    public void that_was_delivered_is_at_its_end(string kind) => Assert.Equal(("delivered", null), After(kind, NoticeOutcome.Delivered));

    [Fact]
    public void that_failed_is_tried_again_later_and_later()
    {
        Assert.Equal(("queued", Noon.AddSeconds(5)), After("webhook", NoticeOutcome.Failed));
        Assert.Equal(("queued", Noon.AddSeconds(45)), After("webhook", NoticeOutcome.Failed, attempts: 3));
        Assert.Equal(("queued", Noon.AddHours(30)), After("e-mail", NoticeOutcome.Failed, attempts: 30, hoursLater: 24));
    }

    [Fact] public void is_given_up_after_three_days() => Assert.Equal(("given-up", null), After("webhook", NoticeOutcome.Failed, attempts: 20, hoursLater: 71));
    [Fact] public void whose_outcome_is_unknown_goes_again_as_a_webhook() => Assert.Equal("queued", After("webhook", NoticeOutcome.Unknown).State);
    [Fact] public void whose_outcome_is_unknown_does_not_go_again_as_a_letter() => Assert.Equal(("unknown", null), After("e-mail", NoticeOutcome.Unknown));
    [Fact] public void that_a_mail_server_refused_does_not_go_again() => Assert.Equal(("refused", null), After("e-mail", NoticeOutcome.Refused));
    [Fact] public void that_nobody_wants_is_at_its_end() => Assert.Equal(("not-wanted", null), After("e-mail", NoticeOutcome.NotWanted));

    [Fact]
    public void is_made_of_facts_that_people_wait_for()
    {
        Assert.Equal(NoticeWords.All.Order(), OneOfEach.Select(NoticeWords.Of).OfType<string>().Distinct().Order());
        Assert.Null(NoticeWords.Of(Assigned));
        Assert.Null(NoticeWords.Of(Added));
    }

    public static TheoryData<string> Names => [.. NoticeWords.All];

    [Theory, MemberData(nameof(Names))]
    public void speaks_the_language_of_the_request(string what)
    {
        var (kk, ru, both) = (NoticeWords.Mail(what, "n-1", "kk", null), NoticeWords.Mail(what, "n-1", "ru-RU", null), NoticeWords.Mail(what, "n-1", "de", null));
        Assert.NotEqual(kk, ru);
        Assert.All(new[] { kk, ru, both }, mail => Assert.True(mail.Subject.Contains("n-1", StringComparison.Ordinal) && mail.Text.Contains("n-1", StringComparison.Ordinal)));
        Assert.Equal((kk.Subject + " / " + ru.Subject, kk.Text + "\n\n" + ru.Text), both);
    }

    [Fact]
    public void of_a_registration_says_the_day_of_the_answer()
    {
        Assert.Contains("08.12.2026", NoticeWords.Mail("registered", "n-1", "kk", new(2026, 12, 8)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("08.12.2026", NoticeWords.Mail("answered", "n-1", "ru", new(2026, 12, 8)).Text, StringComparison.Ordinal);
    }
}
