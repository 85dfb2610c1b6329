namespace Publications;

/// <summary>The part of the fold that is about what is out already.</summary>
public static class CorrectionFold
{
    public static Publication Evolve(Publication state, object fact) => fact switch
    {
        CorrectionProposed e => state with { Proposed = new(e.CorrectionId, e.Content, e.Notice, e.Reason, e.By, e.At), Authors = [.. state.Authors.Union([e.By])] },
        CorrectionApproved e => state with
        { Proposed = state.Proposed! with { Approvals = [.. state.Proposed.Approvals, new(e.Language, e.ContentHash, e.By, e.At)] } },
        CorrectionRejected => state with { Proposed = null },
        PublicationCorrected e => Superseded(state, e.CorrectionId, e.Plan, e.At) with
        {
            State = PublicationState.Corrected,
            Content = e.Content,
            Approvals = state.Proposed!.Approvals,
            Proposed = null,
            Notice = e.Notice,
            ChangedAt = e.At,
        },
        PublicationWithdrawn e => Superseded(state, e.CorrectionId, e.Plan, e.At) with { State = PublicationState.Withdrawn, Proposed = null, Notice = e.Notice, ChangedAt = e.At },
        FollowUpSettled e => state with
        {
            FollowUps = [.. state.FollowUps.Select(f => f.CorrectionId == e.CorrectionId && f.Plan.Channel == e.Channel && f.Plan.Language == e.Language ? f with { IsOpen = false, Note = e.Note } : f)],
            Attempts = [.. state.Attempts.Select(a => a.CorrectionId == e.CorrectionId && a.Channel == e.Channel && a.Language == e.Language ? a with { NextLookAt = null } : a)],
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a publication."),
    };

    /// <summary>What an attempt at a follow-up has done is done.</summary>
    public static Publication Followed(Publication state, Guid attemptId)
    {
        var leg = state.Attempts.Single(a => a.AttemptId == attemptId).Leg;
        return leg.Purpose is null ? state : state with { FollowUps = [.. state.FollowUps.Select(f => f.Leg == leg ? f with { IsOpen = false } : f)] };
    }

    /// <summary>A newer change takes the place of what an older one has not done yet; calls under way end as they end.</summary>
    private static Publication Superseded(Publication state, Guid correctionId, IReadOnlyList<FollowUpPlan> plan, DateTimeOffset at) => state with
    {
        FollowUps = [.. state.FollowUps.Select(f => f.IsOpen ? f with { IsOpen = false, Note = "superseded" } : f), .. plan.Select(p => new FollowUp(correctionId, p, true, at))],
        Attempts = [.. state.Attempts.Select(a => a.Purpose is not null && a.State != AttemptState.Started ? a with { NextLookAt = null } : a)],
    };
}
