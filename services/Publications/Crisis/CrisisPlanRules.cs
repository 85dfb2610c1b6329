using System.Text.Json;
using System.Text.RegularExpressions;
using Platform;

namespace Publications;

/// <summary>The parts of a plan as they are asked for; null leaves a part as it is.</summary>
public sealed record CrisisPlanAsk(Bilingual? Title, bool? DisruptsLiving, bool? HaltsOrdinary, IReadOnlyList<CrisisTemplateAsk?>? Templates, IReadOnlyList<CrisisRoleAsk?>? Roles);

/// <summary>A template as it is asked for; channels default to the site.</summary>
public sealed record CrisisTemplateAsk(string? Code, string? Kind, Bilingual? Title, Bilingual? Text, IReadOnlyList<string?>? Channels);

/// <summary>A role of a plan as it is asked for. <paramref name="ById"/>: true where <paramref name="Who"/> is a caller's id, for whom the doors ask then; else it is a post or a name, for people to read.</summary>
public sealed record CrisisRoleAsk(string? Role, string? Who, bool? ById = null);

/// <summary>What a plan may be; each broken rule has its code and names its field.</summary>
public static partial class CrisisPlanRules
{
    public const string Drafts = "draft", Approves = "approve", Speaks = "speak", Starts = "start", Closes = "close";
    public static readonly string[] Roles = [Drafts, Approves, Speaks, Starts, Closes];
    public static readonly string[] Kinds = ["Crisis", "Statement", "Apology"];
    private const int MostTemplates = 20, MostRoles = 50, LongestName = 200;

    public static string Topic(string? topic) => topic is not null && Slug().IsMatch(topic) ? topic
        : throw Refused.Invalid("topic-invalid", "topic is a word of small Latin letters, digits and hyphens, such as flood.", "topic");

    /// <summary>A template goes to the site, or to accounts that the body has registered.</summary>
    public static CrisisPlanContent Checked(CrisisPlanContent? before, CrisisPlanAsk ask, string body, Func<string, ChannelAccount?> account)
    {
        var title = ask.Title is null && before is not null ? before.Title : GivenWords.Both(ask.Title, "title", ContentRules.LongestTitle);
        return new(title, ask.DisruptsLiving ?? before?.DisruptsLiving ?? false, ask.HaltsOrdinary ?? before?.HaltsOrdinary ?? false,
            ask.Templates is null && before is not null ? before.Templates : Templates(ask.Templates, c => account(c) is { } found && (c == SiteChannel.Name || found.Body == body)),
            ask.Roles is null && before is not null ? before.Roles : Staffed(ask.Roles));
    }

    /// <summary>Equal by their stored form: lists in records compare by reference.</summary>
    public static bool Same(CrisisPlanContent a, CrisisPlanContent b) => JsonSerializer.Serialize(a, Json.Options) == JsonSerializer.Serialize(b, Json.Options);

    private static CrisisTemplate[] Templates(IReadOnlyList<CrisisTemplateAsk?>? asked, Func<string, bool> isAccount)
    {
        var templates = (asked ?? []).Select((t, i) => Template(t, $"templates[{i}]", isAccount)).ToArray();
        return templates.Length is 0 or > MostTemplates ? throw Refused.Invalid("templates-invalid", $"A plan has 1 to {MostTemplates} templates.", "templates")
            : templates.DistinctBy(t => t.Code).Count() < templates.Length ? throw Refused.Invalid("template-code-invalid", "Each template has a code of its own.", "templates")
            : templates;
    }

    private static CrisisTemplate Template(CrisisTemplateAsk? asked, string field, Func<string, bool> isAccount)
    {
        var code = asked?.Code is { } given && Slug().IsMatch(given) ? given
            : throw Refused.Invalid("template-code-invalid", "code is a word of small Latin letters, digits and hyphens.", field + ".code");
        var kind = Kinds.Contains(asked.Kind) ? asked.Kind! : throw Refused.Invalid("kind-invalid", $"kind is one of: {string.Join(", ", Kinds)}.", field + ".kind");
        var channels = (asked.Channels ?? [SiteChannel.Name]).Select((c, i) => c is not null && isAccount(c) ? c
            : throw Refused.Invalid("channel-unknown", "A channel is site, or the code of an account that the body has registered.", $"{field}.channels[{i}]")).Distinct().Order(StringComparer.Ordinal).ToArray();
        var (title, text) = (GivenWords.Both(asked.Title, field + ".title", ContentRules.LongestTitle), GivenWords.Both(asked.Text, field + ".text", ContentRules.LongestText));
        CrisisWords.Parse(title, field + ".title");
        CrisisWords.Parse(text, field + ".text");
        return channels.Length == 0 ? throw Refused.Invalid("channels-missing", "Name a channel at least.", field + ".channels") : new(code, kind, title, text, channels);
    }

    /// <summary>Somebody drafts, somebody else approves, somebody speaks; whoever starts it is an author of its drafts, so somebody else approves those too.</summary>
    private static CrisisRole[] Staffed(IReadOnlyList<CrisisRoleAsk?>? asked)
    {
        var roles = (asked ?? []).Select((r, i) => Role(r, $"roles[{i}]")).Distinct().ToArray();
        var (drafts, approves) = (Of(roles, Drafts), Of(roles, Approves));
        return roles.Length > MostRoles ? throw Refused.Invalid("roles-incomplete", $"At most {MostRoles} roles.", "roles")
            : Of(roles, Speaks).Length > 0 && drafts.Any(d => approves.Any(a => a != d)) && Of(roles, Starts).All(s => approves.Any(a => a != s)) ? roles
            : throw Refused.Invalid("roles-incomplete", "Somebody drafts, somebody speaks, and somebody else than who drafts or starts approves.", "roles");
    }

    private static CrisisRole Role(CrisisRoleAsk? asked, string field)
    {
        var role = Roles.Contains(asked?.Role) ? asked!.Role! : throw Refused.Invalid("role-invalid", $"role is one of: {string.Join(", ", Roles)}.", field + ".role");
        var who = GivenWords.Optional(asked.Who, field + ".who", LongestName) ?? throw Refused.Invalid("who-missing", "Say who: a caller's id, or a post.", field + ".who");
        return new(role, who) { ById = asked.ById == true ? true : null };
    }

    /// <summary>Who acts in a role: those named by their id, else the posts.</summary>
    public static string[] Of(IReadOnlyList<CrisisRole> roles, string role) => Named(roles, role) is { Length: > 0 } named ? named : [.. roles.Where(r => r.Role == role).Select(r => r.Who)];

    private static string[] Named(IReadOnlyList<CrisisRole> roles, string role) => [.. roles.Where(r => r.Role == role && r.ById == true).Select(r => r.Who)];

    /// <summary>Those named by their id act in a role, and nobody else; where nobody is, whoever the door lets in.</summary>
    public static void Demand(IReadOnlyList<CrisisRole> roles, string role, string by)
    {
        if (Named(roles, role) is { Length: > 0 } named && !named.Contains(by))
        {
            throw Refused.Forbidden("not-named-in-plan", $"The plan of the crisis names who does this (role {role}).");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();
}
