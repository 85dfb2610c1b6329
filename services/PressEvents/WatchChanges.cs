using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>What becomes of press events as a stream, from a position on; see <see cref="Watch"/>.</summary>
public sealed partial class PressEventsGrpc
{
    public override Task WatchChanges(WatchChangesRequest request, IServerStreamWriter<PressEventChange> responseStream, ServerCallContext context) =>
        Watch.Changes(context, request.After, request.HeartbeatSeconds, responseStream, Message, position => new() { Position = position });

    private static PressEventChange Message(Change change) => new()
    {
        Position = change.Position,
        MessageId = change.MessageId.ToString(),
        Type = change.Type,
        RecordedAt = Timestamp.FromDateTimeOffset(change.At),
        MessageJson = Watch.JsonOf(change),
    };
}
