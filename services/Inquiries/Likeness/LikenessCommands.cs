using System.Text.Json;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Confirm that it is a duplicate of another request of the same person: the same words. Both keep their numbers and clocks.</summary>
public sealed record ConfirmDuplicate(Guid? Of);

/// <summary>Take the confirmation back.</summary>
public sealed record UndoDuplicate;

/// <summary>Answer with the words that another request of the same holder was answered with; they may name neither asker.</summary>
public sealed record ShareAnswer(Guid? From);

public sealed class LikenessCommands(InquiryCommands on, LikenessReads likeness, Vault vault, IQuerySession session)
{
    public async Task<CommandDone> Confirm(Guid id, Seen seen, ConfirmDuplicate ask, CancellationToken ct)
    {
        on.Caller.Demand(InquiryCommands.Officials);
        var of = ask.Of ?? throw Refused.Invalid("of-missing", "Name the request that it repeats.", "of");
        var form = await Own(id, ct) is { } state && await vault.OpenForm(state.SubjectId, ct) is { } json ? FormReader.Read(JsonDocument.Parse(json).RootElement) : null;
        var isSame = form is not null && await likeness.IsSame(on.Caller.Body ?? "", form, of, ct);
        return await on.Decide(id, seen, (i, act) => InquiryDecider.ConfirmDuplicate(i, of, isSame, act.Now), ct);
    }

    public Task<CommandDone> Undo(Guid id, Seen seen, CancellationToken ct) => on.Decide(id, seen, (i, act) => InquiryDecider.UndoDuplicate(i, act.Now), ct);

    public async Task<CommandDone> Share(Guid id, Seen seen, ShareAnswer ask, CancellationToken ct)
    {
        on.Caller.Demand(InquiryCommands.Officials);
        var from = await Own(ask.From ?? throw Refused.Invalid("from-missing", "Name the request whose answer it is.", "from"), ct) ?? throw Refused.Missing(nameof(Inquiry));
        var answerId = from.Answer is { InFull: true } answer ? answer.AnswerId : throw Refused.Conflict("not-answered", "That request was not answered in full.");
        var paper = AnswerPaper.Read(await vault.Open(from.SubjectId, answerId, ct) ?? throw Refused.Conflict("subject-erased", "The words of that answer were erased."));
        foreach (var asker in new[] { from, await Own(id, ct) }.OfType<Inquiry>())
        {
            if (await vault.OpenForm(asker.SubjectId, ct) is { } form)
            {
                FormMasking.Check(JsonDocument.Parse(form).RootElement, [paper.Kk, paper.Ru]);
            }
        }

        return await on.Answer(id, seen, new(new(null, new(paper.Kk, paper.Ru)), paper.Signer), ct);
    }

    /// <summary>A request of the caller's body; null for others, which the command itself then refuses as unknown.</summary>
    private async Task<Inquiry?> Own(Guid id, CancellationToken ct) =>
        await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct) is { } found && on.Caller.ActsFor(found.State.Holder) ? found.State : null;
}

public static class LikenessRest
{
    public static void MapLikeness(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/inquiries/{id:guid}").ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Likeness");
        doors.MapGet("/similar", (Guid id, LikenessReads reads, CancellationToken ct) => reads.Similar(id, ct)).WithSummary("Requests of the same holder that are like it; samePerson: suspected duplicates.");
        doors.MapGet("/matching-disclosures", (Guid id, LikenessReads reads, CancellationToken ct) => reads.Disclosures(id, ct)).WithSummary("Published answers that match it, to look at before drafting.");
        app.MapCommand<ConfirmDuplicate>("confirm-duplicate", "Confirms that it repeats another request of the same person.", (on, id, seen, ask, ct) => Commands(on).Confirm(id, seen, ask, ct));
        app.MapCommand<UndoDuplicate>("undo-duplicate", "Takes that back.", (on, id, seen, _, ct) => Commands(on).Undo(id, seen, ct));
        app.MapCommand<ShareAnswer>("share-answer", "Answers it with the words of another answered request of the same holder.", (on, id, seen, ask, ct) => Commands(on).Share(id, seen, ask, ct));
    }

    private static LikenessCommands Commands(InquiryCommands on) => on.Services.GetRequiredService<LikenessCommands>();
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> ConfirmDuplicate(ConfirmDuplicateRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (_, id, seen) => Handler<LikenessCommands>(context).Confirm(id, seen, new(Other(request.Of)), context.CancellationToken));

    public override Task<CommandReply> UndoDuplicate(UndoDuplicateRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (_, id, seen) => Handler<LikenessCommands>(context).Undo(id, seen, context.CancellationToken));

    public override Task<CommandReply> ShareAnswer(ShareAnswerRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (_, id, seen) => Handler<LikenessCommands>(context).Share(id, seen, new(Other(request.From)), context.CancellationToken));

    private static Guid? Other(string id) => id.Length == 0 ? null : Guid.TryParse(id, out var parsed) ? parsed : Guid.Empty;
}
