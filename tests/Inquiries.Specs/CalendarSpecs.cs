using Platform;
using Specs;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

/// <summary>What the specs of the calendar share.</summary>
public static class Orders
{
    public static readonly Guid Change = Guid.Parse("01a20000-0000-7000-8000-0000000000c1");
    public static readonly CalendarOrder Order = new("7", new(2026, 11, 20), "Министр труда и социальной защиты населения");
    public static readonly Bilingual ScienceDay = new("Ғылым күні", "День науки");

    public static readonly CalendarEditionIssued Issued = new(Change, "2026-12-1", 2026, 2026,
        [new(new(2026, 12, 12), DayKind.Holiday, "День науки", null, ScienceDay), new(new(2026, 12, 14), DayKind.MovedOff, "for День науки on 2026-12-12", new(2026, 12, 12))], Order, Noon);

    public static CalendarState Seeded { get; } = Calendars.Seeds(Noon.AddDays(-2)).Aggregate((CalendarState?)null, CalendarDecider.Evolve)!;

    public static ChangedDay Day(string kind, string date, string? @for = null, Bilingual? name = null) => new(Date(date), kind, @for is null ? null : Date(@for), name, null);

    public static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", null);

    public static IReadOnlyList<object> When(CalendarState given, params ChangedDay[] days) => CalendarDecider.Decide(given, new(Order, days), Change, Noon);

    public static CalendarState After(CalendarState given, params ChangedDay[] days) => When(given, days).Aggregate(given, CalendarDecider.Evolve);
}

public class The_calendar_as_a_stream
{
    private static IEnumerable<NodaTime.LocalDate> EveryDay => Enumerable.Range(0, 35 * 365).Select(new NodaTime.LocalDate(2016, 1, 1).PlusDays);

    [Fact]
    public void begins_as_the_table()
    {
        Assert.Equal(WorkingCalendar.Embedded.Edition, Orders.Seeded.Calendar.Edition);
        Assert.All(EveryDay, date => Assert.Equal(WorkingCalendar.Embedded.Day(date), Orders.Seeded.Calendar.Day(date)));
        Assert.Equal("2026-11-1", Assert.Single(Orders.Seeded.Versions).Version);
    }

    [Fact]
    public void keeps_every_version()
    {
        var after = Orders.After(Orders.Seeded, Orders.Day("holiday", "2026-12-10", name: Orders.ScienceDay));
        Assert.Equal(["2026-11-1", "2026-11-2"], after.Versions.Select(version => version.Version));
        Assert.True(after.Versions[0].Calendar.IsWorking(new(2026, 12, 10)));
        Assert.False(after.Calendar.IsWorking(new(2026, 12, 10)));
        Assert.Equal(Orders.Order, after.Orders[new(2026, 12, 10)]);
    }

    [Theory]
    [InlineData("2026-11-30T23:59:00+05:00", "2026-11-2"), InlineData("2026-12-01T00:00:00+05:00", "2026-12-1"), InlineData("2027-01-15T12:00:00+05:00", "2027-01-1")]
    public void numbers_its_versions_within_the_month(string at, string version) =>
        Assert.Equal(version, CalendarDecider.NextVersion(Orders.Seeded, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void counts_one_version_for_all_days_of_a_change()
    {
        var after = Orders.After(Orders.Seeded, Orders.Day("holiday", "2026-12-10", name: Orders.ScienceDay), Orders.Day("holiday", "2026-12-11", name: Orders.ScienceDay));
        Assert.Equal(["2026-11-1", "2026-11-2"], after.Versions.Select(version => version.Version));
        Assert.Equal("2026-11-3", CalendarDecider.NextVersion(after, Noon));
    }

    [Fact]
    public void an_unknown_fact_stops_the_fold() => Assert.Throws<InvalidOperationException>(() => CalendarDecider.Evolve(Orders.Seeded, "no fact"));

    public static TheoryData<string> Names => [.. CalendarDecider.Facts.Select(t => t.Name)];

    private static readonly object[] OneOfEach =
    [
        new CalendarYearPublished(Orders.Change, "2027-12-1", 2028, [new(new(2028, 1, 1), DayKind.Holiday, "New Year"), new(new(2028, 5, 12), DayKind.Holiday, "День науки", null, Orders.ScienceDay)], Orders.Order, Noon),
        new HolidayAdded(Orders.Change, "2026-12-1", new(2026, 12, 12), Orders.ScienceDay, "by decree", Orders.Order, Noon),
        new HolidayRemoved(Orders.Change, "2026-12-1", new(2026, 12, 12), Orders.Order, Noon),
        new DayOffMoved(Orders.Change, "2026-12-1", new(2026, 12, 12), new(2026, 12, 14), Orders.Order, Noon),
        new DaysTransferred(Orders.Change, "2026-12-1", new(2026, 12, 18), new(2026, 12, 19), Orders.Order, Noon),
        new KurbanAitSet(Orders.Change, "2026-12-1", new(2027, 5, 17), Orders.Order, Noon),
        Orders.Issued,
    ];

    [Theory, MemberData(nameof(Names))]
    public void keeps_the_stored_shape_of_each_fact(string name) => Golden.Check("facts/" + Store.NameOf(OneOfEach.Single(f => f.GetType().Name == name).GetType()), OneOfEach.Single(f => f.GetType().Name == name));

    [Theory, MemberData(nameof(Names))]
    public void folds_each_fact(string name) => Assert.NotEqual(Orders.Seeded.Calendar.Version, CalendarDecider.Evolve(Orders.Seeded, OneOfEach.Single(f => f.GetType().Name == name)).Calendar.Version);

    [Fact]
    public void every_fact_is_registered() => Assert.Equal(typeof(ICalendarFact).Assembly.GetTypes().Where(t => t.IsSealed && t.IsAssignableTo(typeof(ICalendarFact))).Select(t => t.Name).Order(),
        CalendarDecider.Facts.Select(t => t.Name).Order());
}

public class Changing_the_calendar
{
    [Fact]
    public void adds_a_holiday_by_its_order() => Assert.Equal([new HolidayAdded(Orders.Change, "2026-11-2", new(2026, 12, 10), Orders.ScienceDay, null, Orders.Order, Noon)],
        Orders.When(Orders.Seeded, Orders.Day("holiday", "2026-12-10", name: Orders.ScienceDay)));

    [Fact]
    public void moves_the_day_off_of_a_holiday_that_falls_on_a_weekend()
    {
        var after = Orders.After(Orders.Seeded, Orders.Day("holiday", "2026-12-12", name: Orders.ScienceDay), Orders.Day("moved-off", "2026-12-14", "2026-12-12"));
        Assert.Equal((DayKind.MovedOff, "for День науки on 2026-12-12"), (after.Calendar.Kind(new(2026, 12, 14)), after.Calendar.Day(new(2026, 12, 14)).Note));
        Assert.Equal("мерекенің демалысы 12.12.2026 (сенбі) күнінен ауыстырылды — Ғылым күні", Words.Reason(after.Calendar.Day(new(2026, 12, 14))).Kk);
    }

    [Theory, InlineData("transferred-off", "2026-12-18", "2026-12-19"), InlineData("transferred-work", "2026-12-19", "2026-12-18")]
    public void transfers_a_day_named_from_either_side(string kind, string date, string @for) => Assert.Equal(
        [new DaysTransferred(Orders.Change, "2026-11-2", new(2026, 12, 18), new(2026, 12, 19), Orders.Order, Noon)], Orders.When(Orders.Seeded, Orders.Day(kind, date, @for)));

    [Fact]
    public void transfers_once_what_is_named_from_both_sides() => Assert.Single(Orders.When(Orders.Seeded,
        Orders.Day("transferred-off", "2026-12-18", "2026-12-19"), Orders.Day("transferred-work", "2026-12-19", "2026-12-18")));

    [Fact]
    public void sets_kurban_ait_and_lets_the_expected_date_go()
    {
        var after = Orders.After(Orders.Seeded, Orders.Day("religious", "2027-05-17"));
        Assert.Equal((DayKind.Weekend, DayKind.Religious), (after.Calendar.Kind(new(2027, 5, 16)), after.Calendar.Kind(new(2027, 5, 17))));
        Assert.DoesNotContain(after.Calendar.Special(2027), day => day.Date == new NodaTime.LocalDate(2027, 5, 16));
    }

    [Fact]
    public void makes_a_day_ordinary_again()
    {
        var after = Orders.After(Orders.Seeded, Orders.Day("ordinary", "2026-12-16"));
        Assert.Equal(DayKind.Working, after.Calendar.Kind(new(2026, 12, 16)));
        Assert.Equal(DayKind.Holiday, Orders.After(after, Orders.Day("holiday", "2026-12-16", name: new("Тәуелсіздік күні", "День независимости"))).Calendar.Kind(new(2026, 12, 16)));
    }

    [Fact]
    public void that_is_so_already_records_nothing()
    {
        Assert.Empty(Orders.When(Orders.Seeded, Orders.Day("ordinary", "2026-12-10"), Orders.Day("ordinary", "2026-12-12")));
        Assert.Empty(Orders.When(Orders.Seeded, Orders.Day("religious", "2026-05-27")));
        Assert.Empty(Orders.When(Orders.Seeded, Orders.Day("holiday", "2026-12-16", name: new("Тәуелсіздік күні", "День независимости"))));
        Assert.Empty(Orders.When(Orders.Seeded, Orders.Day("moved-off", "2026-10-26", "2026-10-25")));
        Assert.Empty(Orders.When(Orders.Seeded, Orders.Day("transferred-off", "2024-05-08", "2024-05-04")));
        var added = Orders.Day("holiday", "2026-12-10", name: Orders.ScienceDay);
        Assert.Empty(Orders.When(Orders.After(Orders.Seeded, added), added));
    }

    [Fact]
    public void leaves_the_whole_edition_behind_it_for_others()
    {
        var facts = CalendarDecider.WithEdition(Orders.Seeded, Orders.When(Orders.Seeded, Orders.Day("holiday", "2026-12-10", name: Orders.ScienceDay), Orders.Day("ordinary", "2026-12-16")));
        var issued = Assert.IsType<CalendarEditionIssued>(facts[^1]);
        var (after, span) = (facts.Aggregate(Orders.Seeded, CalendarDecider.Evolve), Orders.Seeded.Calendar.Edition);
        Assert.Equal((3, "2026-11-2", span.PublishedFrom, span.PublishedTo), (facts.Count, issued.CalendarVersion, issued.PublishedFrom, issued.PublishedTo));
        Assert.Equal(Enumerable.Range(span.PublishedFrom, span.PublishedTo - span.PublishedFrom + 1).SelectMany(after.Calendar.Special).Select(day => day.Date.ToDateOnly()), issued.Days.Select(day => day.Date));
        Assert.Contains(issued.Days, day => day.Date == new DateOnly(2026, 12, 10) && day.Name == Orders.ScienceDay);
        Assert.DoesNotContain(issued.Days, day => day.Date == new DateOnly(2026, 12, 16));
        Assert.Equal((2, false), (after.Versions.Count, after.Orders.ContainsKey(new(2026, 12, 17)))); // it changes nothing itself
        Assert.Empty(CalendarDecider.WithEdition(Orders.Seeded, []));
    }

    [Fact]
    public void judges_each_day_by_the_days_before_it() => Assert.Equal([typeof(HolidayRemoved), typeof(DaysTransferred)],
        Orders.When(Orders.Seeded, Orders.Day("ordinary", "2026-12-16"), Orders.Day("transferred-off", "2026-12-16", "2026-12-19")).Select(fact => fact.GetType()));

    [Fact]
    public void publishes_the_next_year_with_its_fixed_holidays_and_the_days_given()
    {
        var facts = CalendarDecider.Decide(Orders.Seeded, new(Orders.Order, [Orders.Day("religious", "2028-05-05")], 2028), Orders.Change, Noon);
        var year = Assert.IsType<CalendarYearPublished>(Assert.Single(facts));
        var after = CalendarDecider.Evolve(Orders.Seeded, year).Calendar;
        Assert.Equal((2028, 2028), (year.Year, after.Edition.PublishedTo));
        Assert.False(after.IsProvisional(new(2028, 5, 5)) || after.IsWorking(new(2028, 5, 5)));
        Assert.Equal(Orders.Seeded.Calendar.Special(2028).Count() + 1, after.Special(2028).Count());
        Assert.True(after.IsProvisional(new(2029, 1, 10)));
    }

    public static TheoryData<string, string, ChangedDay> Contradictions => new()
    {
        { "date-missing", "days[0].date", new(null, "holiday", null, Orders.ScienceDay, null) },
        { "kind-unknown", "days[0].kind", Orders.Day("birthday", "2026-12-10") },
        { "kind-unknown", "days[0].kind", new(new(2026, 12, 10), null, null, null, null) },
        { "name-missing", "days[0].name", Orders.Day("holiday", "2026-12-10") },
        { "name-missing", "days[0].name", Orders.Day("holiday", "2026-12-10", name: new("Ғылым күні", null)) },
        { "name-missing", "days[0].name", Orders.Day("holiday", "2026-12-10", name: new("Наурыз", "Наурыз")) },
        { "for-missing", "days[0].for", Orders.Day("moved-off", "2026-12-10") },
        { "for-missing", "days[0].for", Orders.Day("transferred-work", "2026-12-12") },
        { "day-contradicts", "days[0]", Orders.Day("moved-off", "2026-12-12", "2026-10-25") }, // a Saturday is off anyway
        { "day-contradicts", "days[0]", Orders.Day("moved-off", "2026-12-10", "2026-12-09") }, // for no holiday
        { "day-contradicts", "days[0]", Orders.Day("transferred-off", "2026-12-12", "2026-12-19") }, // two days off
        { "day-contradicts", "days[0]", Orders.Day("transferred-off", "2026-12-10", "2026-12-11") }, // two working days
        { "year-unpublished", "days[0].date", Orders.Day("holiday", "2028-12-11", name: Orders.ScienceDay) },
        { "year-unpublished", "days[0].for", Orders.Day("transferred-off", "2027-12-31", "2028-01-08") },
    };

    [Theory, MemberData(nameof(Contradictions))]
    public void refuses_what_contradicts_and_names_the_field(string code, string field, ChangedDay day) =>
        Refuses(code, () => Orders.When(Orders.Seeded, day), RefusalKind.Invalid, field);

    [Fact]
    public void refuses_a_date_beyond_the_calendar() => Refuses("calendar-unknown", () => Orders.When(Orders.Seeded, Orders.Day("ordinary", "2051-01-10")), RefusalKind.Invalid);

    [Fact]
    public void refuses_no_order_and_one_of_a_day_to_come()
    {
        IReadOnlyList<object> By(CalendarOrder? order) => CalendarDecider.Decide(Orders.Seeded, new(order, [Orders.Day("ordinary", "2026-12-16")]), Orders.Change, Noon);
        foreach (var order in new[] { null, Orders.Order with { Number = " " }, Orders.Order with { Issuer = null }, Orders.Order with { Date = null } })
        {
            Refuses("order-missing", () => By(order), RefusalKind.Invalid, "order");
        }

        Refuses("order-date-invalid", () => By(Orders.Order with { Date = new(2026, 11, 24) }), RefusalKind.Invalid, "order.date");
        Assert.Single(By(Orders.Order with { Date = new(2026, 11, 23) }));
    }

    [Fact] public void refuses_no_days() => Refuses("days-missing", () => Orders.When(Orders.Seeded), RefusalKind.Invalid, "days");
    [Fact] public void refuses_days_without_end() => Refuses("days-too-many", () => Orders.When(Orders.Seeded, [.. Enumerable.Repeat(Orders.Day("ordinary", "2026-12-16"), 61)]), RefusalKind.Invalid, "days");
    [Theory, InlineData(2027), InlineData(2029), InlineData(-1)]
    public void refuses_a_year_that_is_not_the_next(int year) => Refuses("year-invalid", () => CalendarDecider.Decide(Orders.Seeded, new(Orders.Order, [], year), Orders.Change, Noon), RefusalKind.Invalid, "year");
}

public class A_recalculation
{
    private static readonly WorkingCalendar Changed = Orders.After(Orders.Seeded, Orders.Day("holiday", "2026-12-08", name: Orders.ScienceDay)).Calendar;
    private static InquiryView View(params object[] facts) => facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!;

    [Fact]
    public void moves_what_ends_on_the_changed_day() => Assert.Equal(
        new(Id, Orders.Change, "2026-11-2", new(2026, 12, 8), new(2026, 12, 8), new(2026, 12, 9), new(2026, 12, 7), Noon), Recalculation.Moved(View(Received, Registered), Orders.Change, Changed, Noon));

    [Fact]
    public void finds_nothing_twice()
    {
        var fact = Recalculation.Moved(View(Received, Registered), Orders.Change, Changed, Noon)!;
        var view = View(Received, Registered, fact);
        Assert.Equal((new DateOnly(2026, 12, 9), new DateOnly(2026, 12, 7), "2026-11-2"), (view.Due, view.SafeDue, view.CalendarVersion));
        Assert.Null(Recalculation.Moved(view, Orders.Change, Changed, Noon));
    }

    [Fact] public void leaves_what_does_not_move() => Assert.Null(Recalculation.Moved(View(Received, Registered), Orders.Change, Orders.Seeded.Calendar, Noon));
    [Fact] public void leaves_what_is_closed() => Assert.Null(Recalculation.Moved(View(Received, Registered, Answered), Orders.Change, Changed, Noon));
    [Fact] public void leaves_what_has_no_dates() => Assert.Null(Recalculation.Moved(View(Received, NotConsidered), Orders.Change, Changed, Noon));
    [Fact] public void leaves_the_request_where_it_stands() => Assert.Equal(State(Received, Registered), State(Received, Registered, Recalculated));

    [Theory]
    [InlineData(0, 0, 0, "не переносит ни одного срока", "ешбір мерзімді жылжытпайды")]
    [InlineData(312, 17, 0, "переносит сроки 312 открытых запросов, 17 просроченных становятся своевременными", "312 ашық сұрау салудың мерзімін жылжытады, мерзімі өткен 17 сұрау салу мерзіміндегіге айналады")]
    [InlineData(1, 1, 0, "переносит сроки 1 открытого запроса, 1 просроченный становится своевременным", "1 ашық сұрау салудың мерзімін жылжытады, мерзімі өткен 1 сұрау салу мерзіміндегіге айналады")]
    [InlineData(22, 0, 3, "переносит сроки 22 открытых запросов, 3 своевременных становятся просроченными", "22 ашық сұрау салудың мерзімін жылжытады, мерзіміндегі 3 сұрау салу мерзімі өткенге айналады")]
    public void is_told_in_both_languages(int moved, int inTime, int late, string ru, string kk)
    {
        var said = ChangeCalendarHandler.Said(new(1000, moved, 0, 1000 - moved, inTime, late));
        Assert.Equal((kk, ru), (said.Kk, said.Ru));
    }
}
