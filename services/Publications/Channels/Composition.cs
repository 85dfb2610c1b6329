using JasperFx.Events.Projections;
using Marten;
using Outgoing;
using Platform;

namespace Publications;

/// <summary>The connections to channels: no redirects, no log of addresses.</summary>
public sealed record ChannelClient(HttpClient Http);

/// <summary>Accounts, and the adapters of the kinds of channels.</summary>
public static class ChannelsComposition
{
    // the real addresses; configuration may name others
    private static readonly ChannelOptions Telegram = new() { Url = new("https://api.telegram.org/"), Preview = new("https://t.me/") },
        Facebook = new() { Url = new("https://graph.facebook.com/v23.0/") },
        Webhook = new() { Url = new("https://localhost/") }; // each account has an address of its own
    private static readonly YouTubeOptions YouTube = new() { Url = new("https://www.googleapis.com/"), TokenUrl = new("https://oauth2.googleapis.com/token"), TimeoutSeconds = 600, SettleSeconds = 600 };

    public static (System.Reflection.Assembly, string) Script => (typeof(ChannelsComposition).Assembly, "channels.sql");

    public static void AddChannels(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SealedCredentials>().AddSingleton<KnownAccounts>().AddScoped<AccountCommands>();
        services.AddSingleton<IChannelAccounts>(provider => provider.GetRequiredService<KnownAccounts>()).AddHostedService(provider => provider.GetRequiredService<KnownAccounts>());
        // a factory of clients would write addresses to the log, and Telegram's carry the token
        services.AddSingleton(_ => new ChannelClient(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 8 * 1024 * 1024, Timeout = Timeout.InfiniteTimeSpan }));
        services.AddSingleton(provider => new PictureHashes(provider.GetRequiredService<ChannelClient>().Http, TimeSpan.FromSeconds(10)));
        services.AddSingleton(builder.Configuration.GetSection("Unplanned").Get<UnplannedOptions>() ?? new()).AddScoped<DecideUnplannedHandler>().AddHostedService<UnplannedReader>();
        var channels = MediaAddressOptions.Checked(builder.Configuration.GetSection("Channels").Get<MediaAddressOptions>() ?? new(), builder.Environment.IsDevelopment());
        services.AddSingleton(p => new MediaAddresses(channels, p.GetRequiredService<Sealing>(), Clock(p))).AddSingleton<IReleaseGate, MediaAddressGate>();
        AddAdapters(builder);
    }

    private static void AddAdapters(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<SiteChannel>());
        services.AddSingleton<IChannel>(p => new TelegramChannel(Http(p), Options(p, "Telegram", Telegram), Files(p), Hashes(p), Clock(p)));
        services.AddSingleton<IChannel>(p => new FacebookChannel(Http(p), Options(p, "Facebook", Facebook), Files(p), Hashes(p), Clock(p)));
        services.AddSingleton<IChannel>(p => new InstagramChannel(Http(p), Options(p, "Instagram", Facebook), Files(p), p.GetRequiredService<MediaAddresses>(), Hashes(p), Clock(p)));
        services.AddSingleton<IChannel>(p => new YouTubeChannel(Http(p), Options(p, "YouTube", YouTube) with { TokenUrl = builder.Configuration["Channels:YouTube:TokenUrl"] is { Length: > 0 } url ? new(url) : YouTube.TokenUrl },
            Files(p), Clock(p)));
        services.AddSingleton<IChannel>(p => new WebhookChannel(Http(p), Options(p, "Webhook", Webhook), Clock(p)));
        services.AddSingleton<IChannel>(_ => new AtomChannel(new(builder.Configuration["Publications:PublicAddress"] ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}/")));
        var mail = builder.Configuration.GetSection("Mail").Get<MailOptions>() ?? new();
        if (!string.IsNullOrWhiteSpace(mail.Host))
        {
            services.AddSingleton<IChannel>(p => new EmailChannel(mail, Options(p, "Email", Webhook)));
        }
    }

    /// <summary>What configuration says (Channels:Telegram:Url, …) in place of the defaults.</summary>
    private static T Options<T>(IServiceProvider provider, string name, T defaults) where T : ChannelOptions
    {
        var given = provider.GetRequiredService<IConfiguration>().GetSection("Channels:" + name);
        Uri? Address(string key) => given[key] is { Length: > 0 } url ? new(url) : null;
        return defaults with
        {
            Url = Address("Url") ?? defaults.Url,
            Preview = Address("Preview") ?? defaults.Preview,
            TimeoutSeconds = given.GetValue("TimeoutSeconds", defaults.TimeoutSeconds),
            SettleSeconds = given.GetValue("SettleSeconds", defaults.SettleSeconds),
        };
    }

    private static HttpClient Http(IServiceProvider provider) => provider.GetRequiredService<ChannelClient>().Http;
    private static IMediaFiles Files(IServiceProvider provider) => provider.GetRequiredService<IMediaFiles>();
    private static PictureHashes Hashes(IServiceProvider provider) => provider.GetRequiredService<PictureHashes>();
    private static TimeProvider Clock(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();

    public static void MapChannels(this WebApplication app)
    {
        app.MapRegisterChannelAccount();
        app.MapEditChannelAccount();
        app.MapSetChannelCredentials();
        app.MapCloseChannelAccount();
        app.MapAccountReads();
        app.MapUnplanned();
    }

    public static void Register(StoreOptions options)
    {
        options.MapFacts(RegisteredAccountFold.Facts);
        options.Projections.Add<RegisteredAccountLive>(ProjectionLifecycle.Live);
        options.Projections.Add<ChannelAccountViews>(ProjectionLifecycle.Inline);
        options.Schema.For<ChannelAccountView>().UseNumericRevisions(true).Duplicate(v => v.Body).Duplicate(v => v.Kind).Duplicate(v => v.Closed).Duplicate(v => v.Code)
            .Index([v => v.Body, v => v.Id]);
        options.MapFacts(UnplannedDecider.Facts);
        options.Projections.Add<UnplannedLive>(ProjectionLifecycle.Live);
        options.Projections.Add<UnplannedViews>(ProjectionLifecycle.Inline);
        options.Schema.For<UnplannedView>().UseNumericRevisions(true).Duplicate(v => v.Channel).Duplicate(v => v.PostedAt).Duplicate(v => v.Decided)
            .Index([v => v.Channel, v => v.PostedAt]);
    }
}
