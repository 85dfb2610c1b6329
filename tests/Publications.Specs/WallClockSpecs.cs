using NodaTime;
using static Publications.Specs.Given;

namespace Publications.Specs;

public class A_wall_clocks_time
{
    static string Meant(string local, string zone) => WallClock.Said(local, zone).At.UtcDateTime.ToString("s");

    [Fact] public void is_an_instant_of_its_zone() => Assert.Equal("2026-12-01T09:00:00", Meant("2026-12-01T14:00", "Asia/Almaty"));
    [Fact] public void is_kept_as_it_was_said() => Assert.Equal(new WallTime("2026-12-01T14:00:00", "Asia/Almaty"), WallClock.Said("2026-12-01T14:00", null).Wall);
    [Fact] public void of_an_hour_that_comes_twice_is_the_earlier() => Assert.Equal("2024-02-29T17:30:00", Meant("2024-02-29T23:30", "Asia/Almaty"));
    [Fact] public void of_an_hour_that_is_skipped_is_refused() => Assert.Equal("wall-time-skipped", Refusal(() => Meant("2026-03-29T02:30", "Europe/Berlin")));
    [Fact] public void needs_a_zone_that_there_is() => Assert.Equal("zone-unknown", Refusal(() => Meant("2026-03-29T02:30", "Asia/Atlantis")));
    [Fact] public void needs_a_time() => Assert.Equal("wanted-local-invalid", Refusal(() => Meant("tomorrow", "Asia/Almaty")));
}

/// <summary>Kazakhstan went from +06 to +05 on 1 March 2024, which was decided in January: what had been said for March before that means another instant since.</summary>
public class Times_whose_zone_has_other_rules_now
{
    /// <summary>The rules as they stood before, under the same name.</summary>
    sealed class Before : IDateTimeZoneProvider
    {
        sealed class Unchanged() : DateTimeZone("Asia/Almaty", isFixed: true, Offset.FromHours(6), Offset.FromHours(6))
        {
            public override NodaTime.TimeZones.ZoneInterval GetZoneInterval(Instant instant) => new("+06", null, null, Offset.FromHours(6), Offset.Zero);
        }

        public string VersionId => "2023d";
        public System.Collections.ObjectModel.ReadOnlyCollection<string> Ids => new(["Asia/Almaty"]);
        public DateTimeZone this[string id] => GetZoneOrNull(id)!;
        public DateTimeZone GetSystemDefault() => this["Asia/Almaty"];
        public DateTimeZone? GetZoneOrNull(string id) => id == "Asia/Almaty" ? new Unchanged() : null;
    }

    static CalendarShown Item(string local, DateTimeOffset wantedAt, string zone = "Asia/Almaty", string state = "Scheduled") =>
        new(Id, "site", Body, "News", state, wantedAt, "due", Written.Title) { WantedAt = wantedAt, Wall = new(local, zone) };

    static CalendarShown Said(string local, IDateTimeZoneProvider then) => Item(local, WallClock.Instant(LocalDateTime.FromDateTime(DateTime.Parse(local, null)), then["Asia/Almaty"]).ToDateTimeOffset());

    [Fact]
    public void are_listed_with_both_instants()
    {
        var shifted = ShiftedTimes.Of(Said("2024-03-05T10:00:00", new Before()), DateTimeZoneProviders.Tzdb)!;
        Assert.Equal((At("2024-03-05T10:00:00+06:00"), At("2024-03-05T10:00:00+05:00"), true, false), (shifted.WantedAt, shifted.MeansAt, shifted.Armed, shifted.Skipped));
    }

    [Fact] public void are_not_those_before_the_change() => Assert.Null(ShiftedTimes.Of(Said("2024-02-28T10:00:00", new Before()), DateTimeZoneProviders.Tzdb));
    [Fact] public void are_none_by_the_rules_they_were_said_under() => Assert.Null(ShiftedTimes.Of(Said("2024-03-05T10:00:00", new Before()), new Before()));
    [Fact] public void are_none_by_todays_rules_when_said_today() => Assert.Null(ShiftedTimes.Of(Said("2024-03-05T10:00:00", DateTimeZoneProviders.Tzdb), DateTimeZoneProviders.Tzdb));
    [Fact] public void may_be_shown_by_no_clock() => Assert.Equal((true, null), ShiftedTimes.Of(Item("2026-03-29T02:30:00", At("2026-03-29T01:30:00Z"), "Europe/Berlin"), DateTimeZoneProviders.Tzdb) is { } s ? (s.Skipped, s.MeansAt) : default);
    [Fact] public void are_not_armed_while_they_wait_for_approval() => Assert.False(ShiftedTimes.Of(Item("2024-03-05T10:00:00", At("2024-03-05T10:00:00+06:00"), state: "InReview"), DateTimeZoneProviders.Tzdb)!.Armed);
    [Fact] public void of_zones_unknown_here_are_left_alone() => Assert.Null(ShiftedTimes.Of(Item("2024-03-05T10:00:00", Due, "Asia/Atlantis"), DateTimeZoneProviders.Tzdb));
}

public class The_calendars_file
{
    static readonly CalendarShown Wanted = new(Id, "site", Body, "News", "Drafted", Due.ToUniversalTime(), "wanted", new("Тақырып; үтір, \\", "Заголовок"));

    static Ical.Net.CalendarComponents.CalendarEvent Read(CalendarShown item, string language = "kk") =>
        Ical.Net.Calendar.Load(CalendarFile.Write(Body, language, [(item, Noon)]))!.Events.Single();

    [Fact]
    public void is_read_by_another_reader()
    {
        var entry = Read(Wanted);
        Assert.Equal((Wanted.Title.Kk, Due.UtcDateTime, "site", "PRIVATE"), (entry.Summary, entry.Start!.AsUtc, entry.Location, entry.Class));
        Assert.Equal($"{Id}.site@publications", entry.Uid);
    }

    [Fact] public void speaks_the_language_asked_for() => Assert.Equal(("Заголовок", "черновик"), Read(Wanted, "ru") is var e ? (e.Summary, e.Description) : default);
    [Theory, InlineData("Drafted", "wanted", "TENTATIVE"), InlineData("Scheduled", "due", "CONFIRMED"), InlineData("Released", "released", "CONFIRMED"), InlineData("Missed", "due", "TENTATIVE"), InlineData("Cancelled", "wanted", "CANCELLED")]
    public void says_how_certain_it_is(string state, string place, string status) => Assert.Equal(status, Read(Wanted with { State = state, Place = place }).Status);
    [Fact] public void has_words_for_every_state() => Assert.All(Enum.GetNames<PublicationState>(), state => Assert.NotEqual(Read(Wanted with { State = state }).Description, Read(Wanted with { State = state }, "ru").Description));
}
