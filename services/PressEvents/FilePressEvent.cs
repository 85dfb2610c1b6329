using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>Plan an event. Times are RFC 3339 with an offset; the note is internal; <paramref name="Public"/> asks for a format that is not public by itself to be so; <paramref name="Reservations"/>: holds that give way to it.</summary>
public sealed record FilePressEvent(string? Format, Bilingual? Title, Bilingual? Summary, string? Start, string? End, string? Hall, string? Body,
    IReadOnlyList<FilePressEvent.SpeakerAsk?>? Speakers, IReadOnlyList<string?>? Channels, string? Note, bool? Public, int? Capacity = null,
    IReadOnlyList<string?>? Interpreters = null, IReadOnlyList<Guid>? Reservations = null)
{
    public sealed record SpeakerAsk(Bilingual? Name, Bilingual? Post, Guid? SpeakerId = null);
}

public sealed class FilePressEventHandler(IDocumentSession session, Reservations reservations, ReservationHandler holds, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<PressEventDone> Handle(FilePressEvent ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Editor);
        var filed = Filing.Decide(Guid.CreateVersion7(), ask, catalogue, clock.GetUtcNow().InAlmaty());
        if (!work.Caller.PlansFor(filed.Body))
        {
            throw Refused.Forbidden("body-forbidden", "Only the Central Communications Service plans for other bodies.");
        }

        if (ask.Reservations is { Count: > 0 } held)
        {
            await holds.TakeOver(held, filed.PressEventId, ct);
        }

        var state = PressEventDecider.Evolve(null, filed)!;
        await reservations.Take(state.Booking(), ct);
        session.Events.StartStream<PressEvent>(filed.PressEventId, filed);
        await session.SaveChangesAsync(ct);
        return PressEventDone.Of(state, 1);
    }
}

public static class FilePressEventRest
{
    public static void MapFilePressEvent(this IEndpointRouteBuilder app) => app.MapPost("/v1/press-events",
        async (FilePressEvent ask, FilePressEventHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(ask, ct);
            reply.Headers.Location = $"/v1/press-events/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags("Commands").Produces<PressEventDone>(StatusCodes.Status201Created)
        .WithSummary("Plans an event of the caller's body (scc: of any body) and takes its hall, slot, speakers and interpreters, all or none.");
}

public sealed partial class PressEventsGrpc
{
    public override async Task<CommandReply> File(FileRequest request, ServerCallContext context) => Reply(await Handler<FilePressEventHandler>(context).Handle(
        new(Given(request.Format), Words(request.Title), Words(request.Summary), Written(request.Start), Written(request.End), Given(request.Hall), Given(request.Body),
            [.. request.Speakers.Select(Ask)], [.. request.Channels], Given(request.Note), request.Public, request.HasCapacity ? request.Capacity : null, [.. request.Interpreters],
            [.. request.Reservations.Select(id => Guid.TryParse(id, out var hold) ? hold : throw Refused.Invalid("reservation-unknown", "reservations holds ids of the caller's holds.", "reservations"))]),
        context.CancellationToken));

    private static FilePressEvent.SpeakerAsk Ask(V1.Speaker s) => new(Words(s.Name), Words(s.Post), s.SpeakerId.Length == 0 ? null
        : Guid.TryParse(s.SpeakerId, out var id) ? id : throw Refused.Invalid("speaker-unknown", "speakerId is an id of the register of speakers.", "speakers"));
}
