using System.Collections.Concurrent;
using Marten;
using Npgsql;

namespace PressEvents;

/// <summary>Which events, by format, body (holders.csv) and region (KATO); or one event; or a week. Null: all.</summary>
public sealed record FeedFilter(string? Format = null, string? Body = null, string? Region = null, Guid? Id = null, string? Week = null)
{
    public bool Holds(PressEventView view) => (Format is null || view.Format == Format) && (Body is null || view.Body == Body) && (Region is null || view.Region == Region)
        && (Id is null || view.Id == Id);
}

/// <summary>A feed that somebody asked for: a name, a language (null: both), a filter.</summary>
public sealed record Feed(string Name, string? Language, FeedFilter Filter);

/// <summary>
/// What every feed stands on: bytes by feed, kept by each replica until anything that feeds show has changed. Every request asks for the number of changes
/// first; while it stands an answer comes from memory, and no event is touched.
/// </summary>
public sealed class FeedShelf(FeedVersion versions, IDocumentStore store, NpgsqlDataSource database) : IDisposable
{
    private const int MostFeeds = 2000;
    private readonly SemaphoreSlim _refreshing = new(1, 1);

    /// <summary>Formats can be edited, and stand in feeds by their names; materials are due by the working calendar: other names or another calendar, other pieces.</summary>
    private sealed record Shelf(EventBook Book, Catalogue? Catalogue, ConcurrentDictionary<Feed, Lazy<Task<Rendered?>>> Feeds)
    {
        public bool Serves(Catalogue catalogue) => ReferenceEquals(Catalogue, catalogue) || (Catalogue is not null && Catalogue.Calendar.Version == catalogue.Calendar.Version
            && Names(Catalogue).SequenceEqual(Names(catalogue)));

        private static IEnumerable<(string, Bilingual)> Names(Catalogue catalogue) => catalogue.Formats.Select(f => (f.Code, f.Name)).OrderBy(f => f.Code, StringComparer.Ordinal);
    }

    private volatile Shelf _shelf = new(EventBook.Empty, null, new());

    /// <summary>The feed's bytes; null where it shows nothing that there is.</summary>
    public async Task<Rendered?> Get(Feed feed, Catalogue catalogue, Func<EventBook, Task<Rendered?>> make)
    {
        var version = await versions.Now();
        var shelf = _shelf is { Book.Version: var kept } current && kept >= version && current.Serves(catalogue) ? current : await Refresh(version, catalogue);
        if (shelf.Feeds.Count > MostFeeds)
        {
            shelf.Feeds.Clear();
        }

        try
        {
            return await shelf.Feeds.GetOrAdd(feed, _ => new(() => make(shelf.Book))).Value;
        }
        catch
        {
            shelf.Feeds.TryRemove(feed, out _); // asked again, it is made again
            throw;
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private async Task<Shelf> Refresh(long version, Catalogue catalogue)
    {
        await _refreshing.WaitAsync();
        try
        {
            var renamed = !_shelf.Serves(catalogue);
            if (renamed || _shelf.Book.Version < version)
            {
                // the number first, then the events: what is kept may be newer than its number, never older
                var now = await versions.Now();
                _shelf = new(await (renamed ? EventBook.Empty : _shelf.Book).At(now, store, database, CancellationToken.None), catalogue, new());
            }

            return _shelf;
        }
        finally
        {
            _refreshing.Release();
        }
    }
}
