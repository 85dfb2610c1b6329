using System.Globalization;
using System.Security.Cryptography;
using PressEvents;

namespace Dev;

/// <summary><c>badge TOKEN --event ID --key PUBLICKEY [--revoked LIST] [--at INSTANT]</c>: what a device at a door checks without a net.</summary>
public static class CheckBadge
{
    /// <summary>0 lets in, 1 does not (the code is printed), 2 usage or files that are not what they should be.</summary>
    public static int Run(string[] args)
    {
        var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        if (args.Length % 2 == 0 || !options.TryGetValue("--key", out var keyFile) || !File.Exists(keyFile) || !Guid.TryParse(options.GetValueOrDefault("--event"), out var pressEvent)
            || options.Keys.Except(["--key", "--event", "--revoked", "--at"]).Any())
        {
            Console.Error.WriteLine("badge TOKEN --event ID --key PUBLICKEY [--revoked LIST] [--at INSTANT] (PUBLICKEY: the PEM of GET /v1/badges/key; LIST: a file with the member jws of GET …/badges/revoked)");
            return 2;
        }

        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        if (Revoked(key, options.GetValueOrDefault("--revoked"), pressEvent) is not { } revoked
            || !DateTimeOffset.TryParse(options.GetValueOrDefault("--at") ?? DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var at))
        {
            Console.Error.WriteLine("the list of revocations is not this event's, or was not signed by this key; or --at is no instant");
            return 2;
        }

        var badge = BadgeTokens.Badge(key, args[0]);
        if (BadgeTokens.Flaw(badge, pressEvent, revoked.Registrations.Contains, at, revoked.GoodUntil) is { } flaw)
        {
            Console.WriteLine(flaw);
            return 1;
        }

        Console.WriteLine($"GOOD {badge!.Category} {badge.RegistrationId} until {(revoked.GoodUntil > badge.ValidUntil ? revoked.GoodUntil.Value : badge.ValidUntil).ToString("O", CultureInfo.InvariantCulture)} (revocations: version {revoked.Version})");
        return 0;
    }

    /// <summary>Without a list nothing is revoked; a list that is not right is worse than none.</summary>
    private static RevokedBadges? Revoked(ECDsa key, string? file, Guid pressEvent) => file is null ? new(pressEvent, 0, [])
        : File.Exists(file) && BadgeTokens.Revoked(key, File.ReadAllText(file).Trim()) is { } list && list.PressEventId == pressEvent ? list : null;
}
