using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Publications;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class CrisisFold : SingleStreamProjection<Crisis, Guid>
{
    public override Crisis? Evolve(Crisis? snapshot, Guid id, IEvent e) => CrisisDecider.Evolve(snapshot, e.Data);
}

/// <summary>One crisis stored with what lists look at; written in the transaction of its facts.</summary>
public sealed record CrisisView(Guid Id, Crisis Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
    public bool IsOpen { get; init; } = Now.End is null;
    public DateTimeOffset? StatementDueAt { get; init; } = Now.Start.StatementDueAt?.ToUniversalTime();
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class CrisisViewFold
{
    public static CrisisView? Evolve(CrisisView? view, Guid id, object fact) => new(id, CrisisDecider.Evolve(view?.Now, fact)!);
}

public sealed partial class CrisisViews : SingleStreamProjection<CrisisView, Guid>
{
    public CrisisViews()
    {
        foreach (var fact in CrisisDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override CrisisView? Evolve(CrisisView? snapshot, Guid id, IEvent e) => CrisisViewFold.Evolve(snapshot, id, e.Data);
}

/// <summary>One publication of a crisis. <paramref name="WaitsFor"/>: what is next, such as <c>submit</c>, <c>approve:kk</c>, <c>release-now</c>, <c>decide-outcome</c>.</summary>
public sealed record CrisisPublication(Guid PublicationId, string? Template, string Kind, Bilingual Title, IReadOnlyList<string> Channels, string State, IReadOnlyList<string> WaitsFor,
    DateTimeOffset? ReleasedAt)
{
    /// <summary>Languages that went out on one person's word and still need a second person's approval.</summary>
    public IReadOnlyList<string> OwedApprovals { get; init; } = [];

    public static CrisisPublication Of(Publication p, string? template)
    {
        var open = LanguagePolicies.Of(p.Content).Where(l => !PublicationDecider.IsApproved(p, l)).ToArray();
        return new(p.Id, template, p.Content.Kind, p.Content.Title, p.Content.Channels, p.State.ToString(), Next(p, open), p.ReleasedAt)
        {
            OwedApprovals = p.ApprovalOwed,
        };
    }

    private static string[] Next(Publication p, string[] open) => p.State switch
    {
        PublicationState.Drafted => ["submit"],
        PublicationState.InReview => [.. open.Select(l => "approve:" + l)],
        PublicationState.Approved => [p.Content.WantedAt is null ? "release-now" : "schedule"],
        PublicationState.Scheduled => ["its-time"],
        PublicationState.Releasing => [p.Attempts.Any(a => a.State == AttemptState.OutcomeUnknown) ? "decide-outcome" : "delivery"],
        PublicationState.Held => ["schedule"],
        PublicationState.Missed => ["decide-missed"],
        _ => [],
    };
}

/// <summary>A crisis as officials see it: Open or Closed, its clock, what its publications wait for.</summary>
public sealed record CrisisReply(Guid Id, long Version, string State, Guid PlanId, int Edition, string Body, string Topic, Bilingual Title, string Reason, string Tag, DateTimeOffset Since,
    string StartedBy, DateTimeOffset StartedAt, Guid? HaltId, CrisisClock? Clock, IReadOnlyList<CrisisRole> Roles, IReadOnlyList<CrisisPublication> Publications)
{
    public string? ClosedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? CloseReason { get; init; }

    public static CrisisReply Of(Crisis c, long version, IReadOnlyList<Publication> publications, DateTimeOffset now) => new(c.Id, version, c.End is null ? "Open" : "Closed", c.Start.PlanId,
        c.Start.Edition, c.Body, c.Start.Topic, c.Start.Title, c.Start.Reason, HaltRules.CrisisTag(c.Id), c.Start.Since, c.Start.By, c.Start.At, c.Start.HaltId,
        CrisisClock.Of(c, publications, now), c.Start.Roles,
        [.. publications.Select(p => CrisisPublication.Of(p, c.Start.Publications.FirstOrDefault(d => d.PublicationId == p.Id)?.Template))])
    {
        ClosedBy = c.End?.By,
        ClosedAt = c.End?.At,
        CloseReason = c.End?.Reason,
    };
}
