using Marten;
using Platform;

namespace Inquiries;

/// <summary>Chains, daily roots and exports as parts of the service.</summary>
public static class ProofsComposition
{
    public static readonly IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands = new Dictionary<string, Func<IServiceProvider, Task<int>>>
    {
        ["check-proofs"] = services => ActivatorUtilities.CreateInstance<CheckProofs>(services).Run(Console.Out, CancellationToken.None),
    };

    public static void AddProofs(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(builder.Configuration.GetSection("Proofs").Get<ProofOptions>() ?? new())
        .AddSingleton(provider => new ProofKey(provider.GetRequiredService<PlatformOptions>().SecretsFolder, builder.Environment.IsDevelopment()))
        .AddSingleton<ProofStore>().AddSingleton<Proofs>().AddSingleton<CloseDays>().AddHostedService(provider => provider.GetRequiredService<CloseDays>())
        .AddScoped<ExportInquiryHandler>();

    /// <summary>What the event store knows of it: the fact alone; a day is read from its row.</summary>
    public static void Register(StoreOptions options) => options.MapFacts(typeof(DailyRootSigned));

    public static void MapProofsAndExports(this WebApplication app)
    {
        app.MapProofs();
        app.MapExportInquiry();
    }
}
