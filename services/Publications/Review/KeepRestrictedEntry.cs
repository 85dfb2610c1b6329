using Marten;
using Platform;

namespace Publications;

/// <summary>Put an entry on the list, or another one in its place: kind Words (also absent) or AllowedContact; blocking unless said otherwise; the reason in kk and ru is for editors, because for the record.</summary>
public sealed record KeepRestrictedEntry(string? Pattern, Bilingual? Reason, string? Because, string? Kind = null, string? Language = null, bool? Blocking = null, string? Law = null);

/// <summary>Take an entry off the list, with the reason.</summary>
public sealed record RemoveRestrictedEntry(string? Because);

/// <summary>An entry and how often it was changed (version 0: as the build's table has it). <paramref name="State"/>: Kept, Removed.</summary>
public sealed record RestrictedEntryShown(string Id, long Version, string State, RestrictedEntry? Entry);

/// <summary>The list as it stands now: the build's table with what admins kept and removed.</summary>
public sealed class RestrictedWords
{
    private (string Key, RestrictedList List) _last = ("", new(RestrictedList.Table));

    /// <summary>Read in the caller's session; made anew only when an entry has changed.</summary>
    public async Task<RestrictedList> Now(IQuerySession session, CancellationToken ct)
    {
        var changed = await session.Query<RestrictedEntryView>().OrderBy(v => v.Code).ToListAsync(ct);
        var key = string.Join(' ', changed.Select(v => $"{v.Code}:{v.Version}"));
        var (known, list) = _last;
        if (known != key)
        {
            _last = (key, list = new(RestrictedList.Table.Where(entry => changed.All(v => v.Code != entry.Code)).Concat(changed.Select(v => v.Entry).OfType<RestrictedEntry>())));
        }

        return list;
    }
}

public sealed class RestrictedEntryHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<RestrictedEntryShown> Decide(string code, Seen seen, Func<RestrictedEntry?, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Admin);
        if (code.Length is 0 or > 60 || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw Refused.Invalid("code-invalid", "The code of an entry is small letters, digits and hyphens, at most 60.", "code");
        }

        var stream = await session.Events.FetchForWriting<RestrictedEntryView>(RestrictedEntryDecider.StreamOf(code), ct);
        var version = stream.CurrentVersion ?? 0;
        seen.Check(version);
        var state = stream.Aggregate;
        var facts = decide(state is null ? RestrictedList.Table.FirstOrDefault(e => e.Code == code) : state.Entry, clock.GetUtcNow());
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
            state = facts.Aggregate(state, RestrictedEntryDecider.Evolve);
        }

        return RestrictedRest.Shown(code, state, version + facts.Count);
    }
}

public static class RestrictedRest
{
    private const string Path = "/v1/restricted-words", Tag = "Restricted words";
    private static readonly string[] Readers = [.. ReviewReads.Readers, Roles.Admin];

    public static RestrictedEntryShown Shown(string code, RestrictedEntryView? view, long version)
    {
        var entry = view is null ? RestrictedList.Table.FirstOrDefault(e => e.Code == code) : view.Entry;
        return new(code, version, entry is null ? "Removed" : "Kept", entry);
    }

    public static void MapRestrictedWords(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup(Path).WithTags(Tag);
        doors.MapGet("/", async (string? cursor, int? limit, IQuerySession session, RestrictedWords words, CancellationToken ct) =>
            {
                var most = Changes.Limit(limit);
                RestrictedEntry[] page = [.. (await words.Now(session, ct)).Entries.Where(e => cursor is null || string.CompareOrdinal(e.Code, cursor) > 0).Take(most)];
                return new Page<RestrictedEntry>(page, page.Length == most ? page[^1].Code : null);
            })
            .ForRoles(Readers).WithSummary("The list as it stands, by code: restricted words with reason and law, and allowed official contacts.");
        doors.MapGet("/{code}", async (string code, DateTimeOffset? asOf, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                var found = await session.AsOf<RestrictedEntryView>(RestrictedEntryDecider.StreamOf(code), asOf, RestrictedEntryDecider.Evolve, ct);
                var shown = Shown(code, found?.State, found?.Version ?? 0);
                return shown is { Entry: null, Version: 0 } ? throw Refused.Missing("entry") : reply.Versioned(shown, shown.Version);
            })
            .ForRoles(Readers).Produces<RestrictedEntryShown>().WithSummary("One entry; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{code}/history", async (string code, IQuerySession session, CancellationToken ct) =>
                (await session.Events.FetchStreamAsync(RestrictedEntryDecider.StreamOf(code), token: ct)).Select(HistoryEntry.Of).ToList())
            .ForRoles(Readers).WithSummary("Who changed it, when and why.");
        doors.MapPost("/{code}/keep", async (string code, Seen seen, KeepRestrictedEntry ask, RestrictedEntryHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Decide(code, seen, (before, now) => RestrictedEntryDecider.Keep(before, code, ask, now), ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(Roles.Admin).Produces<RestrictedEntryShown>().WithSummary("Puts an entry on the list or changes it; a new one is at version 0.");
        doors.MapPost("/{code}/remove", async (string code, Seen seen, RemoveRestrictedEntry ask, RestrictedEntryHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Decide(code, seen, (before, now) => RestrictedEntryDecider.Remove(before, code, ask, now), ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(Roles.Admin).Produces<RestrictedEntryShown>().WithSummary("Takes an entry off the list.");
    }
}
