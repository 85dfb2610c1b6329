using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A file that this worker scans until its lease ends.</summary>
public sealed record ScanOrder(Guid AttachmentId, Guid InquiryId, Guid SubjectId, int Attempts);

/// <summary>The scanner's orders and their ends: a row per file, written in the transaction of its fact; without a scanner there are none.</summary>
public sealed class Scans(NpgsqlDataSource database, AttachmentOptions options, TimeProvider clock)
{
    public bool Configured { get; } = !string.IsNullOrWhiteSpace(options.Clamd);

    public string FirstState => Configured ? StoredFile.Unscanned : StoredFile.UnscannedAllowed;

    /// <summary>To be carried out in the transaction of the file's fact; none without a scanner.</summary>
    public IEnumerable<NpgsqlBatchCommand> Order(Guid attachmentId, Guid inquiryId, Guid subjectId) => !Configured ? [] :
    [
        new("insert into attachment_scans (attachment_id, inquiry_id, subject_id, due_at) values ($1, $2, $3, $4)")
        { Parameters = { new() { Value = attachmentId }, new() { Value = inquiryId }, new() { Value = subjectId }, new() { Value = clock.GetUtcNow() } } },
    ];

    /// <summary>Takes what is due, past what another worker holds; the lease is the next time it is due, so that nobody's death leaves a file unscanned.</summary>
    public async Task<IReadOnlyList<ScanOrder>> Claim(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand("""
            update attachment_scans set due_at = $2, attempts = attempts + 1 where attachment_id in
                (select attachment_id from attachment_scans where outcome is null and due_at <= $1 order by due_at limit $3 for update skip locked)
            returning attachment_id, inquiry_id, subject_id, attempts
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now.AddSeconds(options.ScanTimeoutSeconds * 2) }, new() { Value = most } });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        List<ScanOrder> claimed = [];
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetGuid(2), reader.GetInt32(3)));
        }

        return claimed;
    }

    public Task Again(ScanOrder order, CancellationToken ct) => Run("update attachment_scans set due_at = $2 where attachment_id = $1", ct, order.AttachmentId,
        clock.GetUtcNow().AddSeconds(Math.Min(3600, options.ScanRetrySeconds * Math.Pow(2, Math.Min(order.Attempts - 1, 12)))));

    public Task Done(ScanOrder order, string outcome, CancellationToken ct) =>
        Run("update attachment_scans set outcome = $2, ended_at = $3 where attachment_id = $1", ct, order.AttachmentId, outcome, clock.GetUtcNow());

    /// <summary>Which of these files a scanner found clean.</summary>
    public async Task<IReadOnlySet<Guid>> Clean(IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var select = database.CreateCommand("select attachment_id from attachment_scans where attachment_id = any($1) and outcome = 'clean'");
        select.Parameters.Add(new() { Value = ids.ToArray() });
        await using var reader = await select.ExecuteReaderAsync(ct);
        HashSet<Guid> clean = [];
        while (await reader.ReadAsync(ct))
        {
            clean.Add(reader.GetGuid(0));
        }

        return clean;
    }

    private async Task Run(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Has stored files scanned, any number of replicas side by side: a clean one is handed out from then on, an infected one becomes a fact.</summary>
public sealed class ScanWorker(Scans scans, Clamd clamd, IFileStorage storage, ISubjectKeys keys, IServiceScopeFactory scopes, TimeProvider clock, ILogger<ScanWorker> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await scans.Claim(4, stoppingToken);
                await Task.WhenAll(claimed.Select(order => Scan(order, stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Scanning waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    private async Task Scan(ScanOrder order, CancellationToken ct)
    {
        if (await keys.Find(order.SubjectId, ct) is not { } key)
        {
            await scans.Done(order, "erased", ct);
            return;
        }

        ScanResult result = new ScanResult.Unsaid();
        var found = await storage.Read(order.AttachmentId, async (box, stop) =>
            result = await clamd.Scan((to, end) => SealedFile.Open(SealedFile.Key(key, order.AttachmentId), box, to, end), stop), ct);
        await (result switch
        {
            _ when !found => throw new FileNotFoundException("A file that a fact points to is not in the storage."),
            ScanResult.Clean => scans.Done(order, StoredFile.Clean, ct),
            ScanResult.Infected infected => HoldBack(order, infected.Threat, ct),
            _ => scans.Again(order, ct),
        });
    }

    private async Task HoldBack(ScanOrder order, string threat, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("scanner");
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        await session.BeginTransactionAsync(ct);
        var stream = await session.Events.FetchForExclusiveWriting<Inquiry>(order.InquiryId, ct);
        stream.AppendMany(AttachmentDecider.HoldBack(stream.Aggregate!, order.AttachmentId, threat, clock.GetUtcNow()));
        await session.SaveChangesAsync(ct);
        await scans.Done(order, "infected", ct);
    }
}
