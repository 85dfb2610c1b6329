using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

/// <summary>The events that every feed is looked at with.</summary>
static class FeedEvents
{
    public static readonly FeedAddress Address = new("https://press.example.kz/");

    public static Guid Number(int n) => new($"01a20000-0000-7000-8000-{n:D12}");

    // moved twice; words that need escaping; the hour that Almaty lived twice; postponed; cancelled; of an akimat; over midnight
    public static readonly PressEventView[] All =
    [
        Of(1, Filed, Announced, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00"), Moved("2026-12-09T11:00:00+05:00", "2026-12-09T12:00:00+05:00", "hall-2") with { PreviousStart = At("2026-12-08T11:00:00+05:00") }),
        Of(2, Filed with { Title = new("<Су> & «тасқын»; жол, көпір 🌊\u0001", "<Вода> & «паводок»; дорога, мост 🌊\u0001"), Summary = new("Бірінші жол\nЕкінші жол ]]>", "Первая строка\nВторая строка ]]>") }, Announced),
        Of(3, Filed with { Start = At("2024-02-29T23:30:00+06:00"), End = At("2024-02-29T23:30:00+05:00"), Format = "DoorstepBriefing", Hall = null }, Announced),
        Of(4, Filed with { Start = At("2024-02-29T23:30:00+05:00"), End = At("2024-03-01T00:30:00+05:00"), Format = "DoorstepBriefing", Hall = null }, Announced),
        Of(5, Filed, Announced, Postponed),
        Of(6, Filed, Announced, Cancelled),
        Of(7, Filed with { Body = "akimat-63", Hall = null, Start = At("2026-12-18T23:30:00+05:00"), End = At("2026-12-19T00:30:00+05:00") }, Announced),
    ];

    public static readonly PressEventView Withdrawn = Of(8, Filed, Announced, Given.Withdrawn);

    static PressEventView Of(int number, PressEventFiled filed, params object[] later) => View([filed with { PressEventId = Number(number) }, .. later]) with { Version = 1 + later.Length };
}

public class The_atom_feed
{
    static byte[] Feed(Language language)
    {
        var (head, foot) = AtomEvents.Frame(language, Data, "", FeedEvents.Address.Of($"/feeds/press-events.{language.Code}.atom"), Now.AddHours(4));
        return [.. head, .. AtomEvents.Tombstone(FeedEvents.Withdrawn), .. FeedEvents.All.SelectMany(v => AtomEvents.Entry(v, language, Data, FeedEvents.Address)), .. foot];
    }

    [Fact] public void Is_as_it_was_in_kk() => Golden.CheckText("press-events.kk.atom", Encoding.UTF8.GetString(Feed(Language.Kk)));
    [Fact] public void Is_as_it_was_in_ru() => Golden.CheckText("press-events.ru.atom", Encoding.UTF8.GetString(Feed(Language.Ru)));

    [Fact]
    public async Task Another_reader_understands_it()
    {
        var read = await SecondReader.Read("atom", Feed(Language.Ru));
        Assert.Equal("[]", read.GetProperty("problems").ToString());
        Assert.Equal(("https://press.example.kz/feeds/press-events.ru.atom", "ru", "Служба центральных коммуникаций"), (read.GetProperty("self").GetString(), read.GetProperty("language").GetString(), read.GetProperty("author").GetString()));
        Assert.Equal(FeedEvents.All.Select(v => $"urn:uuid:{v.Id}"), read.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("id").GetString()));
        Assert.Contains("Cancelled", read.GetProperty("entries")[5].GetProperty("terms").EnumerateArray().Select(t => t.GetString()));
        Assert.Contains("4", read.GetProperty("entries")[0].GetProperty("terms").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal((AtomEvents.IdOf(FeedEvents.Withdrawn.Id), "2026-11-23T08:00:00.000Z"), (read.GetProperty("gone")[0].GetProperty("ref").GetString(), read.GetProperty("gone")[0].GetProperty("when").GetString()));
    }

    [Fact]
    public void Says_why_something_was_cancelled_or_postponed()
    {
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var contents = XDocument.Parse(Encoding.UTF8.GetString(Feed(Language.Kk))).Root!.Elements(atom + "entry").Select(e => e.Element(atom + "content")!.Value).ToList();
        Assert.Contains("Өткізілмейді: Су басты", contents[5], StringComparison.Ordinal);
        Assert.Contains("Баяндамашы ауырып қалды", contents[4], StringComparison.Ordinal);
    }
}

public class The_calendar_feed_for_another_reader
{
    [Fact]
    public async Task Is_understood()
    {
        var read = await SecondReader.Read("ics", Encoding.UTF8.GetBytes(PressCalendar.Write(FeedEvents.All, Language.Ru, Data, FeedEvents.Address)));
        Assert.Equal(("[]", "PUBLISH"), (read.GetProperty("problems").ToString(), read.GetProperty("method").GetString()));
        var events = read.GetProperty("events").EnumerateArray().ToList();
        string[] Each(string name) => [.. events.Select(e => e.GetProperty(name).ToString())];
        Assert.Equal(FeedEvents.All.Select(v => $"{v.Id}@press-events.platform.gov.kz"), Each("uid"));
        Assert.Equal(["2", "0", "0", "0", "1", "1", "0"], Each("sequence"));
        Assert.Equal(["CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "TENTATIVE", "CANCELLED", "CONFIRMED"], Each("status"));
        Assert.Equal(["2026-12-09T06:00:00Z", "2026-12-07T06:00:00Z", "2024-02-29T17:30:00Z", "2024-02-29T18:30:00Z", "2026-12-07T06:00:00Z", "2026-12-07T06:00:00Z", "2026-12-18T18:30:00Z"], Each("start"));
        Assert.Equal("2026-12-18T19:30:00Z", events[6].GetProperty("end").GetString());
        Assert.Equal("<Вода> & «паводок»; дорога, мост 🌊", events[1].GetProperty("summary").GetString());
        Assert.StartsWith("Первая строка\nВторая строка ]]>\n", events[1].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.Equal(["Зал № 2", "Зал № 1", "", "", "Зал № 1", "Зал № 1", "Восточно-Казахстанская область"], Each("location"));
        Assert.All(events, e => Assert.True(e.GetProperty("utc").GetBoolean()));
    }
}

public class The_ninjs_feed
{
    static byte[] Feed(IEnumerable<PressEventView> events)
    {
        var items = string.Join(',', events.Select(v => Encoding.UTF8.GetString(NinjsEvents.Item(v, Data, FeedEvents.Address))));
        return [.. NinjsEvents.Head(FeedEvents.Address.Of("/feeds/press-events.ninjs.json"), Data, "1", Now), .. Encoding.UTF8.GetBytes(items), .. NinjsEvents.Foot];
    }

    [Fact]
    public void Is_as_it_was()
    {
        using var parsed = JsonDocument.Parse(Feed(FeedEvents.All));
        Golden.Check("press-events.ninjs", parsed.RootElement.Clone());
    }

    [Fact]
    public async Task Is_valid_by_another_reader()
    {
        var read = await SecondReader.Read("ninjs", Feed(FeedEvents.All));
        Assert.Equal(("[]", FeedEvents.All.Length), (read.GetProperty("problems").ToString(), read.GetProperty("items").GetInt32()));
    }

    [Fact] // a reader that finds nothing wrong with anything would prove nothing
    public async Task Which_finds_what_is_wrong()
    {
        var wrong = Encoding.UTF8.GetString(Feed(FeedEvents.All)).Replace("\"genres\"", "\"genre\"", StringComparison.Ordinal).Replace("\"startDate\"", "\"start\"", StringComparison.Ordinal);
        Assert.NotEqual("[]", (await SecondReader.Read("ninjs", Encoding.UTF8.GetBytes(wrong))).GetProperty("problems").ToString());
    }

    [Fact]
    public void Plans_the_coverage_of_each_channel_and_the_materials()
    {
        var coverage = JsonDocument.Parse(NinjsEvents.Item(FeedEvents.All[0], Data, FeedEvents.Address)).RootElement.GetProperty("plannedCoverage").EnumerateArray().ToList();
        Assert.Equal(["khabar24 video", "ortcom.kz video", "transcript-kk text", "transcript-ru text", "photos picture"], coverage.Select(c => $"{c.GetProperty("title")} {c.GetProperty("type")}"));
        Assert.Equal("2026-12-14", coverage[4].GetProperty("dates").GetProperty("expectedEndDate").GetString()); // Wednesday, and three working days
    }

    [Fact] public void An_event_without_a_date_has_none() => Assert.False(JsonDocument.Parse(NinjsEvents.Item(FeedEvents.All[4], Data, FeedEvents.Address)).RootElement.GetProperty("eventDetails").TryGetProperty("dates", out _));
}

public class The_linked_data
{
    static readonly BroadcastView OnAir = new(FeedEvents.Number(21), FeedEvents.Number(1), "khabar24", "https://khabar24.example/live", At("2026-12-09T06:00:00Z"), At("2026-12-09T07:00:00Z"), "OnAir") { OnAirAt = At("2026-12-09T06:01:00Z") };
    static JsonElement When(PressEventView view, params BroadcastView[] broadcasts) => JsonDocument.Parse(JsonLd.Write(view, broadcasts, Data, FeedEvents.Address)).RootElement;

    [Fact] public void Is_as_it_was() => Golden.Check("press-event.jsonld", When(FeedEvents.All[0], OnAir));

    [Fact]
    public void Has_every_earlier_start_in_order()
    {
        var page = When(FeedEvents.All[0]);
        Assert.Equal(["2026-12-07T11:00:00+05:00", "2026-12-08T11:00:00+05:00"], page.GetProperty("previousStartDate").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal("https://schema.org/EventRescheduled", page.GetProperty("eventStatus").GetString());
    }

    [Theory]
    [InlineData(1, "EventScheduled"), InlineData(4, "EventPostponed"), InlineData(5, "EventCancelled")]
    public void Says_what_became_of_it(int number, string status) => Assert.Equal("https://schema.org/" + status, When(FeedEvents.All[number]).GetProperty("eventStatus").GetString());

    [Fact]
    public void Tells_the_hour_that_was_lived_twice_apart() => Assert.Equal(["2024-02-29T23:30:00+06:00", "2024-02-29T23:30:00+05:00"],
        new[] { 2, 3 }.Select(n => When(FeedEvents.All[n]).GetProperty("startDate").GetString()));

    [Fact]
    public void Shows_a_broadcast_with_its_real_time()
    {
        var broadcast = When(FeedEvents.All[0], OnAir).GetProperty("subEvent")[0];
        Assert.Equal(("BroadcastEvent", "2026-12-09T11:01:00+05:00", "Khabar 24"), (broadcast.GetProperty("@type").GetString(), broadcast.GetProperty("startDate").GetString(), broadcast.GetProperty("publishedOn").GetProperty("name").GetString()));
    }
}

public class The_weeks_announcement
{
    static readonly AnnouncedWeek Week = AnnouncedWeek.Parse("2026-W50", new(2026, 1, 1));
    static WeekAnnounced When(Language language, bool isFinal = true) => Announcement.Of(Week, isFinal, [.. FeedEvents.All.Where(v => Week.Holds(v.Start))], language, Data, FeedEvents.Address);

    [Fact] public void Begins_on_monday_and_stands_as_of_nine_oclock() => Assert.Equal((new NodaTime.LocalDate(2026, 12, 7), At("2026-12-07T09:00:00+05:00")), (Week.Monday, Week.AsOf));
    [Fact] public void Is_this_weeks_unless_told() => Assert.Equal("2026-W53", AnnouncedWeek.Parse(null, new(2027, 1, 3)).Name);

    [Theory]
    [InlineData("2026-W54"), InlineData("2026-50"), InlineData("2025-W53"), InlineData("2026-W00"), InlineData(""), InlineData("1999-W01"), InlineData("2026-W5a")]
    public void No_week_that_is_none(string week) => Refused("week-invalid", "week", () => AnnouncedWeek.Parse(week, new(2026, 1, 1)));

    [Fact] public void Is_as_it_was_in_kk() => Golden.CheckText("announcement.kk.html", Encoding.UTF8.GetString(Announcement.Html(When(Language.Kk), Data)));
    [Fact] public void Is_as_it_was_in_ru() => Golden.CheckText("announcement.ru.json", Encoding.UTF8.GetString(Announcement.Json(When(Language.Ru))));
    [Fact] public void Before_its_hour_it_says_that_it_may_change() => Assert.Contains("Предварительный вариант", Encoding.UTF8.GetString(Announcement.Html(When(Language.Ru, isFinal: false), Data)), StringComparison.Ordinal);

    [Fact]
    public void Lets_nobodys_words_be_markup()
    {
        var page = Encoding.UTF8.GetString(Announcement.Html(When(Language.Ru), Data));
        Assert.Contains("&lt;Вода&gt; &amp; «паводок»", System.Net.WebUtility.HtmlDecode(page).Contains("<Вода>", StringComparison.Ordinal) ? page.Replace("&#171;", "«", StringComparison.Ordinal).Replace("&#187;", "»", StringComparison.Ordinal) : "", StringComparison.Ordinal);
        Assert.DoesNotContain("<Вода>", page, StringComparison.Ordinal);
    }
}

public class Withdrawing_a_press_event
{
    static readonly WithdrawPressEvent Ask = new("Asked for by the guest.");

    [Fact] public void Records_why() => Same(new PressEventWithdrawn(Id, Filed.Body, "Asked for by the guest.", true, Now), PressEventDecider.Decide(State(Filed, Announced), Ask, Now));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(PressEventDecider.Decide(State(Filed, Announced, PressEventDecider.Decide(State(Filed, Announced), Ask, Now)[0]), Ask, Now));
    [Fact] public void A_reason_is_needed() => Refused("reason-missing", "reason", () => PressEventDecider.Decide(State(Filed, Announced), new WithdrawPressEvent(), Now));
    [Fact] public void Nobody_was_told_of_a_plan() => Refused("not-announced", () => PressEventDecider.Decide(State(Filed), Ask, Now));
    [Fact] public void It_is_public_no_longer() => Assert.False(FeedEvents.Withdrawn.IsFor(Platform.Caller.Anonymous));
}
