using Law;
using static Publications.Specs.CalendarFacts;
using static Publications.Specs.Given;

namespace Publications.Specs;

public class A_sections_rules
{
    static readonly KeepSection Ask = new("services", Services.Name, ["Clarification"], "site-section");
    static readonly ReportChange Today = new();

    static IReadOnlyList<object> Keep(Site? site, KeepSection ask) => SiteDecider.Decide(site, Body, ask, Editor, Noon);
    static IReadOnlyList<object> Report(Site site, ReportChange ask, DateTimeOffset? posted = null, string code = "services") => SiteDecider.Decide(site, code, ask, posted, Editor, Noon);

    [Fact] public void let_it_be_kept() => Same([Services], Keep(null, Ask));
    [Fact] public void make_it_already_so_when_kept_twice() => Assert.Empty(Keep(Site(Services), Ask));
    [Fact] public void let_it_be_said_anew() => Assert.Equal("Көмек", Site([CalendarFacts.News, Services, .. Keep(Site(CalendarFacts.News, Services), Ask with { Name = new("Көмек", "Помощь") })]).Sections.Single(s => s.Code == "services").Name.Kk);
    [Fact] public void let_it_be_dropped() => Assert.Single(SiteDecider.Drop(Site(CalendarFacts.News), "news", Editor, Noon));
    [Fact] public void let_it_be_dropped_once() => Assert.Empty(SiteDecider.Drop(Site(Services), "news", Editor, Noon));

    public static TheoryData<KeepSection, string, string> Wrong => new()
    {
        { Ask with { Code = "Ашық" }, "section-code-invalid", "code" },
        { Ask with { Code = null }, "section-code-invalid", "code" },
        { Ask with { Kinds = [] }, "kinds-invalid", "kinds" },
        { Ask with { Kinds = ["Song"] }, "kinds-invalid", "kinds" },
        { Ask with { Term = "reply" }, "term-invalid", "term" },
        { Ask with { Name = new("Қызметтер", " ") }, "name-invalid", "name.ru" },
        { Ask with { Name = null }, "name-invalid", "name.kk" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void refuse_by_code_and_field(KeepSection ask, string code, string field)
    {
        Assert.Equal(code, Refusal(() => Keep(null, ask)));
        Assert.Equal([field], Fields(() => Keep(null, ask)));
    }

    [Fact]
    public void keep_their_number_small() =>
        Assert.Equal("sections-too-many", Refusal(() => Keep(Site([.. Enumerable.Range(0, SiteDecider.MostSections).Select(n => Services with { Code = "s" + n })]), Ask)));

    [Fact] public void let_a_change_be_told() => Same([new SiteInformationChanged(SiteId, "services", new(2026, 12, 1), Editor, Noon)], Report(Site(Services), Today));
    [Fact] public void make_it_already_so_when_told_twice() => Assert.Empty(Report(Site([Services, .. Report(Site(Services), Today)]), Today));
    [Fact] public void let_the_earlier_day_count() => Assert.Single(Report(Site([Services, .. Report(Site(Services), Today)]), new(new(2026, 11, 30))));
    [Fact] public void let_it_change_again_after_a_post() => Assert.Single(Report(Site([Services, .. Report(Site(Services), Today)]), Today, posted: Noon.AddMinutes(1)));
    [Theory, InlineData("2026-12-02"), InlineData("2025-11-30")] public void refuse_days_that_cannot_be(string on) => Assert.Equal("changed-on-invalid", Refusal(() => Report(Site(Services), new(DateOnly.Parse(on, null)))));
    [Fact] public void know_no_other_sections() => Assert.Equal("not-found", Refusal(() => Report(Site(Services), Today, code: "news")));
}

/// <summary>Tuesday, 1 December 2026, noon: the section is watched from then.</summary>
public class What_the_law_asks_of_a_site
{
    static readonly SiteSection News = CalendarFacts.Site(CalendarFacts.News).Sections[0], Services = CalendarFacts.Site(CalendarFacts.Services).Sections[0];

    static SiteDuty Duty(SiteSection section, string? posted, string now, string? updated = null) =>
        SiteDuties.Of(Body, section, new(posted is null ? null : At(posted), At(updated ?? posted ?? "2026-01-01T00:00:00Z")), WorkingCalendar.Embedded, At(now));

    [Fact] public void is_news_every_day() => Assert.Equal((new DateOnly(2026, 12, 3), false), Duty(News, "2026-12-02T10:00:00+05:00", "2026-12-03T23:59:00+05:00") is var d ? (d.Due!.Due, d.Overdue) : default);
    [Fact] public void is_overdue_at_the_end_of_the_day() => Assert.True(Duty(News, "2026-12-02T10:00:00+05:00", "2026-12-04T00:00:00+05:00").Overdue);
    [Fact] public void passes_over_days_off() => Assert.Equal(new(2026, 12, 7), Duty(News, "2026-12-04T10:00:00+05:00", "2026-12-05T12:00:00+05:00").Due!.Due);
    [Fact] public void counts_from_when_it_was_watched_without_any_post() => Assert.Equal(new(2026, 12, 2), Duty(News, null, "2026-12-01T13:00:00+05:00").Due!.Due);
    /// <summary>Friday, 4 December, is made a day off by an order of which Inquiries tells.</summary>
    [Fact]
    public void is_counted_by_the_calendar_that_was_heard_and_names_it()
    {
        var news = new Contracts.Inquiries.WorkingCalendarChanged(Guid.NewGuid(), 3, "2026-11-3", 2026, 2026, [new(new(2026, 12, 4), "holiday", "День науки", null, new("Ғылым күні", "День науки"))], Noon);
        var heard = CalendarHearing.Hear(null, news, Noon).Aggregate((HeardCalendar?)null, CalendarHearing.Evolve)!.Calendar;
        var due = SiteDuties.Of(Body, Changed, new(null, null), heard, At("2026-12-02T12:00:00+05:00")).Due!;
        Assert.Equal((new DateOnly(2026, 12, 7), "2026-11-3"), (due.Due, due.CalendarVersion));
        Assert.Equal(new DateOnly(2026, 12, 7), SiteDuties.Of(Body, News, new(At("2026-12-03T10:00:00+05:00"), null), heard, At("2026-12-03T12:00:00+05:00")).Due!.Due);
    }

    [Fact] public void says_why() => Assert.Contains(Duty(News, "2026-12-04T10:00:00+05:00", "2026-12-05T12:00:00+05:00").Due!.Trace, step => step.Step == "skipped");
    [Fact] public void is_nothing_of_a_section_that_has_not_changed() => Assert.Equal((null, false), Duty(Services, "2026-01-02T10:00:00+05:00", "2026-12-31T12:00:00+05:00") is var d ? (d.Due, d.Overdue) : default);

    static readonly SiteSection Changed = CalendarFacts.Site(CalendarFacts.Services, new SiteInformationChanged(CalendarFacts.SiteId, "services", new(2026, 12, 1), Editor, Noon)).Sections[0];

    [Fact] public void is_three_working_days_after_a_change() => Assert.Equal((new DateOnly(2026, 12, 4), false), Duty(Changed, "2026-11-02T10:00:00+05:00", "2026-12-04T12:00:00+05:00") is var d ? (d.Due!.Due, d.Overdue) : default);
    [Fact] public void is_overdue_after_them() => Assert.True(Duty(Changed, "2026-11-02T10:00:00+05:00", "2026-12-05T00:00:00+05:00").Overdue);
    [Fact] public void is_settled_by_a_post() => Assert.Null(Duty(Changed, "2026-12-02T10:00:00+05:00", "2026-12-05T00:00:00+05:00").Due);
    [Fact] public void is_settled_by_an_update() => Assert.Null(Duty(Changed, "2026-11-02T10:00:00+05:00", "2026-12-05T00:00:00+05:00", updated: "2026-12-02T10:00:00+05:00").Due);
}
