using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>From commit to consumer, and what the service costs when nobody asks.</summary>
public static class RelayBench
{
    public static async Task Run(Bench bench)
    {
        var broker = Bench.Env("ConnectionStrings__Broker");
        await using var latency = new RelayLatency(new(broker));
        await latency.Start();
        async Task<(Guid, long)?> ByDoor(int n) => await bench.Receive(bench.Holding[n % bench.Holding.Length]) is { } reply
            ? (Guid.Parse(reply["inquiryId"]!.ToString()), Stopwatch.GetTimestamp()) : null;
        await using var facts = await FactSource.Start(Bench.Env("ConnectionStrings__Store"), broker);
        for (var round = 0; round < 4; round++) // until nothing is compiled any more
        {
            await latency.Measure(50, TimeSpan.FromSeconds(3), ByDoor);
            await latency.Measure(100, TimeSpan.FromSeconds(5), facts.Commit);
            await Bench.Quiet();
        }

        foreach (var (rate, how, commit) in new (double, string, Func<int, Task<(Guid, long)?>>)[] { (5, "by the door", ByDoor), (5, "to the store", facts.Commit), (250, "to the store", facts.Commit) })
        {
            var bare = await latency.MeasureBus(rate, bench.Seconds);
            var ours = await latency.Measure(rate, bench.Seconds, commit);
            Console.WriteLine($"commit to consumer at {2 * rate,3:F0} facts/s, two a commit, {how}\n  ours   {ours}\n  floor  {bare}   (the bus alone)");
        }
    }

    public static async Task Idle()
    {
        var process = Process.GetProcessById(Bench.Port("SERVICE_PID"));
        await Task.Delay(TimeSpan.FromSeconds(5));
        process.Refresh();
        var (before, watch) = (process.TotalProcessorTime, Stopwatch.StartNew());
        await Task.Delay(TimeSpan.FromSeconds(30));
        process.Refresh();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"idle service: {(process.TotalProcessorTime - before) / watch.Elapsed * 100:F1} % of a core over 30 s, {process.WorkingSet64 / 1_048_576} MiB"));
    }
}
