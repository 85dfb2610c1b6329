using Platform;

namespace Inquiries;

/// <summary>The rights of subjects as parts of the service: the vault, handlers and doors.</summary>
public static class PersonalDataComposition
{
    public static void AddPersonalData(this WebApplicationBuilder builder)
    {
        builder.AddVault("erased", new SealedColumn("quarantine", "quarantine_id", "sealed", Quarantine.Purpose));
        builder.Services.AddSingleton(RetentionOptions.From(builder.Configuration)).AddScoped<InquiryVaultReads>().AddScoped<BlockPersonalDataHandler>()
            .AddScoped<CorrectPersonalDataHandler>().AddScoped<ErasePersonalDataHandler>().AddScoped<DemandPersonalDataHandler>().AddScoped<SuggestMaskingHandler>();
    }

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
