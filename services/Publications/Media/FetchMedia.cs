using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Marten;
using Platform;

namespace Publications;

/// <summary>Of section <c>Channels</c>: under which address channels reach this service from outside. Null: they do not, and what fetches its pictures by itself gets none.</summary>
public sealed record MediaAddressOptions
{
    public string? PublicBase { get; init; }

    /// <summary>An https address without query; in development http too. It ends at a slash.</summary>
    public static Uri? Checked(MediaAddressOptions given, bool development) => string.IsNullOrWhiteSpace(given.PublicBase) ? null
        : Uri.TryCreate(given.PublicBase, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || (development && url.Scheme == Uri.UriSchemeHttp)) && url is { Query: "", Fragment: "", UserInfo: "" }
            ? new(url.AbsoluteUri.TrimEnd('/') + "/") : throw new InvalidOperationException("Channels:PublicBase is an https address without a query, or absent.");
}

/// <summary>
/// Addresses at which a channel fetches a picture that is not public yet: exactly the bytes that go out, for an hour. Whoever holds one sees the picture, so
/// none is made before there is an attempt to publish it.
/// </summary>
public sealed class MediaAddresses(Uri? publicBase, Sealing sealing, TimeProvider clock)
{
    /// <summary>Class of a rejection and code of a finding: no public base is configured.</summary>
    public const string Missing = "public-address-missing";

    /// <summary>An attempt waits for its container within one call; no signature is good for longer than a container lives, whoever made it.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromHours(1), Longest = TimeSpan.FromHours(24);

    public bool Exist => publicBase is not null;

    public Uri Of(Guid mediaId, Crop? crop)
    {
        var (part, expires) = (crop is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{crop.X},{crop.Y},{crop.Width},{crop.Height}"), (clock.GetUtcNow() + Life).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return new(publicBase ?? throw new InvalidOperationException("There is no public base."),
            $"{MediaRest.Path.TrimStart('/')}/{mediaId}/fetch?{(part.Length == 0 ? "" : $"crop={part}&")}expires={expires}&signature={Signature(mediaId, part, expires)}");
    }

    /// <summary>What may be seen by this address now; null: nothing, whatever is wrong with it. The time of the answer does not tell how wrong.</summary>
    public PublicSight? Opened(Guid mediaId, string? crop, string? expires, string? signature)
    {
        var holds = CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Signature(mediaId, crop ?? "", expires ?? "")), Encoding.UTF8.GetBytes(signature ?? ""));
        if (!holds || !long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until) || clock.GetUtcNow().ToUnixTimeSeconds() is var now && (until <= now || until > now + Longest.TotalSeconds))
        {
            return null;
        }

        return crop is not { Length: > 0 } ? new(null) : crop.Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray() is [var x, var y, var width, var height] ? new(new(x, y, width, height)) : null;
    }

    private string Signature(Guid mediaId, string crop, string expires) => Convert.ToHexStringLower(sealing.Mac("media-fetch", $"{mediaId}\n{crop}\n{expires}"));
}

/// <summary>A channel that fetches its pictures by itself gets none without a public address: said before anything is armed.</summary>
public sealed class MediaAddressGate(MediaAddresses addresses, IChannelAccounts accounts) : IReleaseGate
{
    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var code in addresses.Exist || publication.Content.Media is null or { Count: 0 } ? [] : publication.Content.Channels)
        {
            if (await accounts.Find(code, ct) is { Kind: ChannelKinds.Instagram })
            {
                return [new(MediaAddresses.Missing, "Instagram fetches pictures by itself, and this service has no public address.", "channels", true)];
            }
        }

        return [];
    }
}

public static class FetchMediaRest
{
    public static void MapFetchMedia(this IEndpointRouteBuilder app) => app.MapGet(MediaRest.Path + "/{id:guid}/fetch",
        async (Guid id, string? crop, string? expires, string? signature, MediaAddresses addresses, IMediaFiles media, HttpResponse reply, CancellationToken ct) =>
        {
            reply.Headers.CacheControl = "private, no-store";
            reply.Headers.XContentTypeOptions = "nosniff";
            var file = addresses.Opened(id, crop, expires, signature) is { } sight ? await media.Read(id, sight.Crop, ct) : null;
            return file is null ? throw Refused.Missing("media") : TypedResults.Stream(await file.Open(ct), file.MediaType, enableRangeProcessing: true);
        })
        .WithTags(MediaRest.Tag).Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
        .WithSummary("The bytes as they go out, for a channel that fetches them: by an address that was signed for one attempt and lapses within hours; anything else is 404.");
}
