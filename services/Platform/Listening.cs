namespace Platform;

/// <summary>Keeps something in memory that another replica may change: read at once, on each NOTIFY, and by a slow poll as the net.</summary>
public static class Listening
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public static async Task Keep(NpgsqlDataSource database, string channel, Func<CancellationToken, Task> refresh, ILogger log, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenConnectionAsync(ct);
                await using var listen = new NpgsqlCommand("listen " + channel, connection);
                await listen.ExecuteNonQueryAsync(ct);
                while (true)
                {
                    await refresh(ct);
                    await connection.WaitAsync(Poll, ct);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("{Channel} lost its connection: {Kind}; it is read again", channel, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), ct);
            }
        }
    }
}
