using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>
/// A body's changes as a stream, from a position on. Nothing is kept for a watcher: what it has seen it says by its position, so any replica
/// can go on. A reader that takes nothing for half a minute is ended, and so is everyone at shutdown; each comes again with its position.
/// </summary>
public sealed partial class InquiriesGrpc
{
    private const int Page = 200;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250), Patience = TimeSpan.FromSeconds(30);

    public override async Task WatchAssigned(WatchAssignedRequest request, IServerStreamWriter<AssignedChange> responseStream, ServerCallContext context)
    {
        var (store, database, leaving) = (Handler<IDocumentStore>(context), Handler<NpgsqlDataSource>(context), Handler<Leaving>(context));
        var caller = Handler<Work>(context).Caller;
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        var (after, beat) = (Changes.Position(request.After.ToString(System.Globalization.CultureInfo.InvariantCulture)), Heartbeat(request.HeartbeatSeconds));
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, Handler<IHostApplicationLifetime>(context).ApplicationStopping);
        var silent = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            while (true)
            {
                await using var session = store.QuerySession();
                var (items, next, isAll) = await session.Read(database, leaving, caller, after, Page, ends.Token);
                foreach (var item in items)
                {
                    await Send(responseStream, Message(item), ends.Token);
                    silent.Restart();
                }

                after = next;
                if (silent.Elapsed >= beat)
                {
                    await Send(responseStream, new() { Position = after }, ends.Token);
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

    private static async Task Send(IServerStreamWriter<AssignedChange> to, AssignedChange change, CancellationToken ct)
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

    private static AssignedChange Message(Change change) => new()
    {
        Position = change.Position,
        MessageId = change.MessageId.ToString(),
        Type = change.Type,
        RecordedAt = Timestamp.FromDateTimeOffset(change.At),
        MessageJson = JsonSerializer.Serialize(change.Message, change.Message.GetType(), Json.Options),
    };
}
