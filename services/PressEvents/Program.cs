using Platform;
using PressEvents;

var here = typeof(PressEventDecider).Assembly;
return await Service.Run(args, new Parts("PressEvents", Leaves.List, PressEventStore.Register, [(here, "Schema.sql"), (here, LiveComposition.Script), (here, FeedsRest.Script)])
{
    Services = builder =>
    {
        // a folder of csv files stands in for the embedded formats, halls, channels and words
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<Catalogues>(provider, Catalogue.From(builder.Configuration["PressEvents:DataFolder"])));
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Catalogues>()).AddTransient(provider => provider.GetRequiredService<Catalogues>().Current);
        builder.Services.AddSingleton(new FeedAddress(builder.Configuration["PressEvents:PublicAddress"]
            ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}"));
        builder.Services.AddScoped<Reservations>().AddScoped<ReservationHandler>().AddScoped<FilePressEventHandler>().AddScoped<AnnouncePressEventHandler>()
            .AddScoped<RevisePressEventHandler>().AddScoped<ReschedulePressEventHandler>().AddScoped<PostponePressEventHandler>().AddScoped<CancelPressEventHandler>()
            .AddScoped<StartPressEventHandler>().AddScoped<ConcludePressEventHandler>().AddScoped<PublishMaterialsHandler>().AddScoped<WithdrawPressEventHandler>().AddScoped<EditFormatHandler>()
            .AddScoped<SeriesHandler>();
        builder.Services.AddLive();
        builder.Services.AddFeeds();
    },
    Commands = LiveComposition.Commands,
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
        app.MapGrpcService<PressEventsGrpc>();
    },
});
