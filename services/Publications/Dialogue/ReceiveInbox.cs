using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>An item of a call: its id here, and whether it came for the first time.</summary>
public sealed record InboxTaken(Guid Id, bool IsNew);

/// <summary>What became of a call of a channel.</summary>
public sealed record InboxReceipt(IReadOnlyList<InboxTaken> Items);

/// <summary>Words to the vault and the fact that names them, in one transaction; the same external id of an account is one item for ever.</summary>
public sealed class ReceiveInboxHandler(IDocumentSession session, Vault vault, ISubjectKeys keys, Sealing sealing, CalendarInForce calendar, TimeProvider clock)
{
    public async Task<InboxReceipt> Handle(InboxAccount account, IReadOnlyList<Incoming> incoming, CancellationToken ct)
    {
        List<InboxTaken> taken = [];
        await session.BeginTransactionAsync(ct);
        foreach (var (id, one) in incoming.Select(one => (Id: IdOf(account, one), one)).DistinctBy(x => x.Id).OrderBy(x => x.Id)) // in one order, for calls may cross
        {
            var isNew = await IsNew(id, ct);
            if (isNew)
            {
                session.Events.StartStream<InboxItem>(id, await Received(id, account, one, ct));
            }

            taken.Add(new(id, isNew));
        }

        await session.SaveChangesAsync(ct);
        return new(taken);
    }

    private async Task<InboxItemReceived> Received(Guid id, InboxAccount account, Incoming one, CancellationToken ct)
    {
        var (key, now) = (await keys.Next(ct), clock.GetUtcNow());
        return new(id, account.Code, account.Kind, account.Body, one.Kind, one.Language, key.SubjectId, await vault.Keep(key, InboxWords.TextKind, one.Text, ct),
            await vault.Keep(key, InboxWords.SenderKind, JsonSerializer.Serialize(one.Sender, Json.Options), ct), one.PostedAt ?? now, account.Rule,
            InboxTerms.Of(account.Rule, [], now, calendar.Now), now);
    }

    /// <summary>A keyed hash, for the ids of private chats are their owners'.</summary>
    private Guid IdOf(InboxAccount account, Incoming one) => new(sealing.Mac("inbox-external", $"{account.Code}\n{one.Sender.ExternalId}").AsSpan(0, 16));

    /// <summary>Twins in flight wait for each other.</summary>
    private async Task<bool> IsNew(Guid id, CancellationToken ct)
    {
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6215))") { Parameters = { new() { Value = "inbox:" + id } } };
        await session.ExecuteAsync(one, ct);
        return await session.Events.FetchStreamStateAsync(id, ct) is null;
    }
}

public static class ReceiveInboxRest
{
    private const int MostBytes = 1024 * 1024;

    public static void MapReceiveInbox(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/inbox/{account}", async (string account, HttpRequest request, InboxSecrets secrets, Work work, TimeProvider clock, IServiceProvider services, CancellationToken ct) =>
            {
                var body = request.ContentLength is > MostBytes ? throw Refused.TooLarge("A call of a channel has at most 1 MiB.") : await request.ReadJsonBytes(ct);
                var found = await secrets.Find(account, ct);
                if (found is null || !InboxSignatures.IsFrom(found, request.Headers, body.Span, clock.GetUtcNow()))
                {
                    // an unknown account answers alike: nobody learns which there are
                    throw new RefusedException(RefusalKind.Unauthenticated, "signature-invalid", "The call is not signed as this account's channel signs.");
                }

                work.Caller = Caller.Service("channel-" + found.Kind); // before the session opens, which says who acts
                return await services.GetRequiredService<ReceiveInboxHandler>().Handle(found, IncomingReader.Read(found.Kind, body), ct);
            })
            .WithTags(InboxRest.Tag).Accepts<JsonElement>("application/json").Produces<InboxReceipt>()
            .WithSummary("Webhook of an account's channel, signed as that channel signs: site and others by Standard Webhooks, Facebook and Instagram by X-Hub-Signature-256, Telegram by its secret token. Said ever so often it is one item.");
        app.MapGet("/v1/inbox/{account}", async (string account, HttpRequest request, InboxSecrets secrets, CancellationToken ct) =>
                await secrets.Find(account, ct) is { } found && InboxSignatures.Challenge(found, request.Query["hub.mode"], request.Query["hub.verify_token"], request.Query["hub.challenge"]) is { } challenge
                    ? TypedResults.Text(challenge, "text/plain")
                    : throw Refused.Forbidden("verify-token-invalid", "That is not this account's verify token."))
            .RequireRateLimiting(Service.AnonymousLimit).WithTags(InboxRest.Tag).Produces<string>(contentType: "text/plain")
            .WithSummary("Facebook and Instagram ask once, with the account's verify token, whether the webhook is ours.");
    }
}
