using System.Diagnostics;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten.Subscriptions;
using MassTransit;

namespace Platform;

/// <summary>What leaves the house for one stored fact. <paramref name="Body"/>: only for this body's officials and auditors; null: for everybody.</summary>
public sealed record Outgoing(object Message, string? Body);

/// <summary>The one list of a service's facts that leave it, each with its public message; relay and change feed read the same list.</summary>
public sealed class Leaving
{
    private readonly Dictionary<Type, Func<IEvent, Outgoing?>> _map = [];

    public IReadOnlyCollection<Type> Facts => _map.Keys;

    public Leaving On<TFact>(Func<TFact, IEvent, Outgoing?> message) where TFact : class
    {
        _map.Add(typeof(TFact), e => message((TFact)e.Data, e));
        return this;
    }

    public Outgoing? For(IEvent e) => _map.TryGetValue(e.EventType, out var make) ? make(e) : null;
}

/// <summary>
/// Stored fact to public message: at least once, in order. The event store is the outbox and the event's id the message's id,
/// so that a repeat can be told. A page that fails is thrown and comes again as a whole.
/// </summary>
public sealed class Relay : SubscriptionBase
{
    public const string SubscriptionName = "relay";
    public static readonly ActivitySource Activities = new("Platform.Relay");

    private readonly IBus _bus;
    private readonly Leaving _leaving;

    public Relay(IBus bus, Leaving leaving)
    {
        _bus = bus;
        _leaving = leaving;
        Name = SubscriptionName;
        IncludeArchivedEvents = true;
        Options.BatchSize = 1000;
        foreach (var fact in leaving.Facts)
        {
            IncludeType(fact);
        }
    }

    public override async Task<IChangeListener> ProcessEventsAsync(EventRange page, ISubscriptionController controller,
        IDocumentOperations operations, CancellationToken cancellationToken)
    {
        // publishing blocks while the broker is away: the page gives up and comes again
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        // streams side by side: an order of magnitude faster than one by one; within a stream one after the other, for each type has an
        // exchange of its own and after a reconnect the later message could be the first to get through
        try
        {
            await Task.WhenAll(page.Events.GroupBy(e => e.StreamId).Select(async stream =>
            {
                foreach (var e in stream)
                {
                    await Publish(e, limit.Token);
                }
            }));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // a cancellation would pass for a shutdown: the daemon would go on to the next page, and stop for good over the gap
            throw new TimeoutException("The broker took no message within 30 s.");
        }

        return NullChangeListener.Instance;
    }

    private async Task Publish(IEvent e, CancellationToken ct)
    {
        if (_leaving.For(e) is { } leaving)
        {
            // the trace goes on from the door that stored the fact to whoever consumes the message
            using var activity = ActivityContext.TryParse(e.GetHeader(Sessions.TraceParent)?.ToString(), null, out var parent)
                ? Activities.StartActivity("relay " + e.EventTypeName, ActivityKind.Producer, parent) : null;
            await _bus.Publish(leaving.Message, leaving.Message.GetType(), c => c.MessageId = e.Id, ct);
        }
    }
}
