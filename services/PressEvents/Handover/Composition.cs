using Platform;

namespace PressEvents;

/// <summary>Handing over to Inquiries. Where no peer is configured hand-overs wait in their table.</summary>
public static class HandoverComposition
{
    public static readonly (System.Reflection.Assembly, string) Script = (typeof(HandOverStore).Assembly, "Handover.handover.sql");

    public static void AddHandover(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<HandOvers>().AddScoped<HandOverQuestionHandler>();
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
            .AddSingleton(provider => new PeerTokens("press-events", PeerTokens.Checked(provider.GetRequiredService<AuthOptions>()), provider.GetRequiredService<PlatformOptions>(), Client(),
                provider.GetRequiredService<TimeProvider>()))
            .AddSingleton(provider => new InquiriesPeer(WithBase(Client(), address), provider.GetRequiredService<PeerTokens>()))
            .AddHostedService<HandOverWorker>();
    }

    public static void MapHandover(this WebApplication app)
    {
        app.MapHandOverQuestion();
        app.MapHandOvers();
    }

    private static HttpClient WithBase(HttpClient http, string address)
    {
        http.BaseAddress = new Uri(address.TrimEnd('/') + "/");
        return http;
    }
}
