using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// Apply: Permanent, or Temporary for the event named; strategic when it is to hold at strategic objects; mfaNumber of the Foreign Ministry's accreditation for foreign media;
/// callId when it answers a call. A journalist applies for himself; an accreditor names the journalist whose paper it is.
/// </summary>
public sealed record RequestAccreditation(string? Kind = null, Guid? PressEventId = null, bool? Strategic = null, string? MfaNumber = null, Guid? CallId = null, Guid? JournalistId = null)
{
    public RequestAccreditation() : this(Kind: null) { }
}

public sealed class RequestAccreditationHandler(IDocumentSession session, Vault vault, Owners owners, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<AccreditationShown> Handle(RequestAccreditation ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Journalist, Roles.Accreditor);
        var journalist = await Applicant(ask, ct);
        await owners.Alone(journalist.Id, ct);
        var before = await session.Query<Accreditation>().Where(a => a.JournalistId == journalist.Id).ToListAsync(ct);
        var applicant = new Applicant(journalist, await session.Outlet(journalist.OutletId, ct), await Load<PressEventView>(ask.PressEventId, ct), await Load<AccreditationCall>(ask.CallId, ct), before);
        var number = Filing.Text(ask.MfaNumber, "mfaNumber", 60);
        Guid? item = number is null ? null : Guid.CreateVersion7();
        var (id, now) = (Guid.CreateVersion7(), clock.GetUtcNow().InAlmaty());
        var requested = AccreditationDecider.Request(id, ask, applicant, item, catalogue.Calendar, now);
        if (item is { } mfa)
        {
            await vault.Keep(journalist.SubjectId, mfa, "mfa-accreditation", number!, ct);
        }

        session.Events.StartStream<Accreditation>(id, requested);
        await session.SaveChangesAsync(ct);
        return AccreditationShown.Of(Accreditations.Evolve(null, requested)!, 1, now);
    }

    private async Task<Journalist> Applicant(RequestAccreditation ask, CancellationToken ct)
    {
        var own = await owners.JournalistOf(work.Caller, ct);
        if (ask.JournalistId is { } named && named != own)
        {
            _ = work.Caller.IsAccreditor() ? true : throw Refused.Missing(nameof(Journalist));
            return await Load<Journalist>(named, ct) ?? throw Refused.Missing(nameof(Journalist));
        }

        return await Load<Journalist>(own, ct) ?? (work.Caller.Is(Roles.Journalist) ? throw Refused.Conflict("journalist-unregistered", "Register as a journalist first.")
            : throw Refused.Invalid("journalist-missing", "Name the journalist who applies.", "journalistId"));
    }

    private async Task<T?> Load<T>(Guid? id, CancellationToken ct) where T : class => id is { } some && some != Guid.Empty ? await session.LoadAsync<T>(some, ct) : null;
}

public static class RequestAccreditationRest
{
    public static void MapRequestAccreditation(this IEndpointRouteBuilder app) => app.MapPost("/v1/accreditations",
        async (RequestAccreditation ask, RequestAccreditationHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(ask, ct);
            reply.Headers.Location = $"/v1/accreditations/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Journalist, Roles.Accreditor).WithTags("Accreditation").Produces<AccreditationShown>(StatusCodes.Status201Created)
        .WithSummary("A journalist applies for himself; the reply says by when it is decided. After a refusal a new application names the one before.");
}
