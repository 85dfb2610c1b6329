using Platform;
using PressEvents;

return await Service.Run(args, new Parts("PressEvents", Leaves.List, PressEventStore.Register, [(typeof(PressEventDecider).Assembly, "Schema.sql")])
{
    Services = builder =>
    {
        // a folder of csv files stands in for the embedded formats, halls, channels and words
        builder.Services.AddSingleton(Catalogue.From(builder.Configuration["PressEvents:DataFolder"]));
        builder.Services.AddSingleton(new FeedAddress(builder.Configuration["PressEvents:PublicAddress"]
            ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}"));
        builder.Services.AddScoped<Reservations>().AddScoped<ReservationHandler>().AddScoped<FilePressEventHandler>().AddScoped<AnnouncePressEventHandler>()
            .AddScoped<RevisePressEventHandler>().AddScoped<ReschedulePressEventHandler>().AddScoped<PostponePressEventHandler>().AddScoped<CancelPressEventHandler>()
            .AddScoped<StartPressEventHandler>().AddScoped<ConcludePressEventHandler>().AddScoped<PublishMaterialsHandler>();
        builder.Services.AddSingleton(new Coverage((_, _) => Task.FromResult(false), (_, _) => Task.FromResult<IReadOnlyList<PublishedMaterial>>([])));
    },
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
        app.MapFeeds();
        app.MapGrpcService<PressEventsGrpc>();
    },
});
