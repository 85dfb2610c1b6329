using Platform;

namespace Publications;

/// <summary>The rules about a publication's content and approvals: no clock, no store, no bus, no ids made here.</summary>
public static class PublicationDecider
{
    public static PublicationDrafted Draft(Guid id, string body, DraftPublication ask, string author, DateTimeOffset now)
    {
        var content = ask.Kind is null ? throw Refused.Invalid("kind-missing", "Say what kind it is.", "kind") : ContentRules.Checked(ContentRules.Empty, ask);
        return new(id, body, content, author, null, null, null, now);
    }

    public static IReadOnlyList<object> Decide(Publication state, EditPublication ask, string editor, DateTimeOffset now)
    {
        var content = ContentRules.Checked(state.Content, ask);
        return Edit(WaitsForRussian(state, content) ? state : Movable(state), content, editor, null, null, now);
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
        return [new PublicationEdited(state.Id, content, editor, [.. lapsed], causeVersion, announces, now) { Body = state.Body }];
    }

    public static IReadOnlyList<object> Submit(Publication state, string by, DateTimeOffset now)
    {
        if (Movable(state).State is PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled or PublicationState.Held)
        {
            return [];
        }

        CauseSeen(state);
        ContentRules.Complete(state.Content, LanguagePolicies.Of(state.Content));
        SubjectNamed(state.Content);
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

        if (state.Proposed is { } correction)
        {
            return CorrectionDecider.Approve(state, correction, language, ask.ContentHash, by, now);
        }

        var owed = state.ApprovalOwed.Contains(language) && state.Emergency!.HashOf(language) == ask.ContentHash;
        if (owed && state.Emergency!.By == by)
        {
            throw Refused.Conflict("approver-is-author", "Whoever let it out alone never approves it afterwards.");
        }

        if (owed)
        {
            return [new PublicationApproved(state.Id, language, ask.ContentHash, by, now)];
        }

        ContentRules.Complete(WaitsForApproval(state, language) ? state.Content : Movable(state).Content, [language]);
        if (ask.ContentHash != ContentHash.Of(state.Body, state.Content, language))
        {
            throw Refused.Conflict("content-changed", "It is not what you read any more; read it again.");
        }

        if (state.Approvals.Any(a => a.Language == language))
        {
            return []; // said twice, or by a second approver of the same words
        }

        CauseSeen(state);
        return state.State is PublicationState.InReview || WaitsForApproval(state, language) ? [new PublicationApproved(state.Id, language, ask.ContentHash, by, now)]
            : throw Refused.Conflict("not-submitted", $"It does not wait for approval: it is {state.State}.");
    }

    public static IReadOnlyList<object> Decide(Publication state, RejectPublication ask, string by, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Reason))
        {
            throw Refused.Invalid("reason-missing", "Say what is to be changed.", "reason");
        }

        if (state.Proposed is { } correction)
        {
            return [new CorrectionRejected(state.Id, correction.CorrectionId, ask.Reason, by, now)];
        }

        return Movable(state).State switch
        {
            PublicationState.Drafted when state.Returned == ask.Reason => [],
            PublicationState.InReview or PublicationState.Approved or PublicationState.Scheduled or PublicationState.Held => [new PublicationRejected(state.Id, by, ask.Reason, now)],
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
        ContentRules.Complete(state.Content, LanguagePolicies.Of(state.Content));
        SubjectNamed(state.Content);
        FullyApproved(state);
        return state switch
        {
            { Content.WantedAt: null } => throw Refused.Invalid("wanted-at-missing", "It has no time; edit it, and have it approved again.", "wantedAt"),
            { Content.WantedAt: { } at } when at <= now => throw Refused.Invalid("wanted-at-past", "Its time is past; edit it, and have it approved again.", "wantedAt"),
            { State: PublicationState.Approved or PublicationState.Held, Content.WantedAt: { } at } => [new PublicationScheduled(state.Id, at, by, now)],
            _ => throw Refused.Conflict("missed", "It missed its time: decide about it, or edit it."),
        };
    }

    public static IReadOnlyList<object> Decide(Publication state, CancelPublication ask, string by, DateTimeOffset now) =>
        state.State == PublicationState.Cancelled ? [] : [new PublicationCancelled(Movable(state).Id, by, string.IsNullOrWhiteSpace(ask.Reason) ? null : ask.Reason, now) { Body = state.Body }];

    /// <summary>Another time is other content: it needs approval again, and a worker that holds the old time finds nothing to do.</summary>
    public static IReadOnlyList<object> Decide(Publication state, ReschedulePublication ask, string by, DateTimeOffset now)
    {
        if (ask.WantedAt is null && ask.WantedLocal is null)
        {
            throw Refused.Invalid("wanted-at-missing", "Say the new time.", "wantedAt");
        }

        var content = ContentRules.Checked(state.Content, new EditPublication(null, null, null, null, ask.WantedAt, null, null) { WantedLocal = ask.WantedLocal, Zone = ask.Zone });
        return content.WantedAt > now ? Edit(Movable(state), content, by, null, null, now) : throw Refused.Invalid("wanted-at-past", "The new time is past.", "wantedAt");
    }

    public static IReadOnlyList<object> Decide(Publication state, HoldPublication ask, string by, DateTimeOffset now)
    {
        var reason = string.IsNullOrWhiteSpace(ask.Reason) ? throw Refused.Invalid("reason-missing", "Say why it is held.", "reason") : ask.Reason.Trim();
        return Movable(state).State switch
        {
            PublicationState.Held => [],
            PublicationState.Scheduled => [new PublicationHeld(state.Id, by, reason, now)],
            _ => throw Refused.Conflict("not-scheduled", $"Only what is armed can be held: it is {state.State}."),
        };
    }

    /// <summary>One person lets it out at once, answering for its words as they stand; a second one's approval is owed from then on.</summary>
    public static IReadOnlyList<object> Decide(Publication state, ReleasePublicationNow ask, string by, DateTimeOffset now)
    {
        var reason = string.IsNullOrWhiteSpace(ask.Reason) ? throw Refused.Invalid("reason-missing", "An emergency has a reason.", "reason") : ask.Reason.Trim();
        Movable(state);
        if (state.Emergency is { } ordered && state.State == PublicationState.Scheduled && state.DueAt == ordered.At)
        {
            return [];
        }

        CauseSeen(state);
        ContentRules.Complete(state.Content, LanguagePolicies.Of(state.Content));
        SubjectNamed(state.Content);
        return state.Content.Embargo > now ? throw Embargoed(state.Content)
            : [new EmergencyReleaseOrdered(state.Id, by, reason, ContentHash.Of(state.Body, state.Content, Languages.Kk), ContentHash.Of(state.Body, state.Content, Languages.Ru), now)];
    }

    public static RefusedException Embargoed(Content content) => Refused.Conflict("embargoed", "It cannot go out before its embargo is over.", new Dictionary<string, object?> { ["embargo"] = content.Embargo });

    /// <summary>Kinds that are about a person say whom.</summary>
    public static void SubjectNamed(Content content)
    {
        if (ContentRules.AboutPersons.Contains(content.Kind) && content.SubjectPersonId is null)
        {
            throw new RefusedException(RefusalKind.Conflict, "subject-missing", "This kind is about a person: name the subject from the registry of people.",
                new Dictionary<string, string[]> { ["subjectPersonId"] = ["missing"] });
        }
    }

    /// <summary>Every language it cannot go out without is approved, and what was approved is what stands there now.</summary>
    public static void FullyApproved(Publication state)
    {
        var open = LanguagePolicies.Of(state.Content).Where(l => !IsApproved(state, l)).ToArray();
        if (open.Length > 0)
        {
            throw open.Any(state.Lapsed.Contains) ? Refused.Conflict("content-changed", "It was approved and has changed since; it needs new approval.", Missing(open))
                : open.Length == 1 ? Refused.Conflict("language-missing", "One language is not approved; the two go out together.", Missing(open))
                : Refused.Conflict("not-approved", "It is not approved.", Missing(open));
        }
    }

    public static bool IsApproved(Publication state, string language) =>
        state.Approvals.Any(a => a.Language == language && a.ContentHash == ContentHash.Of(state.Body, state.Content, language));

    /// <summary>Approved as it stands, or let out by one person who answers for these very words.</summary>
    public static bool MayGo(Publication state, string language) => IsApproved(state, language)
        || (state.Emergency is { } emergency && emergency.HashOf(language) == ContentHash.Of(state.Body, state.Content, language) && !string.IsNullOrWhiteSpace(state.Content.Title.In(language)));

    /// <summary>Kazakh is out, or on its way, and Russian follows when it is approved too.</summary>
    private static bool WaitsForApproval(Publication state, string language) => language == Languages.Ru && LanguagePolicies.IsKkFirst(state.Content) && !state.ReleasedLanguages.Contains(language)
        && state.State is PublicationState.Approved or PublicationState.Scheduled or PublicationState.Held or PublicationState.Releasing or PublicationState.Released;

    /// <summary>While Russian waits its words may still change, and nothing else.</summary>
    private static bool WaitsForRussian(Publication state, Content content) => state.IsOut && WaitsForApproval(state, Languages.Ru)
        && Legs.OfRussian(state).All(leg => Legs.Last(state, leg) is null)
        && ContentHash.Of(state.Body, content, Languages.Kk) == ContentHash.Of(state.Body, state.Content, Languages.Kk);

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
        PublicationState.Released or PublicationState.Corrected => throw Refused.Conflict("already-released", "It is out; correct or withdraw it."),
        PublicationState.Withdrawn => throw Refused.Conflict("already-withdrawn", "It was withdrawn."),
        PublicationState.Cancelled => throw Refused.Conflict("already-cancelled", "It was cancelled."),
        _ => state,
    };

    private static Dictionary<string, object?> Missing(string[] languages) => new() { ["languages"] = languages };
}
