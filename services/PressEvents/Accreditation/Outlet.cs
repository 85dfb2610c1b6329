using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

// The facts about an outlet. Nothing of it is personal: its name, its office's address for official mail, where it is heard.

/// <summary>
/// An outlet is on the list. <paramref name="Region"/>: KATO code, null for the whole country or abroad; <paramref name="Email"/>: its office's, for
/// official mail; <paramref name="Languages"/>: kk, ru or other tags, in which it publishes.
/// </summary>
public sealed record OutletRegistered(Guid OutletId, Bilingual Name, string Kind, IReadOnlyList<string> Languages, string? Region, bool Foreign, string? Email, DateTimeOffset At);

/// <summary>What is said of it was set anew; all of it as it is now.</summary>
public sealed record OutletRevised(Guid OutletId, Bilingual Name, string Kind, IReadOnlyList<string> Languages, string? Region, bool Foreign, string? Email, DateTimeOffset At);

/// <summary>It no longer comes out; its journalists apply in another capacity.</summary>
public sealed record OutletClosed(Guid OutletId, DateTimeOffset At);

public enum OutletKind { Television, Radio, Newspaper, Magazine, NewsAgency, OnlineMedia }

/// <summary>An outlet as its facts leave it; stored inline and public.</summary>
public sealed record Outlet(Guid Id, Bilingual Name, string Kind, IReadOnlyList<string> Languages, string? Region, bool Foreign, string? Email, string State) : IRevisioned
{
    public const string Active = "Active", Closed = "Closed";
    public int Version { get; set; }
}

/// <summary>Every rule about an outlet: values in, values out.</summary>
public static class Outlets
{
    public static readonly Type[] Facts = [typeof(OutletRegistered), typeof(OutletRevised), typeof(OutletClosed)];

    public static Outlet? Evolve(Outlet? state, object fact) => fact switch
    {
        OutletRegistered e => new(e.OutletId, e.Name, e.Kind, e.Languages, e.Region, e.Foreign, e.Email, Outlet.Active),
        OutletRevised e => state! with { Name = e.Name, Kind = e.Kind, Languages = e.Languages, Region = e.Region, Foreign = e.Foreign, Email = e.Email },
        OutletClosed => state! with { State = Outlet.Closed },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an outlet."),
    };

    public static OutletRegistered Register(Guid id, DescribeOutlet ask, DateTimeOffset now)
    {
        var name = Filing.Words(ask.Name, "name", 200);
        if (!name.IsComplete)
        {
            throw new RefusedException(RefusalKind.Invalid, "name-missing", "Its public name is given in kk and ru; they may be alike.",
                Filing.Incomplete(name, "name").ToDictionary(field => field, _ => new[] { "missing" }));
        }

        var kind = Enum.GetNames<OutletKind>().Contains(ask.Kind) ? ask.Kind! : throw Refused.Invalid("kind-unknown", $"kind is one of: {string.Join(", ", Enum.GetNames<OutletKind>())}.", "kind");
        return new(id, name, kind, Languages(ask.Languages), Region(ask.Region), ask.Foreign == true, Contacts.Email(ask.Email, "email"), now);
    }

    public static IReadOnlyList<object> Revise(Outlet state, DescribeOutlet ask, DateTimeOffset now)
    {
        var e = Register(state.Id, ask, now);
        var same = (e.Name, e.Kind, e.Region, e.Foreign, e.Email) == (state.Name, state.Kind, state.Region, state.Foreign, state.Email) && e.Languages.SequenceEqual(state.Languages);
        return state.State == Outlet.Closed ? throw IsClosed()
            : same ? [] : [new OutletRevised(state.Id, e.Name, e.Kind, e.Languages, e.Region, e.Foreign, e.Email, now)];
    }

    public static IReadOnlyList<object> Close(Outlet state, DateTimeOffset now) => state.State == Outlet.Closed ? [] : [new OutletClosed(state.Id, now)];

    public static RefusedException IsClosed() => Refused.Conflict("outlet-closed", "The outlet was closed.");

    private static List<string> Languages(IReadOnlyList<string?>? asked) => (asked ?? []).Select((tag, i) => tag is { Length: >= 2 and <= 12 } && tag.All(c => char.IsAsciiLetter(c) || c == '-')
        ? tag.ToLowerInvariant() : throw Refused.Invalid("language-unknown", "languages holds tags such as kk, ru, en.", $"languages[{i}]")).Distinct().ToList() is { Count: > 0 } tags
        ? tags : throw Refused.Invalid("language-missing", "Say in which languages it publishes.", "languages");

    private static string? Region(string? kato) => string.IsNullOrWhiteSpace(kato) ? null
        : Regions.Contains(kato) ? kato : throw Refused.Invalid("region-unknown", "region is a KATO code of the list of regions.", "region");

    private static readonly HashSet<string> Regions = [.. Tables.Read("regions").Select(row => row["kato"])];
}

/// <summary>Marten's side of the fold.</summary>
public sealed partial class OutletFold : SingleStreamProjection<Outlet, Guid>
{
    public OutletFold() => Array.ForEach(Outlets.Facts, IncludeType);

    public override Outlet? Evolve(Outlet? snapshot, Guid id, IEvent e) => Outlets.Evolve(snapshot, e.Data);
}
