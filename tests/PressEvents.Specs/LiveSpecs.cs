using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class A_broadcast
{
    static readonly PlanBroadcast Ask = new("khabar24", "https://khabar24.example/live", null, null);
    static readonly PressEventView Of = View(Filed, Announced);
    static readonly BroadcastPlanned Planned = BroadcastDecider.Plan(Number(1), Ask, Of, Data, Now);
    static readonly BroadcastPrepared Prepared = new(Number(1), Id, Now.AddHours(1));
    static readonly BroadcastWentOnAir OnAir = new(Number(1), Id, "khabar24", "https://khabar24.example/live", true, Now.AddHours(2));

    static Guid Number(int n) => new(n, 0, 0, new byte[8]);
    static Broadcast State(params object[] facts) => facts.Aggregate((Broadcast?)null, BroadcastDecider.Evolve)!;
    static DateTimeOffset Then => Now.AddHours(3);

    [Fact] public void Has_the_events_times_unless_told() => Assert.Equal((Filed.Start, Filed.End, "khabar24"), (Planned.PlannedStart, Planned.PlannedEnd, Planned.Channel));
    [Fact] public void Has_times_of_its_own_if_told() => Assert.Equal(At("2026-12-07T10:45:00+05:00"), BroadcastDecider.Plan(Id, Ask with { Start = "2026-12-07T10:45:00+05:00", End = "2026-12-07T12:30:00+05:00" }, Of, Data, Now).PlannedStart);
    [Fact] public void Of_a_channel_that_is_none_is_refused() => Refused("channel-unknown", "channel", () => BroadcastDecider.Plan(Id, Ask with { Channel = "radio" }, Of, Data, Now));
    [Fact] public void Of_a_cancelled_event_is_refused() => Refused("cancelled", () => BroadcastDecider.Plan(Id, Ask, View(Filed, Announced, Cancelled), Data, Now));

    [Theory]
    [InlineData(null), InlineData(""), InlineData("khabar24"), InlineData("ftp://x.kz/a"), InlineData("https://user:pw@x.kz/"), InlineData("javascript:alert(1)")]
    public void At_no_address_of_the_web_is_refused(string? url) => Refused("url-invalid", "url", () => BroadcastDecider.Plan(Id, Ask with { Url = url }, Of, Data, Now));

    [Fact]
    public void Of_a_format_that_is_not_broadcast_is_refused() =>
        Refused("live-not-allowed", () => BroadcastDecider.Plan(Id, Ask, View(Filed with { Format = "MeetingWithoutTies", Channels = [] }), Data, Now));

    [Fact] public void Is_prepared() => Same(new BroadcastPrepared(Number(1), Id, Then), BroadcastDecider.Decide(State(Planned), new PrepareBroadcast(), Then));
    [Fact] public void Is_prepared_once() => Assert.Empty(BroadcastDecider.Decide(State(Planned, Prepared), new PrepareBroadcast(), Then));
    [Fact] public void Goes_on_air() => Same(OnAir with { At = Then }, BroadcastDecider.Decide(State(Planned, Prepared), new GoOnAir(), true, Then));
    [Fact] public void Goes_on_air_once() => Assert.Empty(BroadcastDecider.Decide(State(Planned, Prepared, OnAir), new GoOnAir(), true, Then));
    [Fact] public void Goes_on_air_when_it_truly_did() => Assert.Equal(At("2026-11-23T11:00:00+05:00"), Assert.IsType<BroadcastWentOnAir>(BroadcastDecider.Decide(State(Planned, Prepared), new GoOnAir("2026-11-23T11:00:00+05:00"), true, Then)[0]).At);
    [Fact] public void Does_not_go_on_air_ahead() => Refused("at-ahead", "at", () => BroadcastDecider.Decide(State(Planned, Prepared), new GoOnAir("2026-11-24T11:00:00+05:00"), true, Then));
    [Fact] public void Does_not_go_on_air_unprepared() => Refused("not-ready", () => BroadcastDecider.Decide(State(Planned), new GoOnAir(), true, Then));
    [Fact] public void Ends() => Same(new BroadcastEnded(Number(1), Id, true, Then), BroadcastDecider.Decide(State(Planned, Prepared, OnAir), new EndBroadcast(), true, Then));
    [Fact] public void Ends_only_from_the_air() => Refused("not-on-air", () => BroadcastDecider.Decide(State(Planned, Prepared), new EndBroadcast(), true, Then));
    [Fact] public void Fails_with_a_reason() => Same(new BroadcastFailed(Number(1), Id, "No signal.", true, Then), BroadcastDecider.Decide(State(Planned), new FailBroadcast(" No signal. "), true, Then));
    [Fact] public void Fails_not_without() => Refused("reason-missing", "reason", () => BroadcastDecider.Decide(State(Planned), new FailBroadcast(), true, Then));

    [Fact]
    public void Is_over_for_good()
    {
        var ended = State(Planned, Prepared, OnAir, new BroadcastEnded(Number(1), Id, true, Then));
        var failed = State(Planned, new BroadcastFailed(Number(1), Id, "No signal.", true, Then));
        Refused("broadcast-over", () => BroadcastDecider.Decide(ended, new GoOnAir(), true, Then));
        Refused("broadcast-over", () => BroadcastDecider.Decide(ended, new FailBroadcast("x"), true, Then));
        Refused("broadcast-over", () => BroadcastDecider.Decide(failed, new PrepareBroadcast(), Then));
        Refused("broadcast-over", () => BroadcastDecider.Decide(failed, new EndBroadcast(), true, Then));
        Assert.Empty(BroadcastDecider.Decide(failed, new FailBroadcast("again"), true, Then));
    }

    [Fact]
    public void Hides_its_failure_from_the_public()
    {
        var view = new object[] { Planned, new BroadcastFailed(Number(1), Id, "No signal.", true, Then) }.Aggregate((BroadcastView?)null, BroadcastViewFold.Evolve)!;
        Assert.Equal(("Failed", "No signal.", null), (view.State, view.Shown(toPlanners: true).FailedBecause, view.Shown(toPlanners: false).FailedBecause));
    }
}

public class The_record_of_an_event
{
    static readonly Guid One = new(1, 0, 0, new byte[8]), Two = new(2, 0, 0, new byte[8]), Words = new(9, 0, 0, new byte[8]);
    static readonly RecordOpened Opened = RecordDecider.Open(View(Filed), Data, Now), Closed = RecordDecider.Open(View(Filed with { Format = "MeetingWithoutTies" }), Data, Now);
    static readonly AddSegment Ask = new(0, 60_000, new("Кіріспе", "Вступление"), null, null);

    static PressRecord State(params object[] facts) => facts.Aggregate((PressRecord?)null, RecordDecider.Evolve)!;
    static SegmentAdded Segment(Guid id, long from, long to, bool onRecord) => new(Id, id, from, to, onRecord, Words, Now);

    [Fact] public void Is_on_the_record() => Same(Segment(One, 0, 60_000, true), RecordDecider.Decide(State(Opened), One, Words, Ask, Now));
    [Fact] public void Of_a_meeting_without_ties_is_off_the_record() => Same(Segment(One, 0, 60_000, false), RecordDecider.Decide(State(Closed), One, Words, Ask, Now));
    [Fact] public void Is_as_its_editor_says() => Same(Segment(One, 0, 60_000, true), RecordDecider.Decide(State(Closed), One, Words, Ask with { OnRecord = true }, Now));
    [Fact] public void Has_neighbours_that_touch() => Assert.Single(RecordDecider.Decide(State(Opened, Segment(One, 60_000, 90_000, true)), Two, Words, Ask, Now));
    [Fact] public void Has_no_overlaps() => Refused("segments-overlap", () => RecordDecider.Decide(State(Opened, Segment(One, 59_999, 90_000, true)), Two, Words, Ask, Now));

    [Theory]
    [InlineData(null, 5L, "startMs"), InlineData(-1L, 5L, "startMs"), InlineData(0L, null, "endMs"), InlineData(5L, 5L, "endMs"), InlineData(0L, 86_400_001L, "endMs")]
    public void Takes_no_time_that_is_none(long? from, long? to, string field) => Refused("timecode-invalid", field, () => RecordDecider.Decide(State(Opened), One, Words, Ask with { StartMs = from, EndMs = to }, Now));

    [Fact] public void Is_marked_off() => Same(new SegmentMarkedOffRecord(Id, One, true, Now), RecordDecider.Mark(State(Opened, Segment(One, 0, 9, true)), One, false, published: true, Now));
    static IReadOnlyList<object> Correct(long? from, long? to, params object[] given) => RecordDecider.Correct(State([Opened, Segment(One, 0, 9, false), .. given]), One, new(from, to), published: true, Now);
    [Fact] public void Has_its_times_corrected() => Same(new SegmentTimesCorrected(Id, One, 2, 12, true, Now), Correct(2, 12));
    [Fact] public void To_the_same_times_is_nothing() => Assert.Empty(Correct(0, 9));
    [Fact] public void Not_over_another_one() => Refused("segments-overlap", () => Correct(0, 11, Segment(Two, 10, 20, true)));
    [Fact] public void But_up_to_where_another_begins() => Assert.Single(Correct(0, 10, Segment(Two, 10, 20, true)));
    [Fact] public void Not_to_times_that_cannot_be() => Refused("timecode-invalid", "endMs", () => Correct(5, 5));
    [Fact] public void An_unknown_one_has_no_times() => Refused("not-found", () => RecordDecider.Correct(State(Opened), One, new(0, 1), published: false, Now));
    [Fact]
    public void Takes_its_mark_along() => Assert.Equal([new Span(0, 2), new Span(12, RecordDecider.LongestMs)],
        Redaction.OnRecord(State(Opened, Segment(One, 0, 9, false), new SegmentTimesCorrected(Id, One, 2, 12, true, Now))));

    [Fact] public void Is_marked_on() => Same(new SegmentMarkedOnRecord(Id, One, Now), RecordDecider.Mark(State(Opened, Segment(One, 0, 9, false)), One, true, published: true, Now));
    [Fact] public void Is_marked_once() => Assert.Empty(RecordDecider.Mark(State(Opened, Segment(One, 0, 9, false)), One, false, published: false, Now));
    [Fact] public void Marks_no_segment_that_is_none() => Refused("not-found", () => RecordDecider.Mark(State(Opened), One, false, published: false, Now));

    [Fact]
    public void Takes_recordings()
    {
        var ask = new AddRecording("floor", "https://media.example/1.mp4", 0, 60_000, new string('A', 64));
        Same(new RecordingAdded(Id, One, "floor", "https://media.example/1.mp4", 0, 60_000, new string('a', 64), Now), RecordDecider.Decide(State(Opened), One, ask, Now));
        Assert.Empty(RecordDecider.Decide(State(Opened, RecordDecider.Decide(State(Opened), One, ask, Now)[0]), Two, ask, Now));
        Refused("language-unknown", "language", () => RecordDecider.Decide(State(Opened), One, ask with { Language = "en" }, Now));
        Refused("sha256-invalid", "sha256", () => RecordDecider.Decide(State(Opened), One, ask with { Sha256 = "12" }, Now));
        Refused("url-invalid", "url", () => RecordDecider.Decide(State(Opened), One, ask with { Url = "1.mp4" }, Now));
    }

    [Fact]
    public void Takes_photos_and_withdraws_them()
    {
        var ask = new AddPhoto("https://media.example/1.jpg", new string('b', 64), null, null, One);
        Refused("segment-unknown", "segmentId", () => RecordDecider.Decide(State(Opened), Two, Words, ask, Now));
        var added = RecordDecider.Decide(State(Opened, Segment(One, 0, 9, true)), Two, Words, ask, Now)[0];
        var state = State(Opened, Segment(One, 0, 9, true), added);
        Assert.Empty(RecordDecider.Decide(state, Guid.Empty, Words, ask, Now));
        Assert.Empty(RecordDecider.Evolve(state, Assert.Single(RecordDecider.Withdraw(state, Two, Now)))!.Photos);
        Refused("not-found", () => RecordDecider.Withdraw(State(Opened), Two, Now));
    }

    [Fact]
    public void Takes_a_transcript_in_place_of_another()
    {
        var first = RecordDecider.Decide(State(Opened), One, Words, "kk", 3, "mac", Now)[0];
        Assert.Empty(RecordDecider.Decide(State(Opened, first), Two, Words, "kk", 3, "mac", Now));
        var state = State(Opened, first, RecordDecider.Decide(State(Opened, first), Two, Words, "kk", 4, "other", Now)[0]);
        Assert.Equal([Two], state.Transcripts.Select(t => t.Id));
    }

    [Fact]
    public void Materials_are_due_three_working_days_later()
    {
        // Monday 14 December 2026; Wednesday the 16th is a holiday
        var term = MaterialsDeadline.Term(At("2026-12-14T12:00:00+05:00"), Data.Calendar);
        Assert.Equal(new DateOnly(2026, 12, 18), term.Due);
        Assert.Equal(["from", "skipped", "last-day", "due", "safe-due"], term.Trace.Select(step => step.Step));
        Assert.All(term.Trace, step => Assert.NotEqual(step.Kk, step.Ru));
    }

    [Theory]
    [InlineData("2026-12-18", "2026-12-14T00:00:00+05:00"), InlineData("2026-12-19", "2026-12-15T00:00:00+05:00"), InlineData("2026-12-21", "2026-12-15T00:00:00+05:00")]
    public void Are_overdue_by_the_same_count(string today, string before)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(today).Value;
        var bound = MaterialsDeadline.OverdueBefore(day, Data.Calendar);
        Assert.Equal(At(before), bound);
        Assert.True(MaterialsDeadline.Term(bound.AddMinutes(-1), Data.Calendar).Due < new DateOnly(day.Year, day.Month, day.Day));
        Assert.False(MaterialsDeadline.Term(bound, Data.Calendar).Due < new DateOnly(day.Year, day.Month, day.Day));
    }
}

public class The_facts_of_live
{
    static readonly Guid One = new(1, 0, 0, new byte[8]);
    static readonly DateTimeOffset Then = Now.AddHours(1);

    static readonly object[] OfBroadcasts = [new BroadcastPlanned(One, Id, "min-emergency", "khabar24", "https://khabar24.example/live", Filed.Start, Filed.End, Now), new BroadcastPrepared(One, Id, Then),
        new BroadcastWentOnAir(One, Id, "khabar24", "https://khabar24.example/live", true, Then), new BroadcastEnded(One, Id, true, Then), new BroadcastFailed(One, Id, "No signal.", false, Then)];

    static readonly object[] OfRecords = [new RecordOpened(Id, "min-emergency", true, Now), new SegmentAdded(Id, One, 0, 60_000, true, One, Now), new SegmentMarkedOnRecord(Id, One, Then), new SegmentMarkedOffRecord(Id, One, true, Then),
        new SegmentTimesCorrected(Id, One, 1_000, 61_000, true, Then),
        new RecordingAdded(Id, One, "floor", "https://media.example/1.mp4", 0, 60_000, null, Now), new TranscriptAdded(Id, One, "kk", 2, "bWFj", One, Now), new PhotoAdded(Id, One, "https://media.example/1.jpg", new string('a', 64), null, One, Now),
        new MaterialWithdrawn(Id, One, Then)];

    static readonly object[] Each = [.. OfBroadcasts, .. OfRecords];

    [Fact]
    public void Walk_through_every_fold()
    {
        Assert.Equal(BroadcastDecider.Facts, OfBroadcasts.Select(fact => fact.GetType()));
        Assert.Equal(RecordDecider.Facts, OfRecords.Select(fact => fact.GetType()));
        var (broadcast, record) = (BroadcastDecider.Evolve(null, OfBroadcasts[0]), RecordDecider.Evolve(null, OfRecords[0]));
        Assert.All(OfBroadcasts, fact => Assert.NotNull(BroadcastDecider.Evolve(broadcast, fact)));
        Assert.All(OfBroadcasts, fact => Assert.NotNull(BroadcastViewFold.Evolve(BroadcastViewFold.Evolve(null, OfBroadcasts[0]), fact)));
        Assert.All(OfRecords, fact => Assert.NotNull(RecordDecider.Evolve(record, fact)));
        Assert.All(Each, fact => Assert.NotEqual(default, Platform.HistoryEntry.AtOf(fact)));
        Assert.Throws<InvalidOperationException>(() => BroadcastDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => BroadcastViewFold.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => RecordDecider.Evolve(null, new object()));
    }

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => global::Specs.Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));
}

public class What_leaves_of_live
{
    static readonly Guid One = new(1, 0, 0, new byte[8]);
    static object? When<T>(T fact) where T : notnull => Leaves.List.For(new JasperFx.Events.Event<T>(fact) { Version = 4 })?.Message;

    [Fact] public void An_address_on_air() => global::Specs.Golden.CheckText("message_broadcast_went_on_air.json", Stored(When(new BroadcastWentOnAir(One, Id, "khabar24", "https://khabar24.example/live", true, Now))!));
    [Fact] public void Its_end() => global::Specs.Golden.CheckText("message_broadcast_ended.json", Stored(When(new BroadcastFailed(One, Id, "No signal.", true, Now))!));
    [Fact] public void A_withdrawal() => global::Specs.Golden.CheckText("message_press_event_withdrawn.json", Stored(When(Withdrawn)!));

    [Fact]
    public void Nothing_of_what_the_public_does_not_know()
    {
        Assert.Null(When(new BroadcastWentOnAir(One, Id, "khabar24", "https://khabar24.example/live", false, Now)));
        Assert.Null(When(new BroadcastEnded(One, Id, false, Now)));
        Assert.Null(When(new BroadcastFailed(One, Id, "No signal.", false, Now)));
        Assert.Null(When(Withdrawn with { Known = false }));
        Assert.Null(When(new SegmentAdded(Id, One, 0, 1, true, One, Now)));
        Assert.Null(When(new SegmentMarkedOffRecord(Id, One, true, Now)));
    }
}
