using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>An entry of the list is this from now on; entries that nobody kept are as the build's table has them. <paramref name="Because"/>: why it was kept so.</summary>
public sealed record RestrictedEntryKept(Guid EntryId, RestrictedEntry Entry, string Because, DateTimeOffset At);

/// <summary>The entry restricts, or allows, nothing any more; it can be kept again.</summary>
public sealed record RestrictedEntryRemoved(Guid EntryId, string Code, string Because, DateTimeOffset At);

/// <summary>An entry as its facts leave it; <paramref name="Entry"/> null: removed. Stored, for the list is read at every check.</summary>
public sealed record RestrictedEntryView(Guid Id, string Code, RestrictedEntry? Entry) : IRevisioned
{
    public int Version { get; set; }
}

/// <summary>What an admin may make of the list; pure.</summary>
public static class RestrictedEntryDecider
{
    private static readonly Guid Space = new("6d1d5d3e-0a53-4c5f-9f6e-7265737472aa");

    public static readonly Type[] Facts = [typeof(RestrictedEntryKept), typeof(RestrictedEntryRemoved)];

    public static Guid StreamOf(string code) => NamedId.Of(Space, code);

    public static RestrictedEntryView? Evolve(RestrictedEntryView? state, object fact) => fact switch
    {
        RestrictedEntryKept e => new(e.EntryId, e.Entry.Code, e.Entry),
        RestrictedEntryRemoved e => new(e.EntryId, e.Code, null),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about the list of restricted words."),
    };

    /// <summary><paramref name="before"/>: what stands under this code now, from the table or kept; null: nothing.</summary>
    public static IReadOnlyList<object> Keep(RestrictedEntry? before, string code, KeepRestrictedEntry ask, DateTimeOffset now)
    {
        var entry = Checked(code, ask);
        var because = Words(ask.Because, "because", "because-missing", 2000);
        return before == entry ? [] : [new RestrictedEntryKept(StreamOf(code), entry, because, now)];
    }

    public static IReadOnlyList<object> Remove(RestrictedEntry? before, string code, RemoveRestrictedEntry ask, DateTimeOffset now)
    {
        var because = Words(ask.Because, "because", "because-missing", 2000);
        return before is null ? [] : [new RestrictedEntryRemoved(StreamOf(code), code, because, now)];
    }

    private static RestrictedEntry Checked(string code, KeepRestrictedEntry ask)
    {
        var kind = Enum.GetNames<RestrictedKind>().Contains(ask.Kind ?? nameof(RestrictedKind.Words)) ? Enum.Parse<RestrictedKind>(ask.Kind ?? nameof(RestrictedKind.Words))
            : throw Refused.Invalid("kind-invalid", $"kind is one of: {string.Join(", ", Enum.GetNames<RestrictedKind>())}.", "kind");
        var pattern = Words(ask.Pattern, "pattern", "pattern-missing", 200);
        if (kind == RestrictedKind.Words ? !RestrictedList.IsPattern(pattern) : PersonalMarks.In(pattern).Count != 1)
        {
            throw Refused.Invalid("pattern-invalid", "Words, each whole or by its beginning (секретн*); of an allowed contact one mobile number or e-mail address.", "pattern");
        }

        return new(code, kind, ask.Language is null || Languages.All.Contains(ask.Language) ? ask.Language : throw Refused.Invalid("language-invalid", "language is kk, ru, or absent for both.", "language"),
            pattern, kind == RestrictedKind.Words && (ask.Blocking ?? true), new(Words(ask.Reason?.Kk, "reason.kk", "language-missing", 500), Words(ask.Reason?.Ru, "reason.ru", "language-missing", 500)),
            string.IsNullOrWhiteSpace(ask.Law) ? null : Words(ask.Law, "law", "law-missing", 300));
    }

    private static string Words(string? given, string field, string missing, int longest) => string.IsNullOrWhiteSpace(given) ? throw Refused.Invalid(missing, "It is missing.", field)
        : given.Trim().Length > longest ? throw Refused.Invalid("words-too-long", $"At most {longest} characters.", field) : given.Trim();
}

public sealed partial class RestrictedEntryViews : SingleStreamProjection<RestrictedEntryView, Guid>
{
    public RestrictedEntryViews()
    {
        foreach (var fact in RestrictedEntryDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override RestrictedEntryView? Evolve(RestrictedEntryView? snapshot, Guid id, IEvent e) => RestrictedEntryDecider.Evolve(snapshot, e.Data);
}
