using Marten;
using NodaTime;
using Npgsql;
using Platform;

namespace Publications;

/// <summary>When a publication last fell into a section of the site, and when what stands there was last brought up to date.</summary>
public sealed record SectionPosted(DateTimeOffset? Last, DateTimeOffset? Updated);

/// <summary>
/// What the law asks of a section (401-V 16). <paramref name="Due"/>: its term with the trace, 24:00 Almaty of its day; null: nothing is due, for its information was not said to have changed since.
/// </summary>
public sealed record SiteDuty(string Body, string Code, Bilingual Name, string Term, DateTimeOffset? LastPosted, DateTimeOffset? LastUpdated, DateOnly? ChangedOn, DeadlineReply? Due, bool Overdue);

/// <summary>The duty of a section as a function of values.</summary>
public static class SiteDuties
{
    public static SiteDuty Of(string body, SiteSection section, SectionPosted posted, WorkingCalendar calendar, DateTimeOffset now)
    {
        DateTimeOffset? last = posted.Updated > posted.Last ? posted.Updated : posted.Last;
        var open = section.ToldAt is { } told && !(last > told) ? section.ChangedOn : null;
        // news: each day after the last ones; before the first ones from the day on which the section is watched
        var from = section.Term == SiteDecider.News ? Registration.AlmatyDate(posted.Last > section.Since ? posted.Last.Value : section.Since)
            : open is { } day ? LocalDate.FromDateOnly(day) : (LocalDate?)null;
        var due = from is { } start ? Deadlines.Compute(section.Term, start, Registration.AlmatyDate(now), calendar) : null;
        return new(body, section.Code, section.Name, section.Term, posted.Last, last, section.Term == SiteDecider.News ? null : open, due is null ? null : DeadlineReply.Of(due),
            due is not null && now >= Registration.DueInstant(due.Due));
    }
}

public sealed class SiteReads(IQuerySession session, NpgsqlDataSource database, CalendarInForce calendar, TimeProvider clock)
{
    public async Task<IReadOnlyList<SiteDuty>> Of(string body, CancellationToken ct) =>
        await Duties([await session.LoadAsync<Site>(SiteDecider.StreamId(body), ct) ?? throw Refused.Missing(nameof(Site))], ct);

    /// <summary>Of every site that is kept here; a few hundred at most.</summary>
    public async Task<Page<SiteDuty>> Overdue(CancellationToken ct)
    {
        var sites = await session.Query<Site>().OrderBy(s => s.Body).ToListAsync(ct);
        return new([.. (await Duties(sites, ct)).Where(duty => duty.Overdue)], null);
    }

    private async Task<IReadOnlyList<SiteDuty>> Duties(IReadOnlyList<Site> sites, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        (string Body, SiteSection Section)[] sections = [.. sites.SelectMany(site => site.Sections.Select(section => (site.Body, section)))];
        var posted = await Posted(sections, ct);
        return [.. sections.Select(s => SiteDuties.Of(s.Body, s.Section, posted[(s.Body, s.Section.Code)], calendar.Now, now))];
    }

    /// <summary>From the calendar's rows, one look into an index for each section and kind.</summary>
    public async Task<IReadOnlyDictionary<(string Body, string Code), SectionPosted>> Posted(IReadOnlyList<(string Body, SiteSection Section)> sections, CancellationToken ct)
    {
        var asked = sections.SelectMany(s => s.Section.Kinds.Select(kind => (s.Body, s.Section.Code, Kind: kind))).ToArray();
        await using var command = database.CreateCommand("""
            select a.body, a.code, max(posted.at), max(updated.at) from unnest($1, $2, $3) as a(body, code, kind)
            left join lateral (select c.at from calendar_items c where c.valid_to = 'infinity' and c.channel = 'site' and c.state in ('Released', 'Corrected')
                and c.body = a.body and c.kind = a.kind order by c.at desc limit 1) posted on true
            left join lateral (select c.valid_from as at from calendar_items c where c.valid_to = 'infinity' and c.channel = 'site' and c.state in ('Released', 'Corrected')
                and c.body = a.body and c.kind = a.kind order by c.valid_from desc limit 1) updated on true
            group by a.body, a.code
            """);
        command.Parameters.Add(new() { Value = asked.Select(a => a.Body).ToArray() });
        command.Parameters.Add(new() { Value = asked.Select(a => a.Code).ToArray() });
        command.Parameters.Add(new() { Value = asked.Select(a => a.Kind).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<(string, string), SectionPosted> found = [];
        while (await reader.ReadAsync(ct))
        {
            found[(reader.GetString(0), reader.GetString(1))] = new(await At(2), await At(3));
        }

        return found;

        async Task<DateTimeOffset?> At(int column) => await reader.IsDBNullAsync(column, ct) ? null : reader.GetFieldValue<DateTimeOffset>(column);
    }
}

public static class SiteDutiesRest
{
    public static void MapSiteDuties(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/sites/{body}/duties", async (string body, SiteReads reads, Work work, CancellationToken ct) =>
                work.Caller.Scope(body) is { } scope ? new Page<SiteDuty>(await reads.Of(scope, ct), null) : null)
            .ForRoles(CalendarScope.Officials).WithTags("Sites").WithSummary("What the law asks of each section of the site: last posted, last updated, due by when and why.");
        app.MapGet("/v1/sites/overdue", (SiteReads reads, CancellationToken ct) => reads.Overdue(ct)).WithTags("Sites").RequireRateLimiting(Service.CitizensLimit)
            .WithSummary("Sections of all sites whose term is over, for everybody: what a site has to show is everybody's to know.");
    }
}
