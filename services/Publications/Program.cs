using MassTransit;
using Platform;
using Publications;

var here = typeof(PublicationFold).Assembly;
return await Service.Run(args, new Parts("Publications", Leaves.List, PublicationStore.Register,
    [VaultComposition.Script, (here, "Schema.sql"), NewsComposition.Script, HandingOverComposition.Script, (here, HaltsComposition.Script), (here, CrisisComposition.Script), CalendarComposition.Script, ChannelsComposition.Script, (here, ReviewComposition.Script)])
{
    Services = builder =>
    {
        builder.Services.AddSingleton(builder.Configuration.GetSection("Release").Get<ReleaseOptions>() ?? new());
        // read when the releaser starts, so that db-apply needs no channel
        builder.Services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetSection("Channels:Site").Get<SiteOptions>()
            ?? throw new InvalidOperationException("Section Channels:Site is missing: Url, Secret."));
        builder.Services.AddSingleton(provider => new SiteChannel(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 64 * 1024 }, provider.GetRequiredService<SiteOptions>(), provider.GetRequiredService<TimeProvider>()));
        builder.AddChannels();
        builder.Services.AddScoped<ChannelBook>();
        builder.Services.AddSingleton<Claims>().AddSingleton<Deliveries>().AddSingleton<DeliveryLedger>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<DeliveryLedger>()).AddHostedService<Releaser>(); // stopped in the other order
        builder.AddHalts();
        builder.AddCrisis();
        builder.Services.AddScoped<PublicationCommands>();
        builder.AddNews();
        builder.AddPersonalData();
        builder.AddDialogue();
        builder.AddElsewhere();
        builder.AddCalendar();
        builder.AddPeople();
        builder.AddMedia();
        builder.AddReview();
    },
    Consumers = bus =>
    {
        bus.AddNews();
        bus.AddDialogue();
        bus.AddWorkingCalendar();
    },
    Queues = new Dictionary<string, Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator>>
    {
        ["publications"] = (context, endpoint) => endpoint.ConfigureConsumers(context),
    },
    Commands = VaultComposition.Commands.Concat(CalendarComposition.Commands).ToDictionary(),
    Apply = services => services.ApplyVault(),
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
        app.MapHalts();
        app.MapCrisis();
        app.MapSubjects();
        app.MapDialogue();
        app.MapElsewhere();
        app.MapCalendar();
        app.MapPeople();
        app.MapMedia();
        app.MapChannels();
        app.MapReview();
        app.MapGrpcService<PublicationsGrpc>();
    },
});
