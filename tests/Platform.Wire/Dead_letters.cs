using MassTransit;

namespace Platform.Wire;

/// <summary>What fails for good is listed without its content, keeps nobody waiting, and goes its way again when an admin says so.</summary>
[Collection(House.Collection)]
public sealed class Dead_letters(House house) : IAsyncLifetime
{
    private const string Body = "min-ecology", Queue = Queues.Publications;
    private readonly Guid _messageId = Guid.NewGuid(), _event = Guid.NewGuid();

    private Door Admin => Ground.Wire.As(house.Publications, Tokens.Admin());
    private Task<int> Broken(string sql) => Sql.Run(house.Wire.Servers.Database("publications"), sql);

    public async ValueTask InitializeAsync() => await House.Up(house.Publications);

    [Fact]
    public async Task A_poison_message_is_listed_the_others_go_on_and_it_is_heard_once_when_its_cause_is_mended()
    {
        // news of an event that nobody announced wait in a table, which takes these not
        await Broken("alter table press_event_news add constraint wire_poison check (version <> 4711) not valid");
        await Send();
        await Queues.Send(house.Wire.Servers.Rabbit, Queue, "{"u8.ToArray());

        var listed = await Eventually.Get("both are listed", async () => (await Admin.Get("/v1/dead-letters")).Is(200), page => page.Items.Count() >= 2, 40);
        var poison = Assert.Single(listed.Items, i => i.GetProperty("messageId").GetString() == _messageId.ToString());
        Assert.Equal((Queue + "_error", "Contracts.PressEvents:PressEventRescheduled"), (poison.GetProperty("queue").GetString(), poison.GetProperty("type").GetString()));
        Assert.Contains("Exception", poison.GetProperty("exception").GetString(), StringComparison.Ordinal);
        Assert.InRange(poison.GetProperty("failedAt").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-2), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.DoesNotContain(_event.ToString(), listed.Body, StringComparison.Ordinal);
        Assert.Contains(listed.Items, i => i.GetProperty("type").ValueKind == System.Text.Json.JsonValueKind.Null);
        Assert.Equal(listed.Items.Count(), (await Admin.Get("/v1/dead-letters")).Items.Count()); // looking takes nothing away

        var announced = await house.Announced(Body);
        await Eventually.So("others are heard", async () => (await house.Publishing(Roles.Editor, Body).Get("/v1/publications?limit=200")).Items.Any(p => p.GetProperty("cause").GetString() == $"press-event:{announced}"));

        await Broken("alter table press_event_news drop constraint wire_poison");
        var redriven = (await Admin.Post("/v1/dead-letters/redrive", new { messageId = _messageId })).Is(200);
        Assert.Single(redriven.Items);
        await Eventually.So("it is heard", async () => await Waiting() == 1);

        // the same once more, as a broker repeats what it heard no answer to
        await Broken("delete from press_event_news where version = 4711");
        await Send();
        await Eventually.So("the repeat is taken", async () => await Queues.Count(house.Wire.Servers.Rabbit, Queue) == 0);
        Assert.Equal((0L, 1L), (await Waiting(), await Sql.One<long>(Store, "select count(*) from platform.heard where message_id = $1", _messageId)));
        Assert.DoesNotContain((await Admin.Get("/v1/dead-letters")).Items, i => i.GetProperty("messageId").GetString() == _messageId.ToString());
    }

    [Fact]
    public async Task Only_an_admin_looks_and_redrives()
    {
        foreach (var service in new[] { house.Wire.Inquiries, house.PressEvents, house.Publications })
        {
            (await Ground.Wire.As(service, null).Get("/v1/dead-letters")).Is(401, "unauthenticated");
            (await Ground.Wire.As(service, Tokens.For(Roles.Editor, Body)).Get("/v1/dead-letters")).Is(403, "forbidden");
            (await Ground.Wire.As(service, Tokens.For(Roles.Editor, Body)).Post("/v1/dead-letters/redrive", new { })).Is(403, "forbidden");
            (await Ground.Wire.As(service, Tokens.Admin()).Get("/v1/dead-letters?limit=0")).Is(400, "limit-invalid");
            (await Ground.Wire.As(service, Tokens.Admin()).Get("/v1/dead-letters")).Is(200);
        }
    }

    private string Store => house.Wire.Servers.Database("publications");
    private Task<long> Waiting() => Sql.One<long>(Store, "select count(*) from press_event_news where version = 4711");

    /// <summary>To the one queue, past the exchange that others listen to.</summary>
    private async Task Send()
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(house.Wire.Servers.Rabbit)));
        await bus.StartAsync();
        try
        {
            var at = DateTimeOffset.UtcNow;
            var door = await bus.GetSendEndpoint(new("exchange:" + Queue));
            await door.Send(new Contracts.PressEvents.PressEventRescheduled(_event, 4711, Body, at, at, at, at, null, at), c => c.MessageId = _messageId);
        }
        finally
        {
            await bus.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Broken("alter table press_event_news drop constraint if exists wire_poison");
        await Broken("delete from press_event_news where version = 4711");
        await Queues.Purge(house.Wire.Servers.Rabbit, Queue + "_error");
    }
}
