using System.Text.Json;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Clear masked words of an answer for everybody; they become public at once and a draft in Publications.</summary>
public sealed record ClearForDisclosure(Bilingual? Title, Bilingual? Text);

public sealed class ClearForDisclosureHandler(IDocumentSession session, Vault vault, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, ClearForDisclosure ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var found = await session.Find<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve, ct);
        var facts = InquiryDecider.Decide(found.State, ask, Guid.CreateVersion7(), clock.GetUtcNow());
        if (facts.Count > 0 && await vault.NeedForm(found.State.SubjectId, ct) is { } form)
        {
            FormMasking.Check(JsonDocument.Parse(form).RootElement, [ask.Title?.Kk, ask.Title?.Ru, ask.Text?.Kk, ask.Text?.Ru]);
        }

        var done = await found.Save(facts, ct);
        return new(id, done.Version, done.State.State.ToString());
    }
}

public static class ClearForDisclosureRest
{
    public static void MapClearForDisclosure(this IEndpointRouteBuilder app) => app.MapPost("/v1/inquiries/{id:guid}/clear-for-disclosure",
        async (Guid id, Seen seen, ClearForDisclosure ask, ClearForDisclosureHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(InquiryCommands.Officials).WithTags("Commands").Produces<CommandDone>().WithSummary("Clears masked words of the answer for everybody.");
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> ClearForDisclosure(ClearForDisclosureRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (_, id, seen) => Handler<ClearForDisclosureHandler>(context).Handle(id, seen, new(Words(request.Title), Words(request.Text)), context.CancellationToken));
}
