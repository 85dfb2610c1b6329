using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Forward a request in full to the competent holder (401-V art. 11(11)). The reason is kept in the vault.</summary>
public sealed record ForwardInquiry(string? Holder, string? Reason);

public sealed record ForwardDone(Guid Id, long Version, string State, Guid ForwardedInquiryId, string ForwardedNumber);

/// <summary>The hand-over is one transaction: the request leaves here and stands, numbered, in the other holder's list; that moment is its receipt.</summary>
public sealed class ForwardInquiryHandler(IDocumentSession session, Vault vault, RegistrationNumbers numbers, Work work, TimeProvider clock)
{
    public async Task<ForwardDone> Handle(Guid id, Seen seen, ForwardInquiry ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var now = clock.GetUtcNow();
        var found = await session.Find<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve, ct);
        var state = found.State;
        var facts = InquiryDecider.Decide(state, ask, Holders.Find(ask.Holder) is not null, Guid.CreateVersion7(), null, now);
        if (facts is [InquiryForwarded forwarded])
        {
            if (!string.IsNullOrWhiteSpace(ask.Reason))
            {
                facts = [forwarded with { ReasonId = await vault.Keep(state.SubjectId, "reason", ask.Reason, ct) }];
            }

            var handedOver = new InquiryHandedOver(forwarded.ForwardedInquiryId, state.SubjectId, state.Id, state.Holder, forwarded.ToHolder,
                state.Language, state.AnswerForm, state.ApplicantKind, now);
            session.Events.StartStream<Inquiry>(forwarded.ForwardedInquiryId, handedOver,
                await numbers.Register(forwarded.ForwardedInquiryId, forwarded.ToHolder, now, session, ct));
        }

        var done = await found.Save(facts, ct);
        var next = await session.LoadAsync<InquiryView>(done.State.Forwarded!.ForwardedInquiryId, ct);
        return new(id, done.Version, done.State.State.ToString(), next!.Id, next.Number!);
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
        .ForRoles(Roles.Officer, Roles.Head).WithTags("Commands").Produces<ForwardDone>()
        .WithSummary("Forwards it in full to the competent holder, where it is registered at once.");
}

public sealed partial class InquiriesGrpc
{
    public override async Task<ForwardReply> Forward(ForwardRequest request, ServerCallContext context)
    {
        var done = await Handler<ForwardInquiryHandler>(context).Handle(Id(request.InquiryId), Seen.Of(request.HasVersion ? request.Version : null),
            new(request.Holder, request.Reason), context.CancellationToken);
        return new() { Version = done.Version, State = done.State, ForwardedInquiryId = done.ForwardedInquiryId.ToString(), ForwardedNumber = done.ForwardedNumber };
    }
}
