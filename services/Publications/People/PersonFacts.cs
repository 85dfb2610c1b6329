namespace Publications;

// The facts about one person of the registry. Their stored shape is for ever. Names of officials and public persons are public; By are callers' ids.

/// <summary>A person was entered, told apart from others of like names by id and birth year.</summary>
public sealed record PersonRegistered(Guid PersonId, string Body, Bilingual Name, int BirthYear, string By, DateTimeOffset At);

/// <summary>Name and birth year are now these; what was confirmed about the person as called before needs confirming again.</summary>
public sealed record PersonEdited(Guid PersonId, Bilingual Name, int BirthYear, string By, DateTimeOffset At);

/// <summary>A picture of the registry of media to know the person by.</summary>
public sealed record PersonPortraitAdded(Guid PersonId, Guid MediaId, string By, DateTimeOffset At);

/// <summary>A picture is no reference portrait any more.</summary>
public sealed record PersonPortraitRemoved(Guid PersonId, Guid MediaId, string By, DateTimeOffset At);

/// <summary>One person says by a source that this person died in a year, or on a day; it counts for nothing until another confirms it.</summary>
public sealed record PersonDeathRecorded(Guid PersonId, int Year, DateOnly? On, string Source, string By, DateTimeOffset At);

/// <summary>Somebody other than who recorded the death looked at its source and confirmed it.</summary>
public sealed record PersonDeathConfirmed(Guid PersonId, string By, DateTimeOffset At);

/// <summary>The death was recorded in error; the person counts as living.</summary>
public sealed record PersonDeathRefuted(Guid PersonId, string Reason, string By, DateTimeOffset At);
