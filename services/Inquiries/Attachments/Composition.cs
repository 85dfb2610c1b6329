namespace Inquiries;

public static class AttachmentServices
{
    public static void AddAttachments(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Attachments").Get<AttachmentOptions>() ?? new();
        var services = builder.Services.AddSingleton(options).AddSingleton<Scans>();
        // beside the folder of secrets, unless told: every replica of a machine finds the same one
        var secrets = builder.Configuration["Platform:SecretsFolder"]!;
        var folder = options.Folder ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(secrets))!, "files");
        services.AddSingleton<IFileStorage>(_ => options.S3 is { } s3 ? S3Storage.From(s3) : new FolderStorage(folder));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FileIntake>(provider, Path.Combine(folder, "incoming")));
        services.AddScoped<InlineFiles>().AddScoped<AddAttachmentHandler>().AddScoped<AttachmentReads>();
        if (Clamd.From(options) is { } clamd)
        {
            services.AddSingleton(clamd).AddHostedService<ScanWorker>();
        }
    }
}
