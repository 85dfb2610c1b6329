using Marten;
using Platform;
using QRCoder;

namespace PressEvents;

/// <summary>The platform's badge key in the secrets folder; its public half is for everybody.</summary>
public sealed class BadgeKey(string secretsFolder, bool development) : SigningKey(secretsFolder, "badge-signing-key.pem", development)
{
    public string Id => BadgeTokens.IdOf(Key);
    public string Sign(Badge badge) => BadgeTokens.Sign(Key, badge);
    public string Sign(RevokedBadges revoked) => BadgeTokens.Sign(Key, revoked);
    public Badge? Read(string? token) => BadgeTokens.Badge(Key, token);
}

/// <summary>A registrant's badge: the signed token of its QR code, and until when it is good (with Almaty's offset).</summary>
public sealed record BadgeReply(string Badge, string Category, DateTimeOffset ValidUntil);

/// <summary>The key that checks badges, as PEM (SubjectPublicKeyInfo, P-256).</summary>
public sealed record BadgeKeyReply(string KeyId, string Algorithm, string PublicKey);

/// <summary>Void badges of an event, and until when the others are good, whenever they were made. <paramref name="Jws"/>: the same as a compact JWS, for devices that go without a net.</summary>
public sealed record RevokedBadgesReply(Guid PressEventId, long Version, IReadOnlyList<Guid> Revoked, DateTimeOffset GoodUntil, string Jws);

public static class BadgeReads
{
    /// <summary>A badge is good some hours past the planned end.</summary>
    private static readonly TimeSpan Longer = TimeSpan.FromHours(6);

    /// <summary>Until when badges of an event are good, also those that were made before it was moved: nobody comes to the door with a new one.</summary>
    public static DateTimeOffset GoodUntil(PressEventView press) => press.End + Longer;

    public static async Task<Badge> Badge(this IQuerySession session, RegistrationView view, CancellationToken ct)
    {
        if (view.State != nameof(RegistrationState.Seated))
        {
            throw Refused.Conflict("not-seated", "A badge goes with a seat.", new Dictionary<string, object?> { ["state"] = view.State });
        }

        var press = (await session.LoadAsync<PressEventView>(view.PressEventId, ct))!;
        return press.State is nameof(PressEventState.Cancelled) ? throw Refused.Conflict("cancelled", "The event was cancelled.")
            : new(view.Id, view.PressEventId, view.Category, GoodUntil(press));
    }

    /// <summary>Those whose seat was given up; that is final, so the list only grows. Its length and the event's version, which only grow, are its version together.</summary>
    public static async Task<RevokedBadges> Revoked(this IQuerySession session, PressEventView press, CancellationToken ct)
    {
        var ids = await session.Query<RegistrationView>().Where(v => v.PressEventId == press.Id && v.IsRevoked).OrderBy(v => v.Number).Select(v => v.Id).ToListAsync(ct);
        return new(press.Id, ids.Count + press.Version, [.. ids], GoodUntil(press));
    }

    public static string Svg(string token)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(token, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(code);
        return svg.GetGraphic(6);
    }
}

public static class BadgeReadsRest
{
    public static void MapBadges(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/badges/key", (BadgeKey key) => new BadgeKeyReply(key.Id, "ES256", key.PublicPem)).WithTags("Badges").WithSummary("The public key that checks badges and revocations.");
        app.MapGet("/v1/registrations/{id:guid}/badge", async (Guid id, HttpRequest request, RegistrationDoor door, IQuerySession session, BadgeKey key, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                var badge = await session.Badge(await door.Find(id, request.Headers[RegistrationDoor.CodeHeader], ct), ct);
                return new BadgeReply(key.Sign(badge), badge.Category, badge.ValidUntil.InAlmaty());
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Registrant").WithSummary("The badge as text, with the code in the header Registration-Code.");
        app.MapGet("/v1/registrations/{id:guid}/badge.svg", async (Guid id, HttpRequest request, RegistrationDoor door, IQuerySession session, BadgeKey key, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                var badge = await session.Badge(await door.Find(id, request.Headers[RegistrationDoor.CodeHeader], ct), ct);
                return TypedResults.Text(BadgeReads.Svg(key.Sign(badge)), "image/svg+xml");
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Registrant").WithSummary("The badge as a QR code, with the code in the header Registration-Code.");
        app.MapGet("/v1/press-events/{id:guid}/badges/revoked", async (Guid id, IQuerySession session, Work work, BadgeKey key, HttpResponse reply, CancellationToken ct) =>
            {
                var revoked = await session.Revoked(await session.Seen(work.Caller, id, ct), ct);
                return reply.Versioned(new RevokedBadgesReply(revoked.PressEventId, revoked.Version, revoked.Registrations, revoked.GoodUntil!.Value.InAlmaty(), key.Sign(revoked)), revoked.Version);
            })
            .ForRoles(Roles.Editor, Roles.Accreditor, Roles.Moderator, Roles.Auditor).WithTags("Badges").Produces<RevokedBadgesReply>()
            .WithSummary("Badges that are void though their signatures hold; devices at the door fetch it before they go without a net.");
    }
}
