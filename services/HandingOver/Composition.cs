using Platform;

namespace HandingOver;

/// <summary>As whom this service hands over: its name in tokens and in what it heard.</summary>
public sealed record HandingService(string Name);

/// <summary>Handing over to Inquiries. Where no peer is configured hand-overs wait in their table.</summary>
public static class HandingOverComposition
{
    public static readonly (System.Reflection.Assembly, string) Script = (typeof(HandOverStore).Assembly, "handover.sql");

    /// <param name="builder">The service's; it has a vault (<see cref="VaultComposition"/>).</param>
    /// <param name="service">Its name, as in tokens.</param>
    public static void AddHandingOver(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton(new HandingService(service)).AddScoped<HandOvers>();
        if (builder.Configuration["Peers:Inquiries"] is not { Length: > 0 } address)
        {
            return;
        }

        var options = builder.Configuration.GetSection("HandOver").Get<HandOverOptions>() ?? new();
        HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(3), PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            MaxResponseContentBufferSize = 256 * 1024,
        };
        builder.Services.AddSingleton(options).AddSingleton<HandOverTable>()
            // made when the worker starts, so that db-apply needs no issuer
            .AddSingleton(provider => new PeerTokens(service, PeerTokens.Checked(provider.GetRequiredService<AuthOptions>()), provider.GetRequiredService<PlatformOptions>(), Client(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new InquiriesPeer(WithBase(Client(), address), provider.GetRequiredService<PeerTokens>()))
            .AddHostedService<HandOverWorker>();
    }

    private static HttpClient WithBase(HttpClient http, string address)
    {
        http.BaseAddress = new Uri(address.TrimEnd('/') + "/");
        return http;
    }
}
