namespace Outgoing;

/// <summary>Sends what is due, any number of replicas side by side; each notice has its own time, so that one that fails stands in nobody's way.</summary>
public sealed class NoticeWorker(NoticeLedger ledger, NoticeKinds kinds, NoticeParts parts, NoticeWebhooks webhooks, NoticeMail mail, IServiceScopeFactory scopes, TimeProvider clock, ILogger<NoticeWorker> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ledger.Claim(kinds.All, 16, stoppingToken);
                await Task.WhenAll(claimed.GroupBy(notice => (notice.About, notice.Recipient)).Select(ofOne => InOrder(ofOne.OrderBy(notice => notice.QueuedAt), stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Notices wait: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    /// <summary>Nobody should read of an answer before the registration; past a failed try order is not promised, the timestamp tells it.</summary>
    private async Task InOrder(IEnumerable<ClaimedNotice> ofOne, CancellationToken ct)
    {
        foreach (var notice in ofOne)
        {
            await Send(notice, ct);
        }
    }

    private async Task Send(ClaimedNotice notice, CancellationToken ct)
    {
        try
        {
            var done = await Try(notice, ct);
            await ledger.End(notice, done, CancellationToken.None);
            await (done.Outcome == NoticeOutcome.Delivered ? parts.Delivered(notice, scopes) : Task.CompletedTask);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // the try stays open; when its lease is over the notice is looked at again
            log.LogError("A notice was not brought to its end: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    private async Task<NoticeTry> Try(ClaimedNotice notice, CancellationToken ct)
    {
        if (notice is { Kind: NoticeRules.Email, Interrupted: true })
        {
            return new(NoticeOutcome.Unknown, "interrupted");
        }

        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("notices");
        return await parts.Compose(notice, scope.ServiceProvider, ct) switch
        {
            Letter letter => await mail.Send(notice, letter, ct),
            WebhookCall call => await webhooks.Send(notice, call, ct),
            NotWanted why => new(NoticeOutcome.NotWanted, why.Code),
            var content => throw new InvalidOperationException($"{content.GetType().Name} is nothing that can be sent."),
        };
    }
}
