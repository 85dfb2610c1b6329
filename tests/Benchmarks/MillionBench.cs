extern alias dev;

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using dev::Dev.Loading;

namespace Benchmarks;

/// <summary>
/// The desk's reads and the rebuilds among many requests. It is run twice by <c>./bench million</c>, with ten thousand requests and with
/// all: the second run says how much slower each read became (mark: under 50 ms at the median, and no slower than twice).
/// </summary>
public static class MillionBench
{
    private sealed record There(Guid Id, string Holder, string Number, DateTimeOffset ReceivedAt);

    /// <summary>What is asked, by whom; add a line for another read. Null as body: an auditor, who sees all.</summary>
    private static readonly (string Name, Func<There, (string Path, string? Body)> Ask)[] Reads =
    [
        ("overdue list, an officer's", t => ("/v1/inquiries?overdue=true", t.Holder)),
        ("overdue list, an auditor's", _ => ("/v1/inquiries?overdue=true", null)),
        ("first page, an officer's", t => ("/v1/inquiries", t.Holder)),
        ("a page in the middle, an officer's", t => ($"/v1/inquiries?cursor={Cursor(t)}", t.Holder)),
        ("a page in the middle, an auditor's", t => ($"/v1/inquiries?cursor={Cursor(t)}", null)),
        ("by status, an officer's", t => ("/v1/inquiries?status=Assigned", t.Holder)),
        ("by status, an auditor's", _ => ("/v1/inquiries?status=Registered", null)),
        ("due before, an officer's", t => ($"/v1/inquiries?dueBefore={t.ReceivedAt:yyyy-MM-dd}", t.Holder)),
        ("timeliness, a year", _ => ("/v1/statistics/timeliness", null)),
        ("timeliness, another period each time", _ => ($"/v1/statistics/timeliness?to={DateTime.UtcNow.AddMonths(-Random.Shared.Next(12)):yyyy-MM}&from={DateTime.UtcNow.AddMonths(-12 - Random.Shared.Next(12)):yyyy-MM}", null)),
        ("disclosures, last page of a holder", t => ($"/v1/disclosures?holder={t.Holder}", null)),
        ("topics asked for", _ => ("/v1/statistics/topics", null)),
        ("search by a common word and a rare one", t => ($"/v1/inquiries?q={Uri.EscapeDataString(MadeUpWords.Common[2] + " " + MadeUpWords.RareWord(Random.Shared.Next(20_000)))}", t.Holder)),
        ("search by a rare word, an auditor's", _ => ($"/v1/inquiries?q={Uri.EscapeDataString(MadeUpWords.RareWord(Random.Shared.Next(20_000)))}", null)),
        ("search by a word of every third text", t => ($"/v1/inquiries?q={Uri.EscapeDataString(MadeUpWords.Common[Random.Shared.Next(18)])}", t.Holder)),
        ("the same, an auditor's", _ => ($"/v1/inquiries?q={Uri.EscapeDataString(MadeUpWords.Common[Random.Shared.Next(18)])}", null)),
        ("search in disclosures", t => ($"/v1/disclosures?q={Uri.EscapeDataString("сведения опубликованы")}&holder={t.Holder}", null)),
        ("hand-overs", t => ("/v1/hand-overs", t.Holder)),
        ("digest", t => ("/v1/digest", t.Holder)),
        ("search by number", t => ($"/v1/inquiries?q={t.Number}", t.Holder)),
        ("one request", t => ($"/v1/inquiries/{t.Id}", t.Holder)),
        ("one request as of two days after receipt", t => ($"/v1/inquiries/{t.Id}?asOf={Uri.EscapeDataString(t.ReceivedAt.AddDays(2).ToString("O"))}", t.Holder)),
        ("its history", t => ($"/v1/inquiries/{t.Id}/history", t.Holder)),
    ];

    public static async Task Run(Bench bench)
    {
        var there = await Some(bench);
        var file = Path.Combine(Bench.Env("BENCH_STATE"), "reads.json");
        var before = File.Exists(file) ? JsonSerializer.Deserialize<Dictionary<string, double>>(await File.ReadAllTextAsync(file))! : [];
        Dictionary<string, double> now = [];
        var requests = await Count(bench, "select count(*) from mt_streams");
        var facts = await Count(bench, "select count(*) from mt_events");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"reads among {requests} requests, {facts} facts (ms: median, p99):"));
        var auditor = Bench.Token(Platform.Roles.Auditor, null);
        foreach (var (name, ask) in Reads)
        {
            var took = new List<double>();
            for (var i = 0; i < 220; i++)
            {
                var (path, body) = ask(there[Random.Shared.Next(there.Count)]);
                var start = Stopwatch.GetTimestamp();
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(bench.Service, path));
                request.Headers.Authorization = new("Bearer", body is null ? auditor : bench.Tokens[body]);
                using var reply = await bench.Http.SendAsync(request);
                reply.EnsureSuccessStatusCode();
                await reply.Content.ReadAsByteArrayAsync();
                if (i >= 20)
                {
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }

            var sorted = took.Order().ToArray();
            now[name] = Figures.At(sorted, 0.5);
            var than = before.TryGetValue(name, out var then) ? $"   {now[name] / then,5:F2} of the time with fewer" : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-42} {now[name],7:F1} {Figures.At(sorted, 0.99),7:F1}{than}"));
        }

        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(now));
    }

    /// <summary>Waits until the rows of statistics have caught up with what was loaded, and says how fast they did.</summary>
    public static async Task CaughtUp(Bench bench)
    {
        var (events, watch) = (await Count(bench, "select coalesce(max(seq_id), 0) from mt_events"), Stopwatch.StartNew());
        var first = await Folded();
        while (await Folded() < events && watch.Elapsed < TimeSpan.FromMinutes(30))
        {
            await Task.Delay(200);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"statistics caught up with {events - first} facts in {watch.Elapsed.TotalSeconds:F0} s ({(events - first) / watch.Elapsed.TotalSeconds:F0} facts/s)"));
        async Task<long> Folded() => await Count(bench, "select coalesce((select last_seq_id from mt_event_progression where name = 'timeliness:All'), 0)");
    }

    /// <summary>Each stored read model, by Marten's own rebuild; what stands there before and after must be the same.</summary>
    public static async Task Rebuild(Bench bench)
    {
        const string rows = "select md5(string_agg(md5(id || ' ' || mt_version || ' ' || data), '' order by id)) from mt_doc_inquiryview";
        await using var facts = await FactSource.Start(Bench.Env("ConnectionStrings__Store"), Bench.Env("ConnectionStrings__Broker"));
        var (events, before) = (await Count(bench, "select count(*) from mt_events"), await One(bench, rows));
        foreach (var model in facts.ReadModels)
        {
            var watch = Stopwatch.StartNew();
            await facts.Rebuild(model);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"rebuild of {model}: {events / watch.Elapsed.TotalSeconds:F0} facts/s, {watch.Elapsed.TotalSeconds:F0} s for {events} (mark: 20000/s)"));
        }

        Console.WriteLine(Equals(before, await One(bench, rows)) ? "  the requests' view is the same as before" : "  THE REQUESTS' VIEW DIFFERS FROM WHAT STOOD THERE");
    }

    private static string Cursor(There request) => new Platform.Cursor(DateOnly.FromDateTime(request.ReceivedAt.AddDays(15).UtcDateTime), request.Id).ToString();

    private static async Task<List<There>> Some(Bench bench)
    {
        await using var select = bench.Database.CreateCommand("""
            select v.id, v.holder, v.number, (v.data ->> 'receivedAt')::timestamptz from mt_doc_inquiryview v
            where v.number is not null and v.id in (select e.stream_id from mt_events e
                where e.seq_id in (select (random() * (select max(seq_id) from mt_events))::bigint from generate_series(1, 400)))
            """);
        await using var reader = await select.ExecuteReaderAsync();
        List<There> there = [];
        while (await reader.ReadAsync())
        {
            there.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        return there;
    }

    private static async Task<long> Count(Bench bench, string sql) => (long)(await One(bench, sql))!;

    private static async Task<object?> One(Bench bench, string sql)
    {
        await using var command = bench.Database.CreateCommand(sql);
        command.CommandTimeout = 600;
        return await command.ExecuteScalarAsync();
    }
}
