using System.Text.Json;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Names, addresses and documents of a journalist, opened.</summary>
public sealed record JournalistOpened(Guid JournalistId, JournalistParticulars Person, IReadOnlyList<DocumentOpened> Documents);

/// <summary>One document, and which version of it this is.</summary>
public sealed record DocumentOpened(string Kind, string? Words, int Version);

/// <summary>The list and the record; officials see all of them without personal data, a journalist his own.</summary>
public sealed class JournalistReads(IDocumentSession session, Vault vault, Owners owners, Work work)
{
    public async Task<Page<Journalist>> List(string? category, Guid? outletId, bool? suspended, DateTimeOffset now, string? cursor, int limit, CancellationToken ct)
    {
        IQueryable<Journalist> all = session.Query<Journalist>();
        if (!work.Caller.SeesAccreditation())
        {
            var own = await owners.JournalistOf(work.Caller, ct) ?? Guid.Empty;
            all = all.Where(j => j.Id == own);
        }

        all = category is null ? all : all.Where(j => j.Category == category);
        all = outletId is null ? all : all.Where(j => j.OutletId == outletId);
        var utc = now.ToUniversalTime();
        all = suspended switch
        {
            true => all.Where(j => j.SuspendedUntil > utc),
            false => all.Where(j => j.SuspendedUntil == null || j.SuspendedUntil <= utc),
            null => all,
        };
        var page = await all.ById(j => j.Id, cursor, limit, ct);
        return new([.. page.Items.Select(j => j.Shown(j.Version))], page.Next);
    }

    /// <summary>Missing also when it is another journalist's.</summary>
    public async Task<(Journalist State, long Version)> One(Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var found = await session.One<Journalist>(id, asOf, Journalists.Evolve, ct);
        return work.Caller.SeesAccreditation() || await owners.JournalistOf(work.Caller, ct) == id ? found : throw Refused.Missing(nameof(Journalist));
    }

    /// <summary>An accreditor's read is logged with its reason; a journalist reads his own without.</summary>
    public async Task<JournalistOpened> Open(Guid id, string? reason, CancellationToken ct)
    {
        var (state, _) = await One(id, null, ct);
        if (await owners.JournalistOf(work.Caller, ct) != id)
        {
            work.Caller.DemandAccreditor();
            await vault.Note(state.SubjectId, reason, ct);
        }

        await vault.Readable(state.SubjectId, ct);
        List<DocumentOpened> documents = [];
        foreach (var document in state.Documents)
        {
            documents.Add(new(document.Kind, await vault.Open(state.SubjectId, document.ItemId, ct), document.Version));
        }

        return new(id, JsonSerializer.Deserialize<JournalistParticulars>(await vault.Open(state.SubjectId, state.ItemId, ct) ?? "{}", Json.Options)!, documents);
    }
}

public static class JournalistReadsRest
{
    public static void MapJournalistReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/journalists").WithTags("Accreditation");
        doors.MapGet("/", (string? category, Guid? outletId, bool? suspended, string? cursor, int? limit, JournalistReads reads, TimeProvider clock, CancellationToken ct) =>
                reads.List(category, outletId, suspended, clock.GetUtcNow(), cursor, Changes.Limit(limit), ct))
            .ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor, Roles.Journalist).WithSummary("Journalists without personal data; a journalist sees himself.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, JournalistReads reads, HttpResponse reply, CancellationToken ct) =>
                await reads.One(id, Times.AsOf(asOf, "asOf"), ct) is var (state, version) ? reply.Versioned(state.Shown(version), version) : null)
            .ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor, Roles.Journalist).Produces<Journalist>().WithSummary("One journalist without personal data; asOf shows the record as it stood at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, JournalistReads reads, IQuerySession session, CancellationToken ct) =>
                await reads.One(id, null, ct) is var _ ? await session.History(id, ct) : null)
            .ForRoles(Roles.Accreditor, Roles.Head, Roles.Auditor).WithSummary("Who did what to the record, when it was so and when it was recorded.");
        doors.MapGet("/{id:guid}/personal-data", async (Guid id, string? reason, JournalistReads reads, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                return await reads.Open(id, reason, ct);
            })
            .ForRoles(Roles.Accreditor, Roles.Journalist).WithSummary("Names, addresses and documents; an accreditor's read is logged with its reason.");
    }

    /// <summary>Every fact of a stream with who acted.</summary>
    public static async Task<IReadOnlyList<HistoryEntry>> History(this IQuerySession session, Guid id, CancellationToken ct) =>
        [.. (await session.Events.FetchStreamAsync(id, token: ct)).Select(e => HistoryEntry.Of(e) with { RecordedAt = e.Timestamp.InAlmaty() })];
}
