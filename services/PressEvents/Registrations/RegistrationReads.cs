using System.Globalization;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>A registration as officials see it, without personal data. <paramref name="Number"/>: in the order of commits; <paramref name="Place"/>: on the waiting list, from 1.</summary>
public sealed record RegistrationLine(Guid Id, long Version, string State, string Category, string Language, long Number, long? Place, Guid? JournalistId,
    DateTimeOffset RegisteredAt, DateTimeOffset? SeatedAt, DateTimeOffset? WithdrawnAt, string? WithdrawnBy)
{
    public static RegistrationLine Of(RegistrationView v, long? place) => new(v.Id, v.Version, v.State, v.Category, v.Language, v.Number, place, v.JournalistId,
        v.RegisteredAt.InAlmaty(), v.SeatedAt?.InAlmaty(), v.WithdrawnAt?.InAlmaty(), v.WithdrawnBy);
}

public sealed class RegistrationReads(IQuerySession session)
{
    /// <summary>By number, which is also the order of the waiting list.</summary>
    public async Task<Page<RegistrationLine>> List(Guid pressEventId, string? state, string? category, string? cursor, int limit, CancellationToken ct)
    {
        _ = state is null || Enum.GetNames<RegistrationState>().Contains(state) ? true : throw Refused.Invalid("state-unknown", "state is Seated, Waiting or Withdrawn.", "state");
        _ = category is null ? default : RegistrationRules.Category(category, "category");
        var after = After(cursor);
        var views = session.Query<RegistrationView>().Where(v => v.PressEventId == pressEventId && v.Number > after);
        views = state is null ? views : views.Where(v => v.State == state);
        views = category is null ? views : views.Where(v => v.Category == category);
        var items = await views.OrderBy(v => v.Number).Take(limit).ToListAsync(ct);
        var places = await session.Places(pressEventId, [.. items.Select(v => v.Id)], ct);
        return new([.. items.Select(v => RegistrationLine.Of(v, places.TryGetValue(v.Id, out var place) ? place : null))],
            items.Count == limit ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null);
    }

    public async Task<RegistrationView> One(Guid pressEventId, Guid id, DateTimeOffset? asOf, CancellationToken ct) =>
        await session.Registration(id, asOf, ct) is { } view && view.PressEventId == pressEventId ? view : throw Refused.Missing("registration");

    /// <summary>The terms and counts, now.</summary>
    public async Task<SeatingDone> Terms(PressEventView press, SeatCounters counters, DateTimeOffset now, CancellationToken ct)
    {
        var terms = await session.LoadAsync<Seating>(Seating.StreamOf(press.Id), ct) ?? throw Refused.Missing("registration for this event");
        return SeatingDone.Of(terms, await counters.Read(session, press.Id, ct), terms.Version, press, now);
    }

    private static long After(string? cursor) => cursor is null ? 0
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
}

public static class RegistrationQueries
{
    public static async Task<RegistrationView?> Registration(this IQuerySession session, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (id == Guid.Empty || asOf is null)
        {
            return id == Guid.Empty ? null : await session.LoadAsync<RegistrationView>(id, ct);
        }

        var then = await session.AsOf<RegistrationView>(id, asOf, RegistrationDecider.Evolve, ct);
        return then is { } was ? was.State with { Version = (int)was.Version } : null;
    }
}

public static class RegistrationReadsRest
{
    private static readonly string[] Officials = [Roles.Editor, Roles.Accreditor, Roles.Moderator, Roles.Auditor];

    public static void MapRegistrationReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/press-events/{id:guid}/registrations").WithTags("Registrations");
        doors.MapGet("/", async (Guid id, string? state, string? category, string? cursor, int? limit, RegistrationReads reads, IQuerySession session, Work work, CancellationToken ct) =>
                await reads.List((await session.Seen(work.Caller, id, ct)).Id, state, category, cursor, Changes.Limit(limit), ct))
            .ForRoles(Officials).WithSummary("Who sits, waits or withdrew, in the order of registering; no personal data.");
        doors.MapGet("/terms", async (Guid id, RegistrationReads reads, SeatCounters counters, IQuerySession session, Work work, TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
            {
                var press = await session.One(work.Caller, id, null, ct);
                var terms = await reads.Terms(press, counters, clock.GetUtcNow().InAlmaty(), ct);
                return reply.Versioned(terms, terms.Version);
            })
            .Produces<SeatingDone>().WithSummary("Public with its event: from when until when one may register, for how many seats, how many sit and wait.");
        doors.MapGet("/{registrationId:guid}", async (Guid id, Guid registrationId, string? asOf, RegistrationReads reads, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var view = await reads.One((await session.Seen(work.Caller, id, ct)).Id, registrationId, Times.AsOf(asOf, "asOf"), ct);
                var places = await session.Places(id, asOf is null ? [view.Id] : [], ct);
                return reply.Versioned(RegistrationLine.Of(view, places.TryGetValue(view.Id, out var place) ? place : null), view.Version);
            })
            .ForRoles(Officials).Produces<RegistrationLine>().WithSummary("One registration; asOf shows it as it was recorded at that instant, without its place.");
        doors.MapGet("/{registrationId:guid}/person", Person).ForRoles(Roles.Editor, Roles.Accreditor)
            .WithSummary("Who it is, from the vault; the read is logged with its reason. A journalist's needs an accreditor of the Central Communications Service.");
    }

    /// <summary>A journalist's name is read by an accreditor at the register, under the same log.</summary>
    private static async Task<IResult> Person(Guid id, Guid registrationId, string? reason, RegistrationReads reads, IQuerySession session, Vault vault, JournalistReads journalists, Work work,
        HttpResponse reply, CancellationToken ct)
    {
        var press = await session.Planned(work.Caller, id, ct);
        var view = await reads.One(press.Id, registrationId, null, ct);
        reply.Headers.CacheControl = "no-store";
        return view.SubjectId is { } subject
            ? TypedResults.Text(await vault.Read(subject, RegisterForEventHandler.Kind, reason, ct), "application/json")
            : TypedResults.Json((await journalists.Open(view.JournalistId!.Value, reason, ct)).Person);
    }
}
