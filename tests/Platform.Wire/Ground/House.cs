using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Net.Client;
using MassTransit;

namespace Platform.Wire.Ground;

/// <summary>What the tests of PressEvents and Publications share: the ways to an announced event and to a release, and what the site says.</summary>
public sealed class House(Wire wire) : IAsyncDisposable
{
    public const string Collection = "The three services together";
    private static readonly DateTimeOffset FirstSlot = new(DateTime.UtcNow.Date.AddDays(30), TimeSpan.Zero);
    private int _slots;

    public Wire Wire { get; } = wire;
    public ServiceProcess PressEvents => Wire.PressEvents;
    public ServiceProcess SecondPressEvents { get; } = new(wire.Servers, "PressEvents", "press_events", 5813);
    public ServiceProcess Publications => Wire.Publications;
    public ServiceProcess SecondPublications => Wire.SecondPublications;

    /// <summary>Starts what does not run.</summary>
    public static Task Up(params ServiceProcess[] replicas) => Task.WhenAll(replicas.Where(r => !r.Runs).Select(async replica =>
    {
        await replica.Start();
        await replica.Ready();
    }));

    /// <summary>From now on: none, slow, refuse, unavailable, timeout-after-accept, lose-answer.</summary>
    public async Task SiteBehaves(string mode, int ms = 0) => (await Wire.As(Wire.Site, null).Post("/faults", new { mode, ms })).Is(200);

    public async Task<IReadOnlyList<Taken>> AtSite() => JsonSerializer.Deserialize<List<Taken>>((await Wire.As(Wire.Site, null).Get("/items")).Is(200).Body, Json.Options)!;

    public async Task<IReadOnlyList<Taken>> AtSite(Guid publication) => [.. (await AtSite()).Where(i => i.PublicationId == publication)];

    public Door Press(string role = Roles.Editor, string? body = "scc") => Wire.As(PressEvents, Tokens.For(role, body));
    public Door Publishing(string role, string body) => Wire.As(Publications, Tokens.For(role, body));

    public global::PressEvents.V1.PressEvents.PressEventsClient PressGrpc() => new(GrpcChannel.ForAddress(PressEvents.Grpc));
    public global::Publications.V1.Publications.PublicationsClient PublicationsGrpc() => new(GrpcChannel.ForAddress(Publications.Grpc));

    /// <summary>An hour of one day in hall-3 that no other test has, a month ahead.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) Slot()
    {
        while (true)
        {
            var start = FirstSlot.AddHours(Interlocked.Increment(ref _slots)).ToOffset(TimeSpan.FromHours(5));
            if (start.Hour < 23)
            {
                return (start, start.AddHours(1));
            }
        }
    }

    /// <summary>A press conference that may be announced at once.</summary>
    public JsonObject Event(string body, (DateTimeOffset Start, DateTimeOffset End)? at = null, string? hall = "hall-3")
    {
        var (start, end) = at ?? Slot();
        var mark = Guid.NewGuid().ToString("N")[..8];
        return JsonNode.Parse($$$"""
            {"format": "PressConference", "body": "{{{body}}}", "hall": {{{(hall is null ? "null" : $"\"{hall}\"")}}}, "start": "{{{Text(start)}}}", "end": "{{{Text(end)}}}",
             "title": {"kk": "Әңгіме {{{mark}}}", "ru": "Разговор {{{mark}}}"}, "summary": {"kk": "Қысқаша {{{mark}}}", "ru": "Кратко {{{mark}}}"},
             "speakers": [{"name": {"kk": "Сәуле Нұр", "ru": "Сауле Нур"}, "post": {"kk": "Ресми өкіл", "ru": "Официальный представитель"}}], "channels": ["khabar24"]}
            """)!.AsObject();
    }

    public static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>An event of this body, announced at version 2.</summary>
    public async Task<Guid> Announced(string body, ServiceProcess? replica = null, (DateTimeOffset, DateTimeOffset)? at = null)
    {
        var door = Wire.As(replica ?? PressEvents, Tokens.For(Roles.Editor, "scc"));
        var filed = (await door.Post("/v1/press-events", Event(body, at))).Is(201);
        (await door.Post($"/v1/press-events/{filed.Text("id")}/announce", new { }, filed.Version)).Is(200);
        return filed.Json.GetProperty("id").GetGuid();
    }

    /// <summary>A broadcast of an event, on air; then the event itself is live.</summary>
    public async Task<Reply> Live(Guid pressEvent, string body, long version)
    {
        var (door, path) = (Press(body: body), $"/v1/press-events/{pressEvent}");
        var planned = (await door.Post(path + "/broadcasts", new { channel = "khabar24", url = "https://khabar24.example/live" })).Is(201);
        (await door.Post($"{path}/broadcasts/{planned.Text("id")}/prepare", new { }, 1)).Is(200);
        (await door.Post($"{path}/broadcasts/{planned.Text("id")}/go-on-air", new { }, 2)).Is(200);
        (await door.Post(path + "/start", new { }, version)).Is(200);
        return planned;
    }

    /// <summary>A publication written by one person, approved by another in both languages, and armed.</summary>
    public async Task<Guid> Scheduled(string body, DateTimeOffset dueAt, ServiceProcess? replica = null) => await TryScheduled(body, dueAt, replica) is { Status: 200 } armed
        ? armed.Json.GetProperty("id").GetGuid() : throw new InvalidOperationException($"It was not armed before {dueAt:O}.");

    /// <summary>The same, due in a moment; where a busy machine took longer than that to arm it, another one with more time.</summary>
    public async Task<Guid> Soon(string body, ServiceProcess? replica = null)
    {
        for (var seconds = 1.0; ; seconds *= 2)
        {
            if (await TryScheduled(body, DateTimeOffset.UtcNow.AddSeconds(seconds), replica) is { Status: 200 } armed)
            {
                return armed.Json.GetProperty("id").GetGuid();
            }
        }
    }

    private async Task<Reply> TryScheduled(string body, DateTimeOffset dueAt, ServiceProcess? replica)
    {
        var mark = Guid.NewGuid().ToString("N")[..8];
        var editor = Wire.As(replica ?? Publications, Tokens.For(Roles.Editor, body));
        var draft = (await editor.Post("/v1/publications", new { kind = "News", title = new { kk = "Жаңалық " + mark, ru = "Новость " + mark }, text = new { kk = "Мәтін", ru = "Текст" }, wantedAt = dueAt })).Is(201);
        var armed = await Arm(body, draft, replica);
        return armed.Status == 200 ? armed : armed.Is(400, "wanted-at-past");
    }

    /// <summary>The way of a draft with its words and time to its release; the reply to its scheduling.</summary>
    public async Task<Reply> Arm(string body, Reply draft, ServiceProcess? replica = null)
    {
        var (editor, approver) = (Wire.As(replica ?? Publications, Tokens.For(Roles.Editor, body)), Wire.As(replica ?? Publications, Tokens.For(Roles.Approver, body)));
        var path = $"/v1/publications/{draft.Text("id")}";
        var seen = (await editor.Post(path + "/submit", new { }, draft.Version)).Is(200);
        foreach (var language in new[] { "kk", "ru" })
        {
            seen = (await approver.Post(path + "/approve", new { language, contentHash = draft.Json.GetProperty("contentHash").GetProperty(language).GetString() }, seen.Version)).Is(200);
        }

        return await editor.Post(path + "/schedule", new { }, seen.Version);
    }

    public Task<Reply> Publication(Guid id, string body) => Publishing(Roles.Editor, body).Get($"/v1/publications/{id}");

    public Task<Reply> Becomes(Guid id, string body, string state, double seconds = 20) =>
        Eventually.Get($"publication {id} is {state}", () => Publication(id, body), p => p.Text("state") == state, seconds);

    public async Task<IReadOnlyList<Delivery>> Deliveries(Guid id, string body) =>
        [.. (await Publishing(Roles.Editor, body).Get($"/v1/publications/{id}/deliveries")).Is(200).Items.Select(d => JsonSerializer.Deserialize<Delivery>(d, Json.Options)!)];

    /// <summary>Says it to everybody, and waits until one of these replicas has dealt with it.</summary>
    public async Task Say<T>(T message, Guid messageId, params ServiceProcess[] to) where T : class
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(Wire.Servers.Rabbit)));
        await bus.StartAsync(TimeSpan.FromSeconds(10));
        var before = await Consumed(to);
        await bus.Publish(message, context => context.MessageId = messageId);
        await Eventually.So("it was consumed", async () => await Consumed(to) > before);
        await bus.StopAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Messages that the consumers of these have taken, from their own metrics.</summary>
    private static async Task<double> Consumed(ServiceProcess[] replicas) => (await Task.WhenAll(replicas.Select(async replica => (await Wire.As(replica, null).Get("/metrics")).Is(200).Body.Split('\n')
        .Where(l => l.StartsWith("messaging_masstransit_consume_ea_total{", StringComparison.Ordinal)).Sum(l => double.Parse(l.Split("} ")[1].Split(' ')[0], CultureInfo.InvariantCulture))))).Sum();

    public ValueTask DisposeAsync() => SecondPressEvents.DisposeAsync();
}

/// <summary>What the site took, also what came twice.</summary>
public sealed record Taken(string Id, Guid AttemptId, Guid PublicationId, DateTimeOffset ReceivedAt);

/// <summary>A line of the delivery ledger, as far as tests look at it.</summary>
public sealed record Delivery(Guid AttemptId, int Number, string State, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? ExternalId, string? KnownFrom, string? Reason, int ReadBacks);

[CollectionDefinition(House.Collection)]
public sealed class HouseCollection : ICollectionFixture<House>;
