using Marten;
using Npgsql;

namespace Inquiries;

/// <summary>Registration: the lawful moment, the number <c>holder-year-000001</c> without gaps, and the reply's dates.</summary>
public sealed class RegistrationNumbers(Calendars calendars)
{
    private const string Take = """
        insert into numbers as n (holder, year, last) select * from unnest($1, $2, $3)
        on conflict (holder, year) do update set last = n.last + excluded.last returning holder, year, last
        """;

    /// <summary>One request in the session of its facts.</summary>
    public async Task<InquiryRegistered> Register(Guid inquiryId, string holder, DateTimeOffset receivedAt, IDocumentSession session, CancellationToken ct)
    {
        var calendar = await calendars.Hold(session, ct);
        await using var batch = new NpgsqlBatch(session.Connection);
        return (await Register(batch, [(inquiryId, holder)], receivedAt, calendar, ct))[inquiryId];
    }

    /// <summary>
    /// Several at once: each holder's row is raised by as many as it needs, and given out in the order in which they stand here.
    /// Rows are taken in one order of holders, so that two transactions cannot hold what the other wants. Runs the batch.
    /// </summary>
    public async Task<Dictionary<Guid, InquiryRegistered>> Register(NpgsqlBatch batch, IReadOnlyList<(Guid Id, string Holder)> requests, DateTimeOffset receivedAt,
        WorkingCalendar calendar, CancellationToken ct)
    {
        var received = Registration.AlmatyDate(receivedAt);
        var reply = Deadlines.Compute("reply", received, received, calendar);
        var moments = requests.Select(r => r.Holder).Distinct().ToDictionary(h => h, h => Registration.RegisteredAt(receivedAt, Holders.Find(h)!, calendar));
        var wanted = requests.GroupBy(r => (r.Holder, Registration.AlmatyDate(moments[r.Holder]).Year)).OrderBy(g => g.Key.Holder, StringComparer.Ordinal).ToList();
        batch.BatchCommands.Add(new(Take)
        {
            Parameters =
            {
                new() { Value = wanted.Select(w => w.Key.Holder).ToArray() }, new() { Value = wanted.Select(w => w.Key.Year).ToArray() },
                new() { Value = wanted.Select(w => w.Count()).ToArray() },
            },
        });
        var last = await Run(batch, ct);
        return wanted.SelectMany(w => w.Select((r, i) => new InquiryRegistered(r.Id, $"{r.Holder}-{w.Key.Year}-{last[w.Key] - w.Count() + 1 + i:D6}",
            moments[r.Holder], reply.Due.ToDateOnly(), reply.SafeDue.ToDateOnly(), reply.Edition, reply.CalendarVersion, receivedAt))).ToDictionary(r => r.InquiryId);
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
