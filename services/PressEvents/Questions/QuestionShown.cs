namespace PressEvents;

/// <summary>
/// A question as it is shown; times with Almaty's offset, timecodes hh:mm:ss.fff of the recording. One that was merged shows the answer of the
/// question it ended in. <paramref name="MergedCount"/>: how many others asked the same. <paramref name="Late"/>: answered in writing only.
/// </summary>
public sealed record QuestionShown(Guid Id, Guid PressEventId, long Version, string State, string Source, string Language, bool Late, DateTimeOffset AskedAt, Bilingual? Wording, int MergedCount)
{
    /// <summary>Who asked, if that may be public and was not erased.</summary>
    public string? Asker { get; init; }
    public string? AskingBody { get; init; }
    public DeclineReason? DeclineReason { get; init; }

    /// <summary>The question that is left of those it was merged into.</summary>
    public Guid? MergedInto { get; init; }
    public Speaker? Speaker { get; init; }
    public string? Timecode { get; init; }
    public Bilingual? Summary { get; init; }
    public string? AnswerTimecode { get; init; }
    public PromiseShown? Promise { get; init; }

    /// <summary>For the event's officials alone: the public does not see it, for it is off the record or the event is not public.</summary>
    public bool? Hidden { get; init; }

    public static QuestionShown Of(QuestionView q, QuestionView answered, IReadOnlyDictionary<Guid, int> counts, WorkingCalendar calendar, DateTimeOffset now) =>
        new(q.Id, q.PressEventId, q.Version, q.State, q.Source, q.Language, q.Late, q.AskedAt.InAlmaty(), q.Wording ?? answered.Wording, counts.GetValueOrDefault(q.Id))
        {
            AskingBody = q.AskingBody,
            DeclineReason = DeclineReasons.Find(q.DeclineReason),
            MergedInto = answered.Id == q.Id ? null : answered.Id,
            Speaker = answered.Speaker,
            Timecode = answered.Timecode,
            Summary = answered.Summary,
            AnswerTimecode = answered.AnswerTimecode,
            Promise = PromiseShown.Of(answered, calendar, now),
        };
}

/// <summary>
/// A promise as it stands at this moment, nothing of it stored: its term by the calendar that is current, whether it was kept, and by how many
/// working days it is or was late. <paramref name="State"/>: open, kept.
/// </summary>
public sealed record PromiseShown(string State, bool Overdue, int LateBy, Speaker By, DeadlineReply Term, Bilingual? Text, string? Url, DateTimeOffset? KeptAt)
{
    public static PromiseShown? Of(QuestionView q, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (q is not { PromisedOn: { } from, WorkingDays: { } days, PromiseEdition: { } edition, PromisedBy: { } by })
        {
            return null;
        }

        var term = PromiseTerm.Of(from, days, edition, calendar);
        var late = PressEvents.Overdue.LateBy(term.Due, Registration.AlmatyDate(q.KeptAt ?? now), calendar);
        return new(q.KeptAt is null ? "open" : "kept", q.KeptAt is null && now >= Registration.DueInstant(term.Due), late, by, DeadlineReply.Of(term), q.WrittenAnswer, q.WrittenUrl, q.KeptAt?.InAlmaty());
    }
}
