using FsCheck.Xunit;
using Law;
using NodaTime;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>The calendar as a function of values.</summary>
public class The_agenda
{
    static readonly LocalDate First = new(2026, 12, 1), Last = new(2026, 12, 31);
    static readonly DateTimeZone Almaty = Registration.Almaty;
    static readonly DateTimeOffset Begins = At("2026-12-01T00:00:00+05:00"), Ends = At("2027-01-01T00:00:00+05:00");

    static CalendarItem Item(DateTimeOffset at, string channel = "site", string state = "Scheduled", string body = Body, DateTimeOffset? embargo = null) => new(Guid.NewGuid(), channel, body, state, at, embargo, "{}"u8.ToArray());
    static Cadence Rule(int? everyHours = null, int? perDay = null, int? minutes = null, DateTimeOffset? since = null, string channel = "site") =>
        new(CadenceDecider.StreamId(Body, channel), Body, channel, new(everyHours, perDay, minutes), since ?? Begins.AddDays(-30), Cadence.Active);
    static Agenda<CalendarItem> Of(IReadOnlyCollection<CalendarItem> items, params Cadence[] cadences) => Agenda.Of(items, cadences, [], First, Last, Almaty);

    /// <summary>Minutes around December, some of them outside it.</summary>
    static CalendarItem[] Around(int[] minutes) => [.. minutes.Select((m, i) => Item(Begins.AddDays(-3).AddMinutes(Math.Abs((long)m) % (37 * 24 * 60)), i % 3 == 0 ? "tg-1" : "site", i % 7 == 0 ? "Missed" : "Scheduled"))];

    [Property]
    public void has_each_item_of_its_days_once_under_its_local_date(int[] minutes)
    {
        var items = Around(minutes);
        var days = Of(items).Days;
        Assert.Equal(Enumerable.Range(0, 31).Select(n => First.PlusDays(n).ToDateOnly()), days.Select(d => d.Date));
        Assert.All(days, day => Assert.All(day.Items, item => Assert.Equal(day.Date, Registration.AlmatyDate(item.At).ToDateOnly())));
        Assert.Equal(items.Where(i => Begins <= i.At && i.At < Ends).Select(i => i.PublicationId).Order(), days.SelectMany(d => d.Items).Select(i => i.PublicationId).Order());
    }

    [Property]
    public void tells_collisions_that_are_the_same_from_either_side(int[] minutes, byte apart)
    {
        var (items, within) = (Around(minutes), 1 + apart);
        var (rules, backwards) = (new[] { Rule(minutes: within), Rule(minutes: within, channel: "tg-1") }, items.Reverse().ToArray());
        var (collisions, again) = (Of(items, rules).Collisions, Of(backwards, rules).Collisions);
        Assert.Equal(collisions.Select(c => (c.Channel, c.From, c.To, c.PublicationIds.Count)), again.Select(c => (c.Channel, c.From, c.To, c.PublicationIds.Count)).OrderBy(c => Array.IndexOf([.. collisions.Select(x => (x.Channel, x.From))], (c.Channel, c.From))));
        var present = items.Where(i => i.State != "Missed").ToList();
        foreach (var a in present.Where(i => Begins <= i.At && i.At < Ends))
        {
            foreach (var b in present.Where(b => b != a && b.Channel == a.Channel && (b.At - a.At).Duration() < TimeSpan.FromMinutes(within)))
            {
                Assert.Single(collisions, c => c.PublicationIds.Contains(a.PublicationId) && c.PublicationIds.Contains(b.PublicationId));
            }
        }

        Assert.All(collisions, c => Assert.All(c.PublicationIds.Zip(c.PublicationIds.Skip(1)), pair =>
            Assert.True(present.Single(i => i.PublicationId == pair.Second).At - present.Single(i => i.PublicationId == pair.First).At < TimeSpan.FromMinutes(within))));
    }

    [Property]
    public void tells_gaps_that_cover_exactly_what_no_post_covers(int[] minutes, byte everyHours)
    {
        var (items, hours) = (Around(minutes), 1 + everyHours % 72);
        var cadence = Rule(hours, since: Begins.AddDays(-2));
        var gaps = Of(items, cadence).Gaps;
        DateTimeOffset[] posts = [cadence.Since, .. items.Where(i => i.State != "Missed" && i.Channel == "site").Select(i => i.At)];
        for (var at = Begins; at < Ends; at = at.AddMinutes(37))
        {
            var covered = posts.Any(p => p <= at && at < p.AddHours(hours));
            Assert.Equal(covered ? 0 : 1, gaps.Count(g => g.From <= at && at < g.To));
        }

        Assert.All(gaps, g => Assert.True(Begins <= g.From && g.From < g.To && g.To <= Ends));
    }

    [Property]
    public void tells_the_days_that_lack_posts(int[] minutes, byte perDay)
    {
        var (items, wanted) = (Around(minutes), 1 + perDay % 3);
        var gaps = Of(items, Rule(perDay: wanted)).Gaps;
        foreach (var day in Of(items).Days)
        {
            var missing = wanted - day.Items.Count(i => i.Channel == "site" && i.State != "Missed");
            Assert.Equal(missing > 0 ? missing : null, gaps.SingleOrDefault(g => g.From == day.From)?.Missing);
        }
    }

    [Fact] public void does_not_ask_before_a_rule_was_set() => Assert.Equal(At("2026-12-15T14:00:00+05:00"), Of([], Rule(48, since: At("2026-12-13T14:00:00+05:00"))).Gaps.Single().From);
    [Fact] public void asks_for_whole_days_only_after_a_rule_was_set() => Assert.Equal(18, Of([], Rule(perDay: 1, since: At("2026-12-13T14:00:00+05:00"))).Gaps.Count);
    [Fact] public void sees_a_gap_before_it_happens() => Assert.Equal((Due.AddHours(48), Ends), Of([Item(Due)], Rule(48)).Gaps.Where(g => g.From >= Due).Select(g => (g.From, g.To)).Single());
    [Fact] public void counts_the_post_before_its_days() => Assert.Equal(Begins.AddHours(12), Of([Item(Begins.AddHours(-12))], Rule(24, since: Begins.AddDays(-9))).Gaps.Single().From);
    [Fact] public void counts_what_the_body_published_by_itself_on_the_account() => Assert.Equal(Begins.AddHours(12), Of([Item(Begins.AddHours(-12), state: "Elsewhere")], Rule(24, since: Begins.AddDays(-9))).Gaps.Single().From);
    [Fact] public void does_not_count_it_without_an_account() => Assert.Equal(Begins, Of([Item(Begins.AddHours(-12), "@almaty.example", "Elsewhere")], Rule(24, since: Begins.AddDays(-9))).Gaps.Single().From);
    [Fact] public void sees_it_collide_on_the_account() => Assert.Single(Of([Item(Due), Item(Due, state: "Elsewhere")]).Collisions);
    [Fact] public void sees_no_collision_where_no_account_is_named() => Assert.Empty(Of([Item(Due, "@almaty.example", "Elsewhere"), Item(Due, "@almaty.example", "Elsewhere")]).Collisions);
    [Fact] public void takes_a_quarter_of_an_hour_where_nothing_is_said() => Assert.Equal((15, 2), Of([Item(Due), Item(Due.AddMinutes(14)), Item(Due.AddMinutes(29))]).Collisions.Select(c => (c.WithinMinutes, c.PublicationIds.Count)).Single());
    [Fact] public void does_not_mix_bodies_on_the_site_they_share() => Assert.Empty(Of([Item(Due), Item(Due, body: "akimat-11")]).Collisions);
    [Theory, InlineData("Missed"), InlineData("Held"), InlineData("Withdrawn")] public void does_not_count_what_will_not_be_there(string state) => Assert.Empty(Of([Item(Due), Item(Due, state: state)]).Collisions);

    [Fact]
    public void names_each_embargo_once()
    {
        var item = Item(Due, embargo: Due.AddHours(-1));
        Assert.Equal(new AgendaEmbargo(item.PublicationId, Body, Due.AddHours(-1)), Of([item, item with { Channel = "tg-1" }, Item(Due)]).Embargoes.Single());
    }

    [Fact]
    public void speaks_both_languages()
    {
        var agenda = Of([Item(Due), Item(Due)], Rule(48, 2));
        Assert.All(agenda.Gaps.Select(g => g.Text).Concat(agenda.Collisions.Select(c => c.Text)), text => Assert.True(text is { Kk.Length: > 0, Ru.Length: > 0 } && text.Kk != text.Ru));
    }
}

/// <summary>Days are those of the zone, however long.</summary>
public class Days_of_the_agenda
{
    static IEnumerable<double> Hours(string zone, string from, string to) => new AgendaSpan(Times.Date(from, "from"), Times.Date(to, "to"), DateTimeZoneProviders.Tzdb[zone]).Days.Select(d => (d.To - d.From).TotalHours);

    [Fact] public void are_of_23_and_25_hours_where_clocks_change() => Assert.Equal([24, 23, 24], Hours("Europe/Berlin", "2026-03-28", "2026-03-30"));
    [Fact] public void are_of_25_hours_when_Almaty_set_its_clocks_back() => Assert.Equal([25, 24], Hours("Asia/Almaty", "2024-02-29", "2024-03-01"));
    [Fact] public void begin_later_where_midnight_is_skipped() => Assert.Equal([24, 23, 24], Hours("Asia/Beirut", "2026-03-28", "2026-03-30"));

    static readonly DateTimeOffset Today = At("2026-12-09T20:30:00Z"); // already the tenth in Almaty

    static string Span(string? from = null, string? to = null, string? view = null, string? zone = null) => new CalendarAsk(from, to, view, null, null, zone, null).Span(Today) is var span ? $"{span.From:uuuu-MM-dd} {span.To:uuuu-MM-dd}" : "";

    [Fact] public void are_this_month_unless_asked() => Assert.Equal("2026-12-01 2026-12-31", Span());
    [Fact] public void are_today_in_Almaty() => Assert.Equal("2026-12-10 2026-12-10", Span(view: "day"));
    [Fact] public void are_a_week_from_Monday() => Assert.Equal("2026-12-07 2026-12-13", Span("2026-12-13", view: "week"));
    [Fact] public void are_those_of_instants_in_the_zone() => Assert.Equal("2026-12-02 2026-12-03", Span("2026-12-01T20:00:00Z", "2026-12-03T18:59:00Z"));
    [Fact] public void are_those_asked_for() => Assert.Equal("2026-11-30 2026-12-02", Span("2026-11-30", "2026-12-02", "day"));

    [Theory, InlineData("2026-13-01", null, null, null, "date-invalid"), InlineData("2026-12-09", "2026-12-01", null, null, "range-invalid"), InlineData("2026-01-01", "2027-12-31", null, null, "range-too-long"),
        InlineData(null, null, "year", null, "view-invalid"), InlineData(null, null, null, "Asia/Atlantis", "zone-unknown")]
    public void are_refused_by_code(string? from, string? to, string? view, string? zone, string code) => Assert.Equal(code, Refusal(() => Span(from, to, view, zone)));
}
