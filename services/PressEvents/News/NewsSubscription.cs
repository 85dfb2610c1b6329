using Platform;

namespace PressEvents;

// The facts about one subscription to news. Their stored shape is for ever. Address, url and secret are in the vault.

/// <summary>What a subscriber may choose: closed list.</summary>
public static class NewsKinds
{
    public const string Statements = "statements", Notices = "notices", Transcripts = "transcripts", Announcements = "announcements";
    public static readonly string[] All = [Statements, Notices, Transcripts, Announcements];
}

/// <summary>What a subscriber wants to hear of; an empty list is no limit. <paramref name="Regions"/>: KATO codes; <paramref name="Bodies"/>: holder codes.</summary>
public sealed record NewsChoice(string Language, IReadOnlyList<string> Kinds, IReadOnlyList<string> Bodies, IReadOnlyList<string> Regions, IReadOnlyList<string> Formats)
{
    public bool Wants(Occasion occasion) => Kinds.Contains(occasion.News) && Within(Bodies, occasion.Body) && Within(Regions, occasion.Region)
        && (occasion.Format is null || Within(Formats, occasion.Format));

    /// <summary>The same content: lists are compared by what is in them.</summary>
    public bool Same(NewsChoice other) => Language == other.Language && Kinds.SequenceEqual(other.Kinds) && Bodies.SequenceEqual(other.Bodies)
        && Regions.SequenceEqual(other.Regions) && Formats.SequenceEqual(other.Formats);

    private static bool Within(IReadOnlyList<string> chosen, string? value) => chosen.Count == 0 || (value is not null && chosen.Contains(value));
}

/// <summary>
/// Somebody asked for news. <paramref name="Way"/>: e-mail (to be confirmed by a link) or webhook (whose <paramref name="Owner"/> is the caller that made it,
/// and counts at once).
/// </summary>
public sealed record NewsSubscribed(Guid SubscriptionId, string Way, NewsChoice Choice, Guid SubjectId, string? Owner, DateTimeOffset At);

/// <summary>Whoever reads the address said that it is wanted.</summary>
public sealed record NewsSubscriptionConfirmed(Guid SubscriptionId, DateTimeOffset At);

/// <summary>Something else is wanted from now on.</summary>
public sealed record NewsChoiceChanged(Guid SubscriptionId, NewsChoice Choice, DateTimeOffset At);

/// <summary>Nothing is wanted any more; the address is destroyed.</summary>
public sealed record NewsSubscriptionEnded(Guid SubscriptionId, DateTimeOffset At);

public enum NewsSubscriptionState { ToBeConfirmed, Active, Ended }

/// <summary>One subscription as its facts leave it.</summary>
public sealed record NewsSubscription(NewsSubscribed Subscribed, NewsChoice Choice, NewsSubscriptionState State)
{
    public Guid Id => Subscribed.SubscriptionId;
}

/// <summary>Every rule about a subscription: values in, values out.</summary>
public static class NewsSubscriptionDecider
{
    public static readonly Type[] Facts = [typeof(NewsSubscribed), typeof(NewsSubscriptionConfirmed), typeof(NewsChoiceChanged), typeof(NewsSubscriptionEnded)];

    public static NewsSubscription? Evolve(NewsSubscription? state, object fact) => fact switch
    {
        NewsSubscribed e => new(e, e.Choice, e.Way == Outgoing.NoticeRules.Webhook ? NewsSubscriptionState.Active : NewsSubscriptionState.ToBeConfirmed),
        NewsSubscriptionConfirmed => state! with { State = NewsSubscriptionState.Active },
        NewsChoiceChanged e => state! with { Choice = e.Choice },
        NewsSubscriptionEnded => state! with { State = NewsSubscriptionState.Ended },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a subscription to news."),
    };

    public static NewsChoice Choose(SubscribeToNews ask, Catalogue catalogue)
    {
        var kinds = Codes(ask.Kinds, "kinds", "kind-unknown", NewsKinds.All.Contains);
        return kinds.Count == 0 ? throw Refused.Invalid("kinds-missing", $"Choose of: {string.Join(", ", NewsKinds.All)}.", "kinds")
            : new(Addresses.LanguageOf(ask.Language), kinds, Codes(ask.Bodies, "bodies", "body-unknown", code => Holders.Find(code) is not null),
                Codes(ask.Regions, "regions", "region-unknown", code => Holders.All.Any(h => h.Kato == code)),
                Codes(ask.Formats, "formats", "format-unknown", code => catalogue.Format(code) is not null));
    }

    public static IReadOnlyList<object> Confirm(NewsSubscription state, DateTimeOffset now) => state.State switch
    {
        NewsSubscriptionState.Active => [],
        NewsSubscriptionState.ToBeConfirmed => [new NewsSubscriptionConfirmed(state.Id, now)],
        _ => throw Ended(),
    };

    public static IReadOnlyList<object> Change(NewsSubscription state, NewsChoice choice, DateTimeOffset now) => state.State == NewsSubscriptionState.Ended ? throw Ended()
        : choice.Same(state.Choice) ? [] : [new NewsChoiceChanged(state.Id, choice, now)];

    public static IReadOnlyList<object> End(NewsSubscription state, DateTimeOffset now) => state.State == NewsSubscriptionState.Ended ? [] : [new NewsSubscriptionEnded(state.Id, now)];

    private static RefusedException Ended() => Refused.Conflict("subscription-ended", "It was ended; subscribe anew.");

    private static List<string> Codes(IReadOnlyList<string?>? asked, string field, string code, Func<string, bool> knows)
    {
        var codes = asked ?? [];
        var unknown = codes.ToList().FindIndex(c => c is null || !knows(c));
        return unknown >= 0 ? throw Refused.Invalid(code, $"{field} holds codes of the list.", $"{field}[{unknown}]") : [.. codes.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
    }
}
