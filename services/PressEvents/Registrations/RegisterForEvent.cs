using System.Text.Json;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>
/// Ask for a seat. Public formats: name, e-mail, perhaps a phone, category Public, Student, Expert, Blogger or Freelancer, and consent. Formats for the
/// media: the token says who it is, and only the language counts. Language is kk, ru or en.
/// </summary>
public sealed record RegisterForEvent(string? Name, string? Email, string? Phone, string? Language, string? Category, bool? Consent);

/// <summary>
/// The reply, the same when the same person asks again. <paramref name="Place"/>: on the waiting list, from 1. <paramref name="Code"/> opens the registrant's own
/// door; it is left out when the address is registered already with other particulars, for that may be somebody else.
/// </summary>
public sealed record RegistrationReply(Guid Id, long Version, string State, long? Place, string? Code);

/// <summary>A registration that is ready to be committed.</summary>
/// <param name="Person">Keyed hash of who it is, within its event.</param>
/// <param name="Content">Keyed hash of all particulars.</param>
/// <param name="Taken">Its first fact, without number and seat, which the commit gives.</param>
/// <param name="Item">His particulars, sealed; null for a journalist, whom another register knows.</param>
public sealed record PreparedRegistration(byte[] Person, byte[] Content, Author Author, RegistrationTaken Taken, SealedItem? Item);

/// <summary>
/// Each alone up to the commit: rules, hashes, sealing. Then together with whoever waits (<see cref="RegistrationGroups"/>); under an
/// Idempotency-Key alone, in the key's transaction.
/// </summary>
public sealed class RegisterForEventHandler(IQuerySession reads, ISessionFactory sessions, RegistrationGroups groups, RegistrationCommits commits, ISubjectKeys keys, Catalogue catalogue,
    Sealing sealing, AccreditationReads accreditation, Work work, TimeProvider clock)
{
    public const string PersonPurpose = "registrant", Kind = "registrant";

    public async Task<(bool IsNew, RegistrationReply Reply)> Handle(Guid pressEventId, RegisterForEvent ask, CancellationToken ct)
    {
        var press = pressEventId == Guid.Empty ? null : await reads.LoadAsync<PressEventView>(pressEventId, ct);
        var kind = RegistrationRules.KindOf(catalogue.Format(press?.Format));
        var seating = RegistrationRules.Admit(press, press is null ? null : await reads.LoadAsync<Seating>(Seating.StreamOf(pressEventId), ct), kind, clock.GetUtcNow());
        var one = kind == RegistrationKind.Public ? await Anybody(press!, ask, ct) : await Journalist(press!, seating, kind, ask, ct);
        return work.Transaction is null && await groups.Add(one, ct) is { } reply ? (true, reply) : await Alone(one, ct);
    }

    private async Task<PreparedRegistration> Anybody(PressEventView press, RegisterForEvent ask, CancellationToken ct)
    {
        var (person, category, language) = (RegistrationRules.Person(ask), RegistrationRules.OpenCategory(ask.Category), RegistrationRules.Language(ask.Language));
        RegistrationRules.Consented(ask);
        work.Caller = new(RegistrationDecider.ByRegistrant, RegistrationDecider.ByRegistrant, null, new HashSet<string>());
        var key = await keys.Next(ct);
        var words = JsonSerializer.SerializeToUtf8Bytes(person, Json.WithoutAbsent);
        return Prepared(press, key.SubjectId, null, category, language, RegistrationRules.PersonOf(person), words) with { Item = SealedItem.Of(key, Kind, words) };
    }

    /// <summary>Whose token it is, and accredited when the event starts.</summary>
    private async Task<PreparedRegistration> Journalist(PressEventView press, Seating seating, RegistrationKind kind, RegisterForEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Journalist);
        var standing = await accreditation.JournalistOf(work.Caller, ct) is { } journalist ? await accreditation.StandingOf(journalist, press.Id, press.Start, ct) : null;
        var (id, category) = RegistrationRules.Accredited(standing, kind, seating);
        return Prepared(press, null, id, category, RegistrationRules.Language(ask.Language ?? standing!.Language), id.ToString(), []);
    }

    private PreparedRegistration Prepared(PressEventView press, Guid? subject, Guid? journalist, SeatCategory category, string language, string person, byte[] words) => new(
        sealing.Mac(PersonPurpose, $"{press.Id}\n{person}"), sealing.Mac(PersonPurpose, words), work.Author,
        new(Guid.CreateVersion7(), press.Id, press.Body, subject, journalist, category, language, 0, false, default), null);

    /// <summary>In the transaction that a key opened; or only to look up what somebody who is known was told.</summary>
    private async Task<(bool, RegistrationReply)> Alone(PreparedRegistration one, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        return work.Transaction is not null && (await commits.Commit(session, [one], ct))[0] is { } reply ? (true, reply) : (false, await commits.Earlier(session, one, ct));
    }
}

public static class RegisterForEventRest
{
    public static void MapRegisterForEvent(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events/{id:guid}/registrations",
        async (Guid id, RegisterForEvent ask, RegisterForEventHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var (isNew, body) = await handler.Handle(id, ask, ct);
            reply.Headers.CacheControl = "no-store";
            reply.Headers.Location = $"/v1/registrations/{body.Id}";
            return reply.Versioned(body, body.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("Registrations").Produces<RegistrationReply>(StatusCodes.Status201Created).Produces<RegistrationReply>()
        .WithSummary("Asks for a seat: anybody for public formats, a journalist's token for those of the media. The same person again gets the same registration.");
}
