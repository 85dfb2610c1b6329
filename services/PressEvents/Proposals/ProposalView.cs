using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class ProposalFold : SingleStreamProjection<Proposal, Guid>
{
    public override Proposal? Evolve(Proposal? snapshot, Guid id, IEvent e) => ProposalDecider.Evolve(snapshot, e.Data);
}

/// <summary>One proposal as it is stored for lists, without the citizen's words. What is shown of it is a <see cref="ProposalShown"/>.</summary>
public sealed record ProposalView(Guid Id, Guid PressEventId, string Body, string Language, bool MayPublish, Guid SubjectId, Guid? AskerId, DateOnly RegisteredOn, DateTimeOffset MadeAt) : IRevisioned
{
    public int Version { get; set; }
    public bool IsDecided { get; init; }
    public Bilingual? Wording { get; init; }
    public string? Decision { get; init; }
    public Bilingual? Reason { get; init; }
    public Official? Official { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class ProposalViewFold
{
    public static ProposalView? Evolve(ProposalView? view, object fact) => fact switch
    {
        ProposalMade e => new(e.ProposalId, e.PressEventId, e.Body, e.Language, e.MayPublish, e.SubjectId, e.AskerId, e.RegisteredOn, e.At.ToUniversalTime()),
        ProposalPublished e => view! with { Wording = e.Wording },
        ProposalDecided e => view! with { IsDecided = true, Decision = e.Decision, Reason = e.Reason, Official = e.Official, DecidedAt = e.At.ToUniversalTime() },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a proposal."),
    };
}

public sealed partial class ProposalViews : SingleStreamProjection<ProposalView, Guid>
{
    public ProposalViews()
    {
        foreach (var fact in ProposalDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override ProposalView? Evolve(ProposalView? snapshot, Guid id, IEvent e) => ProposalViewFold.Evolve(snapshot, e.Data);
}

/// <summary>
/// A proposal as everybody sees it; what it says only once it was published. Due and late are of the reader's moment, by the calendar that is
/// current then. <paramref name="LateBy"/>: working days after the last day; 0 in time.
/// </summary>
public sealed record ProposalShown(Guid Id, Guid PressEventId, long Version, string State, string Body, string Language, DateTimeOffset MadeAt, Bilingual? Wording, DeadlineReply Term, bool Overdue,
    int LateBy, string? Decision, Bilingual? Reason, Official? Official, DateTimeOffset? DecidedAt)
{
    public static ProposalShown Of(ProposalView p, WorkingCalendar calendar, DateTimeOffset now)
    {
        var term = ProposalTerm.Of(p.RegisteredOn, calendar);
        var late = PressEvents.Overdue.LateBy(term.Due, Registration.AlmatyDate(p.DecidedAt ?? now), calendar);
        return new(p.Id, p.PressEventId, p.Version, p.IsDecided ? "Decided" : "Made", p.Body, p.Language, p.MadeAt.InAlmaty(), p.Wording, DeadlineReply.Of(term), !p.IsDecided && late > 0, late,
            p.Decision, p.Reason, p.Official, p.DecidedAt?.InAlmaty());
    }
}

public static class ProposalStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(ProposalDecider.Facts);
        options.Projections.Add<ProposalFold>(ProjectionLifecycle.Live);
        options.Projections.Add<ProposalViews>(ProjectionLifecycle.Inline);
        options.Schema.For<ProposalView>().UseNumericRevisions(true).Duplicate(p => p.PressEventId).Duplicate(p => p.Body).Duplicate(p => p.IsDecided).Duplicate(p => p.RegisteredOn)
            .Index([p => p.PressEventId, p => p.RegisteredOn]).Index([p => p.IsDecided, p => p.RegisteredOn]);
    }
}
