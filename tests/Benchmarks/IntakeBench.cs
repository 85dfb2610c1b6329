using System.Globalization;

namespace Benchmarks;

/// <summary>The whole way of a form through the door against a bare endpoint that inserts the same rows.</summary>
public static class IntakeBench
{
    public static async Task Run(Bench bench)
    {
        await bench.Receive(bench.Holding[0]); // the floor copies the rows of the latest request
        string Any() => bench.Holding[Random.Shared.Next(bench.Holding.Length)];
        await Load.Warm(16, async () => await bench.Receive(Any()) is not null, async () => await bench.Post(new(bench.Floor, "/floor/intake"), Any()) is not null);
        foreach (var (name, pick) in new (string, Func<string>)[] { ("30 holders", Any), ("one hot holder", () => bench.Holding[0]) })
        {
            foreach (var clients in new[] { 16, 64 })
            {
                var pair = await Load.Pair(clients, bench.Seconds, async () => await bench.Receive(pick()) is not null,
                    async () => await bench.Post(new(bench.Floor, "/floor/intake"), pick()) is not null, bench.Settle);
                Bench.Tell($"intake, {name}, {clients} clients", pair, 0.5);
                var half = await Load.Steady(pair.Ours.PerSecond / 2, bench.Seconds, async () => await bench.Receive(pick()) is not null);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  at half that load, steady: {half} (mark: p99 < 100 ms)"));
            }
        }
    }
}
