using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Planning_a_series
{
    static readonly PlanSeries Ask = new(Asked, 4, null);

    [Fact]
    public void Repeats_the_first_week_by_week() => Assert.Equal(["2026-12-07T11:00:00+05:00", "2026-12-14T11:00:00+05:00", "2026-12-21T11:00:00+05:00", "2026-12-28T11:00:00+05:00"],
        SeriesDecider.Plan(Ask).Select(one => one.Start));

    [Fact] public void Every_other_week_if_asked() => Assert.Equal("2027-01-18T12:00:00+05:00", SeriesDecider.Plan(Ask with { EveryWeeks = 2 })[^1].End);
    [Fact] public void Needs_a_first() => Refused("first-missing", "first", () => SeriesDecider.Plan(Ask with { First = null }));
    [Fact] public void One_is_no_series() => Refused("count-invalid", "count", () => SeriesDecider.Plan(Ask with { Count = 1 }));
    [Fact] public void Nor_are_a_thousand() => Refused("count-invalid", "count", () => SeriesDecider.Plan(Ask with { Count = 1000 }));
    [Fact] public void A_week_is_the_least() => Refused("weeks-invalid", "everyWeeks", () => SeriesDecider.Plan(Ask with { EveryWeeks = 0 }));
    [Fact] public void A_hold_is_for_one_event() => Refused("reservations-not-allowed", "first.reservations", () => SeriesDecider.Plan(Ask with { First = Asked with { Reservations = [Id] } }));

    [Fact] // Almaty went from +06:00 to +05:00 on 1 March 2024; people came at eleven all the same
    public void Keeps_the_hour_of_almaty_when_its_offset_changes() => Assert.Equal(["2024-02-26T11:00:00+06:00", "2024-03-04T11:00:00+05:00"],
        SeriesDecider.Plan(new(Asked with { Start = "2024-02-26T11:00:00+06:00", End = "2024-02-26T12:00:00+06:00" }, 2, 1)).Select(one => one.Start));
}

public class Which_events_of_a_series
{
    static readonly Guid[] Ids = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];
    static readonly Series Weekly = SeriesDecider.Evolve(null, new SeriesPlanned(Id, "scc", Ids, 1, Now))!;

    [Fact] public void One() => Assert.Equal([Ids[1]], SeriesDecider.InScope(Weekly, Ids[1], "One"));
    [Fact] public void It_and_those_after_it() => Assert.Equal(Ids[1..], SeriesDecider.InScope(Weekly, Ids[1], "Following"));
    [Fact] public void All() => Assert.Equal(Ids, SeriesDecider.InScope(Weekly, Ids[1], "All"));
    [Fact] public void All_without_naming_one() => Assert.Equal(Ids, SeriesDecider.InScope(Weekly, null, "All"));
    [Fact] public void An_event_of_another_series_is_refused() => Refused("press-event-unknown", "pressEventId", () => SeriesDecider.InScope(Weekly, Id, "Following"));
    [Fact] public void Another_scope_is_refused() => Refused("scope-invalid", "scope", () => SeriesDecider.InScope(Weekly, Ids[0], "Some"));
    [Fact] public void A_scope_is_needed() => Refused("scope-invalid", "scope", () => SeriesDecider.InScope(Weekly, Ids[0], null));
}

public class Telling_of_a_series
{
    static readonly Guid[] Ids = [.. Enumerable.Range(1, 3).Select(i => new Guid(i, 0, 0, new byte[8]))];
    static readonly Guid SeriesId = new(9, 0, 0, new byte[8]), Somebody = new(7, 0, 0, new byte[8]), Another = new(8, 0, 0, new byte[8]);
    static string Id(Outgoing.NewNotice notice) => notice.Recipient!.Value.ToString();
    static Outgoing.NewNotice Of(Guid about, Guid recipient, string kind = "e-mail") => new(about, kind, "event/speaker/rescheduled", recipient, "3");

    [Fact]
    public void Is_one_letter_for_each_person_with_the_events_that_concern_him() => Assert.Equal(
        [new(SeriesId, "e-mail", "series/speaker/rescheduled", Somebody, "2:5"), Of(Ids[1], Another)],
        SeriesNotices.Together([Of(Ids[0], Somebody), Of(Ids[1], Another), Of(Ids[2], Somebody)], SeriesId, 2, Ids, Id));
    [Fact]
    public void Also_who_has_an_id_for_each_of_them() => Assert.Equal([new(SeriesId, "e-mail", "series/speaker/rescheduled", Somebody, "2:3")],
        SeriesNotices.Together([Of(Ids[0], Somebody), Of(Ids[1], Another)], SeriesId, 2, Ids, _ => "a@b.kz"));
    [Fact] public void And_one_call_for_each_event_for_a_machine() => Assert.Equal(3, SeriesNotices.Together([.. Ids.Select(id => Of(id, Somebody, "webhook"))], SeriesId, 2, Ids, Id).Count);
    [Fact]
    public void Fits_as_many_events_as_a_series_has() => Assert.Equal("2:fffffffffffffff", Assert.Single(SeriesNotices.Together(
        [.. Enumerable.Range(1, SeriesDecider.MostEvents).Select(i => Of(new(i, 1, 0, new byte[8]), Somebody))], SeriesId, 2, [.. Enumerable.Range(1, SeriesDecider.MostEvents).Select(i => new Guid(i, 1, 0, new byte[8]))], Id)).Cause);

    static readonly PressEventRescheduled Move = Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00"), Next = Moved("2026-12-09T11:00:00+05:00", "2026-12-09T12:00:00+05:00") with { At = Now.AddHours(5) };

    [Fact] public void Tells_of_the_act_and_not_of_what_came_after_it() => Assert.Equal(Move.Start.ToUniversalTime(), SeriesNotices.AsOfAct([Filed, Announced, Move, Next, Cancelled], Move.At).Start);

    [Theory, InlineData("kk", "Іс-шаралар топтамасының уақыты немесе орны өзгерді: Су тасқынына дайындық"), InlineData("ru", "Изменились время или место серии мероприятий: О подготовке к паводкам")]
    public void Reads_event_by_event(string language, string subject)
    {
        var (first, second) = (View(Filed, Announced, Move).Shown(), View(Filed, Announced, Move, Next).Shown());
        var letter = SeriesNotices.Mail("rescheduled", [second, first], new(language, "a@b.kz"), new("http://there"), Data);
        Assert.Equal(subject, letter.Subject);
        Assert.True(letter.Text.IndexOf("08.12.2026 11:00", StringComparison.Ordinal) < letter.Text.IndexOf("09.12.2026 11:00", StringComparison.Ordinal));
    }

    [Fact]
    public void Says_once_why_it_is_cancelled() => Assert.Equal(2, SeriesNotices.Mail("cancelled", [View(Filed, Announced, Cancelled), View(Filed, Announced, Cancelled)], new("ru", "a@b.kz"), new("http://there"), Data)
        .Text.Split("Из-за паводка").Length);
}

public class Moving_a_series
{
    [Fact]
    public void Each_moves_by_the_days_of_the_named_one_to_its_hour() => Assert.Equal(("2026-12-15T16:30:00+05:00", "2026-12-15T17:00:00+05:00"), SeriesDecider.Move(
        At("2026-12-14T11:00:00+05:00"), At("2026-12-07T11:00:00+05:00"), At("2026-12-08T16:30:00+05:00"), At("2026-12-08T17:00:00+05:00")).Texts());

    [Property]
    public Property The_distance_in_days_is_kept(int weeks, int days, int hour)
    {
        var (named, other) = (At("2026-12-07T11:00:00+05:00"), At("2026-12-07T11:00:00+05:00").AddDays(7 * (weeks % 50)));
        var to = At("2026-12-07T00:00:00+05:00").AddDays(days % 60).AddHours(Math.Abs(hour % 24));
        var moved = At(SeriesDecider.Move(other, named, to, to.AddHours(1)).Texts().Start);
        return (moved - to == other - named).ToProperty();
    }
}
