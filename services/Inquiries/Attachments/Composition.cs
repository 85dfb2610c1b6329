namespace Inquiries;

/// <summary>Where files go and who scans them (<c>host:port</c> of clamd; none without).</summary>
public sealed record AttachmentOptions : FileStorageOptions
{
    public string? Clamd { get; init; }
    public double ScanTimeoutSeconds { get; init; } = 30;

    /// <summary>The first wait after a scanner that was away; doubled up to an hour.</summary>
    public double ScanRetrySeconds { get; init; } = 5;
}

public static class AttachmentServices
{
    public static void AddAttachments(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Attachments").Get<AttachmentOptions>() ?? new();
        builder.AddFileStorage(options, "files");
        var services = builder.Services.AddSingleton(options).AddSingleton<Scans>().AddSingleton<FileIntake>();
        services.AddScoped<InlineFiles>().AddScoped<AddAttachmentHandler>().AddScoped<AttachmentReads>();
        if (Clamd.From(options) is { } clamd)
        {
            services.AddSingleton(clamd).AddHostedService<ScanWorker>();
        }
    }
}
