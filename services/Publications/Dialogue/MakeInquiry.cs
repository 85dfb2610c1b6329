using Marten;
using Platform;

namespace Publications;

/// <summary>
/// Make it a request for information, with its sender's consent: to which holder (the item's body unless said), and who asks. The words are the sender's
/// own; <paramref name="Language"/> is that of the item unless said.
/// </summary>
public sealed record MakeInquiry(bool? Consent, string? Holder, string? Language, Particulars? Particulars);

/// <summary>Where the hand-over stands: Asked, OutcomeUnknown, HandedOver, Refused; the call follows by itself, and again until it is known to be taken or refused.</summary>
public sealed record InboxInquiry(Guid Id, long Version, string State, Guid ItemId);

public sealed class MakeInquiryHandler(InboxCommands commands, HandOvers handOvers, Vault vault)
{
    public const string Kind = "inbox";

    public async Task<InboxInquiry> Handle(Guid id, Seen seen, MakeInquiry ask, CancellationToken ct)
    {
        var item = InboxDecider.MayBecomeInquiry((await commands.Find(id, seen, InboxCommands.Answerers, ct)).State, ask);
        var (holder, language) = (ask.Holder ?? item.Body, ask.Language ?? item.Received.Language ?? Languages.Kk);
        _ = language.Length <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? true : throw Refused.Invalid("language-invalid", "language is a language tag, such as kk or ru.", "language");
        var text = await vault.Open(item.Received.SubjectId, item.Received.TextId, ct) ?? throw VaultRefusals.IsErased();
        var (state, version) = await handOvers.Ask(Kind, id, item.Body, holder, HandOverForm.Of(ask.Particulars, holder, language, text), ct);
        return new(state.Id, version, state.State.ToString(), id);
    }
}

/// <summary>The item learns of its request in the transaction that ends the hand-over.</summary>
public sealed class InboxHandedOver(TimeProvider clock) : IHandedOver
{
    public async Task Taken(IDocumentSession session, HandOverTaken taken, CancellationToken ct)
    {
        if (taken.Kind == MakeInquiryHandler.Kind && await session.Events.FetchForWriting<InboxItem>(taken.OriginId, ct) is { Aggregate: { } item } stream)
        {
            stream.AppendMany(InboxDecider.Taken(item, taken.InquiryId, taken.Number, clock.GetUtcNow()));
        }
    }
}

public static class MakeInquiryRest
{
    public static void MapMakeInquiry(this IEndpointRouteBuilder app)
    {
        app.MapPost(InboxRest.Path + "/make-inquiry", async (Guid id, Seen seen, MakeInquiry ask, MakeInquiryHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(id, seen, ask, ct);
                reply.Headers.Location = $"/v1/inbox/{id}/inquiry";
                return TypedResults.Json(done, statusCode: StatusCodes.Status201Created);
            })
            .ForRoles(InboxCommands.Answerers).WithTags(InboxRest.Tag).Produces<InboxInquiry>(StatusCodes.Status201Created)
            .WithSummary("Turns it into one request in Inquiries, however often it is said. The particulars stay sealed until they were taken, and go then.");
        app.MapGet(InboxRest.Path + "/inquiry", async (Guid id, InboxReads reads, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                await reads.Own(id, ct);
                var view = await session.LoadAsync<HandOverView>(HandOvers.IdOf(MakeInquiryHandler.Kind, id), ct) ?? throw Refused.Missing("hand-over");
                return reply.Versioned(view.Shown(), view.Version);
            })
            .ForRoles(InboxReads.Readers).WithTags(InboxRest.Tag).Produces<HandOverView>().WithSummary("Where its hand-over stands, with the request's id and number once it is one.");
    }
}
