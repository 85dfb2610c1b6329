using Marten;

namespace Publications;

/// <summary>The halts that a span of the calendar lies under.</summary>
public sealed class HaltsInCalendar : ICalendarHalts
{
    private static readonly Dictionary<string, Bilingual> Words = new()
    {
        [HaltDecider.All] = new("бәрі", "всё"),
        [HaltDecider.OfBody] = new("орган", "орган"),
        [HaltDecider.OfAccount] = new("аккаунт", "аккаунт"),
        [HaltDecider.OfChannel] = new("арна түрі", "вид канала"),
        [HaltDecider.OfTag] = new("белгі", "метка"),
        [HaltDecider.OfPerson] = new("тұлға", "лицо"),
    };

    public async Task<IReadOnlyList<CalendarHalt>> Between(IQuerySession session, string? body, DateTimeOffset from, DateTimeOffset to, DateTimeOffset? asOf, CancellationToken ct)
    {
        var until = to.ToUniversalTime();
        var halts = await session.Query<HaltView>().Where(h => h.PlacedAt < until).ToListAsync(ct);
        return [.. halts.Select(h => h.Now).Where(h => h.PlacedAt <= (asOf ?? h.PlacedAt) && Of(h, body)).Select(h => h with { LiftedAt = h.LiftedAt <= (asOf ?? h.LiftedAt) ? h.LiftedAt : null })
            .Where(h => h.LiftedAt is null || h.LiftedAt > from).OrderBy(h => h.PlacedAt).ThenBy(h => h.Id)
            .Select(h => new CalendarHalt(h.Id, h.Within ?? (h.Scope.Kind == HaltDecider.OfBody ? h.Scope.Value : null), In(h.Scope), h.PlacedAt, h.LiftedAt))];
    }

    private static bool Of(Halt halt, string? body) => body is null || ((halt.Within is null || halt.Within == body) && (halt.Scope.Kind != HaltDecider.OfBody || halt.Scope.Value == body));

    private static Bilingual In(HaltTarget scope) => Words[scope.Kind] is var words && scope.Value is { } value ? new($"{words.Kk}: {value}", $"{words.Ru}: {value}") : Words[scope.Kind];
}
