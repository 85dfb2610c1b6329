using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform;
using Publications;

return await Service.Run(args, new Parts("Publications", Leaves.List, PublicationStore.Register, [(typeof(PublicationFold).Assembly, "Schema.sql"), (typeof(PublicationFold).Assembly, ReviewComposition.Script)])
{
    Services = builder =>
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Release").Get<ReleaseOptions>() ?? new());
        // read when the releaser starts, so that db-apply needs no channel
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Channels:Site").Get<SiteOptions>()
            ?? throw new InvalidOperationException("Section Channels:Site is missing: Url, Secret."));
        builder.Services.AddSingleton<IChannel>(provider => new SiteChannel(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 64 * 1024 }, provider.GetRequiredService<SiteOptions>(), provider.GetRequiredService<TimeProvider>()));
        builder.Services.TryAddSingleton<IChannelAccounts, ConfiguredAccounts>();
        builder.Services.TryAddSingleton<IHalts, NoHalts>();
        builder.Services.AddScoped<ChannelBook>();
        builder.Services.AddSingleton<Claims>().AddSingleton<Deliveries>().AddHostedService<Releaser>();
        builder.Services.AddScoped<PublicationCommands>().AddScoped<News>();
        builder.AddReview();
    },
    Consumers = bus =>
    {
        bus.AddConsumer<WhenPressEventAnnounced>();
        bus.AddConsumer<WhenPressEventRescheduled>();
        bus.AddConsumer<WhenPressEventCancelled>();
        bus.AddConsumer<WhenAnswerDisclosed>();
    },
    Queues = new Dictionary<string, Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator>>
    {
        ["publications"] = (context, endpoint) => endpoint.ConfigureConsumers(context),
    },
    Doors = app =>
    {
        app.MapDraftPublication();
        app.MapEditPublication();
        app.MapSubmitPublication();
        app.MapApprovePublication();
        app.MapRejectPublication();
        app.MapSchedulePublication();
        app.MapCancelPublication();
        app.MapHoldPublication();
        app.MapReschedulePublication();
        app.MapReleasePublicationNow();
        app.MapCorrectPublication();
        app.MapWithdrawPublication();
        app.MapSettleFollowUp();
        app.MapDecideMissed();
        app.MapDecideOutcome();
        app.MapReads();
        app.MapFeeds();
        app.MapNinjs();
        app.MapReview();
        app.MapGrpcService<PublicationsGrpc>();
    },
});
