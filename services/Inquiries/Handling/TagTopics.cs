using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>Tag it with kinds of information that may not be restricted (401-V art. 6, numbers 1 to 15); an empty list takes the tags away.</summary>
public sealed record TagTopics(IReadOnlyList<int>? Tags);

public static class TagTopicsDoor
{
    public static Task<CommandDone> Tag(this InquiryCommands on, Guid id, Seen seen, TagTopics ask, CancellationToken ct) =>
        on.Decide(id, seen, (state, act) => InquiryDecider.Decide(state, ask, act.Now), ct);

    public static void MapTagTopics(this IEndpointRouteBuilder app) => app.MapCommand<TagTopics>("tag",
        "Tags it with kinds of information that may not be restricted.", Tag);
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Tag(TagRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (on, id, seen) => on.Tag(id, seen, new(request.Tags), context.CancellationToken));
}
