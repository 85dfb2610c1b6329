namespace Outgoing;

/// <summary>
/// A notice that a fact calls for. <paramref name="About"/>: the stream; <paramref name="Recipient"/>: a subject of the vault or a subscription; the same
/// <paramref name="Cause"/> is told to a recipient once, however often it is queued. <paramref name="DueAt"/>: not before; at once without.
/// </summary>
public sealed record NewNotice(Guid About, string Kind, string What, Guid? Recipient = null, string? Cause = null, DateTimeOffset? DueAt = null);

/// <summary>A notice whose try was stored and may now be made, until the lease ends; <paramref name="Interrupted"/>: the try before it has no outcome.</summary>
public sealed record ClaimedNotice(Guid Id, Guid About, string Kind, string What, DateTimeOffset QueuedAt, int Number, bool Interrupted, Guid? Recipient = null, string? Cause = null);

/// <summary>One line of the ledger, without addresses. <paramref name="State"/>: queued, delivered, given-up, refused, unknown (a letter that may have arrived and is not sent again), not-wanted.</summary>
public sealed record NoticeLine(Guid Id, Guid About, string Kind, string What, string State, DateTimeOffset QueuedAt, DateTimeOffset? NextAt, IReadOnlyList<NoticeAttempt> Attempts, Guid? Recipient);

/// <summary>One try: when it began, when its outcome was known, and a code for it.</summary>
public sealed record NoticeAttempt(int Number, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? Code);

/// <summary>What a notice says, put together when it is sent: a letter, a webhook, or that nobody wants it any more.</summary>
public abstract record NoticeContent;

/// <summary>Plain text to one address, which is kept nowhere.</summary>
public sealed record Letter(string Address, string Subject, string Text) : NoticeContent;

/// <summary>A signed call (Standard Webhooks); <paramref name="Body"/> is its JSON.</summary>
public sealed record WebhookCall(Uri Url, StandardWebhook Signer, object Body) : NoticeContent;

/// <summary>It ends unsent; the code says why.</summary>
public sealed record NotWanted(string Code) : NoticeContent;

/// <summary>What came of one try. <see cref="Unknown"/>: it may have arrived.</summary>
public enum NoticeOutcome { Delivered, Failed, Refused, Unknown, NotWanted }

/// <summary>A try's outcome and a code for it, never words of the other side.</summary>
public sealed record NoticeTry(NoticeOutcome Outcome, string Code);

/// <summary>What follows from a try: pure. A webhook may come twice, by its id it is known; a letter goes at most once.</summary>
public static class NoticeRules
{
    public const string Webhook = "webhook", Email = "e-mail";
    public const string Queued = "queued", Delivered = "delivered", GivenUp = "given-up", Refused = "refused", Unknown = "unknown", NotWanted = "not-wanted";

    /// <summary>The state after a try, and when the next one is due (null: never).</summary>
    public static (string State, DateTimeOffset? NextAt) After(string kind, NoticeTry done, int attempts, DateTimeOffset queuedAt, NoticeOptions options, DateTimeOffset now)
    {
        var next = now.AddSeconds(Math.Min(6 * 3600, options.RetrySeconds * Math.Pow(3, Math.Min(attempts - 1, 12))));
        return done.Outcome switch
        {
            NoticeOutcome.Delivered => (Delivered, null),
            NoticeOutcome.NotWanted => (NotWanted, null),
            NoticeOutcome.Refused when kind == Email => (Refused, null),
            NoticeOutcome.Unknown when kind == Email => (Unknown, null),
            _ when next > queuedAt.AddHours(options.GiveUpHours) => (GivenUp, null),
            _ => (Queued, next),
        };
    }
}
