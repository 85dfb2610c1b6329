using MassTransit;

namespace Platform;

/// <summary>The inbox: a message is noted in the same transaction as what it leads to, so that a repeat finds itself noted.</summary>
public static class Heard
{
    /// <summary>True the first time. Look first, then insert: the insert waits for a twin in flight and never fails the session.</summary>
    public static async Task<bool> Hear(this IDocumentSession session, Guid messageId, string consumer, DateTimeOffset now, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var insert = new NpgsqlCommand(
            "insert into platform.heard (message_id, consumer, heard_at) values ($1, $2, $3) on conflict do nothing")
        { Parameters = { new() { Value = messageId }, new() { Value = consumer }, new() { Value = now } } };
        return await session.ExecuteAsync(insert, ct) == 1;
    }

    /// <summary>A service's queue: quorum, with a dead-letter exchange, retried with patience; a refusal is an answer and is not retried.</summary>
    public static void ReceiveOnQuorum(this IRabbitMqBusFactoryConfigurator bus, string queue, Action<IRabbitMqReceiveEndpointConfigurator> configure) =>
        bus.ReceiveEndpoint(queue, endpoint =>
        {
            endpoint.SetQuorumQueue();
            endpoint.SetQueueArgument("x-delivery-limit", 20);
            endpoint.BindDeadLetterQueue(DeadLetters(queue), DeadLetters(queue), dead => dead.SetQuorumQueue());
            endpoint.PrefetchCount = 32;
            // a store that is away comes back: an hour of patience; anything else fails soon and is listed
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<Exception>(Transient);
                retry.Interval(720, TimeSpan.FromSeconds(5));
            });
            endpoint.UseMessageRetry(retry =>
            {
                retry.Handle<Exception>(fault => fault is not RefusedException && !Transient(fault));
                retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(100));
            });
            configure(endpoint);
        });

    private static bool Transient(Exception fault) =>
        fault is NpgsqlException { IsTransient: true } or System.Net.Sockets.SocketException || (fault.InnerException is { } inner && Transient(inner));

    public static string DeadLetters(string queue) => queue + ".dead-letters";
    public static string Errors(string queue) => queue + "_error";
}
