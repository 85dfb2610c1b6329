namespace Platform.Wire;

public sealed class Ten_answers_at_once(Ground.Wire wire)
{
    [Fact]
    public async Task Have_one_winner_and_leave_one_fact()
    {
        var request = await wire.Receive("akimat-27");
        var officer = wire.Officer("akimat-27");

        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            officer.Post($"/v1/inquiries/{request.Id}/answer", new { text = $"Ответ номер {i}" }, seen: 2)));

        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => Assert.True(r is { Status: 412, Code: "version-stale" } or { Status: 409, Code: "already-answered" }, r.Body));
        Assert.Equal(1L, await Sql.One<long>(wire.Servers.Database("inquiries"),
            "select count(*) from mt_events where type = 'inquiry_answered' and stream_id = $1", request.Id));
        Assert.Equal("Answered", (await officer.Get($"/v1/inquiries/{request.Id}")).Text("state"));
    }
}
