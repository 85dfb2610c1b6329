using System.Text.RegularExpressions;
using Platform;

namespace PressEvents;

public static partial class QuestionDecider
{
    public static IReadOnlyList<object> Decide(Question state, ModerateQuestion ask, DateTimeOffset now)
    {
        var wording = Filing.Words(ask.Wording, "wording", 2000);
        if (wording is { Kk: null, Ru: null })
        {
            throw Refused.Invalid("wording-missing", "Give the public wording, in kk, ru or both.", "wording");
        }

        return Standing(state).Wording == wording ? [] : [new QuestionModerated(state.Id, wording, now)];
    }

    public static IReadOnlyList<object> Decide(Question state, DeclineQuestion ask, DateTimeOffset now)
    {
        var reason = DeclineReasons.Find(ask.Reason)?.Code
            ?? throw Refused.Invalid("reason-unknown", $"reason is one of: {string.Join(", ", DeclineReasons.All.Select(r => r.Code))}.", "reason");
        return state.Declined?.Reason == reason ? [] : [new QuestionDeclined(Undecided(Standing(state)).Id, reason, now)];
    }

    /// <param name="state">What is merged.</param>
    /// <param name="into">The question that is left of those it was merged into before: chains are resolved by whoever asks.</param>
    /// <param name="root">The question that is left of those <paramref name="state"/> was merged into; itself, if it was not.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<object> Merge(Question state, Question into, Guid root, DateTimeOffset now)
    {
        if (state.MergedInto is not null && root == into.Id)
        {
            return [];
        }

        Standing(state);
        if (into.PressEventId != state.PressEventId)
        {
            throw Refused.Missing(nameof(Question));
        }

        if (into.Id == state.Id)
        {
            throw Refused.Conflict("merge-cycle", "That question was merged into this one.");
        }

        return into.Declined is null ? [new QuestionMerged(Undecided(state).Id, into.Id, now)]
            : throw Refused.Conflict("question-declined", "The question that it should be merged into was declined.");
    }

    public static IReadOnlyList<object> Decide(Question state, PutToSpeaker ask, PressEventView about, DateTimeOffset now)
    {
        var (timecode, speaker) = (Timecode(ask.Timecode, "timecode"), SpeakerOf(about, ask.Speaker, ask.Name, ask.Post));
        Moderated(Standing(state));
        if (state.Asked.Late)
        {
            throw Refused.Conflict("question-late", "It came after the event and is answered in writing only.");
        }

        if (!QuestionTime.HasBegun(about))
        {
            throw Refused.Conflict("not-begun", "A question is put to a speaker once the event has begun.");
        }

        var put = new QuestionPutToSpeaker(state.Id, speaker, timecode, ask.SegmentId, ask.OffRecord ?? false, now);
        return state.Put is { } before && before with { At = now } == put ? []
            : state.State is QuestionState.Moderated or QuestionState.PutToSpeaker ? [put] : throw Done(state);
    }

    public static IReadOnlyList<object> Decide(Question state, AnswerQuestion ask, DateTimeOffset now)
    {
        var (summary, timecode) = (OfficialWords.InBoth(ask.Summary, "summary"), Timecode(ask.Timecode, "timecode"));
        if (state.Answered is { } before)
        {
            return (before.Summary, before.Timecode) == (summary, timecode) ? [] : throw Done(state);
        }

        var put = Moderated(Standing(state)).Put ?? throw Refused.Conflict("not-put", "It was not put to a speaker yet.");
        return state.State != QuestionState.PutToSpeaker ? throw Done(state)
            : string.CompareOrdinal(timecode, put.Timecode) < 0 ? throw Refused.Invalid("timecode-early", "An answer does not come before its question.", "timecode")
            : [new QuestionAnswered(state.Id, summary, timecode, now)];
    }

    public static IReadOnlyList<object> Decide(Question state, PromiseInWriting ask, PressEventView about, DateTimeOffset now)
    {
        var by = ask is { Speaker: null, Name: null } && state.Put is { } put ? put.Speaker : SpeakerOf(about, ask.Speaker, ask.Name, ask.Post);
        var rule = PromiseTerm.Rule(now);
        var days = ask.WorkingDays ?? rule.Length;
        if (days is < 1 or > PromiseTerm.MostDays)
        {
            throw Refused.Invalid("working-days-invalid", $"A promise has 1 to {PromiseTerm.MostDays} working days.", "workingDays");
        }

        if (state.Promise is { } before)
        {
            return (before.By, before.WorkingDays) == (by, days) ? [] : throw Refused.Conflict("promised", "It was promised already; a debt is not put off by another promise.");
        }

        return Moderated(Standing(state)).State is QuestionState.Moderated or QuestionState.PutToSpeaker
            ? [new WrittenAnswerPromised(state.Id, state.PressEventId, state.Body, by, Registration.AlmatyDate(now).ToDateOnly(), days, rule.Edition, now)] : throw Done(state);
    }

    public static IReadOnlyList<object> Decide(Question state, AnswerInWriting ask, DateTimeOffset now)
    {
        var (text, url) = (OfficialWords.InBoth(ask.Text, "text"), Address(ask.Url));
        return state.Written is { } before ? (before.Text, before.Url) == (text, url) ? [] : throw Done(state)
            : Standing(state).Promise is null ? throw Refused.Conflict("not-promised", "No answer in writing was promised.")
            : [new QuestionAnsweredInWriting(state.Id, state.PressEventId, state.Body, text, url, now)];
    }

    private static Question Standing(Question state) => state.State switch
    {
        QuestionState.Declined => throw Refused.Conflict("question-declined", "It was declined."),
        QuestionState.Merged => throw Refused.Conflict("question-merged", "It was merged into another question.",
            new Dictionary<string, object?> { ["mergedInto"] = state.MergedInto }),
        _ => state,
    };

    private static Question Undecided(Question state) => state.State is QuestionState.Asked or QuestionState.Moderated ? state : throw Done(state);
    private static Question Moderated(Question state) => state.Wording is not null ? state : throw Refused.Conflict("not-moderated", "It has no public wording yet.");
    private static RefusedException Done(Question state) => Refused.Conflict("question-done", $"It is {state.State}.");

    /// <summary>A speaker of the event by place in its list, or by name where somebody else took the floor.</summary>
    private static Speaker SpeakerOf(PressEventView about, int? place, Bilingual? name, Bilingual? post)
    {
        if (place is { } index)
        {
            return index >= 0 && index < about.Speakers.Count ? about.Speakers[index]
                : throw Refused.Invalid("speaker-unknown", "speaker is a place in the event's list of speakers, from 0.", "speaker");
        }

        return new(name is null ? throw Refused.Invalid("speaker-missing", "Say by speaker or name who speaks.", "speaker") : OfficialWords.InBoth(name, "name", 200),
            post is null ? null : OfficialWords.InBoth(post, "post", 300));
    }

    /// <summary>With its milliseconds, so that places in a recording compare as text.</summary>
    private static string Timecode(string? text, string field) => text is not null && Clock().IsMatch(text) ? text.Length == 8 ? text + ".000" : text
        : throw Refused.Invalid("timecode-invalid", "A timecode is hh:mm:ss, or hh:mm:ss.fff.", field);

    private static string? Address(string? url) => string.IsNullOrWhiteSpace(url) ? null
        : Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && url.Length <= 2000 ? address.AbsoluteUri
        : throw Refused.Invalid("url-invalid", "url is the address of a page.", "url");

    [GeneratedRegex(@"^[0-9]{2}:[0-5][0-9]:[0-5][0-9](\.[0-9]{3})?\z")]
    private static partial Regex Clock();
}
