using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Change the content; what is left out stays, an empty string empties. Approvals of what changed lapse, and a scheduled one is disarmed.</summary>
public sealed record EditPublication(string? Kind, Bilingual? Title, Bilingual? Text, IReadOnlyList<string>? Channels, DateTimeOffset? WantedAt,
    string? MaxLateness, string? OnMiss) : ContentParts(Kind, Title, Text, Channels, WantedAt, MaxLateness, OnMiss);

public static class EditPublicationDoor
{
    public static Task<PublicationReply> Edit(this PublicationCommands on, Guid id, Seen seen, EditPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, [Roles.Editor], (p, by, now) => PublicationDecider.Decide(p, ask, by, now), ct);

    public static void MapEditPublication(this IEndpointRouteBuilder app) => app.MapCommand<EditPublication>("edit",
        "Changes the content; approvals of what changed lapse.", [Roles.Editor], null, Edit);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Edit(EditRequest request, ServerCallContext context) => Message(await Commands(context).Edit(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(request.HasKind ? request.Kind : null, Words(request.Title), Words(request.Text),
        request.Channels is { } channels ? [.. channels.Items] : null, Time(request.WantedAt, "wantedAt"), request.HasMaxLateness ? request.MaxLateness : null,
        request.HasOnMiss ? request.OnMiss : null)
        {
            Media = Uses(request.Media),
            SubjectPersonId = request.HasSubjectPersonId ? Person(request.SubjectPersonId) : null,
            Embargo = Time(request.Embargo, "embargo"),
            LanguagePolicy = request.HasLanguagePolicy ? request.LanguagePolicy : null,
            Tags = request.Tags is { } tags ? [.. tags.Items] : null,
            AiMade = request.HasAiMade ? request.AiMade : null,
            WantedLocal = request.HasWantedLocal ? request.WantedLocal : null,
            Zone = request.HasZone ? request.Zone : null,
            Clear = request.Clear.Count == 0 ? null : [.. request.Clear],
        }, context.CancellationToken));
}
