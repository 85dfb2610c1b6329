using Marten.Exceptions;
using Npgsql;
using Platform;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Inquiries;

/// <summary>
/// The queue <c>egov-forms</c>: the same body as raw JSON, same rules. It is read without MassTransit, because what fails here
/// holds personal data and must go to the sealed quarantine, never to a broker's error or dead-letter queue. A message is
/// acknowledged after its commit; while the store is away it waits unacknowledged.
/// </summary>
public sealed class FormQueue(Uri broker, IServiceScopeFactory scopes, ILogger<FormQueue> log) : BackgroundService
{
    public const string Queue = "egov-forms";
    private static readonly Dictionary<string, object?> Arguments = new() { ["x-queue-type"] = "quorum" };

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Consume(stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("The queue of forms waits for the broker: {Kind}", fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken);
            }
        }
    }

    private async Task Consume(CancellationToken ct)
    {
        var factory = new ConnectionFactory { Uri = broker, AutomaticRecoveryEnabled = false, ClientProvidedName = "inquiries forms" };
        await using var connection = await factory.CreateConnectionAsync(ct);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: ct);
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, Arguments, cancellationToken: ct);
        await channel.BasicQosAsync(0, 16, false, ct);
        var closed = new TaskCompletionSource();
        channel.ChannelShutdownAsync += (_, _) =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, message) => Take(channel, message, ct);
        await channel.BasicConsumeAsync(Queue, autoAck: false, consumer, ct);
        await closed.Task.WaitAsync(ct);
    }

    private async Task Take(IChannel channel, BasicDeliverEventArgs message, CancellationToken ct)
    {
        ReadOnlyMemory<byte> body = message.Body.ToArray(); // the client reuses its buffer
        while (true)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("egov-forms");
                await scope.ServiceProvider.GetRequiredService<ReceiveFormHandler>().Handle(new(body, "queue"), ct);
                break;
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
            {
                break; // it lies in the quarantine
            }
            catch (RefusedException refused)
            {
                await Quarantine(body, refused, ct); // too large, or a messageId used again: kept for a decision
                break;
            }
            catch (Exception fault) when (fault is NpgsqlException or MartenCommandException)
            {
                log.LogWarning("A form waits for the store: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }

        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, ct);
    }

    private async Task Quarantine(ReadOnlyMemory<byte> body, RefusedException refused, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Quarantine>().Keep(new(body, "queue"), refused, ct);
    }
}
