using Marten;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>A reply whose attempt this worker may make, or may ask about.</summary>
public sealed record ClaimedReply(InboxItem Item, Attempt Attempt, DateTimeOffset LeaseUntil);

/// <summary>The due table of replies: rows of the view that have a wake time.</summary>
public sealed class ReplyClaims(IDocumentStore store, ReleaseOptions options, TimeProvider clock)
{
    /// <summary>In one transaction what is due is locked past what another worker holds, and what the rules start is stored before anything is sent.</summary>
    public async Task<IReadOnlyList<ClaimedReply>> Next(int most, CancellationToken ct)
    {
        await using var session = store.LightweightSession();
        session.LastModifiedBy = ReleaseDecider.Service;
        await session.BeginTransactionAsync(ct);
        List<ClaimedReply> claimed = [];
        foreach (var id in await Due(session, most, ct))
        {
            var stream = await session.Events.FetchForWriting<InboxItem>(id, ct);
            var now = clock.GetUtcNow();
            var lease = now.AddSeconds(options.LeaseSeconds);
            var facts = InboxReplyDecider.Claim(stream.Aggregate!, Guid.CreateVersion7, lease, now);
            stream.AppendMany(facts);
            if (facts.Count > 0)
            {
                var state = facts.Aggregate(stream.Aggregate!, (item, fact) => InboxFold.Evolve(item, fact)!);
                claimed.Add(new(state, state.Reply!.Attempts[^1], lease));
            }
        }

        if (claimed.Count > 0)
        {
            await session.SaveChangesAsync(ct);
        }

        return claimed;
    }

    private async Task<IReadOnlyList<Guid>> Due(IDocumentSession session, int most, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("""
            select s.id from mt_doc_inboxitemview d join mt_streams s on s.id = d.id
            where d.wake_at <= $1 order by d.wake_at limit $2 for update of s skip locked
            """)
        { Parameters = { new() { Value = clock.GetUtcNow() }, new() { Value = most } } };
        List<Guid> due = [];
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct))
        {
            due.Add(reader.GetGuid(0));
        }

        return due;
    }
}

/// <summary>One call to a channel about a reply. Words and address are opened for it alone; where they are gone nothing is sent.</summary>
public sealed class ReplyCalls(Vault vault, ChannelBook channels, IHalts halts)
{
    private static readonly Outcome.Unavailable NobodyThere = new((int?)null);

    public TimeSpan SettleOf(InboxItem item) => channels.Adapter(item.Received.Channel)?.Settle ?? TimeSpan.Zero;

    public async Task<Outcome> Make(ClaimedReply claimed, CancellationToken ct)
    {
        var (item, reply) = (claimed.Item, claimed.Item.Reply!);
        var (text, sender) = (await vault.Open(item.Received.SubjectId, reply.TextId, ct), await vault.Sender(item, ct));
        if (text is null || sender is null)
        {
            return claimed.Attempt.ReadingBack ? new Outcome.Unknown("personal-data-gone") : new Outcome.Refused(InboxReplyDecider.Gone);
        }

        if (channels.Adapter(item.Received.Channel) is not { } channel || await channels.Find(item.Received.Account, ct) is not { } registered)
        {
            return claimed.Attempt.ReadingBack ? new Outcome.Unknown("account-gone") : NobodyThere;
        }

        var account = sender.Chat is { } chat ? registered with { Settings = new Dictionary<string, string>(registered.Settings) { ["chat"] = chat } } : registered;
        var post = new Post(item.Id, claimed.Attempt.AttemptId, item.Body, "Reply", reply.Language, new(null, null),
            reply.Language == Languages.Kk ? new(text, null) : new(null, text), [], false, reply.ApprovedAt!.Value);
        if (claimed.Attempt.ReadingBack)
        {
            return await channel.ReadBack(account, post, claimed.Attempt.StartedAt, ct);
        }

        // a halt stops replies as it stops releases
        await using var entered = await halts.Enter(new(item.Body, account.Code, account.Kind, item.Tags, []), ct);
        return entered is null ? new Outcome.Halted() : await channel.Reply(account, sender.ReplyTo, post, ct);
    }
}

/// <summary>Sends approved replies: claims, calls, stores what came of it. A worker that dies in between leaves its line, and the next one asks the channel first.</summary>
public sealed class ReplyReleaser(ReplyClaims claims, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ReplyReleaser> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await claims.Next(8, stoppingToken);
                await Task.WhenAll(claimed.Select(Run)); // begun is ended, also while the replica stops
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Replies wait: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    private async Task Run(ClaimedReply claimed)
    {
        if (clock.GetUtcNow() >= claimed.LeaseUntil)
        {
            return; // by now another worker may have asked and started anew
        }

        try
        {
            await using var scope = Scope();
            var calls = scope.ServiceProvider.GetRequiredService<ReplyCalls>();
            await Keep(claimed, await calls.Make(claimed, CancellationToken.None), calls.SettleOf(claimed.Item));
        }
        catch (Exception fault)
        {
            // the attempt stays open; when its lease is over it becomes unknown and is read back
            log.LogError("A reply's outcome could not be kept: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    /// <summary>Stores it, also past somebody else's append; a channel's id may name a private chat and is sealed.</summary>
    private async Task Keep(ClaimedReply claimed, Outcome outcome, TimeSpan settle)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var scope = Scope();
                var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
                var (stream, externalItemId) = (await session.Events.FetchForWriting<InboxItem>(claimed.Item.Id), Guid.CreateVersion7());
                var facts = InboxReplyDecider.Decide(stream.Aggregate!, claimed.Attempt.AttemptId, outcome, externalItemId, settle, clock.GetUtcNow());
                if (outcome is Outcome.Accepted accepted && facts.Count > 0 && await scope.ServiceProvider.GetRequiredService<ISubjectKeys>().Find(claimed.Item.Received.SubjectId, default) is not null)
                {
                    await scope.ServiceProvider.GetRequiredService<Vault>().Keep(claimed.Item.Received.SubjectId, externalItemId, InboxWords.ExternalKind, accepted.ExternalId, default);
                }

                stream.AppendMany(facts);
                await session.SaveChangesAsync();
                return;
            }
            catch (Exception fault) when (attempt < 8 && (fault is JasperFx.ConcurrencyException or RefusedException || fault is NpgsqlException || fault.InnerException is NpgsqlException))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << attempt), clock);
            }
        }
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("publications");
        return scope;
    }
}
