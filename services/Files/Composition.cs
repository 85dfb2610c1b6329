namespace Files;

/// <summary>Where a service's files go: a folder that all its replicas share, or an S3-compatible store.</summary>
public record FileStorageOptions
{
    public string? Folder { get; init => field = string.IsNullOrWhiteSpace(value) ? null : value; }
    public S3Options? S3 { get; init; }
}

/// <summary>An S3-compatible store; the bucket exists.</summary>
public sealed record S3Options
{
    public required string Endpoint { get; init; }
    public required string Bucket { get; init; }
    public required string AccessKey { get; init; }
    public required string SecretKey { get; init; }
    public string Region { get; init; } = "us-east-1";
    public bool Secure { get; init; } = true;
}

/// <summary>The folder of files that are still on their way in; on the disk of the storage's own folder, so that a file is there by a rename.</summary>
public sealed record Spool(string Folder);

public static class FileStorageComposition
{
    /// <param name="builder">The service's.</param>
    /// <param name="options">As configured.</param>
    /// <param name="name">The folder where none is configured: beside the folder of secrets, so that every replica of a machine finds the same one. Services share none.</param>
    public static void AddFileStorage(this WebApplicationBuilder builder, FileStorageOptions options, string name)
    {
        var secrets = builder.Configuration["Platform:SecretsFolder"]!;
        var folder = options.Folder ?? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(secrets))!, name);
        builder.Services.AddSingleton<IFileStorage>(_ => options.S3 is { } s3 ? S3Storage.From(s3) : new FolderStorage(folder)).AddSingleton(new Spool(Path.Combine(folder, "incoming")));
    }
}
