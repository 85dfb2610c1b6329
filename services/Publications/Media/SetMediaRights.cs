using Platform;

namespace Publications;

/// <summary>Set credit, category of the right (own-work, commissioned, licence, agency, handout, open-licence, public-domain) and its end; what is not named stays, <paramref name="NoLease"/>: it has no end.</summary>
public sealed record SetMediaRights(string? Credit, string? Category, DateTimeOffset? LeaseUntil, bool? NoLease = null)
{
    public bool IsEmpty => this is { Credit: null, Category: null, LeaseUntil: null, NoLease: null };
}

public static class SetMediaRightsRest
{
    public static void MapSetMediaRights(this IEndpointRouteBuilder app) => app.MapPost(MediaRest.Path + "/{id:guid}/set-rights",
        async (Guid id, Seen seen, SetMediaRights ask, MediaCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Decide(id, seen, [Roles.Editor], (media, by, now) => MediaDecider.Decide(media, ask, by, now), ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Editor).WithTags(MediaRest.Tag).Produces<MediaReply>().WithSummary("Sets credit, category and lease; without them nothing that uses the picture is scheduled.");
}
