using Marten;
using Platform;

namespace Publications;

/// <summary>Record a death by its source: the year, or the day.</summary>
public sealed record RecordDeath(int? Year, DateOnly? On, string? Source);

/// <summary>Confirm, after a look at the source, the death that somebody else recorded.</summary>
public sealed record ConfirmDeath;

/// <summary>The record is wrong: the person lives, or another one died.</summary>
public sealed record RefuteDeath(string? Reason);

public static class DeathsRest
{
    public static void MapDeaths(this IEndpointRouteBuilder app)
    {
        app.MapPersonCommand<RecordDeath>("record-death", "Records a death with its source; it counts once another person confirmed it.", PersonCommands.Witnesses,
            (commands, id, seen, ask, ct) => commands.Decide(id, seen, (person, by, now) => PersonDecider.Decide(person, ask, by, now), ct));
        app.MapPersonCommand<ConfirmDeath>("confirm-death", "Confirms a recorded death; never by who recorded it.", PersonCommands.Witnesses,
            (commands, id, seen, _, ct) => commands.Decide(id, seen, PersonDecider.ConfirmDeath, ct));
        app.MapPersonCommand<RefuteDeath>("refute-death", "Takes a recorded death back: the person counts as living.", PersonCommands.Witnesses,
            (commands, id, seen, ask, ct) => commands.Decide(id, seen, (person, by, now) => PersonDecider.Decide(person, ask, by, now), ct));
    }
}

/// <summary>Name a picture by which the person is known.</summary>
public sealed record AddPortrait(Guid? MediaId);

/// <summary>The picture is no reference any more.</summary>
public sealed record RemovePortrait(Guid? MediaId);

public static class PortraitsRest
{
    public static void MapPortraits(this IEndpointRouteBuilder app)
    {
        app.MapPost(PersonRest.Path + "/{id:guid}/add-portrait", async (Guid id, Seen seen, AddPortrait ask, PersonCommands commands, IQuerySession session, HttpResponse reply, CancellationToken ct) =>
        {
            var media = Given(ask.MediaId);
            _ = await session.LoadAsync<MediaView>(media, ct) ?? throw Refused.Invalid("media-unknown", "No such picture in the registry.", "mediaId");
            var done = await commands.OwnDecide(id, seen, (person, by, now) => PersonDecider.AddPortrait(person, media, by, now), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Editor).WithTags(PersonRest.Tag).Produces<PersonReply>().WithSummary("Names a reference portrait.");
        app.MapPersonCommand<RemovePortrait>("remove-portrait", "Takes a reference portrait away.", [Roles.Editor],
            (commands, id, seen, ask, ct) => commands.OwnDecide(id, seen, (person, by, now) => PersonDecider.RemovePortrait(person, Given(ask.MediaId), by, now), ct));
    }

    private static Guid Given(Guid? mediaId) => mediaId is { } id && id != Guid.Empty ? id : throw Refused.Invalid("media-missing", "Name the picture.", "mediaId");
}
