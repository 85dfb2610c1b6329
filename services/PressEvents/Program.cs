using MassTransit;
using Outgoing;
using Platform;
using PressEvents;

var here = typeof(PressEventDecider).Assembly;
return await Service.Run(args, new Parts("PressEvents", Leaves.List, PressEventStore.Register,
    [VaultComposition.Script, (here, "Schema.sql"), (here, LiveComposition.Script), (here, FeedsRest.Script), AccreditationComposition.Script, HandingOverComposition.Script, RegistrationsComposition.Script, OutgoingComposition.Script])
{
    Services = builder =>
    {
        // a folder of csv files stands in for the embedded formats, halls, channels and words
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Catalogues>(provider, Catalogue.From(builder.Configuration["PressEvents:DataFolder"])));
        builder.AddWorkingCalendar("press-events");
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Catalogues>()).AddTransient(provider => provider.GetRequiredService<Catalogues>().Current);
        builder.Services.AddSingleton(new FeedAddress(builder.Configuration["PressEvents:PublicAddress"]
            ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}"));
        builder.Services.AddScoped<Reservations>().AddScoped<PressEventCommands>().AddScoped<ReservationHandler>().AddScoped<FilePressEventHandler>().AddScoped<AnnouncePressEventHandler>()
            .AddScoped<RevisePressEventHandler>().AddScoped<ReschedulePressEventHandler>().AddScoped<PostponePressEventHandler>().AddScoped<CancelPressEventHandler>()
            .AddScoped<StartPressEventHandler>().AddScoped<ConcludePressEventHandler>().AddScoped<PublishMaterialsHandler>().AddScoped<WithdrawPressEventHandler>().AddScoped<EditFormatHandler>()
            .AddScoped<SeriesHandler>();
        builder.Services.AddLive();
        builder.Services.AddFeeds();
        builder.AddPersonalData();
        builder.AddAccreditation();
        builder.AddQuestions();
        builder.AddHandover();
        builder.AddProposals();
        builder.AddSpeakers();
        builder.AddNewsSubscriptions();
        builder.AddStatements();
        builder.AddConcerned();
        builder.AddRegistrations();
        builder.AddCheckIns();
    },
    Consumers = bus =>
    {
        bus.AddConsumer<WhenInquiryRegistered>();
        bus.AddWorkingCalendar();
    },
    Queues = new Dictionary<string, Action<IBusRegistrationContext, IRabbitMqReceiveEndpointConfigurator>>
    {
        ["press-events"] = (context, endpoint) => endpoint.ConfigureConsumers(context),
    },
    Commands = VaultComposition.Commands.Concat(LiveComposition.Commands).ToDictionary(),
    Apply = services => services.ApplyVault(),
    Doors = app =>
    {
        app.MapFilePressEvent();
        app.MapAnnouncePressEvent();
        app.MapRevisePressEvent();
        app.MapReschedulePressEvent();
        app.MapPostponePressEvent();
        app.MapCancelPressEvent();
        app.MapStartPressEvent();
        app.MapConcludePressEvent();
        app.MapPublishMaterials();
        app.MapReads();
        app.MapReservations();
        app.MapWithdrawPressEvent();
        app.MapLive();
        app.MapFormats();
        app.MapSeries();
        app.MapFeeds();
        app.MapSubjects();
        app.MapAccreditation();
        app.MapQuestions();
        app.MapHandover();
        app.MapProposals();
        app.MapSpeakers();
        app.MapConcerned();
        app.MapNews();
        app.MapStatements();
        app.MapRegistrations();
        app.MapCheckIns();
        app.MapGrpcService<PressEventsGrpc>();
    },
});
