using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Other rules for a format, with the reason; what is absent stays. Events keep what they were filed under; acts after it follow the new rules.</summary>
public sealed record EditFormat(Bilingual? Name = null, IReadOnlyList<string?>? Audience = null, string? Live = null, bool? Questions = null, EditFormat.NoticeAsk? LeastNotice = null,
    string? Hall = null, int? LeastSpeakers = null, bool? IsPublic = null, string? Registration = null, bool? OnRecord = null, string? Reason = null)
{
    public EditFormat() : this(Name: null) { }

    public sealed record NoticeAsk(int? Value, string? Unit);
}

/// <summary>A format and how often it was edited; version 0 is the table's.</summary>
public sealed record FormatShown(string Code, long Version, Format Format);

public sealed class EditFormatHandler(IDocumentSession session, Catalogues catalogues, Work work, TimeProvider clock)
{
    public async Task<FormatShown> Handle(string code, Seen seen, EditFormat ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Admin);
        var table = catalogues.Table.Format(code) ?? throw Refused.Missing(nameof(Format));
        var stream = await session.Events.FetchForWriting<FormatRules>(FormatDecider.StreamId(code), ct);
        var version = stream.CurrentVersion ?? 0;
        seen.Check(version);
        var state = stream.Aggregate?.Format ?? table;
        var facts = FormatDecider.Decide(state, ask, clock.GetUtcNow().InAlmaty());
        if (facts is [FormatEdited edited])
        {
            stream.AppendMany(facts);
            session.QueueSqlCommand("notify " + Catalogues.Channel); // goes out with the commit
            await session.SaveChangesAsync(ct);
            await catalogues.Refresh(ct);
            state = edited.Format;
        }

        return new(code, version + facts.Count, state);
    }
}

/// <summary>The look-ups with the formats as they were edited and the working calendar as it was heard, in memory, in every replica.</summary>
public sealed class Catalogues(Catalogue table, CalendarInForce calendar, IDocumentStore store, NpgsqlDataSource database, ILogger<Catalogues> log) : BackgroundService
{
    public const string Channel = "press_formats";

    /// <summary>As the tables have it, before any edit.</summary>
    public Catalogue Table { get; } = table;

    public Catalogue Current
    {
        get
        {
            if (_known.Catalogue is var known && known.Calendar == calendar.Now)
            {
                return known;
            }

            lock (_gate)
            {
                _known = _known with { Catalogue = _known.Catalogue.With([], calendar.Now) };
                return _known.Catalogue;
            }
        }
    }

    /// <summary>With the versions of all its streams together: they only grow, so that a slow reader never puts an older state over a newer one.</summary>
    private sealed record Known(Catalogue Catalogue, long Versions);

    private readonly Lock _gate = new();
    private volatile Known _known = new(table, 0);

    public async Task Refresh(CancellationToken ct)
    {
        await using var session = store.QuerySession();
        List<Format> edited = [];
        var versions = 0L;
        foreach (var format in Table.Formats)
        {
            if (await session.AsOf<FormatRules>(FormatDecider.StreamId(format.Code), null, FormatDecider.Evolve, ct) is { } rules)
            {
                edited.Add(rules.State.Format);
                versions += rules.Version;
            }
        }

        lock (_gate)
        {
            _known = versions > _known.Versions ? new(Table.With(edited, calendar.Now), versions) : _known;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Listening.Keep(database, Channel, Refresh, log, stoppingToken);
}

public static class FormatsRest
{
    public static void MapFormats(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/formats").WithTags("Formats");
        doors.MapGet("/", (Catalogue catalogue) => new Page<Format>([.. catalogue.Formats.OrderBy(f => f.Code, StringComparer.Ordinal)], null))
            .WithSummary("The formats and their rules; least notice, audience, broadcasting, registration.");
        doors.MapGet("/{code}", async (string code, string? asOf, IQuerySession session, Catalogues catalogues, HttpResponse reply, CancellationToken ct) =>
            {
                var table = catalogues.Table.Format(code) ?? throw Refused.Missing(nameof(Format));
                var then = await session.AsOf<FormatRules>(FormatDecider.StreamId(code), Times.AsOf(asOf, "asOf"), FormatDecider.Evolve, ct);
                return reply.Versioned(new FormatShown(code, then?.Version ?? 0, then?.State.Format ?? table), then?.Version ?? 0);
            })
            .Produces<FormatShown>().WithSummary("One format; asOf shows its rules as they stood at that instant.");
        doors.MapGet("/{code}/history", async (string code, IQuerySession session, CancellationToken ct) =>
                (await session.Events.FetchStreamAsync(FormatDecider.StreamId(code), token: ct)).Select(HistoryEntry.Of).ToList())
            .ForRoles(Roles.Admin, Roles.Editor, Roles.Auditor).WithSummary("Who edited it, when and why.");
        doors.MapPost("/{code}/edit", async (string code, Seen seen, EditFormat ask, EditFormatHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Handle(code, seen, ask, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .ForRoles(Roles.Admin).Produces<FormatShown>().WithSummary("Changes a format's rules, with the reason.");
    }
}
