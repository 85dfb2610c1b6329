using Marten;

namespace Publications;

/// <summary>The registry of pictures and films: bytes, rights, who is in them, disputes, and the gates that a release passes.</summary>
public static class MediaComposition
{
    public static void AddMedia(this WebApplicationBuilder builder)
    {
        builder.AddFileStorage(builder.Configuration.GetSection("Media").Get<FileStorageOptions>() ?? new(), "media");
        builder.Services.AddScoped<UploadMediaHandler>().AddScoped<MediaCommands>().AddScoped<DisputeMediaHandler>().AddScoped<MediaUses>()
            .AddSingleton<IMediaFiles, RegistryMedia>()
            .AddSingleton<IReleaseGate, IdentityGate>().AddSingleton<IReleaseGate, RightsGate>();
    }

    public static void Register(StoreOptions options) => MediaStore.Register(options);

    public static void MapMedia(this WebApplication app)
    {
        app.MapUploadMedia();
        app.MapSetMediaRights();
        app.MapDepictions();
        app.MapDisputeMedia();
        app.MapResolveDispute();
        app.MapMediaReads();
        app.MapFetchMedia();
    }
}
