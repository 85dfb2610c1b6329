using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace HandingOver;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class HandOverFold : SingleStreamProjection<HandOver, Guid>
{
    public override HandOver? Evolve(HandOver? snapshot, Guid id, IEvent e) => HandOverDecider.Evolve(snapshot, e.Data);
}

/// <summary>Where a hand-over stands: Asked, OutcomeUnknown, HandedOver, Refused; the request's id and number once it is one. No particulars.</summary>
public sealed record HandOverView(Guid Id, string Kind, Guid OriginId, string Body, string Holder, string State, DateTimeOffset AskedAt) : IRevisioned
{
    public int Version { get; set; }
    public Guid? InquiryId { get; init; }
    public string? Number { get; init; }

    /// <summary>What the other service found missing in it.</summary>
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>How the link became known: reply, or message where the reply was lost.</summary>
    public string? KnownFrom { get; init; }

    /// <summary>Why it was refused or is unknown, and the fields concerned.</summary>
    public string? Code { get; init; }
    public IReadOnlyList<string> Fields { get; init; } = [];
    public DateTimeOffset? EndedAt { get; init; }

    public HandOverView Shown() => this with { AskedAt = AskedAt.InAlmaty(), EndedAt = EndedAt?.InAlmaty() };
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class HandOverViewFold
{
    public static HandOverView? Evolve(HandOverView? view, object fact) => fact switch
    {
        HandOverAsked e => new(e.HandOverId, e.Kind, e.OriginId, e.Body, e.Holder, nameof(HandOverState.Asked), e.At.ToUniversalTime()),
        HandOverLeftUnknown e => view! with { State = nameof(HandOverState.OutcomeUnknown), Code = e.Code },
        HandOverTaken e => view! with
        {
            State = nameof(HandOverState.HandedOver),
            InquiryId = e.InquiryId,
            Number = e.Number,
            Defects = e.Defects,
            KnownFrom = e.KnownFrom,
            Code = null,
            EndedAt = e.At.ToUniversalTime(),
        },
        HandOverRefused e => view! with { State = nameof(HandOverState.Refused), Code = e.Code, Fields = e.Fields, EndedAt = e.At.ToUniversalTime() },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a hand-over."),
    };
}

public sealed partial class HandOverViews : SingleStreamProjection<HandOverView, Guid>
{
    public HandOverViews()
    {
        foreach (var fact in HandOverDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override HandOverView? Evolve(HandOverView? snapshot, Guid id, IEvent e) => HandOverViewFold.Evolve(snapshot, e.Data);
}

public static class HandOverStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(HandOverDecider.Facts);
        options.Projections.Add<HandOverFold>(ProjectionLifecycle.Live);
        options.Projections.Add<HandOverViews>(ProjectionLifecycle.Inline);
        options.Schema.For<HandOverView>().UseNumericRevisions(true).Duplicate(h => h.Body).Duplicate(h => h.State).Duplicate(h => h.AskedAt)
            .Index([h => h.Body, h => h.AskedAt]);
    }
}
