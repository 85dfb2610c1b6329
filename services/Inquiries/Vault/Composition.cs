using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>The rights of subjects as parts of the service: handlers, the ledger and its replay, doors, and the command that rotates keys.</summary>
public static class PersonalDataComposition
{
    public static readonly IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands = new Dictionary<string, Func<IServiceProvider, Task<int>>>
    {
        ["rotate-keys"] = services => services.GetRequiredService<KeyRotation>().Run(Console.Out, CancellationToken.None),
    };

    public static void AddPersonalData(this IServiceCollection services, NpgsqlDataSource keys, VaultOptions options) => services
        .AddSingleton(options).AddSingleton(new KeysDatabase(keys)).AddSingleton<KeyRotation>()
        .AddSingleton(provider => new ErasedLedger(ErasedLedger.Folder(options, provider.GetRequiredService<PlatformOptions>()), provider.GetRequiredService<Sealing>()))
        .AddSingleton<Erasures>().AddHostedService(provider => provider.GetRequiredService<Erasures>()).AddHostedService<LedgerReplay>()
        .AddScoped<VaultRows>().AddScoped<VaultReads>().AddScoped<BlockPersonalDataHandler>().AddScoped<CorrectPersonalDataHandler>()
        .AddScoped<ErasePersonalDataHandler>().AddScoped<DemandPersonalDataHandler>().AddScoped<SuggestMaskingHandler>();

    /// <summary>The manners of a command that has a handler of its own: address, roles, If-Match, ETag.</summary>
    public static void MapPersonalDataCommand<TAsk, THandler>(this IEndpointRouteBuilder app, string command, string summary,
        Func<THandler, Guid, Seen, TAsk, CancellationToken, Task<CommandDone>> handle, params string[] roles) where THandler : notnull =>
        app.MapPost("/v1/inquiries/{id:guid}/" + command, async (Guid id, Seen seen, TAsk ask, THandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handle(handler, id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles).WithTags("Commands").Produces<CommandDone>().WithSummary(summary);

    public static void MapPersonalData(this WebApplication app)
    {
        app.MapBlockPersonalData();
        app.MapCorrectPersonalData();
        app.MapErasePersonalData();
        app.MapDemandPersonalData();
        app.MapPersonalDataDemands();
        app.MapVaultReads();
        app.MapMaskingSuggestions();
        app.MapGrpcService<PersonalDataGrpc>();
    }
}
