using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Draft a publication. Defaults: the caller's body, channel site, maxLateness PT1H, onMiss hold; words and time may follow by edits.</summary>
public sealed record DraftPublication(string? Kind, string? Body, Bilingual? Title, Bilingual? Text, IReadOnlyList<string>? Channels, DateTimeOffset? WantedAt,
    string? MaxLateness, string? OnMiss) : ContentParts(Kind, Title, Text, Channels, WantedAt, MaxLateness, OnMiss);

public static class DraftPublicationDoor
{
    public static Task<PublicationReply> Draft(this PublicationCommands on, DraftPublication ask, CancellationToken ct)
    {
        on.Caller.Demand(Roles.Editor);
        var body = ask.Body ?? on.Caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body; name it.", "body");
        if (Holders.Find(body) is null)
        {
            throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body");
        }

        return on.Caller.ActsFor(body) ? on.Start((by, now) => PublicationDecider.Draft(Guid.CreateVersion7(now), body, ask, by, now), ct)
            : throw Refused.Forbidden("body-not-own", "You publish for your own body only.");
    }

    public static void MapDraftPublication(this IEndpointRouteBuilder app) => app.MapPost("/v1/publications",
        async (DraftPublication ask, PublicationCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Draft(ask, ct);
            reply.Headers.Location = $"/v1/publications/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags("Commands").Produces<PublicationReply>(StatusCodes.Status201Created).WithSummary("Makes a draft; the caller is its author.");
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> FileDraft(FileDraftRequest request, ServerCallContext context) => Message(await Commands(context).Draft(new(
        Given(request.Kind), Given(request.Body), Words(request.Title), Words(request.Text), request.Channels.Count == 0 ? null : [.. request.Channels],
        Time(request.WantedAt, "wantedAt"), Given(request.MaxLateness), Given(request.OnMiss))
    {
        Media = Uses(request.Media),
        SubjectPersonId = request.HasSubjectPersonId ? Person(request.SubjectPersonId) : null,
        Embargo = Time(request.Embargo, "embargo"),
        LanguagePolicy = request.HasLanguagePolicy ? request.LanguagePolicy : null,
        Tags = request.Tags is { } tags ? [.. tags.Items] : null,
        AiMade = request.HasAiMade ? request.AiMade : null,
        WantedLocal = request.HasWantedLocal ? request.WantedLocal : null,
        Zone = request.HasZone ? request.Zone : null,
    }, context.CancellationToken));
}
