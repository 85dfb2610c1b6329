using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Filing_a_press_event
{
    static PressEventFiled When(FilePressEvent ask) => Filing.Decide(Id, ask, Data, Now);
    static FilePressEvent.SpeakerAsk Speaker(string? kk, string? ru) => new(new(kk, ru), null);

    [Fact]
    public void Records_what_was_filed_with_almaty_offsets()
    {
        var filed = When(Asked with { Start = "2026-12-07T06:00:00Z" });
        Assert.Equal(("PressConference", "min-emergency", "hall-1", true, (string?)null), (filed.Format, filed.Body, filed.Hall, filed.Public, filed.Note));
        Assert.Equal((At("2026-12-07T11:00:00+05:00"), TimeSpan.FromHours(5)), (filed.Start, filed.Start.Offset));
        Assert.Equal(Now, filed.At);
    }

    [Fact] public void The_state_is_planned() => Assert.Equal(PressEventState.Planned, State(Filed).State);
    [Fact] public void One_language_of_the_title_is_enough() => Assert.Null(When(Asked with { Title = new("Су", " ") }).Title.Ru);
    [Fact] public void The_note_is_kept_inside() => Assert.Equal("inside", When(Asked with { Note = " inside " }).Note);

    [Theory]
    [InlineData(null), InlineData(""), InlineData("Party"), InlineData("pressconference")]
    public void An_unknown_format_is_refused(string? format) => Refused("format-unknown", "format", () => When(Asked with { Format = format }));

    [Fact] public void A_missing_title_is_refused() => Refused("title-missing", "title", () => When(Asked with { Title = null }));
    [Fact] public void A_blank_title_is_refused() => Refused("title-missing", "title", () => When(Asked with { Title = new(" ", null) }));
    [Fact] public void A_title_too_long_is_refused() => Refused("text-too-long", "title.ru", () => When(Asked with { Title = new("Су", new string('я', 301)) }));
    [Fact] public void Text_that_cannot_be_stored_is_refused() => Refused("text-invalid", "summary.kk", () => When(Asked with { Summary = new("a\0", null) }));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("tomorrow"), InlineData("2026-12-07T11:00:00"), InlineData("2026-12-07"), InlineData("2026-12-07T11:00:00.5+05:00")]
    [InlineData("2026-02-29T11:00:00+05:00"), InlineData("2026-12-07T24:01:00+05:00"), InlineData("9999-12-31T23:59:59-18:00"), InlineData("0001-01-01T00:00:00+18:00")]
    public void A_time_that_is_no_whole_second_with_an_offset_is_refused(string? start) => Refused("time-invalid", "start", () => When(Asked with { Start = start }));

    [Theory]
    [InlineData("2026-12-07T11:00:00+05:00"), InlineData("2026-12-07T10:59:00+05:00"), InlineData("2026-12-07T06:00:00Z")]
    public void An_end_not_after_the_start_is_refused(string end) => Refused("end-before-start", "end", () => When(Asked with { End = end }));

    [Fact] public void More_than_half_a_day_is_refused() => Refused("duration-invalid", "end", () => When(Asked with { End = "2026-12-07T23:00:01+05:00" }));
    [Fact] public void Over_midnight_is_fine() => Assert.Equal(19, When(Asked with { Start = "2026-12-18T23:30:00+05:00", End = "2026-12-19T00:30:00+05:00" }).End.Day);
    [Fact] public void A_start_in_the_past_is_refused() => Refused("start-past", "start", () => When(Asked with { Start = "2026-11-23T09:00:00+05:00", End = "2026-11-23T10:00:00+05:00" }));
    [Fact] public void A_year_without_a_calendar_is_refused() => Refused("calendar-unknown", () => When(Asked with { Start = "2051-01-10T11:00:00+05:00", End = "2051-01-10T12:00:00+05:00" }));

    [Fact] public void An_unknown_hall_is_refused() => Refused("hall-unknown", "hall", () => When(Asked with { Hall = "hall-99" }));
    [Fact] public void A_hall_is_needed() => Refused("hall-missing", "hall", () => When(Asked with { Hall = null }));
    [Fact] public void An_akimat_has_places_of_its_own() => Assert.Null(When(Asked with { Hall = null, Body = "akimat-71" }).Hall);
    [Fact] public void A_doorstep_briefing_has_no_hall() => Refused("hall-not-allowed", "hall", () => When(Asked with { Format = "DoorstepBriefing" }));

    [Theory]
    [InlineData(null), InlineData("ministry-of-magic")]
    public void An_unknown_body_is_refused(string? body) => Refused("body-unknown", "body", () => When(Asked with { Body = body }));

    [Theory]
    [InlineData(2, true), InlineData(3, false)]
    public void A_round_table_has_three_participants_or_more(int speakers, bool refused)
    {
        var ask = Asked with { Format = "RoundTable", Speakers = [.. Enumerable.Repeat(Speaker("Тимур Ли", "Тимур Ли"), speakers)] };
        Assert.Equal(refused ? "speakers-too-few" : null, Record.Exception(() => When(ask)) is Platform.RefusedException r ? r.Code : null);
    }

    [Fact] public void Nobody_to_speak_is_refused() => Refused("speakers-too-few", "speakers", () => When(Asked with { Speakers = null }));
    [Fact] public void A_crowd_of_speakers_is_refused() => Refused("speakers-too-many", "speakers", () => When(Asked with { Speakers = [.. Enumerable.Repeat(Speaker("А", "А"), 51)] }));
    [Fact] public void A_speaker_without_a_name_is_refused() => Refused("name-missing", "speakers[1].name", () => When(Asked with { Speakers = [Speaker("А", null), null] }));
    [Fact] public void An_unknown_channel_is_refused() => Refused("channel-unknown", "channels[1]", () => When(Asked with { Channels = ["khabar24", "radio"] }));
    [Fact] public void A_channel_named_twice_is_one() => Assert.Equal(["khabar24"], When(Asked with { Channels = ["khabar24", "khabar24"] }).Channels);
    [Fact] public void No_channels_are_fine() => Assert.Empty(When(Asked with { Channels = null }).Channels);
    [Fact] public void A_meeting_without_ties_is_not_broadcast() => Refused("live-not-allowed", "channels", () => When(Asked with { Format = "MeetingWithoutTies" }));

    [Theory]
    [InlineData("MeetingWithoutTies", null, false), InlineData("MeetingWithoutTies", false, false), InlineData("MeetingWithoutTies", true, true), InlineData("PressConference", false, true)]
    public void A_meeting_without_ties_is_public_only_if_asked(string format, bool? asked, bool stands) =>
        Assert.Equal(stands, When(Asked with { Format = format, Channels = [], Public = asked }).Public);
}
