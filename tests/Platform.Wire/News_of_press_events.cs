using Contracts.PressEvents;
using MassTransit;

namespace Platform.Wire;

/// <summary>Whatever is told of a press event, in whatever order and however often: one draft of each kind.</summary>
[Collection(House.Collection)]
public sealed class News_of_press_events(House house) : IAsyncLifetime
{
    private const string Body = "min-health";
    private static readonly DateTimeOffset Start = new(2026, 12, 7, 11, 0, 0, TimeSpan.FromHours(5));

    public async ValueTask InitializeAsync() => await House.Up(house.Publications);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static object[] All(Guid id)
    {
        var (broadcast, speaker) = (Guid.NewGuid(), new Speaker(new("Айдос Берікұлы", "Айдос Берикулы"), new("Вице-министр", "Вице-министр")));
        return
        [
            new PressEventAnnounced(id, 2, "PressConference", Body, new("Егу", "Прививки"), new(null, null), Start, Start.AddHours(1), "hall-1", [speaker], [], Start),
            new PressEventRevised(id, 3, Body, new("Егу науқаны", "Кампания прививок"), new(null, null), [speaker], [], Start),
            new PressEventRescheduled(id, 4, Body, Start, Start.AddHours(1), Start.AddDays(1), Start.AddDays(1).AddHours(1), "hall-2", Start),
            new PressEventStarted(id, 5, Body, Start.AddDays(1)), new BroadcastWentOnAir(broadcast, 3, id, "khabar24", "https://live.example/1", Start.AddDays(1)),
            new BroadcastEnded(broadcast, 4, id, false, Start.AddDays(1).AddHours(1)), new PressEventConcluded(id, 6, Body, new(2026, 12, 11), Start.AddDays(1).AddHours(1)),
            new PressEventMaterialsPublished(id, 7, Body, [new(Guid.NewGuid(), "recording", "kk")], Start.AddDays(2)),
        ];
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public async Task In_odd_order_and_twice_make_one_draft_each(int seed)
    {
        var (id, random) = (Guid.NewGuid(), new Random(seed));
        var news = All(id).SelectMany(n => new[] { n, n }).ToArray();
        random.Shuffle(news);
        await Say(news);

        var drafts = await Eventually.Get("all is heard", () => Drafts(id), found => found.Count == 3 && found[$"press-event:{id}:live"].Text("state") == "Cancelled"
            && found[$"press-event:{id}:concluded"].Body.Contains("Опубликованы материалы", StringComparison.Ordinal) && found[$"press-event:{id}"].Body.Contains("8 декабря", StringComparison.Ordinal)
            && found.Values.All(d => d.Text("state") == "Cancelled" || d.Body.Contains("Кампания", StringComparison.Ordinal)));
        await Eventually.So("nothing waits any more", async () => await Queues.Count(house.Wire.Servers.Rabbit, Queues.Publications) == 0);
        drafts = await Drafts(id);
        Assert.Equal([$"press-event:{id}", $"press-event:{id}:concluded", $"press-event:{id}:live"], drafts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("Пресс-конференция: Кампания прививок", "Drafted"), (drafts[$"press-event:{id}"].Json.GetProperty("title").GetProperty("ru").GetString(), drafts[$"press-event:{id}"].Text("state")));
        Assert.Contains("№ 2 зал", drafts[$"press-event:{id}"].Body, StringComparison.Ordinal);
        Assert.Equal("Не айтылды: Егу науқаны", drafts[$"press-event:{id}:concluded"].Json.GetProperty("title").GetProperty("kk").GetString());
    }

    [Fact]
    public async Task A_move_after_the_announcement_is_out_makes_one_notice()
    {
        var id = Guid.NewGuid();
        var all = All(id);
        await Say(all[0]);
        var draft = (await Eventually.Get("it is drafted", () => Drafts(id), found => found.Count == 1)).Values.Single();
        var edited = (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{draft.Text("id")}/edit", new { wantedAt = DateTimeOffset.UtcNow.AddSeconds(4) }, draft.Version)).Is(200);
        await house.Arm(Body, edited);
        await house.Becomes(draft.Json.GetProperty("id").GetGuid(), Body, "Released");

        await Say(all[2], all[2], all[1]);

        var notice = (await Eventually.Get("a notice is drafted", () => Drafts(id), found => found.TryGetValue($"press-event:{id}:change", out var n) && n.Body.Contains("Кампания", StringComparison.Ordinal)))[$"press-event:{id}:change"];
        Assert.Equal(("Announcement", "Drafted"), (notice.Text("kind"), notice.Text("state")));
        var announcement = (await Drafts(id))[$"press-event:{id}"];
        Assert.Equal(("Released", false), (announcement.Text("state"), announcement.Json.GetProperty("causeChanged").ValueKind == System.Text.Json.JsonValueKind.Null));
        Assert.Equal(2, (await Drafts(id)).Count);
    }

    private async Task<IReadOnlyDictionary<string, Reply>> Drafts(Guid id)
    {
        var list = (await house.Publishing(Roles.Editor, Body).Get("/v1/publications?limit=200")).Is(200);
        var own = await Task.WhenAll(list.Items.Where(p => p.GetProperty("cause").GetString()?.StartsWith("press-event:" + id, StringComparison.Ordinal) == true)
            .Select(p => house.Publication(p.GetProperty("id").GetGuid(), Body)));
        return own.ToDictionary(p => p.Text("cause")!);
    }

    private async Task Say(params object[] news)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit => rabbit.Host(new Uri(house.Wire.Servers.Rabbit)));
        await bus.StartAsync(TimeSpan.FromSeconds(10));
        foreach (var one in news)
        {
            await bus.Publish(one, one.GetType());
        }

        await bus.StopAsync(TimeSpan.FromSeconds(10));
    }
}
