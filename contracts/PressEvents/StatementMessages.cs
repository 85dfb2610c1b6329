namespace Contracts.PressEvents;

// What everybody may know of official statements: the words as released, corrections and withdrawals. Every message carries the statement's version.

/// <summary>A statement or notice (<paramref name="Kind"/>) of a body is public from ReleasedAt on, in kk and ru.</summary>
public sealed record StatementReleased(Guid StatementId, long Version, string Kind, string Body, Bilingual Title, Bilingual Text, DateTimeOffset ReleasedAt);

/// <summary>A released statement says this from CorrectedAt on; the reason in kk and ru.</summary>
public sealed record StatementCorrected(Guid StatementId, long Version, string Body, Bilingual Title, Bilingual Text, Bilingual Reason, DateTimeOffset CorrectedAt);

/// <summary>A released statement stands no more; final.</summary>
public sealed record StatementWithdrawn(Guid StatementId, long Version, string Body, Bilingual Reason, DateTimeOffset WithdrawnAt);
