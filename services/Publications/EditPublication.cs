using Platform;

namespace Publications;

/// <summary>Change the content; what is left out stays, an empty string empties. Approvals of what changed lapse, and a scheduled one is disarmed.</summary>
public sealed record EditPublication(string? Kind, Bilingual? Title, Bilingual? Text, IReadOnlyList<string>? Channels, DateTimeOffset? WantedAt,
    string? MaxLateness, string? OnMiss);

public static class EditPublicationDoor
{
    public static Task<PublicationReply> Edit(this PublicationCommands on, Guid id, Seen seen, EditPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Editor], (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapEditPublication(this IEndpointRouteBuilder app) => app.MapCommand<EditPublication>("edit",
        "Changes the content; approvals of what changed lapse.", [Roles.Editor], null, Edit);
}
