using System.Threading.RateLimiting;
using JasperFx.Events.Daemon;
using MassTransit;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Platform;

/// <summary>What a service is told at start, validated then; everything else has one value.</summary>
public sealed record PlatformOptions
{
    public required int RestPort { get; init; }
    public required int GrpcPort { get; init; }

    /// <summary>Folder (0700) of key files: master-keys, and in development the signing key.</summary>
    public required string SecretsFolder { get; init; }
    public DaemonMode Daemon { get; init; } = DaemonMode.HotCold;
    public string Listen { get; init; } = "127.0.0.1";
}

/// <summary>One service's parts, handed to <see cref="Service.Run"/>.</summary>
public sealed record Parts(string Name, Leaving Leaving, Action<StoreOptions> Register, IReadOnlyList<(System.Reflection.Assembly, string)> Scripts)
{
    public Action<WebApplicationBuilder> Services { get; init; } = _ => { };
    public Action<IBusRegistrationConfigurator> Consumers { get; init; } = _ => { };

    /// <summary>Queues by name; each is quorum with dead letters.</summary>
    public IReadOnlyDictionary<string, Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator>> Queues { get; init; } =
        new Dictionary<string, Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator>>();
    public Action<WebApplication> Doors { get; init; } = _ => { };

    /// <summary>More steps of db-apply than the store's own.</summary>
    public Func<IServiceProvider, Task> Apply { get; init; } = _ => Task.CompletedTask;

    /// <summary>Commands of the executable beside db-apply, by name; each returns the exit code.</summary>
    public IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands { get; init; } = new Dictionary<string, Func<IServiceProvider, Task<int>>>();
}

/// <summary>Composition shared by the services: two ports, identity, refusals, store, bus, health, traces and metrics.</summary>
public static class Service
{
    public const string AnonymousLimit = "anonymous";

    /// <summary>For doors that citizens and officials share: whoever shows a token is not counted.</summary>
    public const string CitizensLimit = "citizens";

    public static async Task<int> Run(string[] args, Parts parts)
    {
        var builder = WebApplication.CreateBuilder(args);
        var options = builder.Configuration.GetRequiredSection("Platform").Get<PlatformOptions>()
            ?? throw new InvalidOperationException("Section Platform is missing: RestPort, GrpcPort, SecretsFolder.");
        var development = builder.Environment.IsDevelopment();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(Sealing.FromFolder(options.SecretsFolder, development));
        var auth = builder.Configuration.GetSection("Auth").Get<AuthOptions>() ?? new();
        builder.Services.AddSingleton(auth).AddIdentity(auth, options.SecretsFolder, development);
        builder.Services.AddStore(Required(builder, "Store"), options.Daemon, parts.Leaving, parts.Register);
        AddBus(builder, parts);
        AddDoors(builder, options, parts, development);
        AddTelemetry(builder, parts);
        parts.Services(builder);

        await using var app = builder.Build();
        if (args is ["db-apply", ..])
        {
            await Store.Apply(app.Services.GetRequiredService<IDocumentStore>(), app.Services.GetRequiredService<NpgsqlDataSource>(), [.. parts.Scripts]);
            await parts.Apply(app.Services);
            return 0;
        }

        if (args is [var name, ..] && parts.Commands.TryGetValue(name, out var command))
        {
            return await command(app.Services);
        }

        MapDoors(app, options, parts);
        await app.RunAsync();
        return 0;
    }

    public static string Required(WebApplicationBuilder builder, string name) => builder.Configuration.GetConnectionString(name)
        ?? throw new InvalidOperationException($"Connection string {name} is missing.");

    private static void AddBus(WebApplicationBuilder builder, Parts parts)
    {
        var broker = new Uri(Required(builder, "Broker"));
        builder.Services.AddSingleton(new DeadLetters(broker, [.. parts.Queues.Keys]));
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry(); // nothing leaves the state's servers by itself
            parts.Consumers(bus);
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(broker);
                foreach (var (queue, configure) in parts.Queues)
                {
                    rabbit.ReceiveOnQuorum(queue, endpoint => configure(context, endpoint));
                }
            });
        });
        // a broker that is away at start must not keep the doors shut
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = false);
    }

    private static void AddDoors(WebApplicationBuilder builder, PlatformOptions options, Parts parts, bool development)
    {
        builder.Services.AddSingleton(provider => Idempotency.Turns(provider.GetRequiredService<NpgsqlDataSource>()));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            var address = System.Net.IPAddress.Parse(options.Listen);
            kestrel.Listen(address, options.RestPort, l => l.Protocols = HttpProtocols.Http1);
            kestrel.Listen(address, options.GrpcPort, l => l.Protocols = HttpProtocols.Http2);
        });
        builder.Services.ConfigureHttpJsonOptions(json => Json.Configure(json.SerializerOptions));
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            var status = context.ProblemDetails.Status ?? 500;
            context.ProblemDetails.Extensions.TryAdd("code", RefusalHandler.CodeOf(status));
            context.ProblemDetails.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
        });
        builder.Services.AddExceptionHandler<RefusalHandler>();
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<RefusalInterceptor>());
        builder.Services.AddGrpcReflection();
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new() { Title = parts.Name, Version = "v1" });
            swagger.CustomSchemaIds(SchemaId);
        });
        builder.Services.AddSingleton<Health>();
        builder.Services.AddHostedService<Sweeper>();
        builder.Services.AddSingleton<Subscriptions>().AddHostedService<SubscriptionSender>();
        builder.Services.AddHttpClient(SubscriptionSender.Client, client => client.Timeout = TimeSpan.FromSeconds(15)).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        builder.Services.AddRateLimiter(limits =>
        {
            limits.OnRejected = (_, _) => throw Refused.TooMany();
            RateLimitPartition<string> ByAddress(HttpContext context) => context.Connection.RemoteIpAddress is { } ip && !(development && System.Net.IPAddress.IsLoopback(ip))
                ? RateLimitPartition.GetFixedWindowLimiter(ip.ToString(), _ => new() { PermitLimit = 30, Window = TimeSpan.FromMinutes(1) })
                : RateLimitPartition.GetNoLimiter("loopback");
            limits.AddPolicy(AnonymousLimit, ByAddress);
            limits.AddPolicy(CitizensLimit, context => context.User.Identity is { IsAuthenticated: true } ? RateLimitPartition.GetNoLimiter("signed in") : ByAddress(context));
        });
    }

    /// <summary>A nested record carries its outer one's name, for several commands have parts.</summary>
    private static string SchemaId(Type type) => type.IsConstructedGenericType
        ? string.Concat(type.GetGenericArguments().Select(SchemaId)) + type.Name.Split('`')[0]
        : type.DeclaringType?.Name + type.Name.Replace("[]", "Array", StringComparison.Ordinal);

    private static void AddTelemetry(WebApplicationBuilder builder, Parts parts)
    {
        // request lines carry search words and addresses: the host's own request log stays off
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddleware", LogLevel.None);
        foreach (var noisy in new[] { "Npgsql", "Marten", "JasperFx" })
        {
            builder.Logging.AddFilter(noisy, LogLevel.Warning);
        }
        // a statement that fails is logged here with its parameters, which may be search words or a caller's input; the doors tell of it without
        builder.Logging.AddFilter("Marten.IDocumentStore", LogLevel.None);

        if (!builder.Environment.IsDevelopment())
        {
            builder.Logging.ClearProviders().AddJsonConsole();
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService(parts.Name));
        telemetry.WithTracing(traces =>
        {
            traces.AddAspNetCoreInstrumentation().AddSource("MassTransit", "Marten", Relay.Activities.Name);
            if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
            {
                traces.AddOtlpExporter();
            }
        });
        telemetry.WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation().AddMeter("MassTransit", "Marten", "Npgsql", RelayGauge.Meter, "System.Runtime")
            .AddPrometheusExporter());
        builder.Services.AddHostedService<RelayGauge>();
    }

    private static void MapDoors(WebApplication app, PlatformOptions options, Parts parts)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseWhen(Idempotency.Concerns, keyed => keyed.UseMiddleware<Idempotency>());
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/swagger"), described => described.UseSwagger().UseSwaggerUI());
        app.MapGrpcReflectionService();
        app.MapPrometheusScrapingEndpoint();
        Health.Map(app);
        DeadLetters.Map(app);
        app.MapChanges();
        Subscriptions.Map(app);
        parts.Doors(app);
    }
}
