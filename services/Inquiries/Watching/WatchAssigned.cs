using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>A body's changes as a stream, from a position on; see <see cref="Watch"/>.</summary>
public sealed partial class InquiriesGrpc
{
    public override Task WatchAssigned(WatchAssignedRequest request, IServerStreamWriter<AssignedChange> responseStream, ServerCallContext context)
    {
        Handler<Work>(context).Caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        return Watch.Changes(context, request.After, request.HeartbeatSeconds, responseStream, Message, position => new() { Position = position });
    }

    private static AssignedChange Message(Change change) => new()
    {
        Position = change.Position,
        MessageId = change.MessageId.ToString(),
        Type = change.Type,
        RecordedAt = Timestamp.FromDateTimeOffset(change.At),
        MessageJson = Watch.JsonOf(change),
    };
}
