using System.Text;
using Npgsql;
using RabbitMQ.Client;

namespace Platform.Wire.Ground;

/// <summary>The broker as an outside sender or reader sees it, through RabbitMQ.Client.</summary>
public static class Queues
{
    public const string Forms = "egov-forms", Publications = "publications", PressEvents = "press-events", Recorder = "wire-recorder", Archive = "wire-archive";

    /// <summary>Every queue of the platform and of the suite.</summary>
    public static readonly string[] All = [Forms, Publications, PressEvents, Recorder, Archive];

    /// <summary>Messages are persistent and confirmed: what returned is in the queue.</summary>
    public static async Task Send(string broker, string queue, params IEnumerable<byte[]> bodies)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        foreach (var body in bodies)
        {
            await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true, ContentType = "application/json" }, body);
        }
    }

    /// <summary>Messages in a queue, those at consumers not counted; null when there is no such queue.</summary>
    public static async Task<uint?> Count(string broker, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return null;
        }
    }

    public static async Task Purge(string broker, string queue)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueuePurgeAsync(queue);
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            // made only when the first message fails: nothing to purge
        }
    }

    /// <summary>A queue that gets a copy of everything that is published, for nobody to consume.</summary>
    public static async Task Tap(string broker, string queue, IEnumerable<Type> messages)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false);
        foreach (var exchange in messages.Select(m => $"{m.Namespace}:{m.Name}"))
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(queue, exchange, "");
        }
    }

    /// <summary>Everything in a queue, headers and bodies, put back afterwards; empty when there is no such queue.</summary>
    public static async Task<IReadOnlyList<byte[]>> Read(string broker, string queue)
    {
        if (await Count(broker, queue) is null)
        {
            return [];
        }

        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        List<byte[]> found = [];
        while (await channel.BasicGetAsync(queue, autoAck: false) is { } message)
        {
            var headers = message.BasicProperties.Headers?.Select(h => $"{h.Key}={(h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : h.Value)}") ?? [];
            found.Add([.. Encoding.UTF8.GetBytes(string.Join('\n', headers) + '\n'), .. message.Body.Span]);
        }

        return found; // unacknowledged: closing the channel puts them back
    }

    /// <summary>Brings a message of one queue to another as it is, as a broker does that did not hear the acknowledgement.</summary>
    public static async Task Repeat(string broker, Guid messageId, string from, string to)
    {
        await using var connection = await new ConnectionFactory { Uri = new(broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        while (await channel.BasicGetAsync(from, autoAck: false) is { } message)
        {
            if (message.BasicProperties.MessageId == messageId.ToString())
            {
                await channel.BasicPublishAsync("", to, mandatory: true, new BasicProperties(message.BasicProperties), message.Body);
                return;
            }
        }

        throw new InvalidOperationException($"{messageId} is not in {from}.");
    }
}

/// <summary>A database looked at from outside.</summary>
public static class Sql
{
    public static async Task<T> One<T>(string connection, string sql, params object[] values)
    {
        await using var database = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = database.CreateCommand(sql);
        command.Parameters.AddRange(values.Select(v => new NpgsqlParameter { Value = v }).ToArray());
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<int> Run(string connection, string sql)
    {
        await using var database = NpgsqlDataSource.Create(connection + ";Pooling=false");
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }
}
