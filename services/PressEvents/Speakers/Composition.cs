namespace PressEvents;

/// <summary>The register of spokespersons, invitations to speak, and the speaker's own door.</summary>
public static class SpeakersComposition
{
    public static void AddSpeakers(this WebApplicationBuilder builder) => builder.Services.AddSingleton<LinkCodes>()
        .AddScoped<SpokespersonHandler>().AddScoped<InviteSpeakerHandler>().AddScoped<InvitationDoor>();

    public static void MapSpeakers(this WebApplication app)
    {
        app.MapSpokespersons();
        app.MapInviteSpeaker();
        app.MapInvitationDoor();
        app.MapInvitationPage();
    }
}
