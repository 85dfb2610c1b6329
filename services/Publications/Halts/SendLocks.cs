using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Publications;

/// <summary>
/// The advisory locks that sends hold: the class says by which epoch, the key says in 32 bits for which body (16), kind of channel (8) and account (8). Where two names
/// share their bits, a halt waits for more than it has to, never for less.
/// </summary>
public sealed class SendLocks(NpgsqlDataSource database)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(15), Patience = TimeSpan.FromMinutes(1);
    private const int FirstClass = 0x48000000, Classes = 0x01000000; // nobody else's in this database

    internal static string Class(string epoch) => $"({FirstClass} + {epoch} % {Classes})::int";

    /// <summary>The key of a send.</summary>
    public static int Of(HaltScope scope) => unchecked((int)(Body(scope.Body) | Kind(scope.ChannelKind) | Account(scope.Channel)));

    /// <summary>
    /// Waits until the sends are over that had begun when the halt was committed and may be of its scope; none of its scope begins since. A minute at most: it holds
    /// all the same, and the number says what is still under way (a long film).
    /// </summary>
    public async Task<int> Over(Halt halt, CancellationToken ct)
    {
        for (var since = TimeProvider.System.GetTimestamp(); ;)
        {
            var left = await UnderWay(halt, ct);
            if (left == 0 || TimeProvider.System.GetElapsedTime(since) > Patience)
            {
                return left;
            }

            await Task.Delay(Glance, ct);
        }
    }

    /// <summary>Accounts, counted in each replica, with sends that may be of its scope and were let in before it.</summary>
    public async Task<int> UnderWay(Halt halt, CancellationToken ct)
    {
        var (mask, key) = Reach(halt);
        await using var look = database.CreateCommand($"""
            select count(*)::int from pg_locks where locktype = 'advisory' and objsubid = 2 and granted and database = (select oid from pg_database where datname = current_database())
                and classid::bigint between {FirstClass} and {FirstClass} + $1 % {Classes} - 1 and objid::bigint & $2 = $3
            """);
        look.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = halt.Epoch }, new() { Value = (long)mask }, new() { Value = (long)key } });
        return (int)(await look.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Which keys a halt waits for: those that show <c>Key</c> under <c>Mask</c>; all whose scope it reaches are among them.</summary>
    public static (uint Mask, uint Key) Reach(Halt halt)
    {
        var body = halt.Scope.Kind == HaltDecider.OfBody ? halt.Scope.Value : halt.Within;
        var (mask, key) = body is null ? (0u, 0u) : (0xFFFF0000u, Body(body));
        return halt.Scope.Kind switch
        {
            HaltDecider.OfAccount => (mask | 0xFFu, key | Account(halt.Scope.Value!)),
            HaltDecider.OfChannel => (mask | 0xFF00u, key | Kind(halt.Scope.Value!)),
            _ => (mask, key),
        };
    }

    private static uint Body(string body) => Bits(body, 0xFFFF) << 16;
    private static uint Kind(string kind) => Bits(kind, 0xFF) << 8;
    private static uint Account(string code) => Bits(code, 0xFF);

    /// <summary>The same in every process.</summary>
    private static uint Bits(string name, uint mask) => BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(name))) & mask;
}
