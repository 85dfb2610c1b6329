using Platform;

namespace Publications;

/// <summary>The rules about what is out already: other words need approval like the first ones; taking away needs none, for stopping is always quick.</summary>
public static class CorrectionDecider
{
    public static IReadOnlyList<object> Decide(Publication state, CorrectPublication ask, Guid correctionId, string by, DateTimeOffset now)
    {
        var (reason, notice) = (Reason(ask.Reason), Notice(ask.Notice));
        var content = ContentRules.Checked(Out(state).Content, new EditPublication(null, ask.Title, ask.Text, null, null, null, null) { Media = ask.Media });
        ContentRules.Complete(content, state.ReleasedLanguages);
        if (Languages.All.All(l => ContentHash.Of(state.Body, content, l) == ContentHash.Of(state.Body, state.Content, l)))
        {
            throw Refused.Invalid("nothing-corrected", "Title, text and media are those that are out.", "text");
        }

        return state.Proposed is null ? [new CorrectionProposed(state.Id, correctionId, content, notice, reason, by, now)]
            : throw Refused.Conflict("correction-waits", "A correction waits for approval; have it approved or sent back first.");
    }

    /// <summary>One language of the correction; with the last one that is out it takes effect.</summary>
    public static IReadOnlyList<object> Approve(Publication state, ProposedCorrection correction, string language, string hash, string by, DateTimeOffset now)
    {
        if (!state.ReleasedLanguages.Contains(language))
        {
            throw Refused.Conflict("not-submitted", "That language is not out; its own approval waits until the correction is decided.");
        }

        if (hash != ContentHash.Of(state.Body, correction.Content, language, correction.Notice))
        {
            throw Refused.Conflict("content-changed", "It is not the correction that you read; read it again.");
        }

        return correction.Approvals.Any(a => a.Language == language) ? [] : [new CorrectionApproved(state.Id, correction.CorrectionId, language, hash, by, now)];
    }

    /// <summary>What an approved correction does, given what each channel can; nothing while an approval is missing.</summary>
    public static IReadOnlyList<object> Take(Publication state, Func<string, ChannelCapabilities?> can, DateTimeOffset now) => state.Proposed is not { } correction
        || !state.ReleasedLanguages.All(l => correction.Approvals.Any(a => a.Language == l)) ? []
        : [new PublicationCorrected(state.Id, correction.CorrectionId, state.Body, state.Content.Kind, correction.Content, correction.Notice, Plan(state, a => ToCorrect(can(a.Channel), now - a.StartedAt)), now)];

    public static IReadOnlyList<object> Decide(Publication state, WithdrawPublication ask, Guid correctionId, Func<string, ChannelCapabilities?> can, string by, DateTimeOffset now)
    {
        var (reason, notice) = (Reason(ask.Reason), Notice(ask.Notice));
        return state.State == PublicationState.Withdrawn ? []
            : [new PublicationWithdrawn(Out(state).Id, correctionId, state.Body, state.Content.Kind, notice, reason, by, Plan(state, a => ToWithdraw(can(a.Channel), now - a.StartedAt)), now)];
    }

    /// <summary>A person says how a channel was seen to that could not follow by itself.</summary>
    public static IReadOnlyList<object> Decide(Publication state, SettleFollowUp ask, string by, DateTimeOffset now)
    {
        var note = string.IsNullOrWhiteSpace(ask.Note) ? throw Refused.Invalid("note-missing", "Say what was done there.", "note") : ask.Note.Trim();
        var ups = state.FollowUps.Where(f => f.Plan.Channel == ask.Channel && (ask.Language is null || f.Plan.Language == ask.Language)).ToList();
        return ups.Count == 0 ? throw Refused.Invalid("channel-unknown", "Nothing follows on that channel.", "channel")
            : [.. ups.Where(f => f.IsOpen).Select(f => new FollowUpSettled(state.Id, f.CorrectionId, f.Plan.Channel, f.Plan.Language, note, by, now))];
    }

    /// <summary>Edit where it can be edited, else a reply with the notice, else a person.</summary>
    public static string ToCorrect(ChannelCapabilities? can, TimeSpan age) => can is null ? Purposes.Nothing
        : can.Edit && !(age > can.EditWithin) ? Purposes.Edit : can.Reply ? Purposes.Reply : Purposes.Nothing;

    /// <summary>Delete where it can be deleted, else put the notice in its place, else under it, else a person.</summary>
    public static string ToWithdraw(ChannelCapabilities? can, TimeSpan age) => can is { Delete: true } && !(age > can.DeleteWithin) ? Purposes.Delete : ToCorrect(can, age);

    private static IReadOnlyList<FollowUpPlan> Plan(Publication state, Func<Attempt, string> how) =>
        [.. state.Attempts.Where(a => a is { Purpose: null, State: AttemptState.Accepted }).Select(a => new FollowUpPlan(a.Channel, a.Language, a.ExternalId!, how(a)))];

    private static Publication Out(Publication state) => state.IsOut ? state
        : throw (state.State == PublicationState.Withdrawn ? Refused.Conflict("already-withdrawn", "It was withdrawn.") : Refused.Conflict("not-released", $"It is not out: it is {state.State}."));

    private static string Reason(string? reason) => string.IsNullOrWhiteSpace(reason) ? throw Refused.Invalid("reason-missing", "Say why.", "reason") : reason.Trim();

    private static Bilingual Notice(Bilingual? notice)
    {
        var missing = Languages.All.Where(l => string.IsNullOrWhiteSpace(notice?.In(l))).ToArray();
        return missing.Length == 0 ? new(notice!.Kk!.Trim(), notice.Ru!.Trim())
            : throw new RefusedException(RefusalKind.Invalid, "notice-missing", "The public is told in Kazakh and Russian.", missing.ToDictionary(l => "notice." + l, _ => new[] { "missing" }));
    }
}
