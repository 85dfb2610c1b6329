using System.Text.Json.Serialization;
using Platform;

namespace Publications;

/// <summary>A prepared publication: kind Crisis, Statement or Apology, words in kk and ru with placeholders such as <c>{place}</c>, and the accounts it goes to.</summary>
public sealed record CrisisTemplate(string Code, string Kind, Bilingual Title, Bilingual Text, IReadOnlyList<string> Channels);

/// <summary>
/// Who does what: role draft, approve or speak, and where it is wished start and close; <paramref name="Who"/> is a caller's id or a post. Of those named by id the doors ask: where a role
/// has any, nobody else acts in it.
/// </summary>
public sealed record CrisisRole(string Role, string Who)
{
    /// <summary>True: a caller's id, for which doors ask. Null: a post or a name, which no token shows; it is told to people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ById { get; init; }
}

/// <summary>What a plan holds. <paramref name="DisruptsLiving"/>: living conditions are disrupted, so an official statement is due within 3 hours (Mass-media law 37(1)).</summary>
public sealed record CrisisPlanContent(Bilingual Title, bool DisruptsLiving, bool HaltsOrdinary, IReadOnlyList<CrisisTemplate> Templates, IReadOnlyList<CrisisRole> Roles);

/// <summary>A body's plan for a topic was made; its edition is 1.</summary>
public sealed record CrisisPlanDrafted(Guid PlanId, string Body, string Topic, CrisisPlanContent Content, string Author, DateTimeOffset At);

/// <summary>The plan is another one: the next edition, not approved yet; an approved one before it stays in force.</summary>
public sealed record CrisisPlanEdited(Guid PlanId, CrisisPlanContent Content, string Editor, DateTimeOffset At);

/// <summary>An edition was approved by somebody who wrote in none.</summary>
public sealed record CrisisPlanApproved(Guid PlanId, int Edition, string By, DateTimeOffset At);

/// <summary>A rehearsal of an edition was held, with this report; nothing went out.</summary>
public sealed record CrisisPlanRehearsed(Guid PlanId, int Edition, RehearsalReport Report, string By, DateTimeOffset At);

/// <summary>The edition that a crisis is started from.</summary>
public sealed record ApprovedEdition(int Edition, CrisisPlanContent Content, string By, DateTimeOffset At);

/// <summary>One plan as its facts leave it.</summary>
public sealed record CrisisPlan(Guid Id, string Body, string Topic, CrisisPlanContent Content, int Edition) : IOfBody
{
    /// <summary>Everybody who wrote in it; none of them approves it.</summary>
    public IReadOnlyList<string> Authors { get; init; } = [];
    public ApprovedEdition? InForce { get; init; }
    public CrisisPlanRehearsed? LastRehearsal { get; init; }
}

/// <summary>The rules about plans: values in, values out.</summary>
public static class CrisisPlanDecider
{
    public static readonly Type[] Facts = [typeof(CrisisPlanDrafted), typeof(CrisisPlanEdited), typeof(CrisisPlanApproved), typeof(CrisisPlanRehearsed)];
    private static readonly Guid Plans = new("4a0c6f0e-3d3c-5b1a-8a57-5f3f0b8f6c11");

    /// <summary>One plan per body and topic: its id is made from both.</summary>
    public static Guid IdOf(string body, string topic) => NamedId.Of(Plans, $"{body}\n{topic}");

    public static CrisisPlan? Evolve(CrisisPlan? state, object fact) => fact switch
    {
        CrisisPlanDrafted e => new(e.PlanId, e.Body, e.Topic, e.Content, 1) { Authors = [e.Author] },
        CrisisPlanEdited e => state! with { Content = e.Content, Edition = state.Edition + 1, Authors = state.Authors.Contains(e.Editor) ? state.Authors : [.. state.Authors, e.Editor] },
        CrisisPlanApproved e => state! with { InForce = new(e.Edition, state.Content, e.By, e.At) },
        CrisisPlanRehearsed e => state! with { LastRehearsal = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a crisis plan."),
    };

    public static CrisisPlanDrafted Draft(string body, DraftCrisisPlan ask, Func<string, ChannelAccount?> account, string author, DateTimeOffset now)
    {
        var topic = CrisisPlanRules.Topic(ask.Topic);
        return new(IdOf(body, topic), body, topic, CrisisPlanRules.Checked(null, ask.Plan, body, account), author, now);
    }

    /// <summary>What is not named stays; the same again is "already so".</summary>
    public static IReadOnlyList<object> Decide(CrisisPlan state, CrisisPlanAsk ask, Func<string, ChannelAccount?> account, string editor, DateTimeOffset now)
    {
        var content = CrisisPlanRules.Checked(state.Content, ask, state.Body, account);
        return CrisisPlanRules.Same(content, state.Content) ? [] : [new CrisisPlanEdited(state.Id, content, editor, now)];
    }

    public static IReadOnlyList<object> Approve(CrisisPlan state, string by, DateTimeOffset now) => state.Authors.Contains(by)
        ? throw Refused.Conflict("approver-is-author", "Whoever wrote in it never approves it, in no role.")
        : state.InForce?.Edition == state.Edition ? [] : [new CrisisPlanApproved(state.Id, state.Edition, by, now)];

    /// <summary>The approved edition, which an unapproved newer one does not replace.</summary>
    public static ApprovedEdition InForce(CrisisPlan state) => state.InForce ?? throw Refused.Conflict("plan-not-approved", "No edition of it is approved.");
}
