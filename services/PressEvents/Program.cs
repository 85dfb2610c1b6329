using JasperFx.Events.Projections;
using Platform;
using PressEvents;

return await Service.Run(args, new Parts("PressEvents", Leaves.List, options =>
{
    options.MapFacts(PressEventDecider.Facts);
    options.Projections.Add<PressEventFold>(ProjectionLifecycle.Live);
    options.Projections.Add<PressEventViews>(ProjectionLifecycle.Inline);
    options.Schema.For<PressEventView>()
        .UseNumericRevisions(true)
        .Duplicate(v => v.State)
        .Duplicate(v => v.Format)
        .Duplicate(v => v.Body)
        .Duplicate(v => v.IsOpen)
        .Duplicate(v => v.Start)
        .Duplicate(v => v.End)
        .Index([v => v.IsOpen, v => v.Start])
        .Index([v => v.Body, v => v.Start]);
}, [(typeof(PressEventDecider).Assembly, "Schema.sql")])
{
    Services = builder =>
    {
        // a folder of csv files stands in for the embedded formats, halls, channels and words
        builder.Services.AddSingleton(Catalogue.From(builder.Configuration["PressEvents:DataFolder"]));
        builder.Services.AddSingleton(new FeedAddress(builder.Configuration["PressEvents:PublicAddress"]
            ?? $"http://127.0.0.1:{builder.Configuration["Platform:RestPort"]}"));
        builder.Services.AddScoped<HallReservations>().AddScoped<FilePressEventHandler>().AddScoped<AnnouncePressEventHandler>()
            .AddScoped<ReschedulePressEventHandler>().AddScoped<CancelPressEventHandler>();
    },
    Doors = app =>
    {
        app.MapFilePressEvent();
        app.MapAnnouncePressEvent();
        app.MapReschedulePressEvent();
        app.MapCancelPressEvent();
        app.MapReads();
        app.MapHalls();
        app.MapFeeds();
        app.MapGrpcService<PressEventsGrpc>();
    },
});
