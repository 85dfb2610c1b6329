using Platform;
using PressEvents;

return await Service.Run(args, new Parts("PressEvents", Leaves.List, PressEventStore.Register, [VaultComposition.Script, (typeof(PressEventDecider).Assembly, "Schema.sql"),
    (typeof(PressEventDecider).Assembly, "registrations.sql")])
{
    Services = builder =>
    {
        // a folder of csv files stands in for the embedded formats, halls, channels and words
        builder.Services.AddSingleton(Catalogue.From(builder.Configuration["PressEvents:DataFolder"]));
        builder.Services.AddSingleton(new FeedAddress(builder.Configuration["PressEvents:PublicAddress"]
            ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}"));
        builder.Services.AddScoped<HallReservations>().AddScoped<FilePressEventHandler>().AddScoped<AnnouncePressEventHandler>()
            .AddScoped<ReschedulePressEventHandler>().AddScoped<CancelPressEventHandler>();
        builder.AddPersonalData();
        builder.AddRegistrations();
        builder.AddCheckIns();
    },
    Commands = VaultComposition.Commands,
    Apply = services => services.ApplyVault(),
    Doors = app =>
    {
        app.MapFilePressEvent();
        app.MapAnnouncePressEvent();
        app.MapReschedulePressEvent();
        app.MapCancelPressEvent();
        app.MapReads();
        app.MapHalls();
        app.MapFeeds();
        app.MapPersonalData();
        app.MapRegistrations();
        app.MapCheckIns();
        app.MapGrpcService<PressEventsGrpc>();
    },
});
