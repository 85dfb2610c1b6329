using System.Text.RegularExpressions;
using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>
/// A section of a body's site (401-V 16). <paramref name="Kinds"/>: which publications on channel <c>site</c> fall into it; <paramref name="Term"/>: the law's rule, <c>site-news</c> (daily) or
/// <c>site-section</c> (3 working days from the day on which its information changed); <paramref name="Since"/>: since when its term is watched.
/// </summary>
public sealed record SiteSection(string Code, Bilingual Name, IReadOnlyList<string> Kinds, string Term, DateTimeOffset Since)
{
    /// <summary>The first day, in Almaty, on which its information was said to have changed, and since no publication fell into it.</summary>
    public DateOnly? ChangedOn { get; init; }

    /// <summary>When that was told; a publication after it settles it.</summary>
    public DateTimeOffset? ToldAt { get; init; }
}

// The facts about the site of one body. By is a caller's id.

/// <summary>The site has this section from now on, or has it as said here.</summary>
public sealed record SiteSectionKept(Guid SiteId, string Body, string Code, Bilingual Name, IReadOnlyList<string> Kinds, string Term, string By, DateTimeOffset At);

/// <summary>The site has this section no more.</summary>
public sealed record SiteSectionDropped(Guid SiteId, string Code, string By, DateTimeOffset At);

/// <summary>What a section tells of changed on a day (Asia/Almaty): the term of the law runs from it.</summary>
public sealed record SiteInformationChanged(Guid SiteId, string Code, DateOnly On, string By, DateTimeOffset At);

/// <summary>A body's site as its facts leave it.</summary>
public sealed record Site(Guid Id, string Body, IReadOnlyList<SiteSection> Sections) : IRevisioned, IOfBody
{
    public int Version { get; set; }
}

/// <summary>Every rule about sites: values in, values out.</summary>
public static partial class SiteDecider
{
    public const string News = "site-news", Section = "site-section";
    public const int MostSections = 60, LongestName = 200;
    public static readonly string[] Terms = [News, Section];

    private static readonly Guid Space = new("0c9f3a4e-1c53-4b0e-8a41-736974650000");

    public static readonly Type[] Facts = [typeof(SiteSectionKept), typeof(SiteSectionDropped), typeof(SiteInformationChanged)];

    public static Guid StreamId(string body) => NamedId.Of(Space, body);

    public static Site? Evolve(Site? state, object fact) => fact switch
    {
        SiteSectionKept e => Kept(state ?? new(e.SiteId, e.Body, []), e),
        SiteSectionDropped e => state! with { Sections = [.. state.Sections.Where(s => s.Code != e.Code)] },
        SiteInformationChanged e => state! with { Sections = [.. state.Sections.Select(s => s.Code == e.Code ? s with { ChangedOn = e.On, ToldAt = e.At } : s)] },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a site."),
    };

    public static IReadOnlyList<object> Decide(Site? state, string body, KeepSection ask, string by, DateTimeOffset now)
    {
        var code = ask.Code is { } given && CodeOf().IsMatch(given) ? given : throw Refused.Invalid("section-code-invalid", "code is of small letters, digits and hyphens, 40 at most.", "code");
        var kinds = ask.Kinds is { Count: > 0 } && ask.Kinds.All(k => ContentRules.Kinds.Contains(k)) ? ask.Kinds.OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList()
            : throw Refused.Invalid("kinds-invalid", $"kinds are of: {string.Join(", ", ContentRules.Kinds)}.", "kinds");
        var term = Terms.Contains(ask.Term) ? ask.Term! : throw Refused.Invalid("term-invalid", $"term is one of: {string.Join(", ", Terms)}.", "term");
        var name = Name(ask.Name);
        var before = state?.Sections.FirstOrDefault(s => s.Code == code);
        return before is not null && before.Name == name && before.Term == term && before.Kinds.SequenceEqual(kinds) ? []
            : before is null && state?.Sections.Count >= MostSections ? throw Refused.Conflict("sections-too-many", $"A site has at most {MostSections} sections.")
            : [new SiteSectionKept(StreamId(body), body, code, name, kinds, term, by, now)];
    }

    public static IReadOnlyList<object> Drop(Site state, string code, string by, DateTimeOffset now) => state.Sections.Any(s => s.Code == code) ? [new SiteSectionDropped(state.Id, code, by, now)] : [];

    /// <summary>The earlier day counts while nothing was posted about it.</summary>
    /// <param name="posted">When a publication last fell into the section.</param>
    public static IReadOnlyList<object> Decide(Site state, string code, ReportChange ask, DateTimeOffset? posted, string by, DateTimeOffset now)
    {
        var section = state.Sections.FirstOrDefault(s => s.Code == code) ?? throw Refused.Missing("section");
        var today = Registration.AlmatyDate(now).ToDateOnly();
        var on = ask.On ?? today;
        if (on > today || on < today.AddYears(-1))
        {
            throw Refused.Invalid("changed-on-invalid", "on is a day of the last year, today at the latest.", "on");
        }

        return section is { ChangedOn: { } open, ToldAt: { } told } && open <= on && !(posted > told) ? [] : [new SiteInformationChanged(state.Id, code, on, by, now)];
    }

    private static Bilingual Name(Bilingual? given) => Languages.All.FirstOrDefault(l => given?.In(l) is not { Length: <= LongestName } words || string.IsNullOrWhiteSpace(words)) is { } language
        ? throw Refused.Invalid("name-invalid", $"A section has a name in kk and in ru, of at most {LongestName} characters.", "name." + language) : new(given!.Kk!.Trim(), given.Ru!.Trim());

    private static Site Kept(Site state, SiteSectionKept e)
    {
        var before = state.Sections.FirstOrDefault(s => s.Code == e.Code);
        var kept = new SiteSection(e.Code, e.Name, e.Kinds, e.Term, before?.Term == e.Term ? before.Since : e.At) { ChangedOn = before?.ChangedOn, ToldAt = before?.ToldAt };
        return state with { Sections = [.. state.Sections.Where(s => s.Code != e.Code), kept] };
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,39}\z")]
    private static partial Regex CodeOf();
}

public sealed partial class SiteViews : SingleStreamProjection<Site, Guid>
{
    public SiteViews()
    {
        foreach (var fact in SiteDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override Site? Evolve(Site? snapshot, Guid id, IEvent e) => SiteDecider.Evolve(snapshot, e.Data);
}
