using Platform;

namespace Publications;

/// <summary>What a halt is about. Kind all (no value), body (holder code), account (code), channel (kind of channel), tag, or person (id in the registry of people).</summary>
public sealed record HaltTarget(string Kind, string? Value);

/// <summary>
/// From this instant nothing of the target goes out. <paramref name="Within"/>: only this body's publications, and its people lift it; null: everybody's, lifted by the
/// Central Communications Service or an administrator. <paramref name="Epoch"/>: the one that it began; sends let in by an earlier one are waited for. <paramref name="Except"/>: a tag whose publications are let through (a crisis's own). By: caller's id.
/// </summary>
public sealed record HaltPlaced(Guid HaltId, HaltTarget Scope, string? Within, string? Except, string Reason, string By, long Epoch, DateTimeOffset At);

/// <summary>A second person let it go on; what passed its time in between stays missed.</summary>
public sealed record HaltLifted(Guid HaltId, string By, string? Reason, DateTimeOffset At);

/// <summary>One halt as its facts leave it; it holds in [PlacedAt, LiftedAt).</summary>
public sealed record Halt(Guid Id, HaltTarget Scope, string? Within, string? Except, string Reason, string PlacedBy, long Epoch, DateTimeOffset PlacedAt)
{
    public string? LiftedBy { get; init; }
    public string? LiftReason { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }
}

/// <summary>The rules about placing and lifting: values in, values out.</summary>
public static class HaltDecider
{
    public const string All = "all", OfBody = "body", OfAccount = "account", OfChannel = "channel", OfTag = "tag", OfPerson = "person";
    public const int LongestReason = 2000, LongestTag = 100;

    public static readonly string[] Kinds = [All, OfBody, OfAccount, OfChannel, OfTag, OfPerson];
    public static readonly string[] ChannelKinds = ["site", "telegram", "facebook", "instagram", "youtube", "email", "webhook", "atom"];
    public static readonly Type[] Facts = [typeof(HaltPlaced), typeof(HaltLifted)];

    public static Halt? Evolve(Halt? state, object fact) => fact switch
    {
        HaltPlaced e => new(e.HaltId, e.Scope, e.Within, e.Except, e.Reason, e.By, e.Epoch, e.At),
        HaltLifted e => state! with { LiftedBy = e.By, LiftReason = e.Reason, LiftedAt = e.At },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a halt."),
    };

    /// <summary>Who may halt everything may halt anything; a body's people halt what is their body's. <paramref name="accountBody"/>: whose the named account is, null when there is none.</summary>
    public static HaltPlaced Place(Guid id, PlaceHalt ask, Caller by, string? accountBody, long epoch, DateTimeOffset now)
    {
        var target = Target(ask.Scope);
        var everywhere = by.ActsEverywhere();
        if (target.Kind == OfAccount && accountBody is null)
        {
            throw Refused.Invalid("channel-unknown", "value is the code of an account.", "scope.value");
        }

        var own = target.Kind switch { All or OfChannel => false, OfBody => by.ActsFor(target.Value!), OfAccount => by.ActsFor(accountBody!), _ => by.Body is not null };
        return everywhere || own ? new(id, target, everywhere ? null : by.Body, null, GivenWords.Needed(ask.Reason, "reason", LongestReason), by.Id, epoch, now)
            : throw Refused.Forbidden("halt-not-own", "You halt what is your own body's; the Central Communications Service and administrators halt everything.");
    }

    /// <summary>A second person, always; lifted already is "already so".</summary>
    public static IReadOnlyList<object> Decide(Halt state, LiftHalt ask, Caller by, DateTimeOffset now)
    {
        if (by.Id == state.PlacedBy)
        {
            throw Refused.Conflict("lifter-is-placer", "Whoever placed it never lifts it: that takes a second person.");
        }

        if (!by.ActsEverywhere() && (state.Within is null || !by.ActsFor(state.Within)))
        {
            throw Refused.Forbidden("halt-not-own", "The Central Communications Service or an administrator lifts it.");
        }

        return state.LiftedAt is not null ? [] : [new HaltLifted(state.Id, by.Id, GivenWords.Optional(ask.Reason, "reason", LongestReason), now)];
    }

    private static HaltTarget Target(HaltTarget? asked)
    {
        var kind = Kinds.Contains(asked?.Kind) ? asked!.Kind : throw Refused.Invalid("scope-invalid", $"scope.kind is one of: {string.Join(", ", Kinds)}.", "scope.kind");
        var value = string.IsNullOrWhiteSpace(asked.Value) ? null : asked.Value.Trim();
        return (kind, value) switch
        {
            (All, null) => new(kind, null),
            (All, _) => throw Refused.Invalid("scope-invalid", "Everything has no value.", "scope.value"),
            (_, null) => throw Refused.Invalid("scope-invalid", "Say which one.", "scope.value"),
            (OfBody, _) when Holders.Find(value) is null => throw Refused.Invalid("holder-unknown", "value is a code of the list of holders.", "scope.value"),
            (OfChannel, _) when !ChannelKinds.Contains(value) => throw Refused.Invalid("channel-unknown", $"A kind of channel is one of: {string.Join(", ", ChannelKinds)}.", "scope.value"),
            (OfTag, _) when value.Length > LongestTag => throw Refused.Invalid("words-too-long", $"At most {LongestTag} characters.", "scope.value"),
            (OfPerson, _) => Guid.TryParse(value, out var person) ? new(kind, person.ToString()) : throw Refused.Invalid("person-invalid", "value is an id of the registry of people.", "scope.value"),
            _ => new(kind, value),
        };
    }
}

public static class HaltCallers
{
    /// <summary>The Central Communications Service and administrators act for every body.</summary>
    public static bool ActsEverywhere(this Caller caller) => caller.Is(Roles.Admin) || caller.ActsFor(Holders.CentralCommunications);
}
