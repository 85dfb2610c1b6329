extern alias publications;
using System.Collections.Concurrent;
using System.Globalization;
using Grpc.Core;
using publications::Publications;

namespace Platform.Wire;

/// <summary>
/// Nothing of a publication is to be seen before its embargo is over, on no door, and all of it afterwards. No command lets it out earlier (specs: An_embargo), so what is out
/// under an embargo is written by the service's own store: it shows that the doors judge by the clock, and that nothing has to run.
/// </summary>
[Collection(House.Collection)]
public sealed class Under_embargo(House house) : IAsyncLifetime
{
    private const string Body = "akimat-15", Elsewhere = "akimat-43";
    private readonly string _mark = Guid.NewGuid().ToString("N")[..8];
    private readonly ConcurrentQueue<string> _watched = new();

    private Door Anybody => Ground.Wire.As(house.Publications, null);
    private Door Stranger => house.Publishing(Roles.Editor, Elsewhere);
    private static Metadata Foreign => Tokens.Headers(Tokens.For(Roles.Editor, Elsewhere));

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.Publications);
        await house.SiteBehaves("none");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Nothing_is_seen_before_its_time_on_any_door_and_everything_after_it()
    {
        await using var hooks = new HookDoor(5849, _ => 204);
        await hooks.Start();
        var told = (await Stranger.Post("/v1/subscriptions", new { url = hooks.Url })).Is(201);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        var (from, watching) = (long.Parse(told.Text("position")!, CultureInfo.InvariantCulture), Watch(told.Text("position")!, limit.Token));
        var (id, ends) = await Armed();
        var twin = await WrittenAsOut(ends);

        async Task<KeyValuePair<string, bool>[]> Seen() =>
        [
            new("queue", house.Wire.Heard.About(id).Any(m => m.Message is not Contracts.Publications.PublicationMoved)), // its steps are told to its own body
            new("site", (await house.AtSite(id)).Count > 0),
            new("stream", _watched.Any(m => m.Contains(id.ToString(), StringComparison.Ordinal))),
            new("webhook", hooks.Hooks.Any(h => h.Data.ToString().Contains(id.ToString(), StringComparison.Ordinal))),
            new("changes", (await Stranger.Get($"/v1/changes?after={from}&limit=200")).Is(200).Body.Contains(id.ToString(), StringComparison.Ordinal)),
            .. await Reading(id, "ordinary "),
            .. await Reading(twin, "twin "),
        ];

        var before = 0;
        for (var seen = await Seen(); DateTimeOffset.UtcNow < ends; seen = await Seen(), before++)
        {
            Assert.Empty(seen.Where(door => door.Value).Select(door => door.Key));
        }

        Assert.True(before > 0, "the clock was faster than the doors");
        Assert.Empty((await Reading(twin, "")).Where(door => !door.Value).Select(door => door.Key)); // at once: nothing had to be done
        await Eventually.Get("all of it is out", Seen, seen => seen.All(door => door.Value), 30);
        await limit.CancelAsync();
        await watching;
        (await Stranger.Send(HttpMethod.Delete, $"/v1/subscriptions/{told.Text("id")}", null, [])).Is(204);
    }

    /// <summary>Written, approved and armed for the instant at which its embargo ends; where a busy machine took longer than that, another one with more time.</summary>
    private async Task<(Guid Id, DateTimeOffset Ends)> Armed()
    {
        for (var seconds = 4.0; ; seconds *= 2)
        {
            var ends = DateTimeOffset.UtcNow.AddSeconds(seconds);
            var draft = (await house.Publishing(Roles.Editor, Body).Post("/v1/publications", new { kind = "News", title = new { kk = "Құпия " + _mark, ru = "Тайна " + _mark }, text = new { kk = "Мәтін", ru = "Текст" }, wantedAt = ends, embargo = ends })).Is(201);
            var armed = await house.Arm(Body, draft);
            if (armed.Status == 200 && ends - DateTimeOffset.UtcNow > TimeSpan.FromSeconds(2))
            {
                return (draft.Json.GetProperty("id").GetGuid(), ends);
            }
        }
    }

    private async Task<Guid> WrittenAsOut(DateTimeOffset ends)
    {
        var content = new Content("News", new("Егіз " + _mark, "Двойник " + _mark), new("Мәтін", "Текст"), ["site"], null, "PT1H", "hold") { Embargo = ends };
        await using var provider = InProcess.Publications(house.Wire.Servers.Database("publications"));
        await using var session = provider.Store().LightweightSession();
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        session.Events.StartStream<Publication>(id, new PublicationDrafted(id, Body, content, "author", null, null, null, now), new PublicationReleased(id, Body, content.Kind, content.Title, ["site"], null, now));
        await session.SaveChangesAsync();
        return id;
    }

    /// <summary>Whether each door that is read shows it to people without rights.</summary>
    private async Task<Dictionary<string, bool>> Reading(Guid id, string name)
    {
        var (path, grpc) = ($"/v1/publications/{id}", house.PublicationsGrpc());
        async Task<bool> Shows(Door door, string address) => (await door.Get(address)) is { Status: 200 } reply && reply.Body.Contains(id.ToString(), StringComparison.Ordinal);
        (await Anybody.Get(path + "/preview")).Is(401);
        (await Stranger.Get(path + "/preview")).Is(404);
        (await Stranger.Get(path + "/checks")).Is(404);
        Assert.False(await Shows(Stranger, "/v1/calendar?body=" + Body) || await Shows(Stranger, "/v1/calendar") || await Shows(Stranger, "/v1/calendar.ics"), "another body's calendar");
        (await Anybody.Get("/v1/calendar.ics")).Is(401);
        return new()
        {
            [name + "read"] = await Shows(Anybody, path),
            [name + "read by another body"] = await Shows(Stranger, path),
            [name + "read as of a later time"] = await Shows(Anybody, path + "?asOf=2099-01-01T00:00:00Z"),
            [name + "list"] = await Shows(Anybody, "/v1/publications?limit=200"),
            [name + "search"] = await Shows(Anybody, $"/v1/publications?state=Released&channel=site&from={DateTimeOffset.UtcNow.AddMinutes(-5).UtcDateTime:O}&limit=200"),
            [name + "kk feed"] = await Shows(Anybody, "/feeds/publications.kk.atom"),
            [name + "ru feed"] = await Shows(Anybody, "/feeds/publications.ru.atom"),
            [name + "ninjs"] = await Shows(Anybody, path + ".ninjs.json"),
            [name + "public record"] = await Shows(Anybody, "/v1/public-record?limit=200&channel=platform&body=" + Body),
            [name + "gRPC"] = await Get(grpc, id),
        };
    }

    private static async Task<bool> Get(global::Publications.V1.Publications.PublicationsClient grpc, Guid id)
    {
        try
        {
            return (await grpc.GetAsync(new() { PublicationId = id.ToString() }, Foreign)).Id == id.ToString();
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task Watch(string after, CancellationToken ct)
    {
        using var watch = house.PublicationsGrpc().WatchPublications(new() { After = long.Parse(after, CultureInfo.InvariantCulture), HeartbeatSeconds = 1 }, Foreign, cancellationToken: ct);
        try
        {
            while (await watch.ResponseStream.MoveNext(ct))
            {
                _watched.Enqueue(watch.ResponseStream.Current.MessageJson);
            }
        }
        catch (RpcException fault) when (fault.StatusCode == StatusCode.Cancelled)
        {
            // it was ended by its reader
        }
    }
}
