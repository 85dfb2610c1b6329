using Platform;

namespace Publications;

/// <summary>Somebody in the frame by the registry's id; <paramref name="Region"/> in pixels of the original.</summary>
public sealed record AskedPerson(Guid? PersonId, Crop? Region);

/// <summary>Somebody in the frame whom the registry does not know, named or to be cropped away.</summary>
public sealed record AskedOther(Bilingual? Name, Crop? Region);

/// <summary>Say with evidence who is in the whole frame, or that nobody is (<paramref name="Nobody"/>: animal, landscape, object).</summary>
public sealed record AssertDepiction(IReadOnlyList<AskedPerson>? Persons, IReadOnlyList<AskedOther>? Others, string? Nobody, string? Evidence);

/// <summary>Confirm it after a look at the evidence.</summary>
public sealed record ConfirmDepiction;

/// <summary>It holds no more.</summary>
public sealed record WithdrawDepiction(string? Reason);

/// <summary>A depiction made: its id, and the picture's version and state.</summary>
public sealed record DepictionDone(Guid Id, long Version, string State);

public static class DepictionsRest
{
    public static void MapDepictions(this IEndpointRouteBuilder app)
    {
        const string path = MediaRest.Path + "/{id:guid}/depictions";
        app.MapPost(path, async (Guid id, Seen seen, AssertDepiction ask, MediaCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var (isNew, media, depiction) = await commands.Depict(id, seen.IfGiven(), ask, ct);
            reply.Headers.Location = $"{MediaRest.Path}/{id}/depictions/{depiction}";
            return reply.Versioned(new DepictionDone(depiction, media.Version, media.State), media.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(MediaCommands.Witnesses).WithTags(MediaRest.Tag).Produces<DepictionDone>(StatusCodes.Status201Created).Produces<DepictionDone>()
        .WithSummary("Says who is in the whole frame; it counts once somebody else confirmed it.");
        app.MapPost(path + "/{depictionId:guid}/confirm", async (Guid id, Guid depictionId, Seen seen, ConfirmDepiction ask, MediaCommands commands, HttpResponse reply, CancellationToken ct) =>
            await commands.Confirm(id, depictionId, seen, ct) is var done ? reply.Versioned(done, done.Version) : null)
        .ForRoles(MediaCommands.Witnesses).WithTags(MediaRest.Tag).Produces<MediaReply>().WithSummary("Confirms a depiction; never by who asserted it or brought the picture.");
        app.MapPost(path + "/{depictionId:guid}/withdraw", async (Guid id, Guid depictionId, Seen seen, WithdrawDepiction ask, MediaCommands commands, HttpResponse reply, CancellationToken ct) =>
            await commands.Decide(id, seen, MediaCommands.Witnesses, (media, by, now) => MediaDecider.Decide(media, depictionId, ask, by, now), ct) is var done ? reply.Versioned(done, done.Version) : null)
        .ForRoles(MediaCommands.Witnesses).WithTags(MediaRest.Tag).Produces<MediaReply>().WithSummary("Withdraws a depiction.");
    }
}
