using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>
/// How often something appears on a channel: at least every so many hours, so many on each local day, and no two closer than so many minutes. Each part may be
/// absent, one is there.
/// </summary>
public sealed record CadenceRule(int? EveryHours, int? PerDay, int? MinutesBetween);

// The facts about the cadence of one body's channel. By is a caller's id.

/// <summary>From now on this is the channel's rule.</summary>
public sealed record CadenceSet(Guid CadenceId, string Body, string Channel, CadenceRule Rule, string By, DateTimeOffset At);

/// <summary>The channel has no rule any more.</summary>
public sealed record CadenceDropped(Guid CadenceId, string By, DateTimeOffset At);

/// <summary>The cadence of one body's channel as its facts leave it. <paramref name="Since"/>: since when the rule as it is holds; state Active or Dropped.</summary>
public sealed record Cadence(Guid Id, string Body, string Channel, CadenceRule Rule, DateTimeOffset Since, string State) : IRevisioned, IOfBody
{
    public const string Active = "Active", Dropped = "Dropped";
    public int Version { get; set; }
}

/// <summary>Every rule about cadences: values in, values out.</summary>
public static class CadenceDecider
{
    public const int MostHours = 720, MostPerDay = 100, MostMinutes = 1440;

    private static readonly Guid Space = new("5d0a4d5f-7a44-4a53-9a50-636164656e63");

    public static readonly Type[] Facts = [typeof(CadenceSet), typeof(CadenceDropped)];

    /// <summary>A channel of a body has one.</summary>
    public static Guid StreamId(string body, string channel) => NamedId.Of(Space, $"{body}|{channel}");

    public static Cadence? Evolve(Cadence? state, object fact) => fact switch
    {
        CadenceSet e => new(e.CadenceId, e.Body, e.Channel, e.Rule, e.At, Cadence.Active),
        CadenceDropped => state! with { State = Cadence.Dropped },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a cadence."),
    };

    /// <summary>For a channel that has no rule, or had one; the same again is "already so", another needs <c>change</c>.</summary>
    public static IReadOnlyList<object> Set(Cadence? state, string body, string channel, CadenceRule rule, string by, DateTimeOffset now) => state switch
    {
        { State: Cadence.Active } when state.Rule == rule => [],
        { State: Cadence.Active } => throw Refused.Conflict("cadence-exists", "This channel has a rule: change it.", new Dictionary<string, object?> { ["id"] = state.Id }),
        _ => [new CadenceSet(StreamId(body, channel), body, channel, rule, by, now)],
    };

    public static IReadOnlyList<object> Change(Cadence state, CadenceRule rule, string by, DateTimeOffset now) => state switch
    {
        { State: Cadence.Dropped } => throw Refused.Conflict("cadence-dropped", "This channel has no rule any more: set one."),
        _ when state.Rule == rule => [],
        _ => [new CadenceSet(state.Id, state.Body, state.Channel, rule, by, now)],
    };

    public static IReadOnlyList<object> Drop(Cadence state, string by, DateTimeOffset now) => state.State == Cadence.Dropped ? [] : [new CadenceDropped(state.Id, by, now)];

    public static CadenceRule Checked(int? everyHours, int? perDay, int? minutesBetween)
    {
        Within(everyHours, MostHours, "everyHours");
        Within(perDay, MostPerDay, "perDay");
        Within(minutesBetween, MostMinutes, "minutesBetween");
        return everyHours is null && perDay is null && minutesBetween is null
            ? throw Refused.Invalid("cadence-empty", "Say everyHours, perDay or minutesBetween.", "everyHours") : new(everyHours, perDay, minutesBetween);
    }

    private static void Within(int? given, int most, string field)
    {
        if (given is < 1 || given > most)
        {
            throw Refused.Invalid("cadence-invalid", $"{field} is from 1 to {most}.", field);
        }
    }
}

public sealed partial class CadenceViews : SingleStreamProjection<Cadence, Guid>
{
    public CadenceViews()
    {
        foreach (var fact in CadenceDecider.Facts)
        {
            IncludeType(fact);
        }
    }

    public override Cadence? Evolve(Cadence? snapshot, Guid id, IEvent e) => CadenceDecider.Evolve(snapshot, e.Data);
}
