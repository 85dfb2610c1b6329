using Platform;

namespace PressEvents;

/// <summary>When an event takes questions.</summary>
public static class QuestionTime
{
    /// <summary>
    /// Whether it comes late. An event takes questions from announcing until it is concluded; one whose format is for the public (its audience
    /// names it) also until the end of the next working day (24:00 in Almaty), for an answer in writing. Ours, to be confirmed by the service.
    /// </summary>
    public static bool IsLate(PressEventView about, Format? format, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (format is not { Questions: true })
        {
            throw Refused.Conflict("questions-not-taken", "This format takes no questions.");
        }

        return about.State is nameof(PressEventState.Announced) or nameof(PressEventState.Live) ? false
            : Ended(about) is { } ended && format.Audience.Contains("public") && now < Closes(ended, calendar) ? true
            : throw Refused.Conflict("questions-closed", "This event takes no questions now.");
    }

    public static bool HasBegun(PressEventView about) => about.State is nameof(PressEventState.Live) or nameof(PressEventState.Concluded) or nameof(PressEventState.MaterialsPublished);

    private static DateTimeOffset Closes(DateTimeOffset concluded, WorkingCalendar calendar) =>
        Registration.DueInstant(calendar.AddWorkingDays(Registration.AlmatyDate(concluded), 1));

    /// <summary>When it was over; null while it is to come, goes on, or does not take place.</summary>
    public static DateTimeOffset? Ended(PressEventView about) => about.ConcludedAt;
}

/// <summary>Why a question is declined: a closed list, in both languages (decline-reasons.csv).</summary>
public sealed record DeclineReason(string Code, Bilingual Words);

public static class DeclineReasons
{
    public static IReadOnlyList<DeclineReason> All { get; } = [.. Read()];

    public static DeclineReason? Find(string? code) => All.FirstOrDefault(reason => reason.Code == code);

    private static IEnumerable<DeclineReason> Read()
    {
        using var table = new StringReader(Store.Script(typeof(DeclineReasons).Assembly, "Data.decline-reasons.csv"));
        foreach (var row in Tables.Read(table))
        {
            yield return new(row["reason"], new(row["kk"], row["ru"]));
        }
    }
}
