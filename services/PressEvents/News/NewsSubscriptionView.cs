using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class NewsSubscriptionFold : SingleStreamProjection<NewsSubscription, Guid>
{
    public override NewsSubscription? Evolve(NewsSubscription? snapshot, Guid id, IEvent e) => NewsSubscriptionDecider.Evolve(snapshot, e.Data);
}

/// <summary>A subscription without address. State: ToBeConfirmed, Active, Ended.</summary>
public sealed record NewsSubscriptionView(Guid Id, string Way, NewsChoice Choice, string State, Guid SubjectId, string? Owner) : IRevisioned
{
    public int Version { get; set; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class NewsSubscriptionViewFold
{
    public static NewsSubscriptionView? Evolve(NewsSubscriptionView? view, object fact) => fact switch
    {
        NewsSubscribed e => new(e.SubscriptionId, e.Way, e.Choice, NewsSubscriptionDecider.Evolve(null, e)!.State.ToString(), e.SubjectId, e.Owner),
        NewsSubscriptionConfirmed => view! with { State = nameof(NewsSubscriptionState.Active) },
        NewsChoiceChanged e => view! with { Choice = e.Choice },
        NewsSubscriptionEnded => view! with { State = nameof(NewsSubscriptionState.Ended) },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a subscription to news."),
    };
}

public sealed partial class NewsSubscriptionViews : SingleStreamProjection<NewsSubscriptionView, Guid>
{
    public NewsSubscriptionViews()
    {
        foreach (var fact in NewsSubscriptionDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override NewsSubscriptionView? Evolve(NewsSubscriptionView? snapshot, Guid id, IEvent e) => NewsSubscriptionViewFold.Evolve(snapshot, e.Data);
}

public static class NewsSubscribers
{
    public const string Role = "subscriber";

    /// <summary>Everybody whose choice holds what happened; never of what is not public.</summary>
    public static readonly ConcernedSource Source = new(Role, ToldOfPlans: false, async (session, occasion, ct) =>
        [.. (await session.Query<NewsSubscriptionView>().Where(s => s.State == nameof(NewsSubscriptionState.Active)).ToListAsync(ct))
            .Where(s => s.Choice.Wants(occasion)).Select(s => new Recipient(s.SubjectId, s.Way))]);

    public static void Register(StoreOptions options)
    {
        options.MapFacts(NewsSubscriptionDecider.Facts);
        options.Projections.Add<NewsSubscriptionFold>(ProjectionLifecycle.Live);
        options.Projections.Add<NewsSubscriptionViews>(ProjectionLifecycle.Inline);
        options.Schema.For<NewsSubscriptionView>().UseNumericRevisions(true).Duplicate(s => s.State).Duplicate(s => s.SubjectId).Duplicate(s => s.Owner!);
    }
}
