using Contracts.Inquiries;
using NodaTime.Text;

namespace Platform.Wire;

/// <summary>The working calendar is kept by Inquiries and heard by PressEvents and Publications: two replicas, a change and its taking back, messages twice and late, a restart.</summary>
[Collection(House.Collection)]
public sealed class Working_calendar_of_press_events(House house, PressPost post) : IClassFixture<PressPost>
{
    private const string Body = "akimat-10";

    [Fact]
    public async Task A_change_of_the_working_calendar_is_what_every_replica_counts_by_whatever_comes_twice_or_late()
    {
        var (name, admin) = ("Күнтізбе" + Guid.NewGuid().ToString("N")[..8], Ground.Wire.As(house.Wire.Inquiries, Tokens.Admin()));
        Door Me(ServiceProcess replica) => Ground.Wire.As(replica, Dev.Token.Make(Repository.Secrets, [Roles.Journalist], null, name, 3600));
        ServiceProcess[] replicas = [house.PressEvents, post.Process];
        var me = Me(house.PressEvents);
        (await me.Post("/v1/journalists", new { category = "Blogger", language = "kk", person = new { surname = name, name = "Мадина", email = name + "@example.kz" } })).Is(201);
        var applied = (await me.Post("/v1/accreditations", new { kind = "Permanent" })).Is(201);
        async Task<(string? Version, string? Due)> Counted(ServiceProcess replica) => (await Me(replica).Get($"/v1/accreditations/{applied.Text("id")}")).Is(200).Json.GetProperty("deadline") is var term
            ? (term.GetProperty("calendarVersion").GetString(), term.GetProperty("due").GetString()) : default;
        var was = (await Counted(house.PressEvents)).Due!;
        var announced = (await house.Press().Get($"/v1/press-events/{await house.Announced(Body)}")).Is(200).Json.GetProperty("end").GetDateTimeOffset();
        var materials = WorkingCalendar.Embedded.AddWorkingDays(Registration.AlmatyDate(announced), 3);
        async Task<string> Feed(ServiceProcess replica) => (await Ground.Wire.As(replica, null).Get($"/feeds/bodies/{Body}.ninjs.json")).Is(200).Body;
        Assert.All(await Task.WhenAll(replicas.Select(Feed)), feed => Assert.Contains(LocalDatePattern.Iso.Format(materials), feed, StringComparison.Ordinal));
        await House.Up(house.Publications);
        var editor = house.Publishing(Roles.Editor, Body);
        (await editor.Post($"/v1/sites/{Body}/sections", new { code = "news", name = new { kk = "Жаңалықтар", ru = "Новости" }, kinds = new[] { "News" }, term = "site-news" })).Is(201);
        async Task<(string? Version, string? Due)> Owed() => (await editor.Get($"/v1/sites/{Body}/duties")).Is(200).Items.Single().GetProperty("due") is var term
            ? (term.GetProperty("calendarVersion").GetString(), term.GetProperty("due").GetString()) : default;
        var owed = (await Owed()).Due!;
        async Task<string> Make(string kind)
        {
            var change = new { order = new { number = "7", date = "2026-11-20", issuer = "Министр труда" }, days = new[] { was, LocalDatePattern.Iso.Format(materials), owed }.Distinct().Select(date => new { date, kind, name = new { kk = "Ғылым күні", ru = "День науки" } }) };
            return (await admin.Post("/v1/calendar/changes", change, (await admin.Post("/v1/calendar/changes/preview", change)).Is(200).Version)).Is(201).Text("calendarVersion")!;
        }

        var version = await Make("holiday");
        try
        {
            // both the term's last day and one within it do not work any more
            var next = LocalDatePattern.Iso.Format(new[] { was, owed }.Distinct().Aggregate(LocalDatePattern.Iso.Parse(was).Value, (day, _) => WorkingCalendar.Embedded.NextWorking(day)));
            await Eventually.Get("the site's duty is counted by " + version, Owed, o => o.Version == version && string.CompareOrdinal(o.Due, owed) > 0);
            Task Follows() => Task.WhenAll(replicas.Select(replica => Eventually.Get("it counts by " + version, () => Counted(replica), c => c == (version, next))));
            await Follows();
            var moved = $"\"expectedEndDate\":\"{LocalDatePattern.Iso.Format(WorkingCalendar.Embedded.NextWorking(materials))}\"";
            // what each kept of it in memory is not what is counted now
            Assert.All(await Task.WhenAll(replicas.Select(Feed)), feed => Assert.Contains(moved, feed.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal));
            var news = (await Eventually.Get("it is heard", () => Task.FromResult(house.Wire.Heard.All.Where(m => m.Message is WorkingCalendarChanged { CalendarVersion: var v } && v == version).ToList()), all => all.Count > 0))[0];
            Task<long> Facts() => Sql.One<long>(post.Database, "select count(*) from mt_events where type = 'working_calendar_heard'");
            var facts = await Facts();
            await house.Say((WorkingCalendarChanged)news.Message, news.MessageId, replicas); // by the same id
            await house.Say((WorkingCalendarChanged)news.Message, Guid.NewGuid(), replicas); // by another one
            await house.Say((WorkingCalendarChanged)news.Message with { Version = 1, CalendarVersion = "2026-01-1", Days = [] }, Guid.NewGuid(), replicas); // an old one, late
            Assert.Equal(facts, await Facts());
            await house.PressEvents.Kill();
            await House.Up(house.PressEvents);
            await Follows();
        }
        finally
        {
            version = await Make("ordinary");
        }

        await Task.WhenAll(replicas.Select(replica => Eventually.Get("it counts by " + version, () => Counted(replica), c => c == (version, was))));
        await Eventually.Get("the site's duty is counted by " + version, Owed, o => o == (version, owed));
    }
}
