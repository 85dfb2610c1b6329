using Npgsql;

namespace PressEvents;

/// <summary>
/// How often what feeds show has changed, asked of the database for every request, so that no replica answers with what another one has changed. At most one
/// question is on its way; who comes meanwhile shares the next one, which begins after they came.
/// </summary>
public sealed class FeedVersion(NpgsqlDataSource database)
{
    private readonly Lock _gate = new();
    private Task<long>? _running, _next;

    public Task<long> Now()
    {
        lock (_gate)
        {
            return _running is { IsCompleted: false } running ? _next ??= After(running) : _running = Ask();
        }
    }

    private async Task<long> After(Task<long> running)
    {
        await ((Task)running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (_gate)
        {
            (_running, _next) = (_next, null);
        }

        return await Ask();
    }

    private async Task<long> Ask()
    {
        await Task.Yield();
        await using var command = database.CreateCommand("select sum(version)::bigint from feed_versions");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
