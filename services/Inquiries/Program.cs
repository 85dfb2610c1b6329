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
        builder.Services.AddScoped<FormCommits>().AddSingleton<IntakeGroups>().AddHostedService(provider => provider.GetRequiredService<IntakeGroups>());
        builder.Services.AddHostedService(provider => ActivatorUtilities.CreateInstance<FormQueue>(provider, broker)); // stops before the groups it feeds
        builder.Services.AddSingleton<SlipCodes>().AddSingleton<RegistrationNumbers>().AddSingleton<Quarantine>();
        builder.Services.AddScoped<Vault>().AddScoped<PrepareForm>().AddScoped<ReceiveFormHandler>().AddScoped<InquiryCommands>().AddScoped<ForwardInquiryHandler>()
            .AddScoped<ClearForDisclosureHandler>();
    },
    Apply = services => services.GetRequiredService<SubjectKeys>().Apply(),
    Doors = app =>
    {
        app.MapReceiveForm();
        app.MapQuarantine();
        app.MapReads();
        app.MapHandling();
        app.MapComplaints();
        app.MapCitizenDoor();
        app.MapDeadlines();
        app.MapGrpcService<InquiriesGrpc>();
    },
});
