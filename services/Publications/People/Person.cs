using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>A death as recorded. <paramref name="EditedBy"/>: who has since changed whom it is about, and so does not confirm it either.</summary>
public sealed record Death(int Year, DateOnly? On, string Source, string RecordedBy, string? ConfirmedBy, string? EditedBy);

/// <summary>One person of the registry as the facts leave it. <paramref name="KnownSince"/>: since when the name and birth year are these.</summary>
public sealed record RegisteredPerson(Guid Id, string Body, Bilingual Name, int BirthYear, DateTimeOffset KnownSince) : IOfBody
{
    public const string Living = "Living", DeathRecorded = "DeathRecorded", Dead = "Dead";

    public IReadOnlyList<Guid> Portraits { get; init; } = [];
    public Death? Death { get; init; }

    /// <summary>Living, DeathRecorded (by one person, not yet confirmed) or Dead.</summary>
    public string State => Death is null ? Living : Death.ConfirmedBy is null ? DeathRecorded : Dead;
}

/// <summary>Every rule about a person: values in, values out.</summary>
public static class PersonDecider
{
    private const int Oldest = 1800;

    public static readonly Type[] Facts =
    [
        typeof(PersonRegistered), typeof(PersonEdited), typeof(PersonPortraitAdded), typeof(PersonPortraitRemoved),
        typeof(PersonDeathRecorded), typeof(PersonDeathConfirmed), typeof(PersonDeathRefuted),
    ];

    public static RegisteredPerson? Evolve(RegisteredPerson? state, object fact) => fact switch
    {
        PersonRegistered e => new(e.PersonId, e.Body, e.Name, e.BirthYear, e.At),
        PersonEdited e => state! with
        {
            Name = e.Name,
            BirthYear = e.BirthYear,
            KnownSince = e.At,
            Death = state.Death is { } death ? death with { ConfirmedBy = null, EditedBy = e.By } : null,
        },
        PersonPortraitAdded e => state! with { Portraits = [.. state.Portraits, e.MediaId] },
        PersonPortraitRemoved e => state! with { Portraits = [.. state.Portraits.Where(p => p != e.MediaId)] },
        PersonDeathRecorded e => state! with { Death = new(e.Year, e.On, e.Source, e.By, null, null) },
        PersonDeathConfirmed e => state! with { Death = state.Death! with { ConfirmedBy = e.By } },
        PersonDeathRefuted => state! with { Death = null },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a person."),
    };

    public static PersonRegistered Register(Guid id, string body, RegisterPerson ask, string by, DateTimeOffset now) =>
        new(id, body, RegistryWords.Name(ask.Name, "name"), BirthYear(ask.BirthYear ?? throw Refused.Invalid("birth-year-missing",
            "People of like names are told apart by birth year.", "birthYear"), null, now), by, now);

    /// <summary>What is not named stays.</summary>
    public static IReadOnlyList<object> Decide(RegisteredPerson state, EditPerson ask, string by, DateTimeOffset now)
    {
        var name = ask.Name is null ? state.Name : RegistryWords.Name(new(ask.Name.Kk ?? state.Name.Kk, ask.Name.Ru ?? state.Name.Ru), "name");
        var year = ask.BirthYear is { } given ? BirthYear(given, state.Death, now) : state.BirthYear;
        return (name, year) == (state.Name, state.BirthYear) ? [] : [new PersonEdited(state.Id, name, year, by, now)];
    }

    public static IReadOnlyList<object> AddPortrait(RegisteredPerson state, Guid mediaId, string by, DateTimeOffset now) =>
        state.Portraits.Contains(mediaId) ? [] : [new PersonPortraitAdded(state.Id, mediaId, by, now)];

    public static IReadOnlyList<object> RemovePortrait(RegisteredPerson state, Guid mediaId, string by, DateTimeOffset now) =>
        state.Portraits.Contains(mediaId) ? [new PersonPortraitRemoved(state.Id, mediaId, by, now)] : [];

    /// <summary>Another record takes the place of an unconfirmed one; a confirmed one is refuted first.</summary>
    public static IReadOnlyList<object> Decide(RegisteredPerson state, RecordDeath ask, string by, DateTimeOffset now)
    {
        var source = GivenWords.Needed(ask.Source, "source", 2000);
        var year = ask.On?.Year ?? ask.Year ?? throw Refused.Invalid("death-year-missing", "Give the year of death, or the day.", "year");
        if ((ask.Year ?? year) != year || year < state.BirthYear || ask.On > DateOnly.FromDateTime(now.UtcDateTime.AddDays(1)) || year > now.UtcDateTime.AddDays(1).Year)
        {
            throw Refused.Invalid("death-year-invalid", "Nobody dies before birth or in the future, and the day lies in the year.", ask.On is null ? "year" : "on");
        }

        return state.Death switch
        {
            { } same when (same.Year, same.On, same.Source) == (year, ask.On, source) => [],
            { ConfirmedBy: not null } => throw Refused.Conflict("death-confirmed", "Another death is confirmed; refute it first."),
            _ => [new PersonDeathRecorded(state.Id, year, ask.On, source, by, now)],
        };
    }

    public static IReadOnlyList<object> ConfirmDeath(RegisteredPerson state, string by, DateTimeOffset now) => state.Death switch
    {
        null => throw Refused.Conflict("death-not-recorded", "No death is recorded that could be confirmed."),
        { ConfirmedBy: not null } => [],
        var death when death.RecordedBy == by => throw Refused.Conflict("confirmer-is-recorder", "Whoever recorded a death does not confirm it; another person looks at the source."),
        var death when death.EditedBy == by => throw Refused.Conflict("confirmer-is-editor", "Whoever changed name or birth year since does not confirm that the death is this person's."),
        _ => [new PersonDeathConfirmed(state.Id, by, now)],
    };

    /// <summary>One person is enough: that somebody lives forbids more than that he died.</summary>
    public static IReadOnlyList<object> Decide(RegisteredPerson state, RefuteDeath ask, string by, DateTimeOffset now)
    {
        var reason = GivenWords.Needed(ask.Reason, "reason", 2000);
        return state.Death is null ? [] : [new PersonDeathRefuted(state.Id, reason, by, now)];
    }

    private static int BirthYear(int year, Death? death, DateTimeOffset now) => year >= Oldest && year <= now.UtcDateTime.Year && year <= (death?.Year ?? year) ? year
        : throw Refused.Invalid("birth-year-invalid", $"birthYear is a year from {Oldest} to this one, and not after the death.", "birthYear");
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class PersonFold : SingleStreamProjection<RegisteredPerson, Guid>
{
    public override RegisteredPerson? Evolve(RegisteredPerson? snapshot, Guid id, IEvent e) => PersonDecider.Evolve(snapshot, e.Data);
}
