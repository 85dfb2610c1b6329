using System.Collections;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Platform;

/// <summary>What every gRPC door does with what came, by the same rules as REST. Services use it statically.</summary>
public static class GrpcDoor
{
    public static T Handler<T>(ServerCallContext context) where T : notnull => context.GetHttpContext().RequestServices.GetRequiredService<T>();

    /// <summary>What is no id is unknown, as it is in an address.</summary>
    public static Guid Id(string id, string what) => Guid.TryParse(id, out var parsed) ? parsed : throw Refused.Missing(what);

    /// <summary>A field without presence: empty is not given.</summary>
    public static string? Given(string text) => text.Length == 0 ? null : text;

    public static DateTimeOffset? Time(Timestamp? given, string field)
    {
        try
        {
            return given?.ToDateTimeOffset();
        }
        catch (InvalidOperationException)
        {
            throw Refused.Invalid("instant-invalid", "Not a valid instant.", field);
        }
    }

    public static Timestamp? Time(DateTimeOffset? at) => at is { } given ? Timestamp.FromDateTimeOffset(given) : null;

    /// <summary>Every text of a message is one that a database holds, else it is refused by its field (protobuf itself lets no half surrogates in).</summary>
    public static T Storable<T>(T message)
    {
        Check(message, "");
        return message;
    }

    private static void Check(object? value, string path)
    {
        switch (value)
        {
            case string text:
                _ = text.Contains('\0') ? throw Json.TextInvalid(path) : text;
                break;
            case IMessage message:
                foreach (var field in message.Descriptor.Fields.InFieldNumberOrder())
                {
                    Check(field.Accessor.GetValue(message), path.Length == 0 ? field.JsonName : $"{path}.{field.JsonName}");
                }

                break;
            case IDictionary map:
                foreach (var each in map.Values)
                {
                    Check(each, path); // a key is the caller's own spelling, and not repeated
                }

                break;
            case IList list:
                for (var i = 0; i < list.Count; i++)
                {
                    Check(list[i], $"{path}[{i}]");
                }

                break;
        }
    }
}

/// <summary>The same for each message of a stream.</summary>
public sealed class StorableStream<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    public T Current => GrpcDoor.Storable(inner.Current);
    public Task<bool> MoveNext(CancellationToken cancellationToken) => inner.MoveNext(cancellationToken);
}
