using Platform;

namespace Dev;

/// <summary>Tokens for development, signed with the key of this machine (ES256).</summary>
public static class Token
{
    /// <summary>Roles, body (holder code), name; lives for <paramref name="seconds"/> (may be negative, to try an expired one).</summary>
    public static string Make(string secretsFolder, IReadOnlyCollection<string> roles, string? body, string name, int seconds) =>
        Identity.DevelopmentToken(secretsFolder, name, roles, body, seconds);

    /// <summary><c>token ROLE… [--body CODE] [--name NAME] [--expires-in SECONDS]</c></summary>
    public static int Print(string[] args, string secretsFolder)
    {
        List<string> roles = [];
        string? body = null;
        var (name, seconds) = ("developer", 8 * 60 * 60);
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--body" when i + 1 < args.Length: body = args[++i]; break;
                case "--name" when i + 1 < args.Length: name = args[++i]; break;
                case "--expires-in" when i + 1 < args.Length && int.TryParse(args[i + 1], out seconds): i++; break;
                case var role when Roles.All.Contains(role): roles.Add(role); break;
                default:
                    Console.Error.WriteLine($"token: '{args[i]}' is neither a role ({string.Join(", ", Roles.All)}) nor --body CODE, --name NAME, --expires-in SECONDS");
                    return 2;
            }
        }

        if (roles.Count == 0 || (body is not null && Holders.Find(body) is null))
        {
            Console.Error.WriteLine(roles.Count == 0 ? "token: name at least one role" : "token: --body is a code of holders.csv");
            return 2;
        }

        Console.WriteLine(Make(secretsFolder, roles, body, name, seconds));
        return 0;
    }
}
