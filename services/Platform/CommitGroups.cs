using System.Threading.Channels;

namespace Platform;

/// <summary>
/// Several requests in one transaction: whoever comes while a commit runs goes together in the next one. Nobody waits for company: an
/// idle writer takes what is there. One flush of the disk and one turn at a contended row then serve up to fifty requests.
/// </summary>
public abstract class CommitGroups<TOne, TReply>(NpgsqlDataSource database, ILogger log) : BackgroundService where TReply : class
{
    private const int MostTogether = 50;

    /// <summary>While one waits for the disk, the other builds its statements.</summary>
    private const int Writers = 2;
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(1000);

    private sealed record Waiting(TOne One, CancellationToken Gone)
    {
        public TaskCompletionSource<TReply?> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>All of them or none, in one transaction of its own; the replies in their order, null for one that is known already.</summary>
    protected abstract Task<TReply?[]> Commit(IReadOnlyList<TOne> group);

    /// <summary>The reply once it is durable; null when it is known already. A sender who hangs up leaves the queue, or was stored all the same and may ask again.</summary>
    public async Task<TReply?> Add(TOne one, CancellationToken ct)
    {
        var waiting = new Waiting(one, ct);
        await _queue.Writer.WriteAsync(waiting, ct);
        return await waiting.Told.Task.WaitAsync(ct);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(Write, CancellationToken.None)));

    /// <summary>The doors are closed by now; what they let in is still written.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken);
        await base.StopAsync(cancellationToken);
    }

    private async Task Write()
    {
        while (await _queue.Reader.WaitToReadAsync())
        {
            List<Waiting> group = [];
            while (group.Count < MostTogether && _queue.Reader.TryRead(out var next))
            {
                if (!next.Gone.IsCancellationRequested)
                {
                    group.Add(next);
                }
            }

            if (group.Count > 0)
            {
                await Commit(group);
            }
        }
    }

    /// <summary>Together; if that fails, one by one, so that only the culprit is refused. A store that is away is not asked once for each.</summary>
    private async Task Commit(List<Waiting> group)
    {
        if (await TryTogether(group) is not { } first)
        {
            return;
        }

        if (first is not RefusedException)
        {
            log.LogWarning("A group of {Count} failed: {Kind} {Where}", group.Count, first.GetType().Name, Fault.Where(first));
        }

        var again = group.Count > 1 || Store.Poisoned(first) || Store.Postgres(first) is { IsTransient: true };
        Exception? fault = first;
        foreach (var waiting in group)
        {
            fault = again && !Store.Away(fault) ? await TryTogether([waiting]) : fault;
            if (fault is not null)
            {
                waiting.Told.TrySetException(fault);
            }
        }
    }

    private async Task<Exception?> TryTogether(List<Waiting> group)
    {
        try
        {
            foreach (var (waiting, reply) in group.Zip(await Commit(group.ConvertAll(w => w.One))))
            {
                waiting.Told.TrySetResult(reply);
            }

            return null;
        }
        catch (Exception fault)
        {
            if (Store.Poisoned(fault))
            {
                database.Clear();
            }

            return fault;
        }
    }
}
