using NodaTime;

namespace Law;

/// <summary>One running term of a request: the rule, the days from which an edition may count, and the day that is counted from now.</summary>
public sealed record RunningTerm(Guid Id, string Rule, LocalDate Received, LocalDate Registered, LocalDate From)
{
    /// <summary>How much of an extension was given; null: all of it, or none at all.</summary>
    public int? Granted { get; init; }

    internal LocalDate Origin(Rule law) => law.CountedFrom switch { "receipt" => Received, "registration" => Registered, _ => From };
}

/// <summary>A law that is only thought of: another calendar, an edition for the terms that have it, other lengths by rule. What is not named stays.</summary>
public sealed record OtherLaw(WorkingCalendar Calendar, string? Edition, IReadOnlyDictionary<string, int> Lengths)
{
    public const int MostDays = 366;

    /// <summary>Refuses <c>edition-unknown</c>, <c>rule-unknown</c> and <c>length-invalid</c>, so that a slip of the pen does not pass for "nothing changes".</summary>
    public OtherLaw Checked()
    {
        if (Edition is not null && Deadlines.Rules.All(rule => rule.Edition != Edition))
        {
            throw Refused.Invalid("edition-unknown", "No term has such an edition.", "edition");
        }

        foreach (var (rule, length) in Lengths)
        {
            if (Deadlines.Rules.All(known => known.Name != rule)) throw Refused.Invalid("rule-unknown", "No term has this name.", "ruleOverrides");
            if (length is < 1 or > MostDays) throw Refused.Invalid("length-invalid", $"A length is 1 to {MostDays}.", "ruleOverrides");
        }

        return this;
    }
}

/// <summary>A term that would end on another day.</summary>
public sealed record Shift(Guid Id, string Rule, LocalDate From, LocalDate Due, LocalDate SafeDue, LocalDate NewDue, LocalDate NewSafeDue);

/// <summary>What a change would do to a caseload; later and earlier by <c>due</c>, or by <c>safeDue</c> where only that moves.</summary>
public sealed record ShiftCounts(int Requests, int Later, int Earlier, int Unchanged, int LateBecomeInTime, int InTimeBecomeLate)
{
    public int Moved => Later + Earlier;

    /// <summary>Counts one more request, from its old to its new dates; a term is late when its last day is over.</summary>
    public ShiftCounts And((LocalDate Due, LocalDate SafeDue) now, (LocalDate Due, LocalDate SafeDue) then, LocalDate today)
    {
        var order = then.CompareTo(now);
        return new(Requests + 1, Later + (order > 0 ? 1 : 0), Earlier + (order < 0 ? 1 : 0), Unchanged + (order == 0 ? 1 : 0),
            LateBecomeInTime + (now.Due < today && then.Due >= today ? 1 : 0), InTimeBecomeLate + (now.Due >= today && then.Due < today ? 1 : 0));
    }
}

/// <summary>Runs a caseload under another law without touching it: values in, values out.</summary>
public static class WhatIf
{
    /// <summary>Under the law of its own day, by the calendar given.</summary>
    public static Deadline Now(RunningTerm term, WorkingCalendar calendar) => Of(term, new(calendar, null, NoLengths));

    public static Deadline Of(RunningTerm term, OtherLaw other)
    {
        var law = Law(term.Rule, term.Received, other);
        law = law.Extends is not null && term.Granted is { } granted && !other.Lengths.ContainsKey(law.Name) ? law with { Length = granted } : law;
        return Deadlines.Compute(law, law.Extends is { } origin ? Law(origin, term.Received, other) : null, term.Origin(law), other.Calendar);
    }

    /// <summary>The counts, and the terms that would move, in the caseload's order.</summary>
    public static (ShiftCounts Counts, IReadOnlyList<Shift> Moved) Run(IEnumerable<RunningTerm> caseload, WorkingCalendar calendar, OtherLaw other, LocalDate today)
    {
        var counts = new ShiftCounts(0, 0, 0, 0, 0, 0);
        List<Shift> moved = [];
        foreach (var term in caseload)
        {
            var (now, then) = (Now(term, calendar), Of(term, other));
            counts = counts.And((now.Due, now.SafeDue), (then.Due, then.SafeDue), today);
            if ((now.Due, now.SafeDue) != (then.Due, then.SafeDue))
            {
                moved.Add(new(term.Id, term.Rule, then.From, now.Due, now.SafeDue, then.Due, then.SafeDue));
            }
        }

        return (counts, moved);
    }

    static readonly IReadOnlyDictionary<string, int> NoLengths = new Dictionary<string, int>();

    static Rule Law(string rule, LocalDate day, OtherLaw other)
    {
        var law = Deadlines.Rules.FirstOrDefault(known => known.Name == rule && known.Edition == other.Edition) ?? Deadlines.InForce(rule, day);
        return other.Lengths.TryGetValue(rule, out var length) ? law with { Length = length } : law;
    }
}
