using System.Diagnostics;
using System.Text;
using Contracts.PressEvents;
using RabbitMQ.Client;

namespace Platform.Wire;

/// <summary>A request and the messages that it leads to are one trace.</summary>
[Collection(House.Collection)]
public sealed class One_trace(House house) : IAsyncLifetime
{
    private readonly string _queue = "wire-traces-" + Guid.NewGuid().ToString("N")[..8];

    private string Broker => house.Wire.Servers.Rabbit;

    public async ValueTask InitializeAsync() => await Queues.Tap(Broker, _queue, [typeof(PressEventAnnounced), typeof(PressEventRescheduled)]);

    [Fact]
    public async Task The_message_of_an_announced_event_carries_the_trace_of_the_request()
    {
        var door = house.Press();
        var id = (await door.Post("/v1/press-events", house.Event("min-health"))).Is(201).Text("id");
        var (announced, moved) = (ActivityTraceId.CreateRandom(), ActivityTraceId.CreateRandom());
        var slot = house.Slot();

        await Post("announce", "{}", 1, announced);
        await Post("reschedule", $$"""{"start": "{{House.Text(slot.Start)}}", "end": "{{House.Text(slot.End)}}"}""", 2, moved);

        var traces = await Eventually.Get("both messages are there", async () => (await Queues.Read(Broker, _queue)).Select(Encoding.UTF8.GetString).Where(m => m.Contains(id!, StringComparison.Ordinal)).ToList(), found => found.Count == 2);
        Assert.Contains($"00-{announced}-", Header(traces, nameof(PressEventAnnounced)), StringComparison.Ordinal);
        Assert.Contains($"00-{moved}-", Header(traces, nameof(PressEventRescheduled)), StringComparison.Ordinal);

        async Task Post(string command, string body, int version, ActivityTraceId trace) => (await door.Send(HttpMethod.Post, $"/v1/press-events/{id}/{command}", new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
            [("If-Match", $"\"{version}\""), ("traceparent", $"00-{trace}-{ActivitySpanId.CreateRandom()}-01")])).Is(200);
    }

    /// <summary>What MassTransit tells its consumers to go on from.</summary>
    private static string Header(IEnumerable<string> messages, string type) =>
        messages.Single(m => m.Contains($"urn:message:Contracts.PressEvents:{type}", StringComparison.Ordinal)).Split('\n').Single(l => l.StartsWith("MT-Activity-Id=", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new(Broker) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(_queue);
    }
}
