using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Platform.Wire;

/// <summary>Doors are open on every replica; the relay runs on one, and on another when that one dies.</summary>
public sealed partial class Two_replicas(Ground.Wire wire, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "akimat-61";

    public async ValueTask InitializeAsync()
    {
        foreach (var replica in new[] { wire.Inquiries, wire.SecondInquiries }.Where(r => !r.Runs))
        {
            await replica.Start();
            await replica.Ready();
        }
    }

    [Fact]
    public async Task One_relays_and_after_its_death_the_other_within_ten_seconds()
    {
        var leaders = await Eventually.Get("exactly one relays", Leaders, found => found.Count == 1, 30);
        var (leader, other) = leaders[0] == wire.Inquiries ? (wire.Inquiries, wire.SecondInquiries) : (wire.SecondInquiries, wire.Inquiries);
        await Told(leader, "while both live");
        await Told(other, "by the one that does not relay");

        await leader.Kill();
        var clock = Stopwatch.StartNew();
        await Told(other, "after the leader's death");

        output.WriteLine($"kill -9 of the leader to the next message heard: {clock.Elapsed.TotalSeconds:F1} s");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal([other], await Leaders());
        await leader.Start();
        await leader.Ready();
        Assert.Equal([other], await Leaders());
    }

    [Fact]
    public async Task A_replica_that_is_asked_to_stop_hands_over_and_loses_no_request()
    {
        var leader = (await Eventually.Get("exactly one relays", Leaders, found => found.Count == 1, 30))[0];
        var other = leader == wire.Inquiries ? wire.SecondInquiries : wire.Inquiries;

        var seconds = await leader.Stop();
        var clock = Stopwatch.StartNew();
        await Told(other, "after the leader's stop");

        output.WriteLine($"SIGTERM took {seconds:F1} s; the next message was heard {clock.Elapsed.TotalSeconds:F1} s later");
        Assert.InRange(seconds, 0, 35);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        await leader.Start();
        await leader.Ready();
    }

    [Fact]
    public async Task Both_give_numbers_without_gaps_and_know_each_others_versions()
    {
        string[] doors = [.. new[] { wire.Inquiries, wire.SecondInquiries }.Select(s => s.Rest.ToString())];
        var forms = Enumerable.Range(0, 40).Select(_ => Forms.For("akimat-62")).ToList();

        // each form at both doors at once
        var replies = await Task.WhenAll(forms.SelectMany(f => doors.Select(d => new Door(new(d), Tokens.Egov()).Post("/v1/egov/forms", f))));

        Assert.Equal((40, 40), (replies.Count(r => r.Status == 201), replies.Count(r => r.Status == 200)));
        Assert.Equal(Enumerable.Range(1, 40), replies.Select(r => int.Parse(Received.From(r).Number[^6..], System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order());
        var request = Received.From(replies[0]);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => new Door(new(doors[i % 2]), Tokens.Officer("akimat-62")).Post($"/v1/inquiries/{request.Id}/answer", new { text = $"Ответ {i}" }, 2)));
        Assert.Single(answers, a => a.Status == 200);
    }

    /// <summary>A form at this replica's door is heard of.</summary>
    private async Task Told(ServiceProcess replica, string when)
    {
        var request = Received.From((await Ground.Wire.As(replica, Tokens.Egov()).Post("/v1/egov/forms", Forms.For(Body))).Is(201));
        await Eventually.So("a message " + when, () => wire.Heard.About(request.Id).Any(), 30);
    }

    private async Task<IReadOnlyList<ServiceProcess>> Leaders()
    {
        List<ServiceProcess> leaders = [];
        foreach (var replica in new[] { wire.Inquiries, wire.SecondInquiries }.Where(r => r.Runs))
        {
            var metrics = (await Ground.Wire.As(replica, null).Get("/metrics")).Is(200).Body;
            if (Leads().Match(metrics) is { Success: true } found && found.Groups[1].Value == "1")
            {
                leaders.Add(replica);
            }
        }

        return leaders;
    }

    [GeneratedRegex(@"^platform_relay_leader\{?.*\}? (\d)", RegexOptions.Multiline)]
    private static partial Regex Leads();

    public async ValueTask DisposeAsync()
    {
        await wire.SecondInquiries.DisposeAsync();
        if (!wire.Inquiries.Runs)
        {
            await wire.Inquiries.Start();
            await wire.Inquiries.Ready();
        }
    }
}
