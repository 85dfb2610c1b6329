using Contracts.PressEvents;

namespace Platform.Wire;

/// <summary>From the announcement to the site: one draft however often it is said, one copy that is not early, and nothing at a time that is no longer so.</summary>
[Collection(House.Collection)]
public sealed class What_comes_of_an_announcement(House house, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "min-emergency";

    public async ValueTask InitializeAsync()
    {
        await House.Up(house.PressEvents, house.Publications);
        await house.SiteBehaves("none");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_announced_event_becomes_one_draft_and_stands_at_the_site_once_and_not_early()
    {
        var id = await house.Announced(Body);
        var draft = await Draft("press-event:" + id, Body);
        Assert.Equal("Announcement", draft.Text("kind"));
        await SayAgain<PressEventAnnounced>(id, times: 3);

        var wanted = DateTimeOffset.UtcNow.AddSeconds(4);
        var edited = (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{draft.Text("id")}/edit", new { wantedAt = wanted }, draft.Version)).Is(200);
        var publication = (await house.Arm(Body, edited)).Is(200).Json.GetProperty("id").GetGuid();
        var released = await house.Becomes(publication, Body, "Released");

        var taken = Assert.Single(await house.AtSite(publication));
        var line = Assert.Single(await house.Deliveries(publication, Body));
        Assert.True(taken.ReceivedAt >= wanted, $"due {wanted:O}, at the site {taken.ReceivedAt:O}");
        Assert.True(line.StartedAt >= wanted && line.StartedAt <= taken.ReceivedAt, $"due {wanted:O}, noted {line.StartedAt:O}, at the site {taken.ReceivedAt:O}");
        Assert.Equal((taken.AttemptId, "Accepted", taken.Id, "answer"), (line.AttemptId, line.State, line.ExternalId, line.KnownFrom));
        output.WriteLine($"at the site {(taken.ReceivedAt - wanted).TotalMilliseconds:F0} ms after its time");
        Assert.Single(await Drafts("press-event:" + id, Body));
        await Eventually.So("its release is heard", () => house.Wire.Heard.About(publication).Any(m => m.Message is Contracts.Publications.PublicationReleased));
        Assert.Contains(draft.Json.GetProperty("title").GetProperty("kk").GetString()!, (await Ground.Wire.As(house.Publications, null).Get("/feeds/publications.kk.atom")).Is(200).Body);
        Assert.Equal(released.Version, (await house.Publication(publication, Body)).Version);
    }

    [Fact]
    public async Task A_reschedule_after_approval_sends_it_back_to_review_and_nothing_goes_out_at_the_old_time()
    {
        var id = await house.Announced(Body);
        var draft = await Draft("press-event:" + id, Body);
        var wanted = DateTimeOffset.UtcNow.AddSeconds(5);
        var edited = (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{draft.Text("id")}/edit", new { wantedAt = wanted }, draft.Version)).Is(200);
        var publication = (await house.Arm(Body, edited)).Is(200).Json.GetProperty("id").GetGuid();

        var (start, end) = house.Slot();
        (await house.Press().Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(start), end = House.Text(end) }, 2)).Is(200);

        var returned = await house.Becomes(publication, Body, "InReview", 4);
        Assert.Equal(("rescheduled", "cause-rescheduled", 0), (returned.Json.GetProperty("causeChanged").GetProperty("what").GetString(), returned.Text("returned"), returned.Json.GetProperty("approvals").GetArrayLength()));
        // one that was due after the old time is out: so the releaser has passed it
        await Eventually.So("the old time has passed", () => DateTimeOffset.UtcNow > wanted);
        var witness = await house.Soon(Body);
        await house.Becomes(witness, Body, "Released");
        Assert.Single(await house.AtSite(witness));
        Assert.Empty(await house.AtSite(publication));
        Assert.Empty(await house.Deliveries(publication, Body));
        Assert.Equal(returned.Version, (await house.Publication(publication, Body)).Version);
    }

    [Fact]
    public async Task News_that_come_in_the_wrong_order_and_twice_leave_the_newest_time_in_the_draft()
    {
        var id = await house.Announced(Body);
        var first = await Draft("press-event:" + id, Body);
        var newest = "";
        for (var version = 2; version <= 3; version++)
        {
            var (start, end) = house.Slot();
            newest = $"{start:HH:mm}–{end:HH:mm}";
            (await house.Press().Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(start), end = House.Text(end) }, version)).Is(200);
        }

        // the second may be heard first, and then the first is old news
        var draft = await Eventually.Get("the draft has the newest time", async () => (await Drafts("press-event:" + id, Body))[0], d => d.Body.Contains(newest, StringComparison.Ordinal));
        Assert.InRange(draft.Version, first.Version + 1, first.Version + 2);
        await SayAgain<PressEventRescheduled>(id, times: 2);
        // the older move under an id that nobody heard: only its version tells
        var older = house.Wire.Heard.About(id).Select(m => m.Message).OfType<PressEventRescheduled>().MinBy(m => m.Version)!;
        await house.Say(older, Guid.NewGuid(), house.Publications);

        var now = Assert.Single(await Drafts("press-event:" + id, Body));
        Assert.Equal((draft.Version, draft.Body), (now.Version, now.Body));
    }

    private async Task<Reply> Draft(string cause, string body) => (await Eventually.Get("a draft of " + cause, () => Drafts(cause, body), found => found.Count > 0))[0];

    private async Task<IReadOnlyList<Reply>> Drafts(string cause, string body)
    {
        var list = (await house.Publishing(Roles.Editor, body).Get("/v1/publications?limit=200")).Is(200);
        return await Task.WhenAll(list.Items.Where(p => p.GetProperty("cause").GetString() == cause).Select(p => house.Publication(p.GetProperty("id").GetGuid(), body)));
    }

    /// <summary>The same message, by the same id.</summary>
    private async Task SayAgain<T>(Guid subject, int times) where T : class
    {
        var said = await Eventually.Get("it was said", () => Task.FromResult(house.Wire.Heard.About(subject).Where(m => m.Message is T).ToList()), found => found.Count > 0);
        for (var i = 0; i < times; i++)
        {
            foreach (var message in said)
            {
                await house.Say((T)message.Message, message.MessageId, house.Publications);
            }
        }
    }
}
