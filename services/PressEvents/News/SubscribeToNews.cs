using System.Security.Cryptography;
using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>
/// Subscribe: language kk or ru, kinds (statements, notices, transcripts, announcements), and if wanted only these bodies, regions (KATO) and formats; by e-mail,
/// or with a token by a webhook's url.
/// </summary>
public sealed record SubscribeToNews(string? Language, IReadOnlyList<string?>? Kinds, IReadOnlyList<string?>? Bodies, IReadOnlyList<string?>? Regions, IReadOnlyList<string?>? Formats,
    string? Email, string? Url);

/// <summary>The reply. <paramref name="Secret"/>: of a webhook, told here alone (Standard Webhooks).</summary>
public sealed record NewsSubscriptionDone(Guid Id, long Version, string State, NewsChoice Choice,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static NewsSubscriptionDone Of(NewsSubscription state, long version) => new(state.Id, version, state.State.ToString(), state.Choice);
}

public sealed class NewsSubscriptionHandler(IDocumentSession session, Vault vault, VaultRows rows, ISubjectKeys keys, Catalogue catalogue, LinkCodes codes, IHostEnvironment environment, Work work, TimeProvider clock)
{
    public const string Header = "Subscription-Code";

    public async Task<NewsSubscriptionDone> Subscribe(SubscribeToNews ask, CancellationToken ct)
    {
        var choice = NewsSubscriptionDecider.Choose(ask, catalogue);
        var contact = ask.Url is null ? Addresses.ByMail(ask.Email, ask.Language) : Webhook(ask);
        var key = await keys.Next(ct);
        var subscribed = new NewsSubscribed(Guid.CreateVersion7(), ask.Url is null ? NoticeRules.Email : NoticeRules.Webhook, choice, key.SubjectId, ask.Url is null ? null : work.Caller.Id, Now);
        await vault.Keep(key, contact, ct);
        session.Events.StartStream<NewsSubscription>(subscribed.SubscriptionId, subscribed);
        await session.SaveChangesAsync(ct);
        return NewsSubscriptionDone.Of(NewsSubscriptionDecider.Evolve(null, subscribed)!, 1) with { Secret = contact.Secret };
    }

    public Task<NewsSubscriptionDone> Confirm(Guid id, string? code, CancellationToken ct) => ByLink(id, LinkPurpose.ConfirmSubscription, code, s => NewsSubscriptionDecider.Confirm(s, Now), ct);

    public Task<NewsSubscriptionDone> End(Guid id, string? code, CancellationToken ct) => ByLink(id, LinkPurpose.EndSubscription, code, s => NewsSubscriptionDecider.End(s, Now), ct);

    public async Task<NewsSubscriptionDone> Change(Guid id, Seen seen, SubscribeToNews ask, CancellationToken ct)
    {
        var found = await Own(id, seen, ct);
        var done = await found.Save(NewsSubscriptionDecider.Change(found.State, NewsSubscriptionDecider.Choose(ask, catalogue), Now), ct);
        return NewsSubscriptionDone.Of(done.State, done.Version);
    }

    public async Task<NewsSubscriptionDone> EndOwn(Guid id, Seen seen, CancellationToken ct) => await Save(await Own(id, seen, ct), s => NewsSubscriptionDecider.End(s, Now), ct);

    private DateTimeOffset Now => clock.GetUtcNow().InAlmaty();

    /// <summary>A wrong code answers like an unknown subscription.</summary>
    private async Task<NewsSubscriptionDone> ByLink(Guid id, LinkPurpose purpose, string? code, Func<NewsSubscription, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        codes.Check(purpose, id, id, code, Header, Now);
        return await Save(await session.Find<NewsSubscription>(id, Seen.Whatever, _ => true, NewsSubscriptionDecider.Evolve, ct), decide, ct);
    }

    private Task<Found<NewsSubscription>> Own(Guid id, Seen seen, CancellationToken ct) =>
        session.Find<NewsSubscription>(id, seen, s => s.Subscribed.Owner == work.Caller.Id, NewsSubscriptionDecider.Evolve, ct);

    /// <summary>An ended one needs no address: its subject is erased in the same transaction.</summary>
    private async Task<NewsSubscriptionDone> Save(Found<NewsSubscription> found, Func<NewsSubscription, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var facts = decide(found.State);
        if (facts is [NewsSubscriptionEnded])
        {
            await rows.Erase(found.State.Subscribed.SubjectId, ct);
        }

        var done = await found.Save(facts, ct);
        return NewsSubscriptionDone.Of(done.State, done.Version);
    }

    /// <summary>Calls go out to it from this network: whoever makes it shows a token, and it is https.</summary>
    private Contact Webhook(SubscribeToNews ask)
    {
        if (work.Caller == Caller.Anonymous)
        {
            throw new RefusedException(RefusalKind.Unauthenticated, "unauthenticated", "A webhook needs a token.");
        }

        _ = ask.Email is null ? true : throw Refused.Invalid("way-ambiguous", "Give an e-mail or a url.", "url");
        return new(Addresses.LanguageOf(ask.Language), null, Subscriptions.Address(ask.Url, environment), "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }
}
