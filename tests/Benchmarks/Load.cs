using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>What a load showed: operations per second, and milliseconds at the median and the 99th percentile.</summary>
public sealed record Figures(double PerSecond, double P50, double P99, int Failed)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond,8:F0}/s  p50 {P50,6:F1} ms  p99 {P99,6:F1} ms{(Failed > 0 ? $"  FAILED {Failed}" : "")}");

    public static Figures Of(IEnumerable<double> milliseconds, TimeSpan time, int failed)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0, failed) : new(sorted.Length / time.TotalSeconds, At(sorted, 0.5), At(sorted, 0.99), failed);
    }

    public static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}

/// <summary>A closed loop: so many clients, each sending its next call when the last came back; bounded in time.</summary>
public static class Load
{
    public static async Task<Figures> Run(int clients, TimeSpan time, Func<int, Task<bool>> call)
    {
        await Loop(clients, TimeSpan.FromSeconds(2), call); // warm: code, pools, prepared statements
        return await Loop(clients, time, call);
    }

    private static async Task<Figures> Loop(int clients, TimeSpan time, Func<int, Task<bool>> call)
    {
        var watch = Stopwatch.StartNew();
        var failed = 0;
        var each = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            List<double> took = [];
            while (watch.Elapsed < time)
            {
                var start = Stopwatch.GetTimestamp();
                if (await call(client))
                {
                    took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }

            return took;
        })));
        return Figures.Of(each.SelectMany(t => t), watch.Elapsed, failed);
    }
}
