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

/// <summary>What one side of a comparison gathers, slice by slice.</summary>
public sealed class Tally
{
    private readonly List<double> _took = [];
    private TimeSpan _time;
    private int _failed;

    public Figures Figures => Figures.Of(_took, _time, _failed);

    public void Add(IEnumerable<double> took, TimeSpan time, int failed)
    {
        _took.AddRange(took);
        _time += time;
        _failed += failed;
    }
}

public static class Load
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Both sides work, and then wait until the service compiles no more, over and over: a runtime that still compiles takes one core of
    /// two, and makes the larger program look slow.
    /// </summary>
    public static async Task Warm(int clients, Func<Task<bool>> ours, Func<Task<bool>> floor)
    {
        Tally none = new();
        for (var round = 0; round < 6; round++)
        {
            await Loop(clients, 2 * Slice, ours, none);
            await Loop(clients, Slice, floor, none);
            await Bench.Quiet();
        }
    }

    /// <summary>Both sides in turn, two seconds each, so that whatever else the machine does falls on both; two slices first to warm pools and statements.</summary>
    public static async Task<(Figures Ours, Figures Floor)> Pair(int clients, TimeSpan time, Func<Task<bool>> ours, Func<Task<bool>> floor, Func<Task>? settle = null)
    {
        Tally warm = new(), one = new(), other = new();
        for (var i = -2; i < Math.Max(1, (int)Math.Round(time / Slice)); i++)
        {
            await Loop(clients, Slice, floor, i < 0 ? warm : other);
            await Loop(clients, Slice, ours, i < 0 ? warm : one);
            await (settle?.Invoke() ?? Task.CompletedTask);
        }

        return (one.Figures, other.Figures);
    }

    /// <summary>One side alone, for what has no floor.</summary>
    public static async Task<Figures> Run(int clients, TimeSpan time, Func<Task<bool>> call)
    {
        var tally = new Tally();
        await Loop(clients, time, call, tally);
        return tally.Figures;
    }

    /// <summary>A closed loop: so many clients, each sending its next call when the last came back.</summary>
    private static async Task Loop(int clients, TimeSpan time, Func<Task<bool>> call, Tally tally)
    {
        var watch = Stopwatch.StartNew();
        var failed = 0;
        var each = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => Task.Run(async () =>
        {
            List<double> took = [];
            while (watch.Elapsed < time)
            {
                var start = Stopwatch.GetTimestamp();
                if (await call())
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
        tally.Add(each.SelectMany(t => t), watch.Elapsed, failed);
    }

    /// <summary>An open loop: calls start at a steady rate, whether or not earlier ones are back.</summary>
    public static async Task<Figures> Steady(double perSecond, TimeSpan time, Func<Task<bool>> call)
    {
        var (watch, running) = (Stopwatch.StartNew(), new List<Task<double?>>());
        for (var i = 0; watch.Elapsed < time; i++)
        {
            if (TimeSpan.FromSeconds(i / perSecond) - watch.Elapsed is { TotalMilliseconds: > 1 } early)
            {
                await Task.Delay(early);
            }

            running.Add(Task.Run(async () =>
            {
                var start = Stopwatch.GetTimestamp();
                return await call() ? Stopwatch.GetElapsedTime(start).TotalMilliseconds : (double?)null;
            }));
        }

        var took = await Task.WhenAll(running);
        return Figures.Of(took.OfType<double>(), watch.Elapsed, took.Count(t => t is null));
    }
}
