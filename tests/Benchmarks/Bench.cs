extern alias dev;

using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Platform;

namespace Benchmarks;

/// <summary>What every benchmark uses: where service, floor and store are, tokens, forms, and how a result is told.</summary>
public sealed class Bench : IDisposable
{
    public static string Env(string name) => Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException(name + " is not set; use ./bench");
    public static int Port(string name) => int.Parse(Env(name), CultureInfo.InvariantCulture);

    private readonly string _form = File.ReadLines(Env("SAMPLE_FORMS")).First();
    private readonly string _egov;

    public Bench()
    {
        Database = NpgsqlDataSource.Create(Env("ConnectionStrings__Store"));
        _egov = Token(Roles.Egov, null);
        Tokens = Holders.All.Select(h => h.Code).ToDictionary(h => h, h => Token(Roles.Officer, h));
    }

    public TimeSpan Seconds { get; } = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("BENCH_SECONDS") ?? "10", CultureInfo.InvariantCulture));
    public Uri Service { get; } = new($"http://127.0.0.1:{Port("Platform__RestPort")}");
    public Uri ServiceGrpc { get; } = new($"http://127.0.0.1:{Port("Platform__GrpcPort")}");
    public Uri Floor { get; } = new($"http://127.0.0.1:{Port("FLOOR_PORT")}");
    public Uri FloorGrpc { get; } = new($"http://127.0.0.1:{Port("FLOOR_PORT") + 1}");
    public HttpClient Http { get; } = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 });
    public NpgsqlDataSource Database { get; }

    /// <summary>Thirty holders, and an officer's token for each.</summary>
    public string[] Holding { get; } = [.. Holders.All.Select(h => h.Code).Take(30)];
    public IReadOnlyDictionary<string, string> Tokens { get; }

    public static string Token(string role, string? body, string name = "benchmark") => dev::Dev.Token.Make(Env("Platform__SecretsFolder"), [role], body, name, 4 * 60 * 60);

    public async Task<JsonNode?> Post(Uri address, string holder)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(Fresh(holder), new MediaTypeHeaderValue("application/json")) };
        request.Headers.Authorization = new("Bearer", _egov);
        request.Headers.Add("X-Holder", holder);
        using var reply = await Http.SendAsync(request);
        return reply.IsSuccessStatusCode ? JsonNode.Parse(await reply.Content.ReadAsStringAsync()) : null;
    }

    public Task<JsonNode?> Receive(string holder) => Post(new(Service, "/v1/egov/forms"), holder);

    private string Fresh(string holder)
    {
        var node = JsonNode.Parse(_form)!;
        node["messageId"] = Guid.NewGuid().ToString();
        node["holder"] = holder;
        return node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Waits until the relay has nothing left to do, so that its work is not counted against whoever is measured next.</summary>
    public async Task Settle()
    {
        const string lag = """
            select coalesce((select max(seq_id) from mt_events), 0) - coalesce((select last_seq_id from mt_event_progression where name like 'relay%' order by 1 limit 1), 0)
            """;
        for (var tries = 0; tries < 500; tries++)
        {
            await using var command = Database.CreateCommand(lag);
            if ((long)(await command.ExecuteScalarAsync())! <= 0)
            {
                return;
            }

            await Task.Delay(20);
        }

        Console.WriteLine("  (the relay did not come to rest within 10 s)");
    }

    /// <summary>Waits until the service takes less than a tenth of a core, or a minute.</summary>
    public static async Task Quiet()
    {
        using var service = Process.GetProcessById(Port("SERVICE_PID"));
        for (var seconds = 0; seconds < 60; seconds++)
        {
            service.Refresh();
            var before = service.TotalProcessorTime;
            await Task.Delay(1000);
            service.Refresh();
            if ((service.TotalProcessorTime - before).TotalMilliseconds < 100)
            {
                return;
            }
        }
    }

    /// <summary>What the service has used of the processors, which tells its work from that of others on the machine.</summary>
    public static TimeSpan Used()
    {
        using var service = Process.GetProcessById(Port("SERVICE_PID"));
        return service.TotalProcessorTime;
    }

    /// <summary>Servers and settings, without which a figure means nothing.</summary>
    public async Task Say()
    {
        var settings = new List<string>();
        foreach (var name in new[] { "server_version", "fsync", "full_page_writes", "synchronous_commit" })
        {
            await using var show = Database.CreateCommand("show " + name);
            settings.Add($"{name} {await show.ExecuteScalarAsync()}");
        }

        await using var broker = await new RabbitMQ.Client.ConnectionFactory { Uri = new(Env("ConnectionStrings__Broker")) }.CreateConnectionAsync();
        var rabbit = Encoding.UTF8.GetString((byte[])broker.ServerProperties!["version"]!);
        Console.WriteLine($"PostgreSQL: {string.Join(", ", settings)} · RabbitMQ: {rabbit} · .NET {Environment.Version} · {Environment.ProcessorCount} cores · {Seconds.TotalSeconds} s each");
    }

    public static void Tell(string what, (Figures Ours, Figures Floor) pair, double mark) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {pair.Ours.PerSecond / pair.Floor.PerSecond:F2} of the floor (mark: {mark:F1})\n  ours   {pair.Ours}\n  floor  {pair.Floor}"));

    public void Dispose()
    {
        Http.Dispose();
        Database.Dispose();
    }
}
