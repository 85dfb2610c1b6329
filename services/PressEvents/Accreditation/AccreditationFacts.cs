namespace PressEvents;

// The facts about one accreditation, from the application on. Their stored shape is for ever. Days are of Asia/Almaty, instants with its offset.

/// <summary>
/// A journalist applies: <paramref name="Kind"/> Permanent, or Temporary for one event. <paramref name="Due"/> is the last day to decide, by <paramref name="Rule"/> of the
/// law's engine (null for a temporary one, whose last day is one working day before the event). <paramref name="MfaItemId"/>: the number of the Foreign Ministry's
/// accreditation in the vault. <paramref name="PreviousId"/>: the application before it, that came to nothing or has ended.
/// </summary>
public sealed record AccreditationRequested(Guid AccreditationId, Guid JournalistId, string Kind, Guid? PressEventId, bool Strategic, Guid? MfaItemId, Guid? CallId, Guid? PreviousId,
    DateOnly Due, DateTimeOffset DueAt, string? Rule, string? Edition, string CalendarVersion, DateTimeOffset At, Guid? OutletId = null);

/// <summary>
/// What a decision is about, beside it for whoever hears of it: Permanent, or Temporary and for which event; the outlet at the application, null for none.
/// Null in facts from before it was noted.
/// </summary>
public sealed record AccreditationScope(string Kind, Guid? PressEventId, Guid? OutletId);

/// <summary>It was granted. A permanent one to the end of <paramref name="LastDay"/>, at <paramref name="ValidUntil"/>; a temporary one for its event, without a day.</summary>
public sealed record AccreditationGranted(Guid AccreditationId, Guid JournalistId, DateOnly? LastDay, DateTimeOffset? ValidUntil, string By, DateTimeOffset At, AccreditationScope? Scope = null);

/// <summary>It was refused for a reason of the closed list, by a named official; what was added in words is vault text. An appeal may come up to the end of <paramref name="AppealBy"/>.</summary>
public sealed record AccreditationRefused(Guid AccreditationId, Guid JournalistId, string Reason, Guid? WordsId, string By, string ById, DateOnly AppealBy, DateTimeOffset At,
    AccreditationScope? Scope = null);

/// <summary>The refusal was appealed; why is vault text.</summary>
public sealed record AccreditationAppealed(Guid AccreditationId, Guid JournalistId, Guid WordsId, DateTimeOffset At);

/// <summary>Somebody else than the refuser decided the appeal; when it was upheld the grant stands beside this.</summary>
public sealed record AccreditationAppealDecided(Guid AccreditationId, Guid JournalistId, bool Upheld, Guid? WordsId, string By, DateTimeOffset At, AccreditationScope? Scope = null);

/// <summary>An approval lapsed, for what it rested on was edited: in the transaction of that fact. <paramref name="Because"/>: documents-edited.</summary>
public sealed record AccreditationLapsed(Guid AccreditationId, Guid JournalistId, string Because, DateTimeOffset At, AccreditationScope? Scope = null);
