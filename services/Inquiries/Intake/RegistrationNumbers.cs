using Marten;
using Npgsql;

namespace Inquiries;

/// <summary>What is to be registered; <paramref name="Proposed"/>: the regime that the words point to, null for 401-V.</summary>
public sealed record ToRegister(Guid Id, string Holder, DateTimeOffset ReceivedAt, string? Proposed);

/// <summary>Registration: the lawful moment, the number <c>holder-year-000001</c> without gaps, and the reply's dates.</summary>
public sealed class RegistrationNumbers(Calendars calendars)
{
    private const string Take = """
        insert into numbers as n (holder, year, last) select * from unnest($1, $2, $3)
        on conflict (holder, year) do update set last = n.last + excluded.last returning holder, year, last
        """;

    /// <summary>One request in the session of its facts.</summary>
    public async Task<InquiryRegistered> Register(Guid inquiryId, string holder, DateTimeOffset receivedAt, string? proposed, IDocumentSession session, CancellationToken ct)
    {
        var calendar = await calendars.Hold(session, ct);
        await using var batch = new NpgsqlBatch(session.Connection);
        return (await Register(batch, [new(inquiryId, holder, receivedAt, proposed)], receivedAt, calendar, ct))[inquiryId];
    }

    /// <summary>
    /// Several at once: each holder's row is raised by as many as it needs, and given out in the order in which they stand here.
    /// Rows are taken in one order of holders and years, so that two transactions cannot hold what the other wants. Runs the batch.
    /// </summary>
    public async Task<Dictionary<Guid, InquiryRegistered>> Register(NpgsqlBatch batch, IReadOnlyList<ToRegister> requests, DateTimeOffset now,
        WorkingCalendar calendar, CancellationToken ct)
    {
        // forms that wait together mostly share their moment
        var replies = requests.Select(r => r.ReceivedAt).Distinct().ToDictionary(at => at, at => Reply(at, calendar));
        var moments = requests.Select(r => (r.Holder, r.ReceivedAt)).Distinct().ToDictionary(r => r, r => Registration.RegisteredAt(r.ReceivedAt, Holders.Find(r.Holder)!, calendar));
        var wanted = requests.GroupBy(r => (r.Holder, Registration.AlmatyDate(moments[(r.Holder, r.ReceivedAt)]).Year))
            .OrderBy(g => g.Key.Holder, StringComparer.Ordinal).ThenBy(g => g.Key.Year).ToList();
        batch.BatchCommands.Add(new(Take)
        {
            Parameters =
            {
                new() { Value = wanted.Select(w => w.Key.Holder).ToArray() }, new() { Value = wanted.Select(w => w.Key.Year).ToArray() },
                new() { Value = wanted.Select(w => w.Count()).ToArray() },
            },
        });
        var last = await Run(batch, ct);
        return wanted.SelectMany(w => w.Select((r, i) => Registered(r, $"{r.Holder}-{w.Key.Year}-{last[w.Key] - w.Count() + 1 + i:D6}",
            moments[(r.Holder, r.ReceivedAt)], replies[r.ReceivedAt], now, calendar))).ToDictionary(r => r.InquiryId);
    }

    private static InquiryRegistered Registered(ToRegister request, string number, DateTimeOffset registeredAt, Deadline reply, DateTimeOffset now, WorkingCalendar calendar)
    {
        var registered = new InquiryRegistered(request.Id, number, registeredAt, reply.Due.ToDateOnly(), reply.SafeDue.ToDateOnly(), reply.Edition, reply.CalendarVersion, now);
        if (request.Proposed is null)
        {
            return registered;
        }

        var (due, safe, _) = Terms.Watched(new(request.ReceivedAt) { Registered = registeredAt, Regime = request.Proposed }, calendar);
        return due == reply.Due && safe == reply.SafeDue ? registered : registered with { WatchedDue = due.ToDateOnly(), WatchedSafeDue = safe.ToDateOnly() };
    }

    private static Deadline Reply(DateTimeOffset receivedAt, WorkingCalendar calendar)
    {
        var day = Registration.AlmatyDate(receivedAt);
        return Deadlines.Compute("reply", day, day, calendar);
    }

    /// <summary>Only the last statement, ours, gives the rows that are read.</summary>
    private static async Task<Dictionary<(string Holder, int Year), int>> Run(NpgsqlBatch batch, CancellationToken ct)
    {
        Dictionary<(string, int), int> last = [];
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (await reader.ReadAsync(ct))
            {
                last.Add((reader.GetString(0), reader.GetInt32(1)), reader.GetInt32(2));
            }
        }
        while (await reader.NextResultAsync(ct));
        return last;
    }
}
