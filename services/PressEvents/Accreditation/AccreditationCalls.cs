using JasperFx;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;
using NodaTime;
using Platform;

namespace PressEvents;

/// <summary>A call for accreditation stands from <paramref name="OpensOn"/> to the end of <paramref name="ClosesOn"/> (Asia/Almaty), ten working days, in kk and ru.</summary>
public sealed record AccreditationCalled(Guid CallId, Bilingual Title, Bilingual Text, DateOnly OpensOn, DateOnly ClosesOn, string Edition, string CalendarVersion, DateTimeOffset At);

/// <summary>A call as its fact leaves it; stored inline and public. That it is open is said by the clock.</summary>
public sealed record AccreditationCall(Guid Id, Bilingual Title, Bilingual Text, DateOnly OpensOn, DateOnly ClosesOn) : IRevisioned
{
    public int Version { get; set; }

    public string StateOn(LocalDate day) => day.ToDateOnly() < OpensOn ? "Upcoming" : day.ToDateOnly() > ClosesOn ? "Closed" : "Open";
}

/// <summary>Publish a call: title and text in kk and ru; opensOn is today unless a later day is given.</summary>
public sealed record CallForAccreditation(Bilingual? Title = null, Bilingual? Text = null, DateOnly? OpensOn = null)
{
    public CallForAccreditation() : this(Title: null) { }
}

/// <summary>A call and whether it is Upcoming, Open or Closed.</summary>
public sealed record AccreditationCallShown(Guid Id, long Version, string State, Bilingual Title, Bilingual Text, DateOnly OpensOn, DateOnly ClosesOn)
{
    public static AccreditationCallShown Of(AccreditationCall call, long version, DateTimeOffset now) =>
        new(call.Id, version, call.StateOn(Registration.AlmatyDate(now)), call.Title, call.Text, call.OpensOn, call.ClosesOn);
}

/// <summary>The rules of calls: values in, values out.</summary>
public static class AccreditationCalls
{
    public const string Rule = "accreditation-call";
    public static readonly Type[] Facts = [typeof(AccreditationCalled)];

    public static AccreditationCall? Evolve(AccreditationCall? state, object fact) => fact switch
    {
        AccreditationCalled e => new(e.CallId, e.Title, e.Text, e.OpensOn, e.ClosesOn),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a call for accreditation."),
    };

    public static AccreditationCalled Publish(Guid id, CallForAccreditation ask, WorkingCalendar calendar, DateTimeOffset now)
    {
        var (title, text, today) = (Filing.Words(ask.Title, "title", 300), Filing.Words(ask.Text, "text", 10_000), Registration.AlmatyDate(now));
        if (Filing.Incomplete(title, "title").Concat(Filing.Incomplete(text, "text")).ToList() is { Count: > 0 } missing)
        {
            throw new RefusedException(RefusalKind.Invalid, "language-missing", "A call stands in kk and ru.", missing.ToDictionary(field => field, _ => new[] { "missing" }));
        }

        var opens = ask.OpensOn is { } day ? LocalDate.FromDateOnly(day) : today;
        var term = opens < today ? throw Refused.Invalid("opens-past", "It opens today or later.", "opensOn") : Deadlines.Compute(Rule, opens, today, calendar);
        return new(id, title, text, opens.ToDateOnly(), term.Due.ToDateOnly(), term.Edition, term.CalendarVersion, now);
    }
}

/// <summary>Marten's side of the fold.</summary>
public sealed partial class AccreditationCallFold : SingleStreamProjection<AccreditationCall, Guid>
{
    public AccreditationCallFold() => Array.ForEach(AccreditationCalls.Facts, IncludeType);

    public override AccreditationCall? Evolve(AccreditationCall? snapshot, Guid id, IEvent e) => AccreditationCalls.Evolve(snapshot, e.Data);
}

public sealed class CallForAccreditationHandler(IDocumentSession session, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<AccreditationCallShown> Handle(CallForAccreditation ask, CancellationToken ct)
    {
        work.Caller.DemandAccreditor();
        var now = clock.GetUtcNow().InAlmaty();
        var fact = AccreditationCalls.Publish(Guid.CreateVersion7(), ask, catalogue.Calendar, now);
        session.Events.StartStream<AccreditationCall>(fact.CallId, fact);
        await session.SaveChangesAsync(ct);
        return AccreditationCallShown.Of(AccreditationCalls.Evolve(null, fact)!, 1, now);
    }
}

public static class AccreditationCallsRest
{
    public static void MapAccreditationCalls(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/accreditation-calls").WithTags("Accreditation");
        doors.MapPost("/", async (CallForAccreditation ask, CallForAccreditationHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(ask, ct);
                reply.Headers.Location = $"/v1/accreditation-calls/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .ForRoles(Roles.Accreditor).Produces<AccreditationCallShown>(StatusCodes.Status201Created).WithSummary("Publishes a call; it stands ten working days.");
        doors.MapGet("/", async (bool? open, string? cursor, int? limit, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
            {
                var (now, today) = (clock.GetUtcNow(), Registration.AlmatyDate(clock.GetUtcNow()).ToDateOnly());
                IQueryable<AccreditationCall> calls = session.Query<AccreditationCall>();
                calls = open switch
                {
                    true => calls.Where(c => c.OpensOn <= today && c.ClosesOn >= today),
                    false => calls.Where(c => c.OpensOn > today || c.ClosesOn < today),
                    null => calls,
                };
                var page = await calls.ById(c => c.Id, cursor, Changes.Limit(limit), ct);
                return new Page<AccreditationCallShown>([.. page.Items.Select(c => AccreditationCallShown.Of(c, c.Version, now))], page.Next);
            })
            .WithSummary("Calls for accreditation, public; open: only those that stand today, or only the others.");
        doors.MapGet("/{id:guid}", async (Guid id, string? asOf, IQuerySession session, TimeProvider clock, HttpResponse reply, CancellationToken ct) =>
            {
                var at = Times.AsOf(asOf, "asOf");
                var (state, version) = await session.One<AccreditationCall>(id, at, AccreditationCalls.Evolve, ct);
                return reply.Versioned(AccreditationCallShown.Of(state, version, at ?? clock.GetUtcNow()), version);
            })
            .Produces<AccreditationCallShown>().WithSummary("One call, public.");
    }
}
