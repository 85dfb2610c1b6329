using Marten;
using Platform;

namespace Publications;

/// <summary>Keep a section of the own body's site as it is said here: code, name in kk and ru, kinds of publications, and its term (<c>site-news</c> or <c>site-section</c>).</summary>
public sealed record KeepSection(string? Code = null, Bilingual? Name = null, IReadOnlyList<string?>? Kinds = null, string? Term = null);

/// <summary>The site has this section no more.</summary>
public sealed record DropSection;

/// <summary>What the section tells of changed: on a day in Almaty, today unless given.</summary>
public sealed record ReportChange(DateOnly? On = null);

public sealed class SiteHandler(IDocumentSession session, SiteReads reads, Work work, TimeProvider clock)
{
    /// <summary>The first section makes the site; then, as for all, the version seen is asked for.</summary>
    public async Task<(Site State, bool IsNew)> Keep(string body, Seen seen, KeepSection ask, CancellationToken ct)
    {
        var stream = await session.Events.FetchForWriting<Site>(SiteDecider.StreamId(Own(body)), ct);
        var version = stream.CurrentVersion ?? 0;
        if (stream.Aggregate is not null)
        {
            seen.Check(version);
        }

        var facts = SiteDecider.Decide(stream.Aggregate, body, ask, work.Caller.Id, clock.GetUtcNow());
        if (facts.Count > 0)
        {
            stream.AppendMany(facts);
            await session.SaveChangesAsync(ct);
        }

        return (Versioned(facts.Aggregate(stream.Aggregate, SiteDecider.Evolve)!, version + facts.Count), stream.Aggregate is null);
    }

    public Task<Site> Drop(string body, string code, Seen seen, CancellationToken ct) => Act(body, seen, state => SiteDecider.Drop(state, code, work.Caller.Id, clock.GetUtcNow()), ct);

    public async Task<Site> Report(string body, string code, Seen seen, ReportChange ask, CancellationToken ct)
    {
        var posted = await session.LoadAsync<Site>(SiteDecider.StreamId(Own(body)), ct) is { } site && site.Sections.FirstOrDefault(s => s.Code == code) is { } section
            ? (await reads.Posted([(body, section)], ct))[(body, code)].Last : null;
        return await Act(body, seen, state => SiteDecider.Decide(state, code, ask, posted, work.Caller.Id, clock.GetUtcNow()), ct);
    }

    private async Task<Site> Act(string body, Seen seen, Func<Site, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var done = await session.Decide(SiteDecider.StreamId(Own(body)), seen, _ => true, SiteDecider.Evolve, decide, ct);
        return Versioned(done.State, done.Version);
    }

    /// <summary>Of another body there is nothing to keep.</summary>
    private string Own(string body)
    {
        work.Caller.Demand(CalendarScope.Keepers);
        return Holders.Find(body) is not null && work.Caller.ActsFor(body) ? body : throw Refused.Missing(nameof(Site));
    }

    private static Site Versioned(Site state, long version) => state with { Version = (int)version };
}

public static class SectionsRest
{
    public static void MapSections(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/sites/{body}/sections").WithTags("Sites");
        doors.MapPost("/", async (string body, Seen seen, KeepSection ask, SiteHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, isNew) = await handler.Keep(body, seen, ask, ct);
                reply.Headers.Location = $"/v1/sites/{body}/sections";
                return reply.Versioned(state, state.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
            })
            .ForRoles(CalendarScope.Keepers).Produces<Site>().Produces<Site>(StatusCodes.Status201Created).WithSummary("Keeps a section of the body's site; the first one needs no If-Match.");
        doors.MapPost("/{code}/drop", async (string body, string code, Seen seen, DropSection? ask, SiteHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Drop(body, code, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(CalendarScope.Keepers).Produces<Site>().WithSummary("The site has this section no more.");
        doors.MapPost("/{code}/report-change", async (string body, string code, Seen seen, ReportChange? ask, SiteHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Report(body, code, seen, ask ?? new(), ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(CalendarScope.Keepers).Produces<Site>().WithSummary("What the section tells of changed on a day: the law's three working days run from it.");
        doors.MapGet("/", async (string body, string? asOf, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, version) = await session.One<Site>(SiteDecider.StreamId(body), Times.AsOf(asOf, "asOf"), SiteDecider.Evolve, ct);
                return reply.Versioned(state with { Version = (int)version }, version);
            })
            .Produces<Site>().WithSummary("The sections of a body's site, public; asOf shows them as they were recorded at that instant.");
        doors.MapGet("/history", async (string body, IQuerySession session, Work work, CancellationToken ct) =>
                work.Caller.Scope(body) is not null && await session.Events.FetchStreamAsync(SiteDecider.StreamId(body), token: ct) is { Count: > 0 } facts
                    ? facts.Select(HistoryEntry.Of).ToList() : throw Refused.Missing(nameof(Site)))
            .ForRoles(CalendarScope.Officials).WithSummary("Who changed them, and when.");
    }
}
