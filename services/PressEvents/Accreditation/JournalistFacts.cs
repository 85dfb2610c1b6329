namespace PressEvents;

// The facts about a journalist. Names, addresses and documents lie in the vault; facts carry the subject's id and the ids of items.

/// <summary>One of the journalist's documents: its kind, the item that holds it at present, and which version that is.</summary>
public sealed record JournalistDocument(string Kind, Guid ItemId, int Version);

/// <summary>
/// A journalist is known to the accreditors. <paramref name="Category"/>: Staff, Freelancer, Blogger or Foreign; <paramref name="Language"/> (kk, ru): of what
/// he is told; <paramref name="ItemId"/>: names and addresses; <paramref name="SubjectId"/>: whose key seals them and the documents.
/// </summary>
public sealed record JournalistRegistered(Guid JournalistId, Guid SubjectId, string Category, Guid? OutletId, string Language, Guid ItemId, IReadOnlyList<JournalistDocument> Documents, DateTimeOffset At);

/// <summary>
/// What an approval rests on was edited: particulars, documents, category or outlet, all of it as it is now; superseded items were destroyed. Every accreditation
/// that stood lapsed in the same transaction.
/// </summary>
public sealed record JournalistDocumentsEdited(Guid JournalistId, string Category, Guid? OutletId, Guid ItemId, IReadOnlyList<JournalistDocument> Documents, DateTimeOffset At);

/// <summary>He is told in another language from now on; nothing lapses by it.</summary>
public sealed record JournalistLanguageChosen(Guid JournalistId, string Language, DateTimeOffset At);

/// <summary>
/// Deprived of accreditation for half a year: <paramref name="LastDay"/> (Asia/Almaty) is the last day of it, at whose midnight it ends by itself.
/// <paramref name="Reason"/> is of the closed list, <paramref name="By"/> the official's name. <paramref name="OutletId"/>: whom he worked for, null for none.
/// </summary>
public sealed record JournalistSuspended(Guid JournalistId, string Reason, DateOnly LastDay, DateTimeOffset Until, string By, string Edition, string CalendarVersion, DateTimeOffset At,
    Guid? OutletId = null);

/// <summary>
/// A deprivation ended before its day, for a reason of the closed list; what was added in words is vault text. Accreditations that had not run out stand again.
/// </summary>
public sealed record JournalistSuspensionLifted(Guid JournalistId, string Reason, Guid? WordsId, string By, DateTimeOffset At, Guid? OutletId = null);
