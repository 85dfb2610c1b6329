using Platform;

namespace PressEvents;

// The facts about one proposal of a citizen on an event's topic. Their stored shape is for ever. The citizen's own words, name and e-mail are vault
// text under SubjectId; public are the moderator's wording, if the citizen agreed to that, and the state's decision.

/// <summary>
/// Somebody proposed something. <paramref name="MayPublish"/>: the citizen agrees that a moderator's wording of it becomes public. <paramref name="RegisteredOn"/>:
/// the day (Asia/Almaty) after which the term of its decision runs (APPK 64(3)).
/// </summary>
public sealed record ProposalMade(Guid ProposalId, Guid PressEventId, string Body, string Language, Guid SubjectId, Guid TextId, Guid? AskerId, bool MayPublish,
    DateOnly RegisteredOn, DateTimeOffset At);

/// <summary>A moderator gave it its public wording, in kk, ru or both.</summary>
public sealed record ProposalPublished(Guid ProposalId, Bilingual Wording, DateTimeOffset At);

/// <summary>The body decided: Accepted, PartlyAccepted, Declined, Noted; why, in kk and ru; and which official says so.</summary>
public sealed record ProposalDecided(Guid ProposalId, Guid PressEventId, string Body, string Decision, Bilingual Reason, Official Official, DateTimeOffset At);

/// <summary>An official who answers for something in public.</summary>
public sealed record Official(Bilingual Name, Bilingual Post);

/// <summary>One proposal as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record Proposal(Guid Id, ProposalMade Made) : IOfBody
{
    public string Body => Made.Body;
    public Bilingual? Wording { get; init; }
    public ProposalDecided? Decided { get; init; }

    public string State => Decided is null ? "Made" : "Decided";
}

/// <summary>Every rule about a proposal: values in, values out.</summary>
public static class ProposalDecider
{
    public static readonly Type[] Facts = [typeof(ProposalMade), typeof(ProposalPublished), typeof(ProposalDecided)];
    public static readonly string[] Decisions = ["Accepted", "PartlyAccepted", "Declined", "Noted"];

    public static Proposal? Evolve(Proposal? state, object fact) => fact switch
    {
        ProposalMade e => new(e.ProposalId, e),
        ProposalPublished e => state! with { Wording = e.Wording },
        ProposalDecided e => state! with { Decided = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a proposal."),
    };

    public static IReadOnlyList<object> Decide(Proposal state, PublishProposal ask, DateTimeOffset now)
    {
        var wording = Filing.Words(ask.Wording, "wording", 2000);
        return wording is { Kk: null, Ru: null } ? throw Refused.Invalid("wording-missing", "Give the public wording, in kk, ru or both.", "wording")
            : !state.Made.MayPublish ? throw Refused.Conflict("consent-missing", "Whoever proposed it did not agree to its being published.")
            : state.Wording == wording ? [] : [new ProposalPublished(state.Id, wording, now)];
    }

    public static IReadOnlyList<object> Decide(Proposal state, DecideProposal ask, DateTimeOffset now)
    {
        var decision = Decisions.Contains(ask.Decision) ? ask.Decision! : throw Refused.Invalid("decision-unknown", $"decision is one of: {string.Join(", ", Decisions)}.", "decision");
        var reason = OfficialWords.InBoth(ask.Reason, "reason");
        var official = new Official(OfficialWords.InBoth(ask.Official?.Name, "official.name", 200), OfficialWords.InBoth(ask.Official?.Post, "official.post", 300));
        return state.Decided is not { } before ? [new ProposalDecided(state.Id, state.Made.PressEventId, state.Body, decision, reason, official, now)]
            : (before.Decision, before.Reason, before.Official) == (decision, reason, official) ? [] : throw Refused.Conflict("decided", "It was decided already.");
    }
}
