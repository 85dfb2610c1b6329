using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PersonalData;

/// <summary>
/// Everything sealed for a person was destroyed with its key (94-V), in whatever capability it stood; streams that name the subject go on without it.
/// <paramref name="Reason"/> is one of <see cref="PersonalDataSubjects.Reasons"/>.
/// </summary>
public sealed record SubjectErased(Guid SubjectId, string Reason, DateTimeOffset At);

/// <summary>What was done to the personal data of one subject; a stream begins when it is erased.</summary>
public sealed record PersonalDataSubject(Guid Id, string Reason);

/// <summary>The rules about a subject: values in, values out.</summary>
public static class PersonalDataSubjects
{
    /// <summary>A closed list, for free words about a person have no place in a history that stays.</summary>
    public static readonly string[] Reasons = ["consent-withdrawn", "purpose-ended", "court-decision", "unlawful-processing", "law-requires"];

    public static readonly Type[] Facts = [typeof(SubjectErased)];

    public static PersonalDataSubject? Evolve(PersonalDataSubject? state, object fact) => fact switch
    {
        SubjectErased e => new(e.SubjectId, e.Reason),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a subject of personal data."),
    };

    public static IReadOnlyList<object> Decide(PersonalDataSubject? state, Guid subjectId, EraseSubject ask, DateTimeOffset now) =>
        !Reasons.Contains(ask.Reason) ? throw Refused.Invalid("reason-unknown", $"reason is one of: {string.Join(", ", Reasons)}.", "reason")
        : state is not null ? [] : [new SubjectErased(subjectId, ask.Reason!, now)];
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class PersonalDataSubjectFold : SingleStreamProjection<PersonalDataSubject, Guid>
{
    public override PersonalDataSubject? Evolve(PersonalDataSubject? snapshot, Guid id, IEvent e) => PersonalDataSubjects.Evolve(snapshot, e.Data);
}
