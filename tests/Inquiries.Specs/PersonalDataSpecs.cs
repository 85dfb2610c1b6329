using Platform;
using static Inquiries.Specs.Given;
using static Inquiries.Specs.GivenPersonalData;

namespace Inquiries.Specs;

public class Demanding_something_about_personal_data
{
    private static readonly NodaTime.LocalDate Today = new(2026, 11, 23);

    private static IReadOnlyList<object> When(string? kind, NodaTime.LocalDate? receivedOn = null, params object[] given) => PersonalDataRules.DecideDemand(
        State([Received, Registered, .. given]), kind, "subject", DemandId, WordsId, receivedOn ?? Today, WorkingCalendar.Embedded, Noon);

    [Fact] public void is_due_on_the_next_working_day() => Assert.Equal([Demanded], When("erase"));
    [Fact] public void is_due_after_the_weekend() => Assert.Equal(new DateOnly(2026, 11, 23), Assert.IsType<PersonalDataDemanded>(When("block", new(2026, 11, 20))[0]).Due);
    [Fact] public void withdrawn_consent_has_fifteen_working_days() => Assert.Equal(new DateOnly(2026, 12, 14), Assert.IsType<PersonalDataDemanded>(When("withdraw-consent")[0]).Due);
    [Fact] public void twice_is_the_same_demand() => Assert.Empty(When("erase", null, Demanded));
    [Fact] public void of_another_kind_is_another_demand() => Assert.Single(When("correct", null, Demanded));
    [Fact] public void may_come_again_after_it_was_declined() => Assert.Single(When("erase", null, Demanded, Declined));
    [Fact] public void of_an_unknown_kind_is_refused() => Refuses("demand-unknown", () => When("forget"), RefusalKind.Invalid, "kind");
    [Fact] public void tomorrow_is_refused() => Refuses("received-in-future", () => When("erase", Today.PlusDays(1)), RefusalKind.Invalid, "receivedOn");
    [Fact] public void after_erasure_is_refused() => Refuses("subject-erased", () => When("block", null, Erased), RefusalKind.Conflict);
}

public class Declining_a_demand
{
    private static IReadOnlyList<object> When(Guid demand, string? ground, params object[] given) => PersonalDataRules.DecideDecline(State([Received, Registered, .. given]), demand, ground, WordsId, Noon);

    [Fact] public void names_its_ground() => Assert.Equal([Declined], When(DemandId, "retention-running", Demanded));
    [Fact] public void leaves_no_open_demand() => Assert.Empty(State(Received, Registered, Demanded, Declined).PersonalData.Demands);
    [Fact] public void without_a_ground_of_the_list_is_refused() => Refuses("ground-unknown", () => When(DemandId, "no wish", Demanded), RefusalKind.Invalid, "ground");
    [Fact] public void of_an_unknown_demand_is_refused() => Refuses("not-found", () => When(Other, "data-correct", Demanded), RefusalKind.Missing);
    [Fact] public void twice_is_refused_for_nothing_is_open() => Refuses("not-found", () => When(DemandId, "data-correct", Demanded, Declined), RefusalKind.Missing);
}

public class Blocking_personal_data
{
    private static Inquiry With(params object[] given) => State([Received, Registered, .. given]);

    [Fact]
    public void is_recorded_and_meets_the_demand_for_it()
    {
        var asked = Demanded with { Kind = "block" };
        var facts = PersonalDataRules.DecideBlock(With(asked), WordsId, Noon);
        Assert.Equal([DemandId], Assert.IsType<PersonalDataBlocked>(Assert.Single(facts)).Meets);
        Assert.Equal((true, 0), (With(asked, facts[0]).PersonalData.Blocked, With(asked, facts[0]).PersonalData.Demands.Count));
    }

    [Fact] public void leaves_other_demands_open() => Assert.Empty(Assert.IsType<PersonalDataBlocked>(PersonalDataRules.DecideBlock(With(Demanded), WordsId, Noon)[0]).Meets);
    [Fact] public void twice_is_recorded_once() => Assert.Empty(PersonalDataRules.DecideBlock(With(Blocked), WordsId, Noon));
    [Fact] public void can_be_lifted() => Assert.Equal([Unblocked], PersonalDataRules.DecideUnblock(With(Blocked), WordsId, Noon));
    [Fact] public void lifting_what_is_not_blocked_changes_nothing() => Assert.Empty(PersonalDataRules.DecideUnblock(With(), WordsId, Noon));
    [Fact] public void is_refused_after_erasure() => Refuses("subject-erased", () => PersonalDataRules.DecideBlock(With(Erased), WordsId, Noon), RefusalKind.Conflict);
    [Fact] public void lifting_is_refused_after_erasure() => Refuses("subject-erased", () => PersonalDataRules.DecideUnblock(With(Erased), WordsId, Noon), RefusalKind.Conflict);
    [Fact] public void keeps_corrections_out() => Refuses("personal-data-blocked", () => PersonalDataRules.DecideCorrect(With(Blocked), [], Other, Id, WordsId, Noon), RefusalKind.Conflict);
    [Fact] public void shows_in_the_view() => Assert.Equal(["Blocked", null, "Erased"], new object[] { Blocked, Unblocked, Erased }.Select(f => InquiryViewFold.Evolve(InquiryViewFold.Evolve(null, Received), f)!.PersonalData));
}

public class Correcting_personal_data
{
    private const string Form = """{"applicant":{"kind":"individual","surname":"Оспонов"},"contacts":{}}""";
    private static void Check(string path, string words, string? reason = "заявление субъекта") => Corrections.Check(new(new Dictionary<string, string> { [path] = words }, reason));

    [Fact]
    public void records_which_fields_and_meets_the_demand_for_it()
    {
        var corrected = Assert.IsType<PersonalDataCorrected>(PersonalDataRules.DecideCorrect(State(Received, Registered, Demanded with { Kind = "correct" }),
            ["applicant.surname"], Other, Id, WordsId, Noon)[0]);
        Assert.Equal((Other, Id, WordsId), (corrected.FormerItemId, corrected.ItemId, corrected.ReasonId));
        Assert.Equal(["applicant.surname"], corrected.Fields);
        Assert.Equal([DemandId], corrected.Meets);
    }

    [Fact] public void sets_a_field_right() => Assert.Contains("\"Оспанов\"", Corrections.Apply(Form, new Dictionary<string, string> { ["applicant.surname"] = "Оспанов" }), StringComparison.Ordinal);
    [Fact] public void adds_a_field_that_was_missing() => Assert.Contains("\"contacts\":{\"email\":\"o@example.kz\"}", Corrections.Apply(Form, new Dictionary<string, string> { ["contacts.email"] = "o@example.kz" }), StringComparison.Ordinal);
    [Fact] public void to_what_it_says_already_changes_nothing() => Assert.Null(Corrections.Apply(Form, new Dictionary<string, string> { ["applicant.surname"] = "Оспонов" }));
    [Fact] public void of_nothing_is_refused() => Refuses("corrections-missing", () => Corrections.Check(new(null, "x")), RefusalKind.Invalid, "corrections");
    [Fact] public void of_an_unknown_field_is_refused() => Refuses("field-unknown", () => Check("messageId", "x"), RefusalKind.Invalid, "corrections");
    [Fact] public void without_a_reason_is_refused() => Refuses("reason-missing", () => Check("applicant.surname", "Оспанов", " "), RefusalKind.Invalid, "reason");

    [Theory]
    [InlineData("applicant.iin", "123456789011", "id-invalid"), InlineData("contacts.phone", "8 701", "phone-invalid")]
    [InlineData("contacts.email", "none", "email-invalid"), InlineData("applicant.name", " ", "words-missing")]
    public void to_what_cannot_be_is_refused(string path, string words, string code) => Refuses(code, () => Check(path, words), RefusalKind.Invalid, path);
    [Fact] public void is_refused_after_erasure() => Refuses("subject-erased", () => PersonalDataRules.DecideCorrect(State(Received, Erased), [], Other, Id, WordsId, Noon), RefusalKind.Conflict);
}

public class Erasing_personal_data
{
    private static readonly DateOnly Until = new(2031, 11, 23);
    private static IReadOnlyList<object> When(ErasePersonalData ask, DateOnly? until, DateTimeOffset? now = null, params object[] given) =>
        Retention.Decide(State([Received, Registered, Answered, .. given]), ask, until, now ?? Noon);
    private static readonly ErasePersonalData Plain = new(null, null), ByCourt = new("court-decision", "7599-26/2");

    [Fact]
    public void is_recorded_after_the_retention()
    {
        var erased = Assert.IsType<PersonalDataErased>(When(Plain, Until, new(2031, 11, 24, 0, 0, 0, TimeSpan.FromHours(5)))[0]);
        Assert.Equal(("retention-ended", null, Until, Subject), (erased.Ground, erased.Act, erased.RetentionUntil, erased.SubjectId));
    }

    [Fact]
    public void is_refused_on_the_last_day_of_the_retention_and_says_which_that_is()
    {
        var refused = Assert.Throws<RefusedException>(() => When(Plain, Until, new(2031, 11, 23, 23, 59, 0, TimeSpan.FromHours(5))));
        Assert.Equal(("retention-running", RefusalKind.Conflict, (object?)Until), (refused.Code, refused.Kind, refused.Details["until"]));
    }

    [Fact] public void is_refused_while_a_request_is_open() => Refuses("retention-running", () => When(Plain, null), RefusalKind.Conflict);
    [Fact] public void by_a_named_override_meets_every_demand() => Assert.Equal([DemandId], Assert.IsType<PersonalDataErased>(When(ByCourt, Until, null, Demanded)[0]).Meets);
    [Fact] public void by_an_override_names_its_act() => Assert.Equal("7599-26/2", Assert.IsType<PersonalDataErased>(When(ByCourt, null)[0]).Act);
    [Fact] public void by_an_unknown_override_is_refused() => Refuses("override-unknown", () => When(new("wish", "1"), Until), RefusalKind.Invalid, "override");
    [Theory, InlineData(null), InlineData(" "), InlineData("решение по делу Оспанова"), InlineData("-/-")]
    public void by_an_override_without_its_acts_number_is_refused(string? act) => Refuses("act-invalid", () => When(new("court-decision", act), Until), RefusalKind.Invalid, "act");
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(Plain, Until, null, Erased));
    [Fact] public void also_ends_a_block() => Assert.False(State(Received, Blocked, Erased).PersonalData.Blocked);
}

public class The_retention_of_a_request
{
    private static DateOnly? Until(params object[] facts) => Retention.Until(Retention.FinalAct(facts), 5);

    [Fact] public void runs_from_its_answer() => Assert.Equal(new(2031, 11, 23), Until(Received, Registered, Assigned, Answered));
    [Fact] public void is_not_prolonged_by_what_comes_later() => Assert.Equal(new(2031, 11, 23), Until(Received, Registered, Answered, Cleared with { At = Noon.AddYears(1) }, Demanded with { At = Noon.AddYears(2) }));
    [Fact] public void has_not_begun_while_it_is_open() => Assert.Null(Until(Received, Registered, Assigned));
    [Fact] public void has_not_begun_before_registration() => Assert.Null(Until(Received));
    [Fact] public void runs_from_forwarding_here_and_from_the_answer_there() => Assert.Equal((new(2031, 11, 23), null), ((DateOnly?)Until(Received, Registered, Forwarded), Until(HandedOver, Registered with { InquiryId = Other })));
    [Fact] public void of_an_anonymous_one_runs_from_the_proposal() => Assert.Equal(new(2031, 11, 23), Until(Received, NotConsidered));
    [Fact]
    public void finds_every_request_that_a_fact_names()
    {
        var named = Given.OneOfEach.SelectMany(f => f.GetType().GetProperties().Where(p => p.Name.EndsWith("InquiryId", StringComparison.Ordinal) && p.Name != "InquiryId" && p.PropertyType == typeof(Guid))
            .Select(p => (f.GetType().Name, Found: Family.Kin(f).Contains((Guid)p.GetValue(f)!)))).ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, n => !n.Found);
    }

    [Fact] public void knows_its_kin() => Assert.Equal([Id, Other, Other], new object[] { HandedOver, Forwarded, InPart, Received }.SelectMany(Family.Kin));
    [Fact] public void has_not_begun_while_a_complaint_is_open() => Assert.Null(Until(Received, Registered, Answered, Complained));
    [Fact] public void runs_from_the_decision_on_a_complaint() => Assert.Equal(new(2032, 11, 23), Until(Received, Registered, Answered, Complained, Decided with { At = Noon.AddYears(1) }));
    [Fact] public void has_not_begun_once_a_complaint_opened_it_again() => Assert.Null(Until(Received, Registered, Answered, Complained, Decided with { Outcome = "satisfied" }));
}
