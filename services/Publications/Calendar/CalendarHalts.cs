using Marten;

namespace Publications;

/// <summary>A halt as the calendar shows it. <paramref name="Body"/> null: every body's; <paramref name="Scope"/> in words; <paramref name="Until"/> null: not lifted.</summary>
public sealed record CalendarHalt(Guid HaltId, string? Body, Bilingual Scope, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>What the calendar asks of the kill switch.</summary>
public interface ICalendarHalts
{
    /// <summary>The halts that touch this span, of one body (with those of everybody) or of all; <paramref name="asOf"/>: as they were known then.</summary>
    Task<IReadOnlyList<CalendarHalt>> Between(IQuerySession session, string? body, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken ct);
}
