using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Invite to speak: a spokesperson of the register, or anybody by name (kk and ru), e-mail and language (kk or ru). The link goes by mail.</summary>
public sealed record InviteSpeaker(Guid? SpeakerId, Bilingual? Name, Bilingual? Post, string? Email, string? Language);

/// <summary>The reply: the invitation and where it stands.</summary>
public sealed record InvitationDone(Guid Id, long Version, string State, Guid PressEventId)
{
    public static InvitationDone Of(Invitation state, long version, DateTimeOffset start) => new(state.Id, version, state.State(start).ToString(), state.Invited.PressEventId);
}

public sealed class InviteSpeakerHandler(IDocumentSession session, Vault vault, ISubjectKeys keys, Work work, TimeProvider clock)
{
    public async Task<InvitationDone> Handle(Guid pressEventId, InviteSpeaker ask, CancellationToken ct)
    {
        var about = await session.Planned(work.Caller, pressEventId, ct);
        var invited = ask.SpeakerId is { } speakerId ? await OfRegister(about, speakerId, ct) : await ByName(about, ask, null, ct);
        session.Events.StartStream<Invitation>(invited.InvitationId, invited);
        await session.SaveChangesAsync(ct);
        return InvitationDone.Of(InvitationDecider.Evolve(null, invited)!, 1, about.Start);
    }

    public async Task<InvitationDone> Revoke(Guid pressEventId, Guid id, Seen seen, CancellationToken ct)
    {
        var about = await session.Planned(work.Caller, pressEventId, ct);
        var done = await session.Decide<Invitation>(id, seen, i => i.Invited.PressEventId == pressEventId, InvitationDecider.Evolve, i => InvitationDecider.Revoke(i, clock.GetUtcNow().InAlmaty()), ct);
        return InvitationDone.Of(done.State, done.Version, about.Start);
    }

    /// <summary>An invitation for whom the organiser, or the speaker who cannot come, names; the address goes to the vault.</summary>
    public async Task<SpeakerInvited> ByName(PressEventView about, InviteSpeaker ask, Guid? inPlaceOf, CancellationToken ct)
    {
        var (name, post) = (SpokespersonDecider.Both(ask.Name, "name"), ask.Post is null ? null : SpokespersonDecider.Both(ask.Post, "post"));
        var contact = Addresses.ByMail(ask.Email, ask.Language);
        var key = await keys.Next(ct);
        var invited = InvitationDecider.Invite(Guid.CreateVersion7(), about, null, name, post, key.SubjectId, inPlaceOf, clock.GetUtcNow().InAlmaty());
        await vault.Keep(key, contact, ct);
        return invited;
    }

    private async Task<SpeakerInvited> OfRegister(PressEventView about, Guid speakerId, CancellationToken ct)
    {
        var found = speakerId == Guid.Empty ? null : await session.AsOf<Spokesperson>(speakerId, null, SpokespersonDecider.Evolve, ct);
        var speaker = found?.State ?? throw Refused.Invalid("speaker-unknown", "speakerId is an id of the register of speakers.", "speakerId");
        _ = speaker.Retired ? throw Refused.Conflict("retired", "Speaks for the body no more.") : true;
        // two at once would be two letters: the second waits and finds the first
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6115))") { Parameters = { new() { Value = $"invitation:{about.Id}:{speakerId}" } } };
        await session.ExecuteAsync(one, ct);
        if (await session.Query<InvitationView>().AnyAsync(i => i.PressEventId == about.Id && i.SpeakerId == speakerId
            && (i.Kept == nameof(InvitationState.Invited) || i.Kept == nameof(InvitationState.Confirmed)), ct))
        {
            throw Refused.Conflict("already-invited", "Has an invitation to this event.");
        }

        return InvitationDecider.Invite(Guid.CreateVersion7(), about, speakerId, speaker.Name, speaker.Post, speaker.SubjectId, null, clock.GetUtcNow().InAlmaty());
    }
}

public static class InviteSpeakerRest
{
    public static void MapInviteSpeaker(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/press-events/{id:guid}/invitations/{invitationId:guid}/history", async (Guid id, Guid invitationId, IQuerySession session, Work work, CancellationToken ct) =>
            {
                await session.Seen(work.Caller, id, ct);
                var one = invitationId == Guid.Empty ? null : await session.LoadAsync<InvitationView>(invitationId, ct);
                return one?.PressEventId == id ? await session.History(invitationId, ct) : throw Refused.Missing(nameof(Invitation));
            })
            .RequireAuthorization().WithTags("Speakers").WithSummary("For officials of the event's body, scc and auditors: who invited, answered or revoked, when it was so and when it was recorded.");
        var doors = app.MapGroup("/v1/press-events/{id:guid}/invitations").ForRoles(Roles.Editor).WithTags("Speakers");
        doors.MapPost("/", async (Guid id, InviteSpeaker ask, InviteSpeakerHandler handler, HttpResponse reply, CancellationToken ct) =>
            {
                var done = await handler.Handle(id, ask, ct);
                reply.Headers.Location = $"/v1/press-events/{id}/invitations/{done.Id}";
                return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
            })
            .Produces<InvitationDone>(StatusCodes.Status201Created).WithSummary("Invites a speaker; the link to answer by goes by mail and stands nowhere else.");
        doors.MapPost("/{invitationId:guid}/revoke", async (Guid id, Guid invitationId, Seen seen, InviteSpeakerHandler handler, HttpResponse reply, CancellationToken ct) =>
            await handler.Revoke(id, invitationId, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
            .Produces<InvitationDone>().WithSummary("Takes an invitation back; its link opens nothing more.");
        doors.MapGet("/", async (Guid id, IQuerySession session, Work work, CancellationToken ct) =>
            {
                var about = await session.Planned(work.Caller, id, ct);
                var all = await session.Query<InvitationView>().Where(i => i.PressEventId == id).OrderBy(i => i.Id).Take(200).ToListAsync(ct);
                return new Page<InvitationShown>([.. all.Select(i => InvitationShown.Of(i, about.Start))], null);
            })
            .WithSummary("Who was invited to speak and how each answered.");
        doors.MapGet("/{invitationId:guid}", async (Guid id, Guid invitationId, string? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                await session.Planned(work.Caller, id, ct);
                var at = Times.AsOf(asOf, "asOf");
                var about = await session.AsOf<PressEventView>(id, at, PressEventViewFold.Evolve, ct);
                var one = invitationId == Guid.Empty ? null : await session.AsOf<InvitationView>(invitationId, at, InvitationViewFold.Evolve, ct);
                var (state, version) = one is { State: var found } && found.PressEventId == id ? one.Value : throw Refused.Missing(nameof(Invitation));
                return reply.Versioned(InvitationShown.Of(state, about!.Value.State.Start) with { Version = version }, version);
            })
            .Produces<InvitationShown>().WithSummary("One invitation; asOf shows it, and whether it was to be confirmed again, as of that instant.");
    }
}
