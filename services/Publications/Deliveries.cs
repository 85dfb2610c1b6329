using Marten;
using Platform;

namespace Publications;

/// <summary>The call and the second half of its line in the ledger.</summary>
public sealed class Deliveries(IDocumentStore store, IServiceScopeFactory scopes, IHalts halts, DeliveryLedger ledger, TimeProvider clock, ILogger<Deliveries> log)
{
    public async Task Run(Claimed item, CancellationToken ct)
    {
        // a worker that slept through its lease sends nothing: by now another one may have asked and started anew
        if (clock.GetUtcNow() >= item.LeaseUntil)
        {
            return;
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var channels = scope.ServiceProvider.GetRequiredService<ChannelBook>();
            var account = await channels.Find(item.Attempt.Channel, ct);
            var adapter = account is null ? null : channels.Adapter(account.Kind);
            var outcome = adapter is null ? new Outcome.Refused(0) : await Call(item, adapter, account!, await Reach(scope.ServiceProvider, item, account!, ct), ct);
            await Keep(new(item.Publication.Id, item.Attempt.AttemptId, outcome, adapter?.Settle ?? TimeSpan.Zero), ct);
        }
        catch (Exception fault)
        {
            // the attempt stays open; when its lease is over it becomes unknown and is read back
            log.LogError("An outcome could not be kept: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    private async Task<HaltScope> Reach(IServiceProvider services, Claimed item, ChannelAccount account, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        // a correction may name fewer channels than what it corrects stands on
        return (await services.GetRequiredService<HaltReach>().Of(session, item.Publication, ct)).FirstOrDefault(scope => scope.Channel == account.Code) ?? HaltScopes.Of(item.Publication, account);
    }

    /// <summary>Reading and deleting go on while a halt holds; everything else enters it, so that none begins once it has begun.</summary>
    private async Task<Outcome> Call(Claimed item, IChannel adapter, ChannelAccount account, HaltScope reach, CancellationToken ct)
    {
        var (publication, attempt) = (item.Publication, item.Attempt);
        var post = Posts.Of(publication, attempt, account);
        if (attempt.ReadingBack)
        {
            return await adapter.ReadBack(account, post, attempt.StartedAt, ct);
        }

        if (attempt.Purpose == Purposes.Delete)
        {
            return await adapter.Delete(account, Posts.ExternalId(publication, attempt), attempt.AttemptId, ct);
        }

        await using var entered = await halts.Enter(reach, ct);
        return entered is null ? new Outcome.Halted() : attempt.Purpose switch
        {
            null => await adapter.Publish(account, post, ct),
            Purposes.Edit => await adapter.Edit(account, Posts.ExternalId(publication, attempt), post, ct),
            _ => await adapter.Reply(account, Posts.ExternalId(publication, attempt), post, ct),
        };
    }

    /// <summary>Stores it, also past a store that is away for a moment.</summary>
    private async Task Keep(AttemptOutcome ended, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await ledger.Add(ended, ct);
                return;
            }
            catch when (attempt < 8)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), clock, ct);
            }
        }
    }
}

/// <summary>What goes out by an attempt: the words of the languages that may, and no others.</summary>
public static class Posts
{
    public static Post Of(Publication publication, Attempt attempt, ChannelAccount account)
    {
        var content = publication.Content;
        bool Goes(string language) => attempt.Language is { } one ? language == one : attempt.Purpose is null || publication.ReleasedLanguages.Contains(language);
        var languages = account.Languages.Where(Goes).ToHashSet();
        Bilingual Of(Bilingual words) => new(languages.Contains(Languages.Kk) ? words.Kk : null, languages.Contains(Languages.Ru) ? words.Ru : null);
        // in place of what was withdrawn, and under what was corrected, stands the notice
        var isNotice = attempt.Purpose == Purposes.Reply || (attempt.Purpose is not null && publication.State == PublicationState.Withdrawn);
        return new(publication.Id, attempt.AttemptId, publication.Body, content.Kind, attempt.Language, Of(content.Title), Of(isNotice ? publication.Notice! : content.Text),
            isNotice ? [] : [.. (content.Media ?? []).Select(m => new PostMedia(m.MediaId, "", m.Crop, m.Caption is null ? null : Of(m.Caption), m.Alt is null ? null : Of(m.Alt)))],
            content.AiMade ?? false, publication.DueAt ?? attempt.StartedAt);
    }

    public static string ExternalId(Publication publication, Attempt attempt) => publication.FollowUps.Last(f => f.Leg == attempt.Leg).Plan.ExternalId;
}
