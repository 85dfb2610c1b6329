using Grpc.Core;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>Other words or media for what is out, with a public notice in kk and ru; it takes effect when every language that is out is approved (<c>approve</c>, with the correction's hash).</summary>
public sealed record CorrectPublication(Bilingual? Title, Bilingual? Text, IReadOnlyList<MediaUse>? Media, Bilingual? Notice, string? Reason);

public static class CorrectPublicationDoor
{
    private static readonly string[] May = [Roles.Editor];

    public static Task<PublicationReply> Correct(this PublicationCommands on, Guid id, Seen seen, CorrectPublication ask, CancellationToken ct) =>
        on.Decide(id, seen, May, (p, by, now) => CorrectionDecider.Decide(p, ask, Guid.CreateVersion7(now), by, now), ct);

    public static void MapCorrectPublication(this IEndpointRouteBuilder app) => app.MapCommand<CorrectPublication>("correct",
        "Proposes a correction of what is out, with a public notice.", May, null, Correct);
}

public sealed partial class PublicationsGrpc
{
    public override async Task<V1.Publication> Correct(CorrectRequest request, ServerCallContext context) => Message(await Commands(context).Correct(
        Id(request.PublicationId), Seen.Of(request.HasVersion, request.Version), new(Words(request.Title), Words(request.Text), null, Words(request.Notice), request.Reason), context.CancellationToken));
}
