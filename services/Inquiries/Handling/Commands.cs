using Grpc.Core;
using Inquiries.V1;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Platform;

namespace Inquiries;

/// <summary>The reply to a command: where the request stands now.</summary>
public sealed record CommandDone(Guid Id, long Version, string State);

/// <summary>What the commands on one request share, for both doors: role, own body, version seen, decide, words to the vault, append, save.</summary>
public sealed class InquiryCommands(IDocumentSession session, Vault vault, Sealing sealing, RegistrationNumbers numbers, Calendars calendars, Work work,
    IServiceProvider services, TimeProvider clock)
{
    public static readonly string[] Officials = [Roles.Officer, Roles.Head];

    public Caller Caller => work.Caller;

    /// <summary>Of the same request, for commands that need more than this.</summary>
    public IServiceProvider Services => services;

    /// <summary>The simple way: a rule on the state, without words.</summary>
    public Task<CommandDone> Decide(Guid id, Seen seen, Func<Inquiry, Act, IReadOnlyList<object>> decide, CancellationToken ct) =>
        Decide(id, seen, Officials, "", _ => null, (state, act, _) => decide(state, act), ct);

    /// <summary>With words that go to the vault as <paramref name="kind"/> if the rule lets the command through.</summary>
    public Task<CommandDone> Decide(Guid id, Seen seen, string kind, string? words, Func<Inquiry, Act, Said, IReadOnlyList<object>> decide, CancellationToken ct) =>
        Decide(id, seen, Officials, kind, _ => words, decide, ct);

    public async Task<CommandDone> Decide(Guid id, Seen seen, string[] roles, string kind, Func<Inquiry, string?> words, Func<Inquiry, Act, Said, IReadOnlyList<object>> decide,
        CancellationToken ct, Func<Inquiry, bool>? may = null)
    {
        Caller.Demand(roles);
        return (await Run(id, seen, may ?? (i => Caller.ActsFor(i.Holder)), kind, words, decide, ct)).Done;
    }

    /// <summary>For whoever demanded its roles itself: also the asker. <paramref name="alsoKeep"/>: more words, under ids that the facts name.</summary>
    public async Task<(CommandDone Done, Inquiry State)> Run(Guid id, Seen seen, Func<Inquiry, bool> may, string kind, Func<Inquiry, string?> words,
        Func<Inquiry, Act, Said, IReadOnlyList<object>> decide, CancellationToken ct, IReadOnlyDictionary<Guid, string>? alsoKeep = null)
    {
        var calendar = await calendars.Hold(session, ct);
        var found = await session.Find(id, seen, may, InquiryDecider.Evolve, ct);
        var text = words(found.State);
        var said = Said(kind, id, text);
        var facts = decide(found.State, new(clock.GetUtcNow(), calendar), said);
        if (facts.Count > 0)
        {
            foreach (var (itemId, kept) in (alsoKeep ?? new Dictionary<Guid, string>()).Concat(said.IsEmpty ? [] : [new(said.Id, text!)]))
            {
                await vault.Keep(found.State.SubjectId, itemId, kind, kept, ct);
            }
        }

        var done = await found.Save([.. facts, .. await Follow(found.State, facts, ct)], ct);
        return (new(id, done.Version, done.State.State.ToString()), done.State);
    }

    private Said Said(string kind, Guid id, string? text) => string.IsNullOrWhiteSpace(text) ? new(Guid.Empty, "", IsEmpty: true)
        : new(Guid.CreateVersion7(), Convert.ToBase64String(sealing.Mac(kind, id + text)), IsEmpty: false);

    /// <summary>What a fact starts in the same transaction: requests that go on at other holders, a repeat, the number of what is considered after all.</summary>
    private async Task<IReadOnlyList<object>> Follow(Inquiry state, IReadOnlyList<object> facts, CancellationToken ct)
    {
        foreach (var fact in facts)
        {
            switch (fact)
            {
                case InquiryForwarded e:
                    await Start(state, e.ForwardedInquiryId, HandedOver(state, e.ForwardedInquiryId, e.ToHolder, null, e.At), e.ToHolder, e.At, ct);
                    break;
                case InquiryForwardedInPart e:
                    foreach (var part in e.Parts.OrderBy(p => p.ToHolder, StringComparer.Ordinal)) // one order of numbers' rows for all
                    {
                        await Start(state, part.ForwardedInquiryId, HandedOver(state, part.ForwardedInquiryId, part.ToHolder, part.TextId, e.At), part.ToHolder, e.At, ct);
                    }

                    break;
                case FullAnswerAsked e:
                    await Start(state, e.NextInquiryId, new InquiryRepeated(e.NextInquiryId, state.SubjectId, state.Id, state.Holder, state.Language, state.AnswerForm, state.ApplicantKind, e.At),
                        state.Holder, e.At, ct);
                    break;
                case AnonymityRejected e:
                    return [await numbers.Register(state.Id, state.Holder, state.Times.Received, state.Times.Regime, session, ct) with { At = e.At }];
            }
        }

        return [];
    }

    private async Task Start(Inquiry from, Guid id, object first, string holder, DateTimeOffset at, CancellationToken ct)
    {
        session.Events.StartStream<Inquiry>(id, first, await numbers.Register(id, holder, at, null, session, ct));
        // found there by what it is found by here
        session.QueueSqlCommand("insert into vault.tokens (inquiry_id, subject_id, holder, tokens) select ?, subject_id, ?, tokens from vault.tokens where inquiry_id = ?", id, holder, from.Id);
    }

    private static InquiryHandedOver HandedOver(Inquiry state, Guid id, string holder, Guid? part, DateTimeOffset at) =>
        new(id, state.SubjectId, state.Id, state.Holder, holder, state.Language, state.AnswerForm, state.ApplicantKind, at) { PartTextId = part };
}

/// <summary>The manners that every command on a request shares at the REST door: address, roles, If-Match, ETag.</summary>
public static class CommandRest
{
    public static void MapCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<InquiryCommands, Guid, Seen, TCommand, CancellationToken, Task<CommandDone>> handle, params string[] roles) where TCommand : class =>
        app.MapPost("/v1/inquiries/{id:guid}/" + command, async (Guid id, Seen seen, TCommand ask, InquiryCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handle(commands, id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(roles is [] ? InquiryCommands.Officials : roles)
        .WithTags("Commands")
        .Produces<CommandDone>()
        .WithSummary(summary);
}

/// <summary>The gRPC door for akimats; each slice file holds its own call.</summary>
[Authorize]
public sealed partial class InquiriesGrpc : V1.Inquiries.InquiriesBase
{
    private static Guid Id(string id) => GrpcDoor.Id(id, nameof(Inquiry));

    private static async Task<CommandReply> Command(ServerCallContext context, string id, bool hasVersion, long version, Func<InquiryCommands, Guid, Seen, Task<CommandDone>> handle)
    {
        var done = await handle(Handler<InquiryCommands>(context), Id(id), Seen.Of(hasVersion, version));
        return new() { Version = done.Version, State = done.State };
    }

    private static DateOnly? Day(string text, string field) => text.Length == 0 ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day
        : throw Refused.Invalid("date-invalid", "A date is yyyy-MM-dd.", field);
}

/// <summary>Every command on a request, in the order of its life.</summary>
public static class CommandDoors
{
    public static void MapHandling(this IEndpointRouteBuilder app)
    {
        app.MapConfirmAnonymous();
        app.MapConfirmRegime();
        app.MapAssignInquiry();
        app.MapAcceptInquiry();
        app.MapTagTopics();
        app.MapClarifyInquiry();
        app.MapExtendDeadline();
        app.MapForwardInquiry();
        app.MapRecordNotice();
        app.MapPointToPublication();
        app.MapAnswerInquiry();
        app.MapAnswerInquiryPartly();
        app.MapRefuseInquiry();
        app.MapReturnInquiry();
        app.MapRecordWithdrawal();
        app.MapRecordDispatch();
        app.MapClearForDisclosure();
    }

    public static void MapComplaints(this IEndpointRouteBuilder app)
    {
        app.MapRecordComplaint();
        app.MapPassComplaintUp();
        app.MapDecideComplaint();
    }
}
