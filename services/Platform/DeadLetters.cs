using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform;

/// <summary>A message that failed for good: where it lies, what it is, when and by which class of error it failed. Never its body, nor the error's words.</summary>
public sealed record DeadLetter(string Queue, string? MessageId, string? Type, DateTimeOffset? FailedAt, string? Exception);

/// <summary>Bring back one dead letter, or all (<paramref name="MessageId"/> null).</summary>
public sealed record Redrive(string? MessageId);

/// <summary>What waits in this service's error and dead-letter queues, and its way back.</summary>
public sealed class DeadLetters(Uri broker, IReadOnlyList<string> queues)
{
    /// <summary>Messages that wait for a decision; null when the broker does not answer.</summary>
    public async Task<long?> Count(CancellationToken ct)
    {
        try
        {
            await using var connection = await Connect(ct);
            var waiting = 0L;
            foreach (var (_, queue) in Places)
            {
                waiting += await Waiting(connection, queue, ct);
            }

            return waiting;
        }
        catch (Exception fault) when (IsAway(fault))
        {
            return null;
        }
    }

    /// <summary>
    /// Goes once through what waits and puts each letter, with its id, back to the service's own queue or to the end of where it lay:
    /// a broker that counts returned deliveries would in the end drop what is only looked at. Taken away is only what was confirmed.
    /// </summary>
    public async Task<IReadOnlyList<DeadLetter>> Turn(long most, Func<DeadLetter, bool> again, CancellationToken ct)
    {
        List<DeadLetter> seen = [];
        try
        {
            await using var connection = await Connect(ct);
            foreach (var (home, queue) in Places)
            {
                var left = Math.Min(await Waiting(connection, queue, ct), most - seen.Count);
                await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), ct);
                for (; left > 0 && await channel.BasicGetAsync(queue, autoAck: false, ct) is { } found; left--)
                {
                    var letter = Letter(queue, found);
                    await channel.BasicPublishAsync("", again(letter) ? home : queue, mandatory: true, new BasicProperties(found.BasicProperties), found.Body, ct);
                    await channel.BasicAckAsync(found.DeliveryTag, multiple: false, ct);
                    seen.Add(letter);
                }
            }
        }
        catch (Exception fault) when (IsAway(fault))
        {
            throw Refused.Unavailable();
        }

        return seen;
    }

    private IEnumerable<(string Home, string Queue)> Places => queues.SelectMany(home => new[] { (home, Heard.Errors(home)), (home, Heard.DeadLetters(home)) });

    private Task<IConnection> Connect(CancellationToken ct) =>
        new ConnectionFactory { Uri = broker, RequestedConnectionTimeout = TimeSpan.FromSeconds(2) }.CreateConnectionAsync(ct);

    private static bool IsAway(Exception fault) => fault is RabbitMQClientException or IOException or TimeoutException;

    private static async Task<long> Waiting(IConnection connection, string queue, CancellationToken ct)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue, ct)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return 0; // made only when the first message fails
        }
    }

    private static DeadLetter Letter(string queue, BasicGetResult found)
    {
        string? Header(string name) => found.BasicProperties.Headers?.TryGetValue(name, out var value) == true ? value is byte[] text ? Encoding.UTF8.GetString(text) : value?.ToString() : null;
        return new(queue, found.BasicProperties.MessageId, Type(found.Body), DateTimeOffset.TryParse(Header("MT-Fault-Timestamp"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at) ? at : null, Header("MT-Fault-ExceptionType"));
    }

    /// <summary>The envelope's first type; null for what is no envelope.</summary>
    private static string? Type(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var envelope = JsonDocument.Parse(body);
            return envelope.RootElement.GetProperty("messageType")[0].GetString()?.Replace("urn:message:", "", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/dead-letters").ForRoles(Roles.Admin).WithTags("Dead letters");
        doors.MapGet("/", async (int? limit, DeadLetters letters, CancellationToken ct) => new Page<DeadLetter>(await letters.Turn(Changes.Limit(limit), _ => false, ct), null))
            .WithSummary("Messages that failed for good, without their content. With more than limit of them the next call begins where this one ended.");
        doors.MapPost("/redrive", async (Redrive ask, DeadLetters letters, CancellationToken ct) =>
            {
                bool Asked(DeadLetter letter) => ask.MessageId is null || letter.MessageId == ask.MessageId;
                return new Page<DeadLetter>([.. (await letters.Turn(long.MaxValue, Asked, ct)).Where(Asked)], null);
            })
            .WithSummary("Sends them to their queue again, with their ids, so that what was heard before is not heard twice. One by messageId, or all.");
    }
}
