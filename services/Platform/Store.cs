using System.Reflection;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Events;
using Polly;
using Polly.Retry;
using Weasel.Core;

namespace Platform;

/// <summary>The event store as every service has it, with the settings that were found out by trying (see README, "Decisions").</summary>
public static class Store
{
    /// <summary>
    /// What a replica takes of the server at most, where its connection string names no <c>Maximum Pool Size</c>: with those of keys 50. A few dozen keep the disk busy;
    /// who finds none waits for one.
    /// </summary>
    public const int StoreConnections = 40, KeysConnections = 10;

    /// <summary>A database of a service. public by name: a role called platform would otherwise find, and make, the services' tables in the schema platform.</summary>
    public static NpgsqlDataSource Database(string connectionString, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { KeepAlive = 15, SearchPath = "public" };
        if (!settings.ShouldSerialize("Maximum Pool Size"))
        {
            settings.MaxPoolSize = connections;
        }

        return NpgsqlDataSource.Create(settings);
    }

    public static void AddStore(this IServiceCollection services, string connectionString, DaemonMode daemon, Leaving leaving, Action<StoreOptions> register)
    {
        var dataSource = Database(connectionString, StoreConnections);
        services.AddSingleton(dataSource);
        services.AddSingleton(leaving);
        services.AddSingleton<Wakeup>();
        services.AddHostedService(provider => provider.GetRequiredService<Wakeup>());
        services.AddScoped<Work>();
        services.AddMarten(provider =>
        {
            var options = new StoreOptions();
            options.Connection(dataSource);
            Configure(options, dataSource);
            var wakeup = provider.GetRequiredService<Wakeup>();
            options.Projections.Wakeup = wakeup;
            options.Listeners.Add(wakeup.Listener);
            options.Projections.Subscribe(new Relay(provider.GetRequiredService<MassTransit.IBus>(), leaving));
            register(options);
            OwnFactsOnly(options);
            return options;
        }).BuildSessionsWith<Sessions>(ServiceLifetime.Scoped).AddAsyncDaemon(daemon);
    }

    /// <summary>A projection that names no facts is handed Marten's tombstones too (left by appends that failed), and a rebuild stops at the first.</summary>
    private static void OwnFactsOnly(StoreOptions options)
    {
        var facts = ((IReadOnlyEventStoreOptions)options.Events).AllKnownEventTypes().Select(t => t.EventType).Where(t => t != typeof(Tombstone)).ToList();
        foreach (var projection in options.Projections.All.OfType<EventFilterable>().Where(p => p.IncludedEventTypes.Count == 0))
        {
            facts.ForEach(projection.IncludeType);
        }
    }

    private static void Configure(StoreOptions options, NpgsqlDataSource dataSource)
    {
        options.DisableNpgsqlLogging = true;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(Json.Configure(new()), EnumStorage.AsString, Casing.CamelCase);

        var events = options.Events;
        events.UseExclusiveLockOnConcurrentAppends = true; // a lost race must not burn a sequence number
        events.UseMandatoryStreamTypeDeclaration = true;
        events.EnableUniqueIndexOnEventId = true;
        events.EnableEventSkippingInProjectionsOrSubscriptions = true;
        events.EnableExtendedProgressionTracking = true;
        events.UseAdvisoryLockTransaction = true; // without it HotCold never starts on this lock library
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        events.MetadataConfig.HeadersEnabled = true;
        events.MetadataConfig.UserNameEnabled = true;

        options.Projections.FastPollingTime = TimeSpan.FromMilliseconds(25);
        options.Projections.SlowPollingTime = TimeSpan.FromSeconds(2);
        options.Projections.StaleSequenceThreshold = TimeSpan.FromMilliseconds(500);
        options.Projections.LeadershipPollingTime = 1000;
        options.Projections.Errors.SkipUnknownEvents = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipApplyErrors = false;

        // a poisoned prepared statement (26000) is cured by new connections; once, for the statement may truly be wrong
        void Heal(ResiliencePipelineBuilder pipeline) => pipeline.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = 1,
            Delay = TimeSpan.Zero,
            ShouldHandle = attempt => ValueTask.FromResult(Poisoned(attempt.Outcome.Exception)),
            OnRetry = _ => { dataSource.Clear(); return ValueTask.CompletedTask; },
        });
        options.ExtendPolly(Heal);
        options.ExtendWritePolly(Heal);
    }

    /// <summary>
    /// For what an open transaction met outside the store's own retries: it is gone, and its session with it, so the caller asks again;
    /// the pool is cleared, so that then it works.
    /// </summary>
    public static void Heal(this NpgsqlDataSource dataSource, Exception fault)
    {
        if (Lost(fault))
        {
            dataSource.Clear();
        }
    }

    /// <summary>The transaction met a poisoned statement; a retry inside it (25P02) could not help.</summary>
    public static bool Lost(Exception? fault) =>
        Poisoned(fault) || fault is PostgresException { SqlState: PostgresErrorCodes.InFailedSqlTransaction } || (fault?.InnerException is { } inner && Lost(inner));

    /// <summary>A pooled connection lost what it had prepared, or takes it for another statement (08P01): clear the pool and try again.</summary>
    public static bool Poisoned(Exception? fault) =>
        fault is PostgresException { SqlState: "26000" or "08P01" } || (fault?.InnerException is { } inner && Poisoned(inner));

    /// <summary>Nobody's fault: no answer from the store, or one that says it goes down, comes up or is full (classes 57P and 53).</summary>
    public static bool Away(Exception? fault) => Postgres(fault) switch
    {
        null => false,
        PostgresException said => said.SqlState.StartsWith("57P", StringComparison.Ordinal) || said.SqlState.StartsWith("53", StringComparison.Ordinal),
        _ => true,
    };

    public static NpgsqlException? Postgres(Exception? fault) => fault as NpgsqlException ?? (fault is null ? null : Postgres(fault.InnerException));

    /// <summary>Registers every fact of an assembly under its stable name: kebab-case of the record's name, for ever.</summary>
    public static void MapFacts(this StoreOptions options, params Type[] facts)
    {
        foreach (var fact in facts)
        {
            options.Events.MapEventType(fact, NameOf(fact));
        }
    }

    public static string NameOf(Type fact) => string.Concat(fact.Name.Select((c, i) => (i > 0 && char.IsUpper(c) ? "_" : "") + char.ToLowerInvariant(c)));

    /// <summary>The explicit step <c>db-apply</c>: Marten's schema and the service's own SQL, under one advisory lock; only adds.</summary>
    public static async Task Apply(IDocumentStore store, NpgsqlDataSource database, params (Assembly, string)[] scripts)
    {
        await using var connection = await database.OpenConnectionAsync();
        await Run(connection, "select pg_advisory_lock(5100)");
        await Run(connection, Script(typeof(Store).Assembly, "Schema.sql"));
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        foreach (var (assembly, name) in scripts)
        {
            await Run(connection, Script(assembly, name));
        }

        await Run(connection, "select pg_advisory_unlock(5100)");
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public static string Script(Assembly assembly, string name)
    {
        var resource = assembly.GetManifestResourceNames().Single(n => n.EndsWith("." + name, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
