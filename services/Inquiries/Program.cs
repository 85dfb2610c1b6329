using Inquiries;
using Npgsql;
using Platform;

return await Service.Run(args, new Parts("Inquiries", Leaves.List, InquiryStore.Register, [(typeof(InquiryDecider).Assembly, "Schema.sql")])
{
    Services = builder =>
    {
        var keys = NpgsqlDataSource.Create(Service.Required(builder, "Keys"));
        var broker = new Uri(Service.Required(builder, "Broker"));
        builder.Services.AddSingleton(WorkingCalendar.Embedded);
        builder.Services.AddSingleton(provider => new SubjectKeys(keys, provider.GetRequiredService<Sealing>()));
        builder.Services.AddSingleton<ISubjectKeys>(provider => provider.GetRequiredService<SubjectKeys>());
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SubjectKeys>());
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<FormQueue>(provider, broker));
        builder.Services.AddSingleton(builder.Configuration.GetSection("Reminders").Get<ReminderOptions>() ?? new()).AddHostedService<Reminding>();
        builder.Services.AddSingleton<SlipCodes>().AddSingleton<RegistrationNumbers>().AddSingleton<Quarantine>();
        builder.AddAttachments();
        builder.AddSignatures();
        builder.AddShep();
        builder.AddNotices();
        builder.Services.AddScoped<Vault>().AddScoped<ReceiveFormHandler>().AddScoped<InquiryCommands>().AddScoped<ForwardInquiryHandler>()
            .AddScoped<ClearForDisclosureHandler>();
    },
    Apply = services => services.GetRequiredService<SubjectKeys>().Apply(),
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
        app.MapCitizenDoor();
        app.MapDeadlines();
        app.MapGrpcService<InquiriesGrpc>();
    },
});
