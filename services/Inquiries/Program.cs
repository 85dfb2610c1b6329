using Inquiries;
using Npgsql;
using Platform;

return await Service.Run(args, new Parts("Inquiries", Leaves.List, InquiryStore.Register, [VaultComposition.Script, (typeof(InquiryDecider).Assembly, "Schema.sql")])
{
    Services = builder =>
    {
        var broker = new Uri(Service.Required(builder, "Broker"));
        builder.Services.AddSingleton<Calendars>().AddHostedService(provider => provider.GetRequiredService<Calendars>());
        builder.Services.AddTransient(provider => provider.GetRequiredService<Calendars>().Current);
        builder.Services.AddSingleton<Caseload>().AddSingleton<CalendarProgress>().AddHostedService<Recalculation>();
        builder.Services.AddScoped<ChangeCalendarHandler>().AddScoped<WhatIfHandler>();
        builder.AddPersonalData(); // before what keeps items, so that it stops after them
        builder.Services.AddScoped<FormCommits>().AddSingleton<IntakeGroups>().AddHostedService(provider => provider.GetRequiredService<IntakeGroups>());
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<FormQueue>(provider, broker)); // stops before the groups it feeds
        builder.Services.AddSingleton(builder.Configuration.GetSection("Reminders").Get<ReminderOptions>() ?? new()).AddHostedService<Reminding>();
        builder.Services.AddSingleton<SlipCodes>().AddSingleton<RegistrationNumbers>().AddSingleton<Quarantine>();
        builder.Services.AddSingleton(provider => Backlog.On(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()));
        builder.AddAttachments();
        builder.AddSignatures();
        builder.AddShep();
        builder.AddNotices();
        builder.Services.AddScoped<PrepareForm>().AddScoped<ReceiveFormHandler>().AddScoped<InquiryCommands>().AddScoped<ForwardInquiryHandler>()
            .AddScoped<ClearForDisclosureHandler>().AddScoped<RecordOralRequestHandler>().AddScoped<EnterPaperHandler>().AddScoped<ImportCaseload>().AddSingleton<SearchTokens>().AddScoped<LikenessReads>()
            .AddScoped<LikenessCommands>().AddSingleton<TimelinessReads>().AddMemoryCache().AddScoped<AnswerLetter>();
        builder.AddProofs();
    },
    Commands = VaultComposition.Commands.Concat(ProofsComposition.Commands).ToDictionary(),
    Apply = async services =>
    {
        await services.ApplyVault();
        await services.GetRequiredService<Calendars>().Seed();
    },
    Doors = app =>
    {
        app.MapReceiveForm();
        app.MapShep();
        app.MapQuarantine();
        app.MapReads();
        app.MapHandling();
        app.MapComplaints();
        app.MapAddAttachment();
        app.MapReadAttachments();
        app.MapNotices();
        app.MapDesk();
        app.MapOralRequests();
        app.MapEnterPaper();
        app.MapAnswerLetter();
        app.MapDisclosures();
        app.MapStatistics();
        app.MapCaseloads();
        app.MapLikeness();
        app.MapCitizenDoor();
        app.MapPersonalData();
        app.MapProofsAndExports();
        app.MapDeadlines();
        app.MapWhatIf();
        app.MapCalendar();
        app.MapChangeCalendar();
        app.MapGrpcService<InquiriesGrpc>();
    },
});
