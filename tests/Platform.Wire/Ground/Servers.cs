using DotNet.Testcontainers.Configurations;
using Npgsql;
using RabbitMQ.Client;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace Platform.Wire.Ground;

/// <summary>
/// A real PostgreSQL and RabbitMQ: those given in the environment, else containers where a Docker engine answers, else private
/// instances of the machine's packages. Databases and queues are new in every run.
/// </summary>
public abstract class Servers : IAsyncDisposable
{
    public const int PostgresPort = 5831, RabbitPort = 5832;
    public static readonly string[] Databases = ["inquiries", "inquiries_keys", "press_events", "press_events_keys", "publications", "publications_keys"];

    public string Postgres { get; protected set; } = "";
    public string Rabbit { get; protected set; } = "";

    public string Database(string name) => $"{Postgres};Database={name};Max Auto Prepare=50;Options=-c client_connection_check_interval=1000";

    /// <summary>Why the broker cannot be taken away here; null when it can.</summary>
    public virtual string? BrokerStays => null;

    public abstract Task StopBroker();
    public abstract Task StartBroker();
    public abstract ValueTask DisposeAsync();
    protected abstract Task Up();

    public static async Task<Servers> Start()
    {
        var wish = Environment.GetEnvironmentVariable("PLATFORM_TEST_SERVERS");
        var (postgres, rabbit) = (Environment.GetEnvironmentVariable("PLATFORM_POSTGRES"), Environment.GetEnvironmentVariable("PLATFORM_RABBITMQ"));
        Servers servers = postgres is not null && rabbit is not null ? new GivenServers(postgres, rabbit)
            : wish == "containers" || (wish is null && await ContainerServers.EngineAnswers()) ? new ContainerServers()
            : new ScriptServers();
        await servers.Up();
        await servers.Empty();
        return servers;
    }

    private async Task Empty()
    {
        await using var database = NpgsqlDataSource.Create(Postgres + ";Database=postgres;Pooling=false");
        foreach (var name in Databases)
        {
            await using var drop = database.CreateCommand($"drop database if exists {name} with (force)");
            await drop.ExecuteNonQueryAsync();
            await using var create = database.CreateCommand($"create database {name} template template0 encoding 'UTF8' locale 'C.UTF-8'");
            await create.ExecuteNonQueryAsync();
        }

        await using var connection = await new ConnectionFactory { Uri = new(Rabbit) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        foreach (var queue in Queues.All.SelectMany(q => new[] { q, Heard.Errors(q), Heard.DeadLetters(q) }))
        {
            await channel.QueueDeleteAsync(queue);
        }
    }
}

/// <summary>Servers somebody else runs; they are emptied, but never stopped.</summary>
internal sealed class GivenServers : Servers
{
    public GivenServers(string postgres, string rabbit) => (Postgres, Rabbit) = (postgres, rabbit);
    public override string BrokerStays => "the servers were given by PLATFORM_POSTGRES and PLATFORM_RABBITMQ and are not stopped here";
    protected override Task Up() => Task.CompletedTask;
    public override Task StopBroker() => throw new InvalidOperationException(BrokerStays);
    public override Task StartBroker() => throw new InvalidOperationException(BrokerStays);
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Private instances, as <c>./run</c> has them, through the same script.</summary>
internal sealed class ScriptServers : Servers
{
    private static readonly string Script = Environment.GetEnvironmentVariable("PLATFORM_SERVERS_SCRIPT") ?? Path.Combine(Repository.Root, "infra", "servers");
    private static readonly string State = Repository.Own("state");

    protected override async Task Up()
    {
        await Repository.Run(Script, ["up", State, $"{PostgresPort}", $"{RabbitPort}", "--packages"]);
        var lines = (await Repository.Run(Script, ["env", State])).Split('\n');
        string Value(string name) => lines.Single(l => l.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..].Trim('\'');
        (Postgres, Rabbit) = (Value("PLATFORM_POSTGRES"), Value("PLATFORM_RABBITMQ"));
    }

    public override Task StopBroker() => Repository.Run(Script, ["broker", "stop", State]);
    public override Task StartBroker() => Repository.Run(Script, ["broker", "start", State]);

    /// <summary>They take ten seconds to start: whoever works on the tests sets PLATFORM_TEST_KEEP and stops them by hand.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("PLATFORM_TEST_KEEP") is null)
        {
            await Repository.Run(Script, ["down", State]);
        }
    }
}

/// <summary>Containers through Testcontainers; the broker's port is fixed, so that it comes back where it was.</summary>
internal sealed class ContainerServers : Servers
{
    private PostgreSqlContainer? _postgres;
    private RabbitMqContainer? _rabbit;

    public static async Task<bool> EngineAnswers()
    {
        try
        {
            await Repository.Run("docker", ["version"]);
            return true;
        }
        catch (Exception fault) when (fault is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    protected override async Task Up()
    {
        if (!await EngineAnswers())
        {
            throw new InvalidOperationException("PLATFORM_TEST_SERVERS=containers, but no Docker engine answers (docker version).");
        }

        // Testcontainers speaks 1.44 and does not ask; engines of distributions are older (Debian's of 2020 speaks 1.41)
        var engine = (await Repository.Run("docker", ["version", "--format", "{{.Server.APIVersion}}"])).Trim();
        if (Environment.GetEnvironmentVariable("DOCKER_API_VERSION") is null && Version.Parse(engine) < new Version(1, 44))
        {
            Environment.SetEnvironmentVariable("DOCKER_API_VERSION", engine);
        }

        // Testcontainers' own cleaner is one more image from a registry; both containers are disposed of here
        TestcontainersSettings.ResourceReaperEnabled = false;
        _postgres = new PostgreSqlBuilder(await Image("POSTGRES", "platform/postgres:local", "postgres:17")).WithPortBinding(PostgresPort, 5432)
            // the module turns durability off; what is proved here needs it
            .WithCommand("-c", "fsync=on", "-c", "full_page_writes=on", "-c", "synchronous_commit=on").Build();
        _rabbit = new RabbitMqBuilder(await Image("RABBITMQ", "platform/rabbitmq:local", "rabbitmq:4")).WithPortBinding(RabbitPort, 5672)
            .WithHostname("platform").Build(); // its data lies under the host's name
        await Task.WhenAll(_postgres.StartAsync(), _rabbit.StartAsync());
        Postgres = new NpgsqlConnectionStringBuilder(_postgres.GetConnectionString()) { Database = null }.ConnectionString;
        Rabbit = _rabbit.GetConnectionString();
    }

    private static async Task<string> Image(string server, string local, string official)
    {
        var given = Environment.GetEnvironmentVariable($"PLATFORM_{server}_IMAGE");
        return !string.IsNullOrEmpty(given) ? given : (await Repository.Run("docker", ["images", "-q", local])).Trim().Length > 0 ? local : official;
    }

    public override Task StopBroker() => _rabbit!.StopAsync();
    public override Task StartBroker() => _rabbit!.StartAsync();

    public override async ValueTask DisposeAsync()
    {
        await _rabbit!.DisposeAsync();
        await _postgres!.DisposeAsync();
    }
}
