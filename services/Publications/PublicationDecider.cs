using Platform;

namespace Publications;

/// <summary>The rules about a publication's content and approvals: no clock, no store, no bus, no ids made here.</summary>
public static class PublicationDecider
{
    public static PublicationDrafted Draft(Guid id, string body, DraftPublication ask, string author, DateTimeOffset now)
    {
        var content = ContentRules.Checked(ContentRules.Empty, ask.Kind ?? throw Refused.Invalid("kind-missing", "Say what kind it is.", "kind"),
            ask.Title, ask.Text, ask.Channels, ask.WantedAt, ask.MaxLateness, ask.OnMiss);
        return new(id, body, content, author, null, null, null, now);
    }

    public static IReadOnlyList<object> Decide(Publication state, EditPublication ask, string editor, DateTimeOffset now)
    {
        var content = ContentRules.Checked(state.Content, ask.Kind, ask.Title, ask.Text, ask.Channels, ask.WantedAt, ask.MaxLateness, ask.OnMiss);
        return Edit(Movable(state), content, editor, null, null, now);
    }

    /// <summary>The same words again are "already so", unless a change of the cause waits for a person who looked.</summary>
    public static IReadOnlyList<object> Edit(Publication state, Content content, string editor, long? causeVersion, AnnouncedEvent? announces, DateTimeOffset now)
    {
        var changed = Languages.All.Where(l => ContentHash.Of(state.Body, content, l) != ContentHash.Of(state.Body, state.Content, l)).ToHashSet();
        if (changed.Count == 0 && state.Changed is null && causeVersion is null)
        {
            return [];
        }

        // who edits becomes an author, and an author's approval does not count
        var lapsed = state.Approvals.Where(a => changed.Contains(a.Language) || a.By == editor).Select(a => a.Language).Order(StringComparer.Ordinal);
        return [new PublicationEdited(state.Id, content, editor, [.. lapsed], causeVersion, announces, now)];
    }

    public static IReadOnlyList<object> Submit(Publication state, string by, DateTimeOffset now)
    {
        if (Movable(state).State is PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled)
        {
            return [];
        }

        CauseSeen(state);
        ContentRules.Complete(state.Content, Languages.All);
        return state.State == PublicationState.Drafted ? [new PublicationSubmitted(state.Id, by, now)]
            : throw Refused.Conflict("missed", "It missed its time: decide about it, or edit it.");
    }

    public static IReadOnlyList<object> Decide(Publication state, ApprovePublication ask, string by, DateTimeOffset now)
    {
        var language = Languages.All.Contains(ask.Language) ? ask.Language! : throw Refused.Invalid("language-invalid", "language is kk or ru.", "language");
        if (string.IsNullOrWhiteSpace(ask.ContentHash))
        {
            throw Refused.Invalid("content-hash-missing", "Give the contentHash of what you read.", "contentHash");
        }

        if (state.Authors.Contains(by))
        {
            throw Refused.Conflict("approver-is-author", "Whoever wrote or edited it never approves it, in no role.");
        }

        Movable(state);
        ContentRules.Complete(state.Content, [language]);
        if (ask.ContentHash != ContentHash.Of(state.Body, state.Content, language))
        {
            throw Refused.Conflict("content-changed", "It is not what you read any more; read it again.");
        }

        if (state.Approvals.Any(a => a.Language == language))
        {
            return []; // said twice, or by a second approver of the same words
        }

        CauseSeen(state);
        return state.State == PublicationState.InReview ? [new PublicationApproved(state.Id, language, ask.ContentHash, by, now)]
            : throw Refused.Conflict("not-submitted", $"It does not wait for approval: it is {state.State}.");
    }

    public static IReadOnlyList<object> Decide(Publication state, RejectPublication ask, string by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Reason))
        {
            throw Refused.Invalid("reason-missing", "Say what is to be changed.", "reason");
        }

        return Movable(state).State switch
        {
            PublicationState.Drafted when state.Returned == ask.Reason => [],
            PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled => [new PublicationRejected(state.Id, by, ask.Reason, now)],
            _ => throw Refused.Conflict("not-submitted", $"It does not wait for approval: it is {state.State}."),
        };
    }

    /// <summary>Arms what is approved, at the time that was approved with it; another time needs an edit and new approvals.</summary>
    public static IReadOnlyList<object> Decide(Publication state, SchedulePublication ask, string by, DateTimeOffset now)
    {
        if (ask.WantedAt is { } asked && asked != state.Content.WantedAt)
        {
            throw Refused.Conflict("content-changed", "The time belongs to what is approved: edit it, and have it approved again.");
        }

        if (Movable(state).State == PublicationState.Scheduled)
        {
            return [];
        }

        CauseSeen(state);
        ContentRules.Complete(state.Content, Languages.All);
        FullyApproved(state);
        return state switch
        {
            { Content.WantedAt: null } => throw Refused.Invalid("wanted-at-missing", "It has no time; edit it, and have it approved again.", "wantedAt"),
            { Content.WantedAt: { } at } when at <= now => throw Refused.Invalid("wanted-at-past", "Its time is past; edit it, and have it approved again.", "wantedAt"),
            { State: PublicationState.Approved, Content.WantedAt: { } at } => [new PublicationScheduled(state.Id, at, by, now)],
            _ => throw Refused.Conflict("missed", "It missed its time: decide about it, or edit it."),
        };
    }

    public static IReadOnlyList<object> Decide(Publication state, CancelPublication ask, string by, DateTimeOffset now) =>
        state.State == PublicationState.Cancelled ? [] : [new PublicationCancelled(Movable(state).Id, by, string.IsNullOrWhiteSpace(ask.Reason) ? null : ask.Reason, now)];

    /// <summary>Both languages are approved, and what was approved is what stands there now.</summary>
    public static void FullyApproved(Publication state)
    {
        var open = Languages.All.Where(l => !IsApproved(state, l)).ToArray();
        if (open.Length > 0)
        {
            throw open.Any(state.Lapsed.Contains) ? Refused.Conflict("content-changed", "It was approved and has changed since; it needs new approval.", Missing(open))
                : open.Length == 1 ? Refused.Conflict("language-missing", "One language is not approved; the two go out together.", Missing(open))
                : Refused.Conflict("not-approved", "It is not approved.", Missing(open));
        }
    }

    public static bool IsApproved(Publication state, string language) =>
        state.Approvals.Any(a => a.Language == language && a.ContentHash == ContentHash.Of(state.Body, state.Content, language));

    public static void CauseSeen(Publication state)
    {
        if (state.Changed is { } change)
        {
            throw Refused.Conflict("cause-changed", $"What it was drafted from was {change.What}; edit it, or confirm it by an edit that changes nothing.");
        }
    }

    /// <summary>A person may still change its course.</summary>
    private static Publication Movable(Publication state) => state.State switch
    {
        PublicationState.Releasing when state.Attempts.Any(a => a.State == AttemptState.OutcomeUnknown) =>
            throw Refused.Conflict("outcome-unknown", "Nobody knows yet whether a channel took it; it waits for a read-back or decide-outcome."),
        PublicationState.Releasing => throw Refused.Conflict("releasing", "It is going out at this moment."),
        PublicationState.Released => throw Refused.Conflict("already-released", "It is out."),
        PublicationState.Cancelled => throw Refused.Conflict("already-cancelled", "It was cancelled."),
        _ => state,
    };

    private static Dictionary<string, object?> Missing(string[] languages) => new() { ["languages"] = languages };
}
