using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Benchmarks;
using Dev;
using Npgsql;

var env = (string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name + " is not set; use ./bench");
var (store, secrets) = (env("ConnectionStrings__Store"), env("Platform__SecretsFolder"));
var floorPort = int.Parse(env("FLOOR_PORT"), CultureInfo.InvariantCulture);
if (args is ["floor"])
{
    await Floor.Serve(store, floorPort, secrets);
    return 0;
}

var seconds = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("BENCH_SECONDS") ?? "10", CultureInfo.InvariantCulture));
var wanted = args.Length > 0 ? args : ["intake", "read", "relay", "idle"];
var service = new Uri($"http://127.0.0.1:{env("Platform__RestPort")}");
var floor = new Uri($"http://127.0.0.1:{floorPort}");
using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
var egov = Token.Make(secrets, ["egov"], null, "benchmark", 7200);
var form = Encoding.UTF8.GetString(File.ReadAllBytes(env("SAMPLE_FORMS"))).Split('\n')[0];
string[] holders = [.. Holders.All.Select(h => h.Code).Take(30)];

await Say();
foreach (var what in wanted)
{
    await (what switch { "intake" => Intake(), "read" => Read(), "relay" => Relay(), "idle" => Idle(),
        "calendar" => new CalendarChange(service, store, env("ConnectionStrings__Broker"), secrets).Run(int.Parse(Environment.GetEnvironmentVariable("BENCH_REQUESTS") ?? "100000", CultureInfo.InvariantCulture), holders),
         _ => throw new ArgumentException(what) });
}

return 0;

async Task Say()
{
    await using var database = NpgsqlDataSource.Create(store);
    var settings = new List<string>();
    foreach (var name in new[] { "server_version", "fsync", "full_page_writes", "synchronous_commit" })
    {
        await using var show = database.CreateCommand("show " + name);
        settings.Add($"{name} {await show.ExecuteScalarAsync()}");
    }

    await using var broker = await new RabbitMQ.Client.ConnectionFactory { Uri = new(env("ConnectionStrings__Broker")) }.CreateConnectionAsync();
    var rabbit = Encoding.UTF8.GetString((byte[])broker.ServerProperties!["version"]!);
    Console.WriteLine($"PostgreSQL: {string.Join(", ", settings)} · RabbitMQ: {rabbit} · .NET {Environment.Version} · {Environment.ProcessorCount} cores · {seconds.TotalSeconds} s each");
}

string Fresh(string holder)
{
    var node = JsonNode.Parse(form)!;
    node["messageId"] = Guid.NewGuid().ToString();
    node["holder"] = holder;
    return node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

async Task<JsonNode?> Post(Uri address, string holder)
{
    using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Fresh(holder), new MediaTypeHeaderValue("application/json")) };
    request.Headers.Authorization = new("Bearer", egov);
    request.Headers.Add("X-Holder", holder);
    using var reply = await http.SendAsync(request);
    return reply.IsSuccessStatusCode ? JsonNode.Parse(await reply.Content.ReadAsStringAsync()) : null;
}

async Task Intake()
{
    foreach (var (name, pick) in new (string, Func<string>)[] { ("30 holders", () => holders[Random.Shared.Next(holders.Length)]), ("one hot holder", () => holders[0]) })
    {
        foreach (var clients in new[] { 16, 64 })
        {
            var bare = await Load.Run(clients, seconds, async _ => await Post(new(floor, "/floor/intake"), pick()) is not null);
            var ours = await Load.Run(clients, seconds, async _ => await Post(new(service, "/v1/egov/forms"), pick()) is not null);
            Tell($"intake, {name}, {clients} clients", ours, bare);
        }
    }
}

async Task Read()
{
    List<(Guid Id, string Body)> there = [];
    for (var i = 0; i < 200; i++)
    {
        var holder = holders[i % holders.Length];
        there.Add((Guid.Parse((await Post(new(service, "/v1/egov/forms"), holder))!["inquiryId"]!.ToString()), holder));
    }

    var tokens = holders.ToDictionary(h => h, h => Token.Make(secrets, ["officer"], h, "benchmark", 7200));
    async Task<bool> Get(Uri service, string path)
    {
        var (id, body) = there[Random.Shared.Next(there.Count)];
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(service, path + id));
        request.Headers.Authorization = new("Bearer", tokens[body]);
        using var reply = await http.SendAsync(request);
        return reply.IsSuccessStatusCode && (await reply.Content.ReadAsByteArrayAsync()).Length > 100;
    }

    foreach (var clients in new[] { 16, 64 })
    {
        var bare = await Load.Run(clients, seconds, _ => Get(floor, "/floor/inquiries/"));
        var ours = await Load.Run(clients, seconds, _ => Get(service, "/v1/inquiries/"));
        Tell($"read one request, {clients} clients", ours, bare);
    }
}

async Task Relay()
{
    await using var latency = new RelayLatency(new(env("ConnectionStrings__Broker")));
    await latency.Start();
    async Task<(Guid, long)?> ByDoor(int n) => await Post(new(service, "/v1/egov/forms"), holders[n % holders.Length]) is { } reply
        ? (Guid.Parse(reply["inquiryId"]!.ToString()), Stopwatch.GetTimestamp()) : null;
    await using var facts = await FactSource.Start(store, env("ConnectionStrings__Broker"));
    await latency.Measure(50, TimeSpan.FromSeconds(3), ByDoor); // warm
    await latency.Measure(100, TimeSpan.FromSeconds(3), facts.Commit);
    foreach (var (rate, how, commit) in new (double, string, Func<int, Task<(Guid, long)?>>)[] { (10, "by the door", ByDoor), (10, "to the store", facts.Commit), (500, "to the store", facts.Commit) })
    {
        var bare = await latency.MeasureBus(rate, seconds);
        var ours = await latency.Measure(rate, seconds, commit);
        Console.WriteLine($"commit to consumer at {rate,3:F0} facts/s, {how}\n  ours   {ours}\n  floor  {bare}   (the bus alone)");
    }
}

async Task Idle()
{
    var process = Process.GetProcessById(int.Parse(env("SERVICE_PID"), CultureInfo.InvariantCulture));
    await Task.Delay(TimeSpan.FromSeconds(5));
    process.Refresh();
    var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
    await Task.Delay(TimeSpan.FromSeconds(30));
    process.Refresh();
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"idle service: {(process.TotalProcessorTime - before) / watch.Elapsed * 100:F1} % of a core over 30 s, {process.WorkingSet64 / 1_048_576} MiB"));
}

static void Tell(string what, Figures ours, Figures floor) =>
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {ours.PerSecond / floor.PerSecond:F2} of the floor\n  ours   {ours}\n  floor  {floor}"));
