namespace Publications;

/// <summary>One step on the fake clock: drafted, approved (a language), armed, missed, refused (with the rule's code). <paramref name="By"/>: who of the plan's roles.</summary>
public sealed record RehearsedStep(DateTimeOffset At, string Template, string What, string? By, string? Language, string? Code);

/// <summary>What would have stood on a channel, in a language.</summary>
public sealed record RehearsedRelease(string Template, string Kind, Bilingual Title, string Channel, string Language, DateTimeOffset At);

/// <summary>A publication of the ordinary flow that was due meanwhile: halted, or it would have gone out beside the crisis's own.</summary>
public sealed record RehearsedOrdinary(Guid PublicationId, DateTimeOffset DueAt, bool Halted);

/// <summary>Whether the mandatory statement would have been in time (Mass-media law 37(1)); <paramref name="OutAt"/> null: it would not have come at all.</summary>
public sealed record RehearsedClock(DateTimeOffset DueAt, DateTimeOffset? OutAt, bool Kept);

/// <summary>What would have gone out, when, on which channel, in which language; what would have been halted; whether the three hours would have been kept.</summary>
public sealed record RehearsalReport(DateTimeOffset StartAt, RehearsalPace Pace, bool HaltsOrdinary, IReadOnlyList<RehearsedStep> Steps, IReadOnlyList<RehearsedRelease> Out,
    IReadOnlyList<RehearsedOrdinary> Ordinary, RehearsedClock? Clock);

/// <summary>Assumed minutes: to fit a text to the case, to approve it in one language, from the last approval to its release.</summary>
public sealed record RehearsalPace(int Draft, int Approve, int Release);
