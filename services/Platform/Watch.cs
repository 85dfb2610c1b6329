using Grpc.Core;

namespace Platform;

/// <summary>
/// The feed of changes as a gRPC stream, from a position on. Nothing is kept for a watcher: what it has seen it says by its position, so any
/// replica can go on. A reader that takes nothing for half a minute is ended, and so is everyone at shutdown; each comes again with its position.
/// </summary>
public static class Watch
{
    private const int Page = 200;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(30);

    /// <summary><paramref name="beat"/>: what a position alone looks like, sent when nothing else was for <paramref name="heartbeatSeconds"/> (15 if 0, at most 300).</summary>
    public static async Task Changes<T>(ServerCallContext context, long from, int heartbeatSeconds, IServerStreamWriter<T> to, Func<Change, T> message, Func<long, T> beat)
    {
        var (store, database, leaving) = (GrpcDoor.Handler<IDocumentStore>(context), GrpcDoor.Handler<NpgsqlDataSource>(context), GrpcDoor.Handler<Leaving>(context));
        var caller = GrpcDoor.Handler<Work>(context).Caller;
        var (after, patience) = (Platform.Changes.Position(from.ToString(System.Globalization.CultureInfo.InvariantCulture)), Heartbeat(heartbeatSeconds));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, GrpcDoor.Handler<IHostApplicationLifetime>(context).ApplicationStopping);
        var silent = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            while (true)
            {
                await using var session = store.QuerySession();
                var (items, next, isAll) = await session.Read(database, leaving, caller, after, Page, ends.Token);
                foreach (var item in items)
                {
                    await Send(to, message(item), ends.Token);
                    silent.Restart();
                }

                after = next;
                if (silent.Elapsed >= patience)
                {
                    await Send(to, beat(after), ends.Token);
                    silent.Restart();
                }

                await (isAll ? Task.Delay(Glance, ends.Token) : Task.CompletedTask);
            }
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The server ends the stream; resume from the last position."));
        }
    }

    /// <summary>A change's message as <c>GET /v1/changes</c> gives it.</summary>
    public static string JsonOf(Change change) => System.Text.Json.JsonSerializer.Serialize(change.Message, change.Message.GetType(), Json.Options);

    private static async Task Send<T>(IServerStreamWriter<T> to, T change, CancellationToken ct)
    {
        try
        {
            await to.WriteAsync(change, ct).WaitAsync(Patience, ct);
        }
        catch (TimeoutException)
        {
            throw new RpcException(new Status(StatusCode.ResourceExhausted, "Nothing was read for 30 s; resume from the last position."));
        }
    }

    private static TimeSpan Heartbeat(int seconds) => seconds switch
    {
        0 => TimeSpan.FromSeconds(15),
        >= 1 and <= 300 => TimeSpan.FromSeconds(seconds),
        _ => throw Refused.Invalid("heartbeat-invalid", "heartbeat_seconds is 1 to 300.", "heartbeatSeconds"),
    };
}
