using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PressEvents;

/// <summary>What a badge says: which registration for which event, in which category, until when it is good. Nothing about the person.</summary>
public sealed record Badge(Guid RegistrationId, Guid PressEventId, string Category, DateTimeOffset ValidUntil);

/// <summary>
/// What a door must know of one event beside the badges: those that are void, though their signatures hold, and until when the others are good as the event stands now. Its version grows
/// with each of both. <paramref name="GoodUntil"/>: a badge that was made before the event was put off is good up to then; null in lists from before it was said.
/// </summary>
public sealed record RevokedBadges(Guid PressEventId, long Version, IReadOnlyList<Guid> Registrations, DateTimeOffset? GoodUntil = null);

/// <summary>Why a badge lets nobody in.</summary>
public static class BadgeFlaws
{
    public const string Forged = "badge-forged", OtherEvent = "badge-other-event", Expired = "badge-expired", Revoked = "badge-revoked", ClockAhead = "clock-ahead",
        Suspended = "suspended";
}

/// <summary>
/// Badges and their revocations as compact JWS (RFC 7515, ES256): small enough for a QR code, and checked with the public key alone. The two kinds
/// have a <c>typ</c> of their own, so that one never passes for the other. Pure: a device at the door needs no more of this service than this file.
/// </summary>
public static class BadgeTokens
{
    private const string BadgeType = "badge", RevokedType = "revoked-badges";

    public static string IdOf(ECDsa key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];

    public static string Sign(ECDsa key, Badge badge) => Sign(key, BadgeType, new JsonObject
    {
        ["r"] = Short(badge.RegistrationId),
        ["e"] = Short(badge.PressEventId),
        ["c"] = badge.Category,
        ["exp"] = badge.ValidUntil.ToUnixTimeSeconds(),
    });

    public static string Sign(ECDsa key, RevokedBadges revoked) => Sign(key, RevokedType, new JsonObject
    {
        ["e"] = Short(revoked.PressEventId),
        ["v"] = revoked.Version,
        ["u"] = revoked.GoodUntil?.ToUnixTimeSeconds(),
        ["r"] = new JsonArray([.. revoked.Registrations.Select(id => (JsonNode)Short(id))]),
    });

    /// <summary>Null for what this key did not sign as a badge.</summary>
    public static Badge? Badge(ECDsa publicKey, string? token) => Read(publicKey, BadgeType, token, said =>
        new Badge(Long(said.GetProperty("r")), Long(said.GetProperty("e")), said.GetProperty("c").GetString()!, DateTimeOffset.FromUnixTimeSeconds(said.GetProperty("exp").GetInt64())));

    /// <summary>Null for what this key did not sign as a list of revocations.</summary>
    public static RevokedBadges? Revoked(ECDsa publicKey, string? token) => Read(publicKey, RevokedType, token, said =>
        new RevokedBadges(Long(said.GetProperty("e")), said.GetProperty("v").GetInt64(), [.. said.GetProperty("r").EnumerateArray().Select(Long)],
            said.TryGetProperty("u", out var until) && until.ValueKind == JsonValueKind.Number ? DateTimeOffset.FromUnixTimeSeconds(until.GetInt64()) : null));

    /// <summary>
    /// The one check, at the door of the service and on a device without a net: null when the badge is good at that instant. <paramref name="goodUntil"/>: for the event as it stands now, so
    /// that a badge outlives a move of its event; without it the badge's own end counts.
    /// </summary>
    public static string? Flaw(Badge? badge, Guid pressEventId, Func<Guid, bool> isRevoked, DateTimeOffset at, DateTimeOffset? goodUntil = null) => badge is null ? BadgeFlaws.Forged
        : badge.PressEventId != pressEventId ? BadgeFlaws.OtherEvent
        : isRevoked(badge.RegistrationId) ? BadgeFlaws.Revoked
        : at > badge.ValidUntil && !(at <= goodUntil) ? BadgeFlaws.Expired
        : null;

    private static string Sign(ECDsa key, string type, JsonObject says)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["typ"] = type, ["kid"] = IdOf(key) };
        var signed = $"{Part(header)}.{Part(says)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    private static T? Read<T>(ECDsa publicKey, string wanted, string? token, Func<JsonElement, T> read) where T : class
    {
        if (token?.Split('.') is not [var header, var says, var signature] || token.Length > 200_000)
        {
            return null;
        }

        try
        {
            using var head = JsonDocument.Parse(Base64Url.DecodeFromChars(header));
            if (head.RootElement.GetProperty("alg").GetString() != "ES256" || head.RootElement.GetProperty("typ").GetString() != wanted
                || !publicKey.VerifyData(Encoding.ASCII.GetBytes($"{header}.{says}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))
            {
                return null;
            }

            using var body = JsonDocument.Parse(Base64Url.DecodeFromChars(says));
            return read(body.RootElement);
        }
        catch (Exception fault) when (fault is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or CryptographicException)
        {
            return null; // whoever made it, it was not this service
        }
    }

    private static string Part(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    private static string Short(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));
    private static Guid Long(JsonElement text) => Base64Url.DecodeFromChars(text.GetString()) is { Length: 16 } bytes ? new(bytes, bigEndian: true) : throw new FormatException();
}
