using System.Text.Json;
using Platform;
using Specs;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>One of each fact of the calendar's streams.</summary>
static class CalendarFacts
{
    public static readonly Guid CadenceId = CadenceDecider.StreamId(Body, "site"), SiteId = SiteDecider.StreamId(Body), KeyId = new("0197f3a0-0000-7000-8000-0000000000c1");

    public static readonly CadenceSet Set = new(CadenceId, Body, "site", new(48, 1, 20), Editor, Noon);
    public static readonly SiteSectionKept News = new(SiteId, Body, "news", new("Жаңалықтар", "Новости"), ["Announcement", "News"], "site-news", Editor, Noon),
        Services = new(SiteId, Body, "services", new("Қызметтер", "Услуги"), ["Clarification"], "site-section", Editor, Noon);

    public static readonly object[] Cadences = [Set, new CadenceDropped(CadenceId, Editor, Noon)];
    public static readonly object[] Keys = [new CalendarKeyIssued(KeyId, Body, Editor, Noon), new CalendarKeyRevoked(KeyId, Editor, Noon)];
    public static readonly object[] Sites = [News, new SiteSectionDropped(SiteId, "news", Editor, Noon), new SiteInformationChanged(SiteId, "services", new(2026, 12, 1), Editor, Noon)];
    public static readonly object[] All = [.. Cadences, .. Keys, .. Sites];

    public static Cadence Cadence(params object[] facts) => facts.Aggregate((Cadence?)null, CadenceDecider.Evolve)!;
    public static Site Site(params object[] facts) => facts.Aggregate((Site?)null, SiteDecider.Evolve)!;
}

public class Stored_shapes_of_the_calendar
{
    public static TheoryData<int> Each => [.. Enumerable.Range(0, CalendarFacts.All.Length)];

    [Theory, MemberData(nameof(Each))] public void are_what_they_were(int number) => Golden.Check(Store.NameOf(CalendarFacts.All[number].GetType()), CalendarFacts.All[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var (fact, type) = (CalendarFacts.All[number], CalendarFacts.All[number].GetType());
        var json = JsonSerializer.Serialize(fact, type, Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, Json.Options), type, Json.Options));
    }

    [Fact]
    public void exist_for_every_fact() => Assert.Equal(new[] { CadenceDecider.Facts, CalendarKeyDecider.Facts, SiteDecider.Facts }.SelectMany(t => t).Select(t => t.Name).Order(),
        CalendarFacts.All.Select(f => f.GetType().Name).Order());

    [Fact]
    public void of_every_fact_are_folded()
    {
        Assert.Equal(Cadence.Dropped, CalendarFacts.Cadence(CalendarFacts.Cadences).State);
        Assert.Equal(CalendarKey.Revoked, CalendarFacts.Keys.Aggregate((CalendarKey?)null, CalendarKeyDecider.Evolve)!.State);
        Assert.Empty(CalendarFacts.Site(CalendarFacts.Sites).Sections);
    }

    [Fact]
    public void that_are_unknown_throw()
    {
        Assert.Throws<InvalidOperationException>(() => CadenceDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => CalendarKeyDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => SiteDecider.Evolve(null, new object()));
    }
}

public class What_a_body_published_by_itself
{
    static readonly LocalPublicationReported Reported = InboxGiven.Reported;
    static CalendarShown Shown(LocalPublicationReported e) => JsonSerializer.Deserialize<CalendarShown>(ElsewhereInCalendar.Of(e).Shown, Json.Options)!;

    [Fact]
    public void stands_at_its_time_on_its_channel_and_says_so()
    {
        var (place, shown) = (ElsewhereInCalendar.Of(Reported), Shown(Reported));
        Assert.Equal(("site", Reported.Body, "Elsewhere", Noon.ToUniversalTime(), null), (place.Channel, place.Body, place.State, place.At, place.Embargo));
        Assert.Equal((Reported.ReportId, "site", "Elsewhere", "released", TimeSpan.Zero, Reported.Url, Reported.Title), (shown.PublicationId, shown.Channel, shown.State, shown.Place, shown.At.Offset, shown.Url, shown.Title));
    }

    [Fact] public void stands_under_its_host_where_no_account_is_named() => Assert.Equal("@almaty.example", Shown(Reported with { Channel = null }).Channel);

    [Theory, InlineData("kk", "органның өзі жариялады"), InlineData("ru", "опубликовано самим органом")]
    public void is_in_the_file_with_its_address(string language, string said)
    {
        var read = Ical.Net.Calendar.Load(CalendarFile.Write(Body, language, [(Shown(Reported), Noon)]))!.Events.Single();
        Assert.Equal((said, "CONFIRMED", Reported.Url, $"{Reported.ReportId}.site@publications"), (read.Description, read.Status, read.Url!.ToString(), read.Uid));
    }
}

public class A_publications_place_in_the_calendar
{
    static string Places(params object[] facts) => string.Join(' ', CalendarPlaces.Of(State(facts)).Select(p => $"{p.Channel} {p.State} {p.At:HH:mm} {Shown(p).Place}"));
    static CalendarShown Shown(CalendarPlace place) => JsonSerializer.Deserialize<CalendarShown>(place.Shown, Json.Options)!;

    [Fact] public void is_none_without_a_time() => Assert.Empty(Places(Drafted(Written with { WantedAt = null })));
    [Fact] public void is_where_it_is_wanted() => Assert.Equal("site Drafted 09:00 wanted", Places(Drafted()));
    [Fact] public void is_where_it_is_due() => Assert.Equal("site Scheduled 09:00 due", Places(ScheduledFacts()));
    [Fact] public void is_where_it_was_released() => Assert.Equal("site Released 09:01 released", Places([.. ReleasingFacts, .. Releasing.Accepted(), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due.AddSeconds(90))]));
    [Fact] public void is_kept_when_it_is_cancelled() => Assert.Equal("site Cancelled 09:00 wanted", Places([.. ScheduledFacts(), new PublicationCancelled(Id, Editor, null, Noon)]));
    [Fact] public void is_one_on_each_channel() => Assert.Equal("site Drafted 09:00 wanted tg-1 Drafted 09:00 wanted", Places(Drafted(Written with { Channels = ["site", "tg-1"] })));

    [Fact]
    public void is_shown_with_what_officials_need()
    {
        var place = CalendarPlaces.Of(State(Drafted(Written with { Embargo = Due, LanguagePolicy = "kk-first", Tags = ["flood"], AiMade = true, WantedWall = new("2026-12-01T14:00:00", "Asia/Almaty") }))).Single();
        var shown = Shown(place);
        Assert.Equal((Id, Body, "News", "kk-first", Due, new WallTime("2026-12-01T14:00:00", "Asia/Almaty"), true), (shown.PublicationId, shown.Body, shown.Kind, shown.LanguagePolicy, shown.Embargo, shown.Wall, shown.AiMade));
        Assert.Equal((Written.Title, TimeSpan.Zero, Due), (shown.Title, shown.At.Offset, place.Embargo));
        Assert.Contains("\"wall\":{", place.Shown, StringComparison.Ordinal); // what the list of shifted times is found by
    }
}
