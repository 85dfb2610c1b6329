using Platform;

namespace Publications;

/// <summary>A draft made from a template at the start.</summary>
public sealed record CrisisDraft(string Template, Guid PublicationId);

/// <summary>
/// A crisis was opened by an approved edition of a plan. <paramref name="Since"/>: when it became known; <paramref name="StatementDueAt"/>: by when the mandatory statement is
/// out (3 hours after, Mass-media law 37(1)), null when living conditions are not disrupted. <paramref name="HaltId"/>: the halt of the ordinary flow.
/// </summary>
public sealed record CrisisStarted(Guid CrisisId, Guid PlanId, int Edition, string Body, string Topic, Bilingual Title, string Reason, DateTimeOffset Since, DateTimeOffset? StatementDueAt,
    Guid? HaltId, IReadOnlyList<CrisisDraft> Publications, IReadOnlyList<CrisisRole> Roles, string By, DateTimeOffset At);

/// <summary>It is over; its halt stays until a second person lifts it. <paramref name="Reason"/> stands there where the mandatory statement was still owed.</summary>
public sealed record CrisisClosed(Guid CrisisId, string By, string? Reason, DateTimeOffset At);

/// <summary>One crisis as its facts leave it.</summary>
public sealed record Crisis(Guid Id, CrisisStarted Start) : IOfBody
{
    public string Body => Start.Body;
    public CrisisClosed? End { get; init; }
}

/// <summary>The clock of the mandatory statement. State: Running, Overdue, Kept, Late; it stops when a publication of the crisis is out.</summary>
public sealed record CrisisClock(DateTimeOffset DueAt, string State, DateTimeOffset? StoppedAt, Guid? StoppedBy)
{
    public const string Running = "Running", Overdue = "Overdue", Kept = "Kept", Late = "Late";
    public static readonly TimeSpan Term = TimeSpan.FromHours(3);

    /// <summary>Null when no statement is mandatory. Publications are those of the crisis as they stood then.</summary>
    public static CrisisClock? Of(Crisis crisis, IEnumerable<Publication> publications, DateTimeOffset now)
    {
        if (crisis.Start.StatementDueAt is not { } due)
        {
            return null;
        }

        var first = publications.Where(p => p.ReleasedAt is not null).MinBy(p => p.ReleasedAt);
        var state = first is null ? now < due ? Running : Overdue : first.ReleasedAt <= due ? Kept : Late;
        return new(due, state, first?.ReleasedAt, first?.Id);
    }
}

/// <summary>The rules about a crisis: values in, values out.</summary>
public static class CrisisDecider
{
    public const int LongestReason = 2000;
    private static readonly TimeSpan EarliestSince = TimeSpan.FromDays(1);

    public static readonly Type[] Facts = [typeof(CrisisStarted), typeof(CrisisClosed)];

    public static Crisis? Evolve(Crisis? state, object fact) => fact switch
    {
        CrisisStarted e => new(e.CrisisId, e),
        CrisisClosed e => state! with { End = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a crisis."),
    };

    /// <summary>From the edition in force. The halt is the caller's to place: <paramref name="haltId"/> is given when it is wished and the answer to <see cref="Halts"/> is yes.</summary>
    public static CrisisStarted Start(Guid id, CrisisPlan plan, StartCrisis ask, Guid haltId, Func<Guid> newId, string by, DateTimeOffset now)
    {
        var (edition, since) = (CrisisPlanDecider.InForce(plan), ask.Since ?? now);
        CrisisPlanRules.Demand(edition.Content.Roles, CrisisPlanRules.Starts, by);
        if (since > now || since < now - EarliestSince)
        {
            throw Refused.Invalid("since-invalid", "It became known within the last day, and not in the future.", "since");
        }

        CrisisWords.Values(edition.Content.Templates, ask.Values);
        return new(id, plan.Id, edition.Edition, plan.Body, plan.Topic, edition.Content.Title, GivenWords.Needed(ask.Reason, "reason", LongestReason), since,
            (ask.DisruptsLiving ?? edition.Content.DisruptsLiving) ? since + CrisisClock.Term : null, Halts(plan, ask) ? haltId : null,
            [.. edition.Content.Templates.Select(t => new CrisisDraft(t.Code, newId()))], edition.Content.Roles, by, now);
    }

    public static bool Halts(CrisisPlan plan, StartCrisis ask) => ask.HaltOrdinary ?? CrisisPlanDecider.InForce(plan).Content.HaltsOrdinary;

    /// <summary>The halt of the body's ordinary flow: the crisis's own publications are let through by their tag.</summary>
    public static HaltPlaced HaltOf(CrisisStarted started, long epoch) => new(started.HaltId!.Value, new(HaltDecider.OfBody, started.Body), started.Body, HaltRules.CrisisTag(started.CrisisId),
        started.Reason, started.By, epoch, started.At);

    /// <summary>The facts of each draft, in the order of the templates: drafted and handed to approvers, for the words are complete.</summary>
    public static IEnumerable<(Guid Id, IReadOnlyList<object> Facts)> Drafts(CrisisStarted started, CrisisPlanContent content, IReadOnlyDictionary<string, Bilingual> values) =>
        started.Publications.Select(draft =>
        {
            var template = content.Templates.Single(t => t.Code == draft.Template);
            var drafted = Draft(draft.PublicationId, started.Body, started.CrisisId, template, values, null, started.By, started.At);
            return (draft.PublicationId, (IReadOnlyList<object>)[drafted, .. PublicationDecider.Submit(PublicationFold.Evolve(null, drafted)!, started.By, started.At)]);
        });

    public static PublicationDrafted Draft(Guid id, string body, Guid crisisId, CrisisTemplate template, IReadOnlyDictionary<string, Bilingual> values,
        DateTimeOffset? wantedAt, string author, DateTimeOffset now)
    {
        var ask = new DraftPublication(template.Kind, body, CrisisWords.Fill(template.Title, values), CrisisWords.Fill(template.Text, values), template.Channels, wantedAt, null, null)
        { Tags = [HaltRules.CrisisTag(crisisId)] };
        return PublicationDecider.Draft(id, body, ask, author, now) with { Cause = $"crisis:{crisisId}/{template.Code}" };
    }

    /// <summary>The tags by which content says that it belongs to a crisis; halts compare tags without regard to case.</summary>
    public static IEnumerable<string> TagsOf(Content content) => (content.Tags ?? []).Where(t => t.StartsWith(HaltRules.CrisisTags, StringComparison.OrdinalIgnoreCase));

    /// <summary>The crisis that a tag names; null where it is none's.</summary>
    public static Guid? IdOf(string tag) => Guid.TryParseExact(tag[HaltRules.CrisisTags.Length..], "D", out var id) && tag == HaltRules.CrisisTag(id) ? id : null;

    /// <summary>The crises that a publication belongs to, by its tags and by the template it was drafted from.</summary>
    public static Guid[] CrisesOf(Publication publication) =>
        [.. TagsOf(publication.Content).Append(publication.Cause?.Split('/')[0] ?? "").Where(t => t.StartsWith(HaltRules.CrisisTags, StringComparison.Ordinal)).Select(IdOf).OfType<Guid>().Distinct()];

    /// <summary>The halt of the ordinary flow lets a crisis's own through, so only those who draft in it, while it runs, put anything under its tag.</summary>
    public static void Enter(Crisis? crisis, string body, string by)
    {
        if (crisis is not { End: null } || crisis.Body != body)
        {
            throw Refused.Invalid("crisis-not-running", "The tag names no running crisis of this body.", "tags");
        }

        CrisisPlanRules.Demand(crisis.Start.Roles, CrisisPlanRules.Drafts, by);
    }

    public static IReadOnlyList<object> Decide(Crisis state, CloseCrisis ask, CrisisClock? clock, string by, DateTimeOffset now)
    {
        var reason = GivenWords.Optional(ask.Reason, "reason", LongestReason);
        CrisisPlanRules.Demand(state.Start.Roles, CrisisPlanRules.Closes, by);
        return state.End is not null ? []
            : clock is { StoppedAt: null } && reason is null ? throw Refused.Conflict("statement-owed", "The mandatory statement is not out; say why it is closed without.")
            : [new CrisisClosed(state.Id, by, reason, now)];
    }
}
