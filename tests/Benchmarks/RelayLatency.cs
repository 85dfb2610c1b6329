using System.Collections.Concurrent;
using System.Diagnostics;
using Contracts.Inquiries;
using MassTransit;

namespace Benchmarks;

/// <summary>
/// From commit to consumer: facts are committed at a steady rate (by the door, or straight to the store at rates at which the door
/// itself would fill this machine); noted right after the commit, and again when the consumer in this process has the message.
/// The floor is the bus alone: publish to consume of the same record.
/// </summary>
public sealed class RelayLatency : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Guid, long> _heard = new();
    private readonly IBusControl _bus;

    public RelayLatency(Uri broker) => _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
    {
        rabbit.Host(broker);
        rabbit.ReceiveEndpoint("benchmark", endpoint =>
        {
            endpoint.AutoDelete = true;
            endpoint.PrefetchCount = 256;
            endpoint.Handler<InquiryRegistered>(context =>
            {
                _heard.TryAdd(context.Message.InquiryId, Stopwatch.GetTimestamp());
                return Task.CompletedTask;
            });
        });
    });

    public Task Start() => _bus.StartAsync();

    public async ValueTask DisposeAsync() => await _bus.StopAsync();

    /// <summary>At so many facts a second for so long; <paramref name="commit"/> returns what it committed, and when.</summary>
    public async Task<Figures> Measure(double perSecond, TimeSpan time, Func<int, Task<(Guid Id, long At)?>> commit)
    {
        _heard.Clear();
        ConcurrentDictionary<Guid, long> committed = new();
        var (watch, running, failed) = (Stopwatch.StartNew(), new List<Task>(), 0);
        for (var i = 0; watch.Elapsed < time; i++)
        {
            var (n, next) = (i, TimeSpan.FromSeconds(i / perSecond));
            if (next - watch.Elapsed is { TotalMilliseconds: > 1 } early)
            {
                await Task.Delay(early);
            }

            running.Add(Task.Run(async () =>
            {
                if (await commit(n) is { } done)
                {
                    committed[done.Id] = done.At;
                }
                else
                {
                    Interlocked.Increment(ref failed);
                }
            }));
        }

        await Task.WhenAll(running);
        var took = watch.Elapsed;
        for (var wait = Stopwatch.StartNew(); committed.Keys.Any(id => !_heard.ContainsKey(id)) && wait.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(20);
        }

        // a message may overtake the reply of its own commit: that is zero, not less
        var latencies = committed.Where(c => _heard.ContainsKey(c.Key)).Select(c => Math.Max(0, Stopwatch.GetElapsedTime(c.Value, _heard[c.Key]).TotalMilliseconds));
        return Figures.Of(latencies, took, failed + committed.Keys.Count(id => !_heard.ContainsKey(id)));
    }

    /// <summary>The bus alone.</summary>
    public Task<Figures> MeasureBus(double perSecond, TimeSpan time) => Measure(perSecond, time, async _ =>
    {
        var (id, start) = (Guid.CreateVersion7(), Stopwatch.GetTimestamp());
        await _bus.Publish(new InquiryRegistered(id, 2, "akimat-75", "akimat-75-2026-000001", DateTimeOffset.UtcNow, new(2026, 12, 8), new(2026, 12, 8)));
        return (id, start);
    });
}
