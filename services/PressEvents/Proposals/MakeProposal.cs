using Marten;
using Platform;

namespace PressEvents;

/// <summary>Propose something on an event's topic. Name and e-mail are optional and sealed; <paramref name="MayPublish"/>: a moderator's wording of it may become public.</summary>
public sealed record MakeProposal(string? Text, string? Language, bool? MayPublish, string? Name = null, string? Email = null);

/// <summary>The reply to an act on a proposal. <paramref name="DecideBy"/>: the last day for the body's decision (Asia/Almaty), by the calendar of <paramref name="CalendarVersion"/>.</summary>
public sealed record ProposalDone(Guid Id, long Version, string State, Guid PressEventId, DateOnly DecideBy, string CalendarVersion)
{
    public static ProposalDone Of(Proposal state, long version, WorkingCalendar calendar) =>
        new(state.Id, version, state.State, state.Made.PressEventId, ProposalTerm.Of(state.Made.RegisteredOn, calendar).Due.ToDateOnly(), calendar.Version);
}

public sealed class MakeProposalHandler(IDocumentSession session, Vault vault, ISubjectKeys keys, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<ProposalDone> Handle(Guid pressEventId, MakeProposal ask, CancellationToken ct)
    {
        var about = await session.One(work.Caller, pressEventId, null, ct);
        var (text, language, asker, now) = (Asking.Text(ask.Text), Asking.Language(ask.Language), Asking.Asker(ask.Name, ask.Email), clock.GetUtcNow().InAlmaty());
        if (!ProposalTerm.IsOpen(about, catalogue.Calendar, now))
        {
            throw Refused.Conflict("proposals-closed", "This event takes no proposals now.");
        }

        var key = await keys.Next(ct);
        var made = new ProposalMade(Guid.CreateVersion7(), pressEventId, about.Body, language, key.SubjectId, await vault.Keep(key, CitizensWords.Kind, text, ct),
            await vault.Keep(key, asker, ct), ask.MayPublish ?? false, ProposalTerm.RegisteredOn(now, about.Body, catalogue.Calendar), now);
        session.Events.StartStream<Proposal>(made.ProposalId, made);
        await session.SaveChangesAsync(ct);
        return ProposalDone.Of(ProposalDecider.Evolve(null, made)!, 1, catalogue.Calendar);
    }
}

public static class MakeProposalRest
{
    public static void MapMakeProposal(this IEndpointRouteBuilder app) => app.MapPost(ProposalRest.Path,
        async (Guid id, MakeProposal ask, MakeProposalHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, ask, ct);
            reply.Headers.Location = $"/v1/press-events/{id}/proposals/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .RequireRateLimiting(Service.CitizensLimit).WithTags(ProposalRest.Tag).Produces<ProposalDone>(StatusCodes.Status201Created)
        .WithSummary("Public, rate-limited: a proposal on the event's topic, to be decided within 15 working days.");
}
