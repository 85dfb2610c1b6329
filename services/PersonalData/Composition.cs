using System.Reflection;
using Platform;

namespace PersonalData;

/// <summary>Where the vault keeps what is no database. Section <c>Vault</c> of the settings.</summary>
public sealed record VaultOptions
{
    /// <summary>Folder of the ledger of erased subjects, outside both databases; by default beside the secrets folder.</summary>
    public string? ErasedLedger { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
}

/// <summary>The vault as a part of a service: keys in a database of their own, items, reads, erasure with its ledger and replay, rotation.</summary>
public static class VaultComposition
{
    /// <summary>Before the service's own scripts, which may hang tables on its schema.</summary>
    public static readonly (Assembly, string) Script = (typeof(Vault).Assembly, "Vault.sql");

    public static readonly IReadOnlyDictionary<string, Func<IServiceProvider, Task<int>>> Commands = new Dictionary<string, Func<IServiceProvider, Task<int>>>
    {
        ["rotate-keys"] = services => services.GetRequiredService<KeyRotation>().Run(Console.Out, CancellationToken.None),
    };

    /// <param name="builder">The service's; it needs the connection string Keys.</param>
    /// <param name="ledger">The folder of the ledger where none is configured; services share none, for each has one writer.</param>
    /// <param name="sealedColumns">What master keys seal in the service's own tables.</param>
    public static void AddVault(this WebApplicationBuilder builder, string ledger, params SealedColumn[] sealedColumns)
    {
        var keys = Store.Database(Service.Required(builder, "Keys"), Store.KeysConnections);
        var options = builder.Configuration.GetSection("Vault").Get<VaultOptions>() ?? new();
        builder.Services.AddSingleton(new KeysDatabase(keys)).AddSingleton<SubjectKeys>()
            .AddSingleton<ISubjectKeys>(provider => provider.GetRequiredService<SubjectKeys>())
            .AddHostedService(provider => provider.GetRequiredService<SubjectKeys>())
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<KeyRotation>(provider, [sealedColumns]))
            .AddSingleton(provider => new ErasedLedger(options.ErasedLedger ?? ErasedLedger.Beside(provider.GetRequiredService<PlatformOptions>(), ledger),
                provider.GetRequiredService<Sealing>()))
            .AddSingleton<Erasures>().AddHostedService(provider => provider.GetRequiredService<Erasures>()).AddHostedService<LedgerReplay>()
            .AddScoped<Vault>().AddScoped<VaultRows>().AddScoped<VaultReads>();
    }

    /// <summary>The part of db-apply that concerns the database of keys.</summary>
    public static Task ApplyVault(this IServiceProvider services) => services.GetRequiredService<SubjectKeys>().Apply();
}
