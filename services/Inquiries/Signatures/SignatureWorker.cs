using System.Text;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>The signature of a form on its way through intake: checked before the transaction, recorded in it.</summary>
public sealed class SignedForms(SignatureVerifier verifier, SignatureChecks checks)
{
    public bool Fails(SignatureVerdict? verdict) => SignatureRules.Fails(verdict, verifier.Required);

    /// <summary>The fact, if there is a verdict; one that could not be reached is ordered again.</summary>
    public void Enter(SignatureVerdict? verdict, PreparedForm prepared)
    {
        if (verdict is null)
        {
            return;
        }

        var received = prepared.Received;
        if (!verdict.IsFinal)
        {
            prepared.Rows.Add(checks.Order(received.InquiryId, received.SubjectId));
        }

        prepared.Facts.Add(now => SignatureRules.Fact(received.InquiryId, verdict, verifier.Required, now));
    }
}

/// <summary>A signature that this worker has checked until its lease ends.</summary>
public sealed record SignatureOrder(Guid InquiryId, Guid SubjectId, int Attempts);

/// <summary>Signatures that the verifier has not seen yet, because it was away.</summary>
public sealed class SignatureChecks(NpgsqlDataSource database, SignatureOptions options, TimeProvider clock)
{
    /// <summary>To be carried out in the transaction of the request.</summary>
    public NpgsqlBatchCommand Order(Guid inquiryId, Guid subjectId) => new("insert into signature_checks (inquiry_id, subject_id, due_at) values ($1, $2, $3)")
    { Parameters = { new() { Value = inquiryId }, new() { Value = subjectId }, new() { Value = clock.GetUtcNow().AddSeconds(options.RetrySeconds) } } };

    /// <summary>The next time it is due is the lease.</summary>
    public async Task<IReadOnlyList<SignatureOrder>> Claim(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand("""
            update signature_checks set due_at = $2, attempts = attempts + 1 where inquiry_id in
                (select inquiry_id from signature_checks where due_at <= $1 order by due_at limit $3 for update skip locked)
            returning inquiry_id, subject_id, attempts
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now.AddSeconds(options.TimeoutSeconds * 4) }, new() { Value = most } });
        await using var reader = await claim.ExecuteReaderAsync(ct);
        List<SignatureOrder> claimed = [];
        while (await reader.ReadAsync(ct))
        {
            claimed.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2)));
        }

        return claimed;
    }

    public async Task Again(SignatureOrder order, CancellationToken ct)
    {
        await using var update = database.CreateCommand("update signature_checks set due_at = $2 where inquiry_id = $1");
        var wait = Math.Min(3600, options.RetrySeconds * Math.Pow(2, Math.Min(order.Attempts, 12)));
        update.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = order.InquiryId }, new() { Value = clock.GetUtcNow().AddSeconds(wait) } });
        await update.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>Has signatures checked once the verifier is back; the form is opened from the vault for it.</summary>
public sealed class SignatureWorker(SignatureChecks checks, SignatureVerifier verifier, IServiceScopeFactory scopes, TimeProvider clock, ILogger<SignatureWorker> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await checks.Claim(8, stoppingToken);
                await Task.WhenAll(claimed.Select(order => Check(order, stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Checking signatures waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    private async Task Check(SignatureOrder order, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("signatures");
        var (session, vault) = (scope.ServiceProvider.GetRequiredService<IDocumentSession>(), scope.ServiceProvider.GetRequiredService<Vault>());
        SignatureVerdict? verdict = null;
        if (await vault.OpenForm(order.SubjectId, ct) is { } words)
        {
            using var json = CanonicalJson.Parse(Encoding.UTF8.GetBytes(words));
            verdict = await verifier.Check(FormReader.Read(json.RootElement), json.RootElement, ct);
            if (verdict is { IsFinal: false })
            {
                await checks.Again(order, ct);
                return;
            }
        }

        await session.BeginTransactionAsync(ct);
        if (verdict is not null)
        {
            var stream = await session.Events.FetchForExclusiveWriting<Inquiry>(order.InquiryId, ct);
            stream.AppendMany(SignatureRules.Decide(stream.Aggregate!, verdict, verifier.Required, clock.GetUtcNow()));
        }

        session.QueueSqlCommand("delete from signature_checks where inquiry_id = ?", order.InquiryId);
        await session.SaveChangesAsync(ct);
    }
}
