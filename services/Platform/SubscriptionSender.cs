using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform;

/// <summary>
/// Tells subscribers of changes, each in order: a claimed subscription gets what comes after its position, message by message, until one is
/// not taken; then it waits, longer each time, and after three days of failures it is paused and waits for its owner. Any number of replicas.
/// </summary>
public sealed class SubscriptionSender(NpgsqlDataSource database, IDocumentStore store, Leaving leaving, Sealing sealing, IHttpClientFactory http, TimeProvider clock,
    ILogger<SubscriptionSender> log) : BackgroundService
{
    public const string Client = "subscriptions";
    private const int Page = 100, Lanes = 8;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500), Lease = TimeSpan.FromMinutes(2), Patience = TimeSpan.FromDays(3), Longest = TimeSpan.FromHours(1);

    private sealed record Due(Guid Id, string? Body, bool SeesAll, Uri Url, string[] Types, byte[] Secret, long Position, int Attempts, DateTimeOffset? FailingSince, long Version);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.WhenAll((await Claim(stoppingToken)).Select(due => Tell(due, stoppingToken)));
                await Task.Delay(Glance, clock, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Telling subscribers waits: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(2), clock, stoppingToken);
            }
        }
    }

    /// <summary>Only those that something new lies before, so that idle subscriptions cost one look together.</summary>
    private async Task<IReadOnlyList<Due>> Claim(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var claim = database.CreateCommand("""
            update platform.subscriptions set due_at = $2 where subscription_id in
                (select subscription_id from platform.subscriptions where state = 'active' and due_at <= $1
                    and position < (select last_seq_id from mt_event_progression where name = 'HighWaterMark') order by due_at limit $3 for update skip locked)
            returning subscription_id, body, sees_all, url, types, secret, position, attempts, failing_since, version
            """);
        claim.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = now }, new() { Value = now + Lease }, new() { Value = Lanes } });
        await using var row = await claim.ExecuteReaderAsync(ct);
        List<Due> claimed = [];
        while (await row.ReadAsync(ct))
        {
            claimed.Add(new(row.GetGuid(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetBoolean(2), new(row.GetString(3)), row.GetFieldValue<string[]>(4), row.GetFieldValue<byte[]>(5),
                row.GetInt64(6), row.GetInt32(7), row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8), row.GetInt64(9)));
        }

        return claimed;
    }

    private async Task Tell(Due due, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var caller = new Caller("", "", due.Body, due.SeesAll ? new HashSet<string> { Roles.Auditor } : []);
        var (items, next, _) = await session.Read(database, leaving, caller, due.Position, Page, ct);
        var secret = new StandardWebhook(Encoding.UTF8.GetString(sealing.Open(Subscriptions.Purpose, due.Secret)));
        foreach (var item in items.Where(i => due.Types.Length == 0 || due.Types.Contains(i.Type)))
        {
            if (await Send(due, secret, item, ct) is { } code)
            {
                await Failed(due, item.Position - 1, code, ct);
                return;
            }

            await Moved(due, item.Position, clock.GetUtcNow() + Lease, ct);
        }

        await Moved(due, next, clock.GetUtcNow(), ct);
    }

    /// <summary>Null when it was taken (2xx), else a word for the ledger: a status, or what kind of fault.</summary>
    private async Task<string?> Send(Due due, StandardWebhook secret, Change change, CancellationToken ct)
    {
        var (id, at) = (change.MessageId.ToString(), clock.GetUtcNow());
        var body = JsonSerializer.SerializeToUtf8Bytes(new { type = change.Type, timestamp = change.At, position = change.Position, data = change.Message }, Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, due.Url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secret.Sign(id, at, body));
        try
        {
            using var reply = await http.CreateClient(Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return reply.IsSuccessStatusCode ? null : ((int)reply.StatusCode).ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return fault is TaskCanceledException ? "timeout" : "unreachable";
        }
    }

    /// <summary>A replay or an end meanwhile wins: the version tells.</summary>
    private Task Moved(Due due, long position, DateTimeOffset dueAt, CancellationToken ct) => Run(
        "update platform.subscriptions set position = $3, due_at = $4, attempts = 0, failing_since = null, last_code = null where subscription_id = $1 and version = $2", ct, due.Id, due.Version, position, dueAt);

    private Task Failed(Due due, long position, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, Math.Pow(2, Math.Min(due.Attempts, 12))));
        var gone = code == "410" || now - (due.FailingSince ?? now) > Patience;
        return Run("""
            update platform.subscriptions set position = greatest(position, $3), due_at = $4, attempts = attempts + 1, failing_since = coalesce(failing_since, $5), last_code = $6, state = $7
            where subscription_id = $1 and version = $2
            """, ct, due.Id, due.Version, position, now + wait, now, code, gone ? "paused" : "active");
    }

    private async Task Run(string sql, CancellationToken ct, params IReadOnlyList<object> values)
    {
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await command.ExecuteNonQueryAsync(ct);
    }
}
