using System.Text.Json;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A fact as it is stored, with the link that it makes. <paramref name="RecordedAt"/>: when it was recorded.</summary>
public sealed record StoredFact(Guid Stream, long Version, long Sequence, Guid EventId, string Fact, JsonElement Data, DateTimeOffset RecordedAt, string? By, string? ForBody, string Link);

/// <summary>A day's tree as rows keep it: ids and leaves side by side, in the order of the ids. It can be made again from the facts.</summary>
public sealed record ProofDay(DailyRootSigned Root, byte[] Streams, byte[] Leaves)
{
    private const int Id = 16, Hash = 32;

    /// <summary>The place of a stream among the leaves; null when it did not change that day.</summary>
    public int? PlaceOf(Guid stream)
    {
        var wanted = stream.ToByteArray(bigEndian: true);
        for (var (low, high) = (0, Streams.Length / Id - 1); low <= high;)
        {
            var middle = (low + high) / 2;
            var order = Streams.AsSpan(middle * Id, Id).SequenceCompareTo(wanted);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    public IReadOnlyList<byte[]> Hashes() => [.. Leaves.Chunk(Hash)];
}

/// <summary>Reads the event store as it lies there: the proofs are over stored bytes, not over what today's code makes of them.</summary>
public sealed class ProofStore(NpgsqlDataSource database)
{
    private const string Columns = "stream_id, version, seq_id, id, type, data::text, timestamp, user_name, headers ->> 'body'";

    /// <summary>The facts of one stream with their links; as they were recorded at an instant, if one is given.</summary>
    public async Task<IReadOnlyList<StoredFact>> Of(Guid stream, DateTimeOffset? asOf, CancellationToken ct)
    {
        await using var select = database.CreateCommand($"select {Columns} from mt_events where stream_id = $1 order by version");
        select.Parameters.Add(new() { Value = stream });
        List<StoredFact> facts = [];
        await foreach (var fact in Read(select, ct))
        {
            if (fact.RecordedAt > asOf)
            {
                break;
            }

            facts.Add(fact);
        }

        return facts;
    }

    /// <summary>A leaf for every stream that changed after one sequence up to another, in the order of their ids.</summary>
    public async Task<(byte[] Streams, IReadOnlyList<byte[]> Leaves)> Leaves(long from, long upTo, CancellationToken ct)
    {
        await using var select = database.CreateCommand($"""
            select {Columns} from mt_events where seq_id <= $2 and stream_id in
                (select stream_id from mt_events where seq_id > $1 and seq_id <= $2 and type <> 'tombstone' and stream_id <> $3)
            order by stream_id, version
            """);
        select.CommandTimeout = 600;
        select.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = from }, new() { Value = upTo }, new() { Value = DailyRoots.StreamId } });
        using var ids = new MemoryStream();
        List<byte[]> leaves = [];
        List<StoredFact> covered = [];
        await foreach (var fact in Read(select, ct))
        {
            if (covered is [var other, ..] && other.Stream != fact.Stream)
            {
                Close();
            }

            if (fact.Sequence > from)
            {
                covered.Add(fact);
            }
        }

        Close();
        return (ids.ToArray(), leaves);

        void Close()
        {
            if (covered is [var first, ..])
            {
                ids.Write(first.Stream.ToByteArray(bigEndian: true));
                leaves.Add(LeafOf(covered).Hash());
                covered.Clear();
            }
        }
    }

    public static ProofLeaf LeafOf(IReadOnlyList<StoredFact> covered) =>
        new(covered[0].Stream, covered[0].Version, covered[^1].Version, covered[^1].Link, [.. covered.Select(f => f.RecordedAt)]);

    /// <summary>The days whose roots hold any of these sequences, in order.</summary>
    public async Task<IReadOnlyList<ProofDay>> Days(long[] sequences, CancellationToken ct) =>
        await Days("exists (select from unnest($1) s where s > from_sequence and s <= up_to_sequence)", [sequences], ct);

    public async Task<ProofDay?> Day(DateOnly date, CancellationToken ct) => (await Days("date = $1", [date], ct)).SingleOrDefault();

    public async Task<ProofDay?> Last(CancellationToken ct) => (await Days("date = (select max(date) from proofs.days)", [], ct)).SingleOrDefault();

    private async Task<IReadOnlyList<ProofDay>> Days(string where, object[] values, CancellationToken ct)
    {
        await using var select = database.CreateCommand($"select signed::text, streams, leaves from proofs.days where {where} order by date");
        select.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        await using var reader = await select.ExecuteReaderAsync(ct);
        List<ProofDay> days = [];
        while (await reader.ReadAsync(ct))
        {
            days.Add(new(JsonSerializer.Deserialize<DailyRootSigned>(reader.GetString(0), Json.Options)!, reader.GetFieldValue<byte[]>(1), reader.GetFieldValue<byte[]>(2)));
        }

        return days;
    }

    private static async IAsyncEnumerable<StoredFact> Read(NpgsqlCommand select, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var reader = await select.ExecuteReaderAsync(ct);
        var (stream, link) = (Guid.Empty, Chain.Start);
        while (await reader.ReadAsync(ct))
        {
            if (reader.GetGuid(0) != stream)
            {
                (stream, link) = (reader.GetGuid(0), Chain.Start);
            }

            using var data = JsonDocument.Parse(reader.GetString(5));
            link = Chain.Link(link, stream, reader.GetInt64(1), reader.GetString(4), data.RootElement);
            yield return new(stream, reader.GetInt64(1), reader.GetInt64(2), reader.GetGuid(3), reader.GetString(4), data.RootElement.Clone(), reader.GetFieldValue<DateTimeOffset>(6),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8), link);
        }
    }
}
