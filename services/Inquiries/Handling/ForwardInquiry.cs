using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>
/// Forward a request to the competent holder (401-V art. 11(11)), or parts of it to several (APPK 65), each as a request with its own
/// clock. The hand-over is one transaction: it leaves here and stands, numbered, in the other list; that moment is its receipt there.
/// </summary>
public sealed record ForwardInquiry(string? Holder, string? Reason, IReadOnlyList<ForwardInquiry.Part?>? Parts = null)
{
    public sealed record Part(string? Holder, string? Text);
}

/// <summary>Where it goes on: id and number of the request at the other holder; for parts, each of them.</summary>
public sealed record ForwardDone(Guid Id, long Version, string State, Guid? ForwardedInquiryId, string? ForwardedNumber, IReadOnlyList<ForwardDone.Part> Parts)
{
    public sealed record Part(string Holder, Guid InquiryId, string Number);
}

public sealed class ForwardInquiryHandler(InquiryCommands on, IDocumentSession session)
{
    public async Task<ForwardDone> Handle(Guid id, Seen seen, ForwardInquiry ask, CancellationToken ct)
    {
        on.Caller.Demand(InquiryCommands.Officials);
        var parts = ask.Parts ?? [];
        var ids = Enumerable.Range(0, Math.Max(1, parts.Count)).Select(_ => (Guid.CreateVersion7(), Guid.CreateVersion7())).ToList();
        var words = parts.Zip(ids).Where(p => p.First?.Text is not null).ToDictionary(p => p.Second.Item2, p => p.First!.Text!);
        var (done, state) = await on.Run(id, seen, i => on.Caller.ActsFor(i.Holder), "reason", _ => ask.Reason,
            (i, act, said) => InquiryDecider.Decide(i, ask, ids, said.IsEmpty ? null : said.Id, act), ct, words);
        var there = state.Parts.Where(p => ids.Exists(x => x.Item1 == p.ForwardedInquiryId)).ToList();
        Guid[] whole = parts.Count == 0 ? [state.Forwarded!.ForwardedInquiryId] : [];
        var numbers = (await session.LoadManyAsync<InquiryView>(ct, [.. whole, .. there.Select(p => p.ForwardedInquiryId)])).ToDictionary(v => v.Id, v => v.Number!);
        return new(id, done.Version, done.State, parts.Count == 0 ? whole[0] : null, parts.Count == 0 ? numbers[whole[0]] : null,
            [.. there.Select(p => new ForwardDone.Part(p.ToHolder, p.ForwardedInquiryId, numbers[p.ForwardedInquiryId]))]);
    }
}

public static class ForwardInquiryRest
{
    public static void MapForwardInquiry(this IEndpointRouteBuilder app) => app.MapPost("/v1/inquiries/{id:guid}/forward",
        async (Guid id, Seen seen, ForwardInquiry ask, ForwardInquiryHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(InquiryCommands.Officials).WithTags("Commands").Produces<ForwardDone>()
        .WithSummary("Forwards it to the competent holder, or parts of it to several, where they are registered at once.");
}

public sealed partial class InquiriesGrpc
{
    public override async Task<ForwardReply> Forward(ForwardRequest request, ServerCallContext context)
    {
        var done = await Handler<ForwardInquiryHandler>(context).Handle(Id(request.InquiryId), Seen.Of(request.HasVersion ? request.Version : null),
            new(Given(request.Holder), Given(request.Reason), [.. request.Parts.Select(p => new ForwardInquiry.Part(Given(p.Holder), Given(p.Text)))]), context.CancellationToken);
        return new()
        {
            Version = done.Version,
            State = done.State,
            ForwardedInquiryId = done.ForwardedInquiryId?.ToString() ?? "",
            ForwardedNumber = done.ForwardedNumber ?? "",
            Parts = { done.Parts.Select(p => new V1.ForwardedPart { Holder = p.Holder, InquiryId = p.InquiryId.ToString(), Number = p.Number }) },
        };
    }
}
