using Marten;
using Platform;

namespace PressEvents;

/// <summary>An outlet as it is to be on the list: name in kk and ru, kind, languages, region (KATO), whether it is foreign, its office's e-mail.</summary>
public sealed record DescribeOutlet(Bilingual? Name = null, string? Kind = null, IReadOnlyList<string?>? Languages = null, string? Region = null, bool? Foreign = null, string? Email = null)
{
    public DescribeOutlet() : this(Name: null) { }
}

/// <summary>Take an outlet off the list.</summary>
public sealed record CloseOutlet;

public sealed class OutletHandler(IDocumentSession session, Work work, TimeProvider clock)
{
    public async Task<(Outlet State, long Version)> Register(DescribeOutlet ask, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        var fact = Outlets.Register(Guid.CreateVersion7(), ask, clock.GetUtcNow().InAlmaty());
        session.Events.StartStream<Outlet>(fact.OutletId, fact);
        await session.SaveChangesAsync(ct);
        return (Outlets.Evolve(null, fact)!, 1);
    }

    public Task<(Outlet State, long Version)> Revise(Guid id, Seen seen, DescribeOutlet ask, CancellationToken ct) => Act(id, seen, (state, now) => Outlets.Revise(state, ask, now), ct);

    public Task<(Outlet State, long Version)> Close(Guid id, Seen seen, CancellationToken ct) => Act(id, seen, Outlets.Close, ct);

    private async Task<(Outlet State, long Version)> Act(Guid id, Seen seen, Func<Outlet, DateTimeOffset, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        var done = await session.Decide<Outlet>(id, seen, _ => true, Outlets.Evolve, state => decide(state, clock.GetUtcNow().InAlmaty()), ct);
        return (done.State, done.Version);
    }
}

public static class OutletRest
{
    public static void MapOutlets(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/outlets").WithTags("Accreditation");
        doors.MapPost("/", async (DescribeOutlet ask, OutletHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, version) = await handler.Register(ask, ct);
                reply.Headers.Location = $"/v1/outlets/{state.Id}";
                return Shown(reply, state, version, StatusCodes.Status201Created);
            })
            .ForRoles(Roles.Accreditor).Produces<Outlet>(StatusCodes.Status201Created).WithSummary("Puts an outlet on the list.");
        doors.MapPost("/{id:guid}/revise", async (Guid id, Seen seen, DescribeOutlet ask, OutletHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Revise(id, seen, ask, ct) is var (state, version) ? Shown(reply, state, version) : null)
            .ForRoles(Roles.Accreditor).Produces<Outlet>().WithSummary("Says anew what an outlet is.");
        doors.MapPost("/{id:guid}/close", async (Guid id, Seen seen, CloseOutlet? ask, OutletHandler handler, HttpResponse reply, CancellationToken ct) =>
                await handler.Close(id, seen, ct) is var (state, version) ? Shown(reply, state, version) : null)
            .ForRoles(Roles.Accreditor).Produces<Outlet>().WithSummary("Takes an outlet off the list.");
        doors.MapGet("/", List).WithSummary("The outlets, public; by region, kind, state and whether they are foreign.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
            {
                var (state, version) = await session.One<Outlet>(id, Times.AsOf(asOf, "asOf"), Outlets.Evolve, ct);
                return Shown(reply, state, version);
            })
            .Produces<Outlet>().WithSummary("One outlet, public; asOf shows it as it was recorded at that instant.");
    }

    private static async Task<Page<Outlet>> List(string? region, string? kind, string? state, bool? foreign, string? cursor, int? limit, IQuerySession session, CancellationToken ct)
    {
        IQueryable<Outlet> outlets = session.Query<Outlet>();
        outlets = region is null ? outlets : outlets.Where(o => o.Region == region);
        outlets = kind is null ? outlets : outlets.Where(o => o.Kind == kind);
        outlets = state is null ? outlets : outlets.Where(o => o.State == state);
        outlets = foreign is null ? outlets : outlets.Where(o => o.Foreign == foreign);
        return await outlets.ById(o => o.Id, cursor, Changes.Limit(limit), ct);
    }

    private static IResult Shown(HttpResponse reply, Outlet state, long version, int status = StatusCodes.Status200OK) =>
        reply.Versioned(state with { Version = (int)version }, version, status);
}
