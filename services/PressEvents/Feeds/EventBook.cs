using Marten;
using Npgsql;

namespace PressEvents;

/// <summary>The feeds that list events; each keeps its piece of every event.</summary>
public enum ListFeed { IcsKk, IcsRu, AtomKk, AtomRu, Ninjs }

/// <summary>One public event and what feeds made of it; made anew with its next version.</summary>
public sealed class FeedItem(PressEventView view)
{
    private readonly byte[]?[] _pieces = new byte[Enum.GetValues<ListFeed>().Length][];

    public PressEventView View { get; } = view;

    public byte[] Piece(ListFeed feed, Func<PressEventView, byte[]> make) => _pieces[(int)feed] ??= make(View);
}

/// <summary>The public events by start, and those withdrawn from the public, as of a version: what every list feed is made from, kept in memory by each replica.</summary>
public sealed record EventBook(long Version, IReadOnlyList<FeedItem> Open, IReadOnlyList<PressEventView> Withdrawn)
{
    /// <summary>The latest by start; older ones are found in the list.</summary>
    public const int MostEvents = 10_000;

    public static readonly EventBook Empty = new(-1, [], []);

    /// <summary>Reads what has another version than this book, and nothing else.</summary>
    public async Task<EventBook> At(long version, IDocumentStore store, NpgsqlDataSource database, CancellationToken ct)
    {
        var known = Open.ToDictionary(item => item.View.Id);
        List<FeedItem> same = [];
        List<Guid> changed = [];
        await using (var list = database.CreateCommand($"select id, mt_version from mt_doc_presseventview where is_open order by start desc, id desc limit {MostEvents}"))
        await using (var rows = await list.ExecuteReaderAsync(ct))
        {
            while (await rows.ReadAsync(ct))
            {
                if (known.TryGetValue(rows.GetGuid(0), out var item) && item.View.Version == rows.GetInt32(1))
                {
                    same.Add(item);
                }
                else
                {
                    changed.Add(rows.GetGuid(0));
                }
            }
        }

        await using var session = store.QuerySession();
        var read = changed.Count == 0 ? [] : await session.LoadManyAsync<PressEventView>(ct, [.. changed]);
        return new(version, [.. same.Concat(read.Where(v => v.IsOpen).Select(v => new FeedItem(v))).OrderBy(item => item.View.Start).ThenBy(item => item.View.Id)],
            [.. (await session.Query<PressEventView>().Where(v => !v.IsOpen && v.WithdrawnAt != null).ToListAsync(ct)).OrderBy(v => v.WithdrawnAt).ThenBy(v => v.Id)]);
    }
}
