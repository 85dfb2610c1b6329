using Inquiries;
using Npgsql;
using Platform;

return await Service.Run(args, new Parts("Inquiries", Leaves.List, InquiryStore.Register, [(typeof(InquiryDecider).Assembly, "Schema.sql")])
{
    Services = builder =>
    {
        var keys = NpgsqlDataSource.Create(Service.Required(builder, "Keys"));
        var broker = new Uri(Service.Required(builder, "Broker"));
        builder.Services.AddSingleton<Calendars>().AddHostedService(provider => provider.GetRequiredService<Calendars>());
        builder.Services.AddTransient(provider => provider.GetRequiredService<Calendars>().Current);
        builder.Services.AddSingleton<Caseload>().AddSingleton<CalendarProgress>().AddHostedService<Recalculation>();
        builder.Services.AddScoped<ChangeCalendarHandler>().AddScoped<WhatIfHandler>();
        builder.Services.AddSingleton(provider => new SubjectKeys(keys, provider.GetRequiredService<Sealing>()));
        builder.Services.AddSingleton<ISubjectKeys>(provider => provider.GetRequiredService<SubjectKeys>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SubjectKeys>());
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<FormQueue>(provider, broker));
        builder.Services.AddSingleton<SlipCodes>().AddSingleton<RegistrationNumbers>().AddSingleton<Quarantine>();
        builder.Services.AddScoped<Vault>().AddScoped<ReceiveFormHandler>().AddScoped<AssignInquiryHandler>().AddScoped<ForwardInquiryHandler>()
            .AddScoped<AnswerInquiryHandler>().AddScoped<ClearForDisclosureHandler>();
    },
    Apply = async services =>
    {
        await services.GetRequiredService<SubjectKeys>().Apply();
        await services.GetRequiredService<Calendars>().Seed();
    },
    Doors = app =>
    {
        app.MapReceiveForm();
        app.MapQuarantine();
        app.MapReads();
        app.MapAssignInquiry();
        app.MapForwardInquiry();
        app.MapAnswerInquiry();
        app.MapClearForDisclosure();
        app.MapCitizenDoor();
        app.MapDeadlines();
        app.MapWhatIf();
        app.MapCalendar();
        app.MapChangeCalendar();
        app.MapGrpcService<InquiriesGrpc>();
    },
});
