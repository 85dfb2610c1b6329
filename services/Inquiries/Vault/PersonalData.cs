using Platform;

namespace Inquiries;

// The facts about the personal data of a request (Law 94-V). What was demanded, corrected or said for a reason is vault text.

/// <summary>A fact about the personal data of one request, and not about its subject matter.</summary>
public interface IPersonalDataFact;

/// <summary>
/// The subject demands something of the holder (94-V): <paramref name="Kind"/> is block, correct, erase or withdraw-consent, <paramref name="By"/> is subject
/// (the citizen's door) or official (told on paper or by phone). The term runs from <paramref name="ReceivedOn"/>; days are of Asia/Almaty.
/// </summary>
public sealed record PersonalDataDemanded(Guid InquiryId, Guid DemandId, string Holder, string Kind, string By, Guid? WordsId, DateOnly ReceivedOn, DateOnly Due,
    string Edition, string CalendarVersion, DateTimeOffset At) : IPersonalDataFact;

/// <summary>An official declines a demand on a named ground (retention-running, data-correct, law-requires); the words are vault text.</summary>
public sealed record PersonalDataDemandDeclined(Guid InquiryId, Guid DemandId, string Ground, Guid? WordsId, DateTimeOffset At) : IPersonalDataFact;

/// <summary>From now on nobody reads the personal data of this request (94-V, blocking). <paramref name="Meets"/>: the demands that this fulfils.</summary>
public sealed record PersonalDataBlocked(Guid InquiryId, Guid? ReasonId, IReadOnlyList<Guid> Meets, DateTimeOffset At) : IPersonalDataFact;

/// <summary>The block was lifted.</summary>
public sealed record PersonalDataUnblocked(Guid InquiryId, Guid? ReasonId, DateTimeOffset At) : IPersonalDataFact;

/// <summary>Fields of the form were set right (94-V). <paramref name="ItemId"/> supersedes <paramref name="FormerItemId"/>, which was destroyed; the reason is vault text.</summary>
public sealed record PersonalDataCorrected(Guid InquiryId, IReadOnlyList<string> Fields, Guid FormerItemId, Guid ItemId, Guid ReasonId, IReadOnlyList<Guid> Meets, DateTimeOffset At)
    : IPersonalDataFact;

/// <summary>
/// Everything sealed for the subject was destroyed with its key (94-V), for every request that shares it. <paramref name="Ground"/> is retention-ended, or the
/// named override with the number of its <paramref name="Act"/>; <paramref name="RetentionUntil"/> is the day (Asia/Almaty) the records would have been kept to.
/// </summary>
public sealed record PersonalDataErased(Guid InquiryId, Guid SubjectId, string Ground, string? Act, DateOnly? RetentionUntil, IReadOnlyList<Guid> Meets, DateTimeOffset At)
    : IPersonalDataFact;

/// <summary>A demand of the subject that waits for the holder's act.</summary>
public sealed record OpenDemand(Guid DemandId, string Kind, DateOnly Due);

/// <summary>What may still be done with the personal data of a request.</summary>
public sealed record PersonalData(bool Blocked, bool Erased, IReadOnlyList<OpenDemand> Demands)
{
    public static readonly PersonalData Untouched = new(false, false, []);

    public IReadOnlyList<Guid> Meeting(params string[] kinds) => [.. Demands.Where(d => kinds.Contains(d.Kind)).Select(d => d.DemandId)];
}

/// <summary>Every rule about the personal data of a request: values in, values out.</summary>
public static class PersonalDataRules
{
    public const string Block = "block", Correct = "correct", Erase = "erase", WithdrawConsent = "withdraw-consent";
    public static readonly string[] Kinds = [Block, Correct, Erase, WithdrawConsent];
    public static readonly string[] DeclineGrounds = ["retention-running", "data-correct", "law-requires"];
    public static readonly string[] Overrides = ["court-decision", "unlawful-processing", "law-requires"];

    public static readonly Type[] Facts =
    [
        typeof(PersonalDataDemanded), typeof(PersonalDataDemandDeclined), typeof(PersonalDataBlocked), typeof(PersonalDataUnblocked),
        typeof(PersonalDataCorrected), typeof(PersonalDataErased),
    ];

    public static PersonalData Evolve(PersonalData state, IPersonalDataFact fact) => fact switch
    {
        PersonalDataDemanded e => state with { Demands = [.. state.Demands, new(e.DemandId, e.Kind, e.Due)] },
        PersonalDataDemandDeclined e => Met(state, [e.DemandId]),
        PersonalDataBlocked e => Met(state, e.Meets) with { Blocked = true },
        PersonalDataUnblocked => state with { Blocked = false },
        PersonalDataCorrected e => Met(state, e.Meets),
        PersonalDataErased e => Met(state, e.Meets) with { Erased = true, Blocked = false },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about personal data."),
    };

    /// <summary>What the view says: blocked, erased, or nothing.</summary>
    public static string? Shown(string? before, IPersonalDataFact fact) => fact switch
    {
        PersonalDataBlocked => "Blocked",
        PersonalDataUnblocked => null,
        PersonalDataErased => "Erased",
        PersonalDataDemanded or PersonalDataDemandDeclined or PersonalDataCorrected => before,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about personal data."),
    };

    private static PersonalData Met(PersonalData state, IReadOnlyList<Guid> demands) => state with { Demands = [.. state.Demands.Where(d => !demands.Contains(d.DemandId))] };

    public static IReadOnlyList<object> DecideBlock(Inquiry state, Guid? reasonId, DateTimeOffset now) =>
        Kept(state).Blocked ? [] : [new PersonalDataBlocked(state.Id, reasonId, state.PersonalData.Meeting(Block), now)];

    public static IReadOnlyList<object> DecideUnblock(Inquiry state, Guid? reasonId, DateTimeOffset now) =>
        Kept(state).Blocked ? [new PersonalDataUnblocked(state.Id, reasonId, now)] : [];

    public static IReadOnlyList<object> DecideCorrect(Inquiry state, IReadOnlyList<string> fields, Guid formerItemId, Guid itemId, Guid reasonId, DateTimeOffset now) =>
        Kept(state).Blocked ? throw VaultRefusals.IsBlocked() : [new PersonalDataCorrected(state.Id, fields, formerItemId, itemId, reasonId, state.PersonalData.Meeting(Correct), now)];

    /// <summary>An open demand of the same kind is the same demand. Consent has a term of its own; the others share one.</summary>
    public static IReadOnlyList<object> DecideDemand(Inquiry state, string? kind, string by, Guid demandId, Guid? wordsId, NodaTime.LocalDate receivedOn, WorkingCalendar calendar,
        DateTimeOffset now)
    {
        if (!Kinds.Contains(kind))
        {
            throw Refused.Invalid("demand-unknown", $"kind is one of: {string.Join(", ", Kinds)}.", "kind");
        }

        if (receivedOn > Registration.AlmatyDate(now))
        {
            throw Refused.Invalid("received-in-future", "It cannot have come after today.", "receivedOn");
        }

        if (Kept(state).Demands.Any(d => d.Kind == kind))
        {
            return [];
        }

        var d = Deadlines.Compute(kind == WithdrawConsent ? "consent-withdrawal" : "personal-data", receivedOn, receivedOn, calendar);
        return [new PersonalDataDemanded(state.Id, demandId, state.Holder, kind!, by, wordsId, receivedOn.ToDateOnly(), d.Due.ToDateOnly(), d.Edition, d.CalendarVersion, now)];
    }

    public static IReadOnlyList<object> DecideDecline(Inquiry state, Guid demandId, string? ground, Guid? wordsId, DateTimeOffset now)
    {
        if (!DeclineGrounds.Contains(ground))
        {
            throw Refused.Invalid("ground-unknown", $"ground is one of: {string.Join(", ", DeclineGrounds)}.", "ground");
        }

        return Kept(state).Demands.Any(d => d.DemandId == demandId) ? [new PersonalDataDemandDeclined(state.Id, demandId, ground!, wordsId, now)]
            : throw Refused.Missing("open demand");
    }

    /// <summary>The refusal of everything that needs words which were destroyed.</summary>
    public static PersonalData Kept(Inquiry state) => state.PersonalData.Erased ? throw VaultRefusals.IsErased() : state.PersonalData;
}
