using Platform;

namespace PressEvents;

public enum StatementKind { Statement, Notice }

public enum StatementState { Drafted, Submitted, Approved, Released, Withdrawn }

/// <summary>One official statement as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record Statement(Guid Id, string Kind, string Body, Bilingual Title, Bilingual Text, StatementState State) : IOfBody
{
    /// <summary>Everybody who wrote in it; none of them approves it.</summary>
    public IReadOnlySet<string> Authors { get; init; } = new HashSet<string>();
    public StatementWithdrawn? Withdrawn { get; init; }
}

/// <summary>Every rule about an official statement: values in, values out (mass-media law 28).</summary>
public static class StatementDecider
{
    public static readonly Type[] Facts = [typeof(StatementDrafted), typeof(StatementRevised), typeof(StatementSubmitted), typeof(StatementApproved), typeof(StatementReleased),
        typeof(StatementCorrected), typeof(StatementWithdrawn)];

    public static Statement? Evolve(Statement? state, object fact) => fact switch
    {
        StatementDrafted e => new(e.StatementId, e.Kind, e.Body, e.Title, e.Text, StatementState.Drafted) { Authors = new HashSet<string> { e.By } },
        StatementRevised e => state! with { Title = e.Title, Text = e.Text, State = StatementState.Drafted, Authors = new HashSet<string>(state!.Authors) { e.By } },
        StatementSubmitted => state! with { State = StatementState.Submitted },
        StatementApproved => state! with { State = StatementState.Approved },
        StatementReleased => state! with { State = StatementState.Released },
        StatementCorrected e => state! with { Title = e.Title, Text = e.Text, Authors = new HashSet<string>(state!.Authors) { e.By } },
        StatementWithdrawn e => state! with { State = StatementState.Withdrawn, Withdrawn = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a statement."),
    };

    public static StatementDrafted Draft(Guid id, DraftStatement ask, string by, DateTimeOffset now) => new(id,
        ask.Kind is null ? nameof(StatementKind.Statement) : Enum.GetNames<StatementKind>().Contains(ask.Kind) ? ask.Kind
            : throw Refused.Invalid("kind-unknown", $"kind is one of: {string.Join(", ", Enum.GetNames<StatementKind>())}.", "kind"),
        Holders.Find(ask.Body)?.Code ?? throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body"),
        Words(ask.Title, "title", 300), Words(ask.Text, "text", 50_000), by, now);

    /// <summary>What is not named stays.</summary>
    public static IReadOnlyList<object> Decide(Statement state, ReviseStatement ask, string by, DateTimeOffset now)
    {
        _ = state.State is StatementState.Released or StatementState.Withdrawn ? throw Refused.Conflict("released", "It was released; correct or withdraw it.") : true;
        var (title, text) = (ask.Title is null ? state.Title : Words(ask.Title, "title", 300), ask.Text is null ? state.Text : Words(ask.Text, "text", 50_000));
        return (title, text) == (state.Title, state.Text) ? [] : [new StatementRevised(state.Id, title, text, by, now)];
    }

    public static IReadOnlyList<object> Submit(Statement state, string by, DateTimeOffset now) => state.State switch
    {
        StatementState.Submitted or StatementState.Approved => [],
        StatementState.Drafted => [new StatementSubmitted(Complete(state).Id, by, now)],
        _ => throw Refused.Conflict("released", "It was released already."),
    };

    public static IReadOnlyList<object> Approve(Statement state, string by, DateTimeOffset now) => state.Authors.Contains(by)
        ? throw Refused.Conflict("approver-is-author", "Whoever wrote in it never approves it, in no role.")
        : state.State switch
        {
            StatementState.Approved or StatementState.Released => [],
            StatementState.Submitted => [new StatementApproved(state.Id, by, now)],
            _ => throw Refused.Conflict("not-submitted", $"It does not wait for approval: it is {state.State}."),
        };

    public static IReadOnlyList<object> Release(Statement state, string by, DateTimeOffset now) => state.State switch
    {
        StatementState.Released => [],
        StatementState.Approved => [new StatementReleased(Complete(state).Id, state.Kind, state.Body, state.Title, state.Text, by, now)],
        _ => throw Refused.Conflict("not-approved", $"Only what was approved is released: it is {state.State}."),
    };

    public static IReadOnlyList<object> Decide(Statement state, CorrectStatement ask, string by, DateTimeOffset now)
    {
        var reason = Reason(ask.Reason);
        var (title, text) = (ask.Title is null ? state.Title : Words(ask.Title, "title", 300), ask.Text is null ? state.Text : Words(ask.Text, "text", 50_000));
        return (title, text) == (Standing(state).Title, state.Text) ? []
            : [new StatementCorrected(Complete(state with { Title = title, Text = text }).Id, state.Kind, state.Body, title, text, reason, by, now)];
    }

    public static IReadOnlyList<object> Decide(Statement state, WithdrawStatement ask, string by, DateTimeOffset now)
    {
        var reason = Reason(ask.Reason);
        return state.Withdrawn?.Reason == reason ? [] : [new StatementWithdrawn(Standing(state).Id, state.Kind, state.Body, reason, by, now)];
    }

    /// <summary>Released and not withdrawn: what can be corrected, withdrawn, or asked about.</summary>
    public static Statement Standing(Statement state) => state.State switch
    {
        StatementState.Released => state,
        StatementState.Withdrawn => throw Refused.Conflict("withdrawn", "It was withdrawn, and that is final."),
        _ => throw Refused.Conflict("not-released", "It was not released yet."),
    };

    private static Bilingual Reason(Bilingual? asked)
    {
        var reason = Filing.Words(asked, "reason", 2000);
        return reason.IsComplete ? reason : throw Missing(RefusalKind.Invalid, "reason-missing", "Say why, in kk and ru.", Filing.Incomplete(reason, "reason"));
    }

    private static Bilingual Words(Bilingual? asked, string field, int most)
    {
        var words = Filing.Words(asked, field, most);
        return words is { Kk: null, Ru: null } ? throw Refused.Invalid(field + "-missing", $"Give a {field}, in kk, ru or both.", field) : words;
    }

    /// <summary>Both languages, before anybody approves or reads it.</summary>
    private static Statement Complete(Statement state) => state.Title.IsComplete && state.Text.IsComplete ? state
        : throw Missing(RefusalKind.Conflict, "language-missing", "Title and text are given in kk and ru.", Filing.Incomplete(state.Title, "title").Concat(Filing.Incomplete(state.Text, "text")));

    private static RefusedException Missing(RefusalKind kind, string code, string words, IEnumerable<string> fields) => new(kind, code, words, fields.ToDictionary(f => f, _ => new[] { "missing" }));
}
