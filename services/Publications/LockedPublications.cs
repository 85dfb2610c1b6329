using System.Text.Json;
using Marten;
using Npgsql;

namespace Publications;

/// <summary>A publication whose stream this transaction holds.</summary>
public sealed record LockedPublication(Publication State, long Version);

/// <summary>
/// Many publications in one transaction: their streams are locked (the first lock any command takes too, so nothing can lock the other way round), their states are
/// read from the views, which are written in the transaction of their facts, in one query. The session keeps what it read, so that its facts are folded into it.
/// </summary>
public static class LockedPublications
{
    /// <summary>
    /// <paramref name="select"/> gives ids and versions of streams and locks them; the order is kept. Left out is one whose view is behind its stream (being rebuilt) or cannot be
    /// read: it must not keep back the others.
    /// </summary>
    public static async Task<(IReadOnlyList<LockedPublication> Held, IReadOnlyList<Guid> LeftOut)> Locked(this IDocumentSession session, string select, object[] parameters, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(select);
        command.Parameters.AddRange(parameters.Select(value => new NpgsqlParameter { Value = value }).ToArray());
        List<(Guid Id, long Version)> streams = [];
        await using (var reader = await session.ExecuteReaderAsync(command, ct))
        {
            while (await reader.ReadAsync(ct))
            {
                streams.Add((reader.GetGuid(0), reader.GetInt64(1)));
            }
        }

        var views = streams.Count == 0 ? [] : await Views(session, [.. streams.Select(s => s.Id)], ct);
        var held = streams.Where(s => views.GetValueOrDefault(s.Id)?.Version == s.Version).Select(s => new LockedPublication(views[s.Id].Now, s.Version)).ToList();
        return (held, [.. streams.Select(s => s.Id).Except(held.Select(p => p.State.Id))]);
    }

    private static async Task<Dictionary<Guid, PublicationView>> Views(IDocumentSession session, Guid[] ids, CancellationToken ct)
    {
        try
        {
            return (await session.LoadManyAsync<PublicationView>(ct, ids)).ToDictionary(v => v.Id);
        }
        catch (JsonException) when (ids.Length == 1)
        {
            return [];
        }
        catch (JsonException)
        {
            Dictionary<Guid, PublicationView> readable = [];
            foreach (var id in ids)
            {
                foreach (var (_, view) in await Views(session, [id], ct))
                {
                    readable[id] = view;
                }
            }

            return readable;
        }
    }

    public static void Append(this IDocumentSession session, LockedPublication publication, IReadOnlyList<object> facts)
    {
        if (facts.Count > 0)
        {
            session.Events.Append(publication.State.Id, publication.Version + facts.Count, facts);
        }
    }
}
