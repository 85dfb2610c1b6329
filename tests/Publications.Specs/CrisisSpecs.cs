using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>One plan for floods and one crisis of it.</summary>
static class Crises
{
    public static readonly Guid PlanId = CrisisPlanDecider.IdOf(Body, "flood"), CrisisId = new("0197f3a0-0000-7000-8000-0000000000d1"), FirstId = new("0197f3a0-0000-7000-8000-0000000000d2"),
        SecondId = new("0197f3a0-0000-7000-8000-0000000000d3");

    public static readonly CrisisTemplate First = new("first", "Crisis", new("{place}: су тасқыны", "{place}: паводок"), new("{place} тұрғындары {shelter} орналастырылды.", "Жители {place} размещены: {shelter}."), ["site"]),
        Sorry = new("sorry", "Apology", new("Кешірім сұраймыз", "Приносим извинения"), new("{place} тұрғындарынан кешірім сұраймыз.", "Просим прощения у жителей {place}."), ["site"]);
    public static readonly CrisisRole[] People = [new("draft", Editor) { ById = true }, new("approve", Approver) { ById = true }, new("speak", "Ресми өкіл")];
    public static readonly CrisisPlanContent Content = new(new("Су тасқыны", "Паводок"), true, true, [First, Sorry], People);
    public static readonly Dictionary<string, Bilingual?> Values = new() { ["place"] = new("Құлсары", "Кульсары"), ["shelter"] = new("№ 2 мектепке", "школа № 2") };

    public static readonly CrisisPlanDrafted Drafted = new(PlanId, Body, "flood", Content, Editor, Noon);
    public static readonly CrisisPlanApproved Approved = new(PlanId, 1, Approver, Noon);
    public static readonly CrisisStarted Started = new(CrisisId, PlanId, 1, Body, "flood", Content.Title, "Бөгет бұзылды", Noon, Noon.AddHours(3), Halting.HaltId,
        [new("first", FirstId), new("sorry", SecondId)], People, Approver, Noon);

    public static ChannelAccount? Accounts(string code) => code switch
    {
        "site" => ConfiguredAccounts.Site,
        "me-tg" or "mt-tg" => new(code, "telegram", code == "me-tg" ? Body : "min-transport", Languages.All, new Dictionary<string, string>()),
        _ => null,
    };

    public static CrisisPlan Plan(params object[] facts) => facts.Aggregate((CrisisPlan?)null, CrisisPlanDecider.Evolve)!;
    public static CrisisTemplateAsk Ask(CrisisTemplate t) => new(t.Code, t.Kind, t.Title, t.Text, t.Channels);
    public static CrisisPlanAsk Ask(CrisisPlanContent c) => new(c.Title, c.DisruptsLiving, c.HaltsOrdinary, [.. c.Templates.Select(Ask)], [.. c.Roles.Select(r => new CrisisRoleAsk(r.Role, r.Who, r.ById))]);
    public static readonly CrisisPlanAsk Whole = Ask(Content);
}

public class Planning_for_a_crisis
{
    static DraftCrisisPlan Ask(string? topic = "flood") => new(Body, topic, Crises.Whole.Title, true, true, Crises.Whole.Templates, Crises.Whole.Roles);
    static CrisisPlanContent Checked(CrisisPlanAsk ask) => CrisisPlanRules.Checked(null, ask, Body, Crises.Accounts);
    static CrisisPlanAsk With(CrisisTemplate template) => Crises.Whole with { Templates = [Crises.Ask(template)] };
    static CrisisPlanAsk Staffed(params (string?, string?)[] roles) => Crises.Whole with { Roles = [.. roles.Select(r => new CrisisRoleAsk(r.Item1, r.Item2))] };

    [Fact] public void makes_its_first_edition() => Same([Crises.Drafted], [CrisisPlanDecider.Draft(Body, Ask(), Crises.Accounts, Editor, Noon)]);
    [Fact] public void has_one_plan_for_a_body_and_a_topic() => Assert.Equal(4, new[] { (Body, "flood"), (Body, "fire"), ("scc", "flood"), ("scc", "fire") }.Select(p => CrisisPlanDecider.IdOf(p.Item1, p.Item2)).Distinct().Count());
    [Theory, InlineData(null), InlineData("Flood"), InlineData("су"), InlineData("f")]
    public void for_no_proper_topic_is_refused(string? topic) =>
        Assert.Equal("topic-invalid", Refusal(() => CrisisPlanDecider.Draft(Body, Ask(topic), Crises.Accounts, Editor, Noon)));

    [Fact] public void in_one_language_is_refused_by_field() => Assert.Equal(["title.kk"], Fields(() => Checked(Crises.Whole with { Title = new(" ", "Паводок") })));
    [Fact] public void without_templates_is_refused() => Assert.Equal("templates-invalid", Refusal(() => Checked(Crises.Whole with { Templates = null })));
    [Fact] public void with_one_code_twice_is_refused() => Assert.Equal("template-code-invalid", Refusal(() => Checked(Crises.Whole with { Templates = [Crises.Ask(Crises.First), Crises.Ask(Crises.First)] })));
    [Fact] public void with_no_code_is_refused() => Assert.Equal("template-code-invalid", Refusal(() => Checked(With(Crises.First with { Code = "Бір" }))));
    [Fact] public void with_an_ordinary_kind_is_refused() => Assert.Equal("kind-invalid", Refusal(() => Checked(With(Crises.First with { Kind = "News" }))));
    [Theory, InlineData("nowhere"), InlineData("mt-tg")]
    public void for_an_account_that_is_none_of_the_bodys_is_refused(string code) =>
        Assert.Equal(["templates[0].channels[1]"], Fields(() => Checked(With(Crises.First with { Channels = ["me-tg", code] }))));
    [Fact] public void for_no_channel_is_refused() => Assert.Equal("channels-missing", Refusal(() => Checked(With(Crises.First with { Channels = [] }))));
    [Fact] public void with_a_text_in_one_language_is_refused() => Assert.Equal(["templates[0].text.ru"], Fields(() => Checked(With(Crises.First with { Text = new("{place}", null) }))));
    [Fact] public void with_a_placeholder_in_one_language_is_refused() => Assert.Equal("placeholder-one-sided", Refusal(() => Checked(With(Crises.First with { Text = new("{place} {when}", "{place}") }))));
    [Theory, InlineData("{Place}"), InlineData("{place"), InlineData("place}"), InlineData("{}"), InlineData("{{place}}")]
    public void with_a_brace_that_is_no_placeholder_is_refused(string text) => Assert.Equal("placeholder-invalid", Refusal(() => Checked(With(Crises.First with { Text = new(text, text) }))));

    [Fact] public void in_a_role_that_is_none_is_refused() => Assert.Equal(["roles[0].role"], Fields(() => Checked(Staffed(("sing", Editor)))));
    [Fact] public void by_nobody_is_refused() => Assert.Equal("who-missing", Refusal(() => Checked(Staffed(("draft", " ")))));
    [Fact] public void with_one_person_for_drafts_and_approvals_is_refused() => Assert.Equal("roles-incomplete", Refusal(() => Checked(Staffed(("draft", Editor), ("approve", Editor), ("speak", Editor)))));
    [Fact] public void with_nobody_who_speaks_is_refused() => Assert.Equal("roles-incomplete", Refusal(() => Checked(Staffed(("draft", Editor), ("approve", Approver)))));

    [Fact] public void with_one_person_who_starts_and_approves_is_refused() => Assert.Equal("roles-incomplete", Refusal(() => Checked(Staffed(("draft", Editor), ("approve", Approver), ("speak", Editor), ("start", Approver)))));
    [Theory, InlineData("draft"), InlineData("start")]
    public void with_a_post_for_the_only_other_who_approves_is_refused(string role) => Assert.Equal("roles-incomplete", Refusal(() => Checked(Crises.Whole with
    { Roles = [new("draft", role == "draft" ? Approver : Editor, true), new("start", role == "start" ? Approver : Editor, true), new("speak", Editor), new("approve", Approver, true), new("approve", "Бас редактор")] })));
    [Fact] public void may_name_who_starts_and_who_closes() => Assert.Equal(5, Checked(Staffed(("draft", Editor), ("approve", Approver), ("speak", Editor), ("start", Editor), ("close", Approver))).Roles.Count);

    static readonly CrisisPlan Plan = Crises.Plan(Crises.Drafted, Crises.Approved);
    static IReadOnlyList<object> Edit(CrisisPlanAsk ask) => CrisisPlanDecider.Decide(Plan, ask, Crises.Accounts, Other, Noon);

    [Fact]
    public void edits_make_the_next_edition_and_the_approved_one_stays_in_force()
    {
        var after = Crises.Plan([Crises.Drafted, Crises.Approved, .. Edit(new(null, false, null, null, null))]);
        Assert.Equal((2, false, 1, true), (after.Edition, after.Content.DisruptsLiving, after.InForce!.Edition, after.InForce.Content.DisruptsLiving));
        Assert.Equal([Editor, Other], after.Authors);
    }

    [Fact] public void edits_that_change_nothing_are_already_so() => Assert.Empty(Edit(Crises.Whole));
    [Fact] public void is_approved_by_another() => Same([Crises.Approved], CrisisPlanDecider.Approve(Crises.Plan(Crises.Drafted), Approver, Noon));
    [Fact] public void approved_twice_is_recorded_once() => Assert.Empty(CrisisPlanDecider.Approve(Plan, "approver-9", Noon));
    [Fact] public void approved_by_who_wrote_in_it_is_refused() => Assert.Equal("approver-is-author", Refusal(() => CrisisPlanDecider.Approve(Crises.Plan(Crises.Drafted), Editor, Noon)));
}

public class Starting_a_crisis
{
    static readonly CrisisPlan Plan = Crises.Plan(Crises.Drafted, Crises.Approved);
    static readonly StartCrisis Ask = new("Бөгет бұзылды", Crises.Values, null, null, null);

    static CrisisStarted When(StartCrisis ask, CrisisPlan? plan = null)
    {
        Queue<Guid> ids = new([Crises.FirstId, Crises.SecondId]);
        return CrisisDecider.Start(Crises.CrisisId, plan ?? Plan, ask, Halting.HaltId, ids.Dequeue, Approver, Noon);
    }

    [Fact] public void runs_the_edition_in_force() => Same([Crises.Started], [When(Ask)]);
    [Fact] public void counts_three_hours_from_when_it_became_known() => Assert.Equal(Noon.AddHours(2), When(Ask with { Since = Noon.AddHours(-1) }).StatementDueAt);
    [Fact] public void without_disrupted_living_conditions_has_no_clock() => Assert.Null(When(Ask with { DisruptsLiving = false }).StatementDueAt);
    [Fact] public void may_leave_the_ordinary_flow_alone() => Assert.Null(When(Ask with { HaltOrdinary = false }).HaltId);
    [Fact] public void of_a_plan_that_nobody_approved_is_refused() => Assert.Equal("plan-not-approved", Refusal(() => When(Ask, Crises.Plan(Crises.Drafted))));
    [Fact] public void without_a_reason_is_refused() => Assert.Equal("reason-missing", Refusal(() => When(Ask with { Reason = null })));
    [Theory, InlineData(1), InlineData(-24 * 60 - 1)] public void known_in_the_future_or_long_ago_is_refused(int minutes) => Assert.Equal("since-invalid", Refusal(() => When(Ask with { Since = Noon.AddMinutes(minutes) })));
    [Fact] public void with_a_placeholder_open_is_refused_by_field() => Assert.Equal(["values.shelter.kk", "values.shelter.ru"], Fields(() => When(Ask with { Values = new Dictionary<string, Bilingual?> { ["place"] = new("Құлсары", "Кульсары") } })).Order());
    [Fact] public void with_a_placeholder_in_one_language_is_refused() => Assert.Equal("placeholder-missing", Refusal(() => When(Ask with { Values = new Dictionary<string, Bilingual?>(Crises.Values) { ["shelter"] = new("№ 2 мектепке", "") } })));
    [Fact] public void with_a_value_for_nothing_is_refused() => Assert.Equal("placeholder-unknown", Refusal(() => When(Ask with { Values = new Dictionary<string, Bilingual?>(Crises.Values) { ["weather"] = new("Ашық", "Ясно") } })));

    [Fact]
    public void drafts_its_publications_in_review_under_its_tag()
    {
        var drafts = CrisisDecider.Drafts(Crises.Started, Crises.Content, CrisisWords.Values(Crises.Content.Templates, Crises.Values)).Select(d => State([.. d.Facts])).ToArray();
        Assert.Equal([(Crises.FirstId, "Crisis", "Құлсары: су тасқыны", "Жители Кульсары размещены: школа № 2.", PublicationState.InReview), (Crises.SecondId, "Apology", "Кешірім сұраймыз", "Просим прощения у жителей Кульсары.", PublicationState.InReview)],
            drafts.Select(p => (p.Id, p.Content.Kind, p.Content.Title.Kk!, p.Content.Text.Ru!, p.State)));
        Assert.All(drafts, p => Assert.Equal(("crisis:" + Crises.CrisisId, Approver, Body), (p.Content.Tags!.Single(), p.Authors.Single(), p.Body)));
        Assert.Equal("approver-is-author", Refusal(() => PublicationDecider.Decide(drafts[0], new ApprovePublication("kk", Hash("kk", drafts[0].Content)), Approver, Noon)));
    }

    [Fact]
    public void halts_the_bodys_ordinary_flow_and_not_its_own()
    {
        var halt = HaltDecider.Evolve(null, CrisisDecider.HaltOf(Crises.Started, 7))!;
        Assert.Equal((true, false, false), (HaltRules.Reaches(halt, Halting.Site), HaltRules.Reaches(halt, Halting.Site with { Tags = ["crisis:" + Crises.CrisisId] }), HaltRules.Reaches(halt, Halting.Elsewhere)));
        Assert.Equal("lifter-is-placer", Refusal(() => HaltDecider.Decide(halt, new(null), Halting.Of(Approver, Body, Roles.Approver), Noon)));
    }
}

public class People_of_a_crisis
{
    static readonly CrisisRole[] Named = [.. Crises.People, new("start", Editor) { ById = true }, new("close", Other) { ById = true }];
    static readonly CrisisStarted Started = Crises.Started with { Roles = Named };
    static string? Refused(string role, string by, params CrisisRole[] roles) => Record.Exception(() => CrisisPlanRules.Demand(roles, role, by)) is RefusedException refused ? $"{refused.Kind} {refused.Code}" : null;
    static CrisisStarted Start(string by) => CrisisDecider.Start(Crises.CrisisId, Crises.Plan(Crises.Drafted with { Content = Crises.Content with { Roles = Named } }, Crises.Approved),
        new("Бөгет бұзылды", Crises.Values, null, null, null), Halting.HaltId, Guid.NewGuid, by, Noon);
    static IReadOnlyList<object> Close(string by, CrisisClosed? end = null) => CrisisDecider.Decide(new(Crises.CrisisId, Started) { End = end }, new CloseCrisis("Су тартылды"), null, by, Due);

    [Fact] public void act_where_they_are_named() => Assert.Null(Refused("approve", Approver, Named));
    [Fact] public void act_for_nobody_else() => Assert.Equal("Forbidden not-named-in-plan", Refused("approve", Editor, Named));
    [Fact] public void are_whoever_the_door_lets_in_where_nobody_is_named() => Assert.Null(Refused("start", Other, Crises.People));
    [Fact] public void of_a_plan_from_before_doors_asked_keep_nobody_out() => Assert.Null(Refused("approve", Editor, [.. Named.Select(r => r with { ById = null })]));
    [Fact] public void that_are_posts_keep_nobody_out() => Assert.Null(Refused("speak", Other, Crises.People));

    [Fact] public void who_start_it_are_those_named() => Assert.Equal((Editor, "not-named-in-plan"), (Start(Editor).By, Refusal(() => Start(Approver))));
    [Fact] public void who_close_it_are_those_named() => Assert.Equal(("not-named-in-plan", "not-named-in-plan"), (Refusal(() => Close(Editor)), Refusal(() => Close(Editor, new(Crises.CrisisId, Other, null, Noon)))));
    [Fact] public void close_it_once() => Assert.Equal((1, 0), (Close(Other).Count, Close(Other, new(Crises.CrisisId, Other, null, Noon)).Count));
}

public class The_tag_of_a_crisis
{
    static readonly Crisis Running = new(Crises.CrisisId, Crises.Started);
    static readonly string Tag = HaltRules.CrisisTag(Crises.CrisisId);
    static RefusedException? Refused(Crisis? crisis, string body = Body, string by = Editor) => (RefusedException?)Record.Exception(() => CrisisDecider.Enter(crisis, body, by));

    [Fact] public void is_put_on_by_who_drafts_in_it_while_it_runs() => Assert.Null(Refused(Running));
    [Fact] public void is_put_on_by_nobody_else() => Assert.Equal("not-named-in-plan", Refused(Running, by: Other)!.Code);

    [Fact]
    public void of_no_running_crisis_of_the_body_is_refused_by_field() =>
        Assert.All(new[] { Refused(null), Refused(Running, "min-transport"), Refused(Running with { End = new(Crises.CrisisId, Editor, null, Due) }) }, r => Assert.Equal(("crisis-not-running", "tags"), (r!.Code, r.Errors.Keys.Single())));

    [Fact] public void names_its_crisis() => Assert.Equal(Crises.CrisisId, CrisisDecider.IdOf(Tag));
    [Theory, InlineData("crisis:flood"), InlineData("CRISIS:0197f3a0-0000-7000-8000-0000000000d1"), InlineData("crisis:0197F3A0-0000-7000-8000-0000000000D1"), InlineData("crisis:")]
    public void in_any_other_form_is_a_crisiss_tag_too_and_names_none(string tag) =>
        Assert.Equal((tag, null), (CrisisDecider.TagsOf(Written with { Tags = ["aza", tag] }).Single(), CrisisDecider.IdOf(tag)));

    [Fact]
    public void or_its_template_says_whose_a_publication_is() => Assert.Equal((Crises.CrisisId, Crises.CrisisId, 0),
        (CrisisDecider.CrisesOf(State(Drafted(Written with { Tags = [Tag, "aza"] }))).Single(), CrisisDecider.CrisesOf(State(Drafted() with { Cause = Tag + "/first" })).Single(), CrisisDecider.CrisesOf(State(Drafted())).Length));
}

public class The_clock_of_the_mandatory_statement
{
    static readonly Crisis Crisis = new(Crises.CrisisId, Crises.Started);
    static Publication Out(DateTimeOffset? at) => State(Drafted()) with { ReleasedAt = at };
    static CrisisClock? When(DateTimeOffset now, params DateTimeOffset?[] released) => CrisisClock.Of(Crisis, released.Select(Out), now);

    [Theory, InlineData(0, "Running"), InlineData(179, "Running"), InlineData(180, "Overdue"), InlineData(999, "Overdue")]
    public void runs_for_three_hours_and_then_is_overdue(int minutes, string state) => Assert.Equal(state, When(Noon.AddMinutes(minutes), null, null)!.State);

    [Theory, InlineData(10, "Kept"), InlineData(180, "Kept"), InlineData(181, "Late")]
    public void stops_with_the_first_publication_that_is_out(int minutes, string state) =>
        Assert.Equal((state, Noon.AddMinutes(minutes)), (When(Noon.AddDays(1), null, Noon.AddHours(9), Noon.AddMinutes(minutes))!.State, When(Noon.AddDays(1), Noon.AddHours(9), Noon.AddMinutes(minutes))!.StoppedAt));

    [Fact] public void is_none_where_none_is_mandatory() => Assert.Null(CrisisClock.Of(new(Crises.CrisisId, Crises.Started with { StatementDueAt = null }), [], Noon));
}

public class Closing_a_crisis
{
    static IReadOnlyList<object> When(string? reason, string? clock, CrisisClosed? end = null) => CrisisDecider.Decide(new(Crises.CrisisId, Crises.Started) { End = end }, new(reason),
        clock is null ? null : new(Due, clock, clock == "Kept" ? Noon : null, null), Editor, Due);

    [Theory, InlineData("Kept"), InlineData(null)] public void ends_it(string? clock) => Same([new CrisisClosed(Crises.CrisisId, Editor, null, Due)], When(null, clock));
    [Theory, InlineData("Running"), InlineData("Overdue")] public void while_the_statement_is_owed_is_refused(string clock) => Assert.Equal("statement-owed", Refusal(() => When(" ", clock)));
    [Fact] public void while_the_statement_is_owed_takes_a_reason() => Same([new CrisisClosed(Crises.CrisisId, Editor, "Жалған дабыл", Due)], When("Жалған дабыл", "Running"));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(When(null, "Overdue", new(Crises.CrisisId, Other, null, Noon)));
}

public class What_a_crisis_waits_for
{
    static CrisisPublication When(params object[] given) => CrisisPublication.Of(State(given), "first");

    [Fact]
    public void is_said_for_each_publication() => Assert.Equal(["submit", "approve:kk,approve:ru", "approve:ru", "schedule", "its-time", "delivery", "decide-outcome", "decide-missed"],
        new[] { [Drafted()], InReviewFacts(), [.. InReviewFacts(), Approved("kk")], ApprovedFacts(), ScheduledFacts(), ReleasingFacts, UnknownFacts, MissedFacts }.Select(given => string.Join(',', When(given).WaitsFor)));

    [Fact] public void without_a_time_is_a_release_at_once() => Assert.Equal(["release-now"], When(ApprovedFacts(Written with { WantedAt = null })).WaitsFor);
    [Fact]
    public void is_a_second_approval_for_what_went_out_on_one_persons_word() =>
        Assert.Equal(["kk", "ru"], When(Drafted(), new EmergencyReleaseOrdered(Id, Editor, "Шұғыл", Hash("kk"), Hash("ru"), Due)).OwedApprovals);

    [Fact] public void is_nothing_once_it_is_out_and_approved() => Assert.Empty(When(ReleasedFacts).OwedApprovals.Concat(When(ReleasedFacts).WaitsFor));
}
