using System.Diagnostics;

namespace Platform.Wire;

/// <summary>As of Inquiries: one replica relays, and after its death the other.</summary>
[Collection(House.Collection)]
public sealed class Two_replicas_of_press_and_publications(House house, ITestOutputHelper output) : IAsyncLifetime
{
    private const string Body = "min-labour";

    public async ValueTask InitializeAsync() => await house.SiteBehaves("none");

    public async ValueTask DisposeAsync()
    {
        await house.SecondPressEvents.DisposeAsync();
        await house.SecondPublications.DisposeAsync();
        await House.Up(house.PressEvents, house.Publications);
    }

    [Theory]
    [InlineData("PressEvents")]
    [InlineData("Publications")]
    public async Task One_relays_and_after_its_death_the_other_within_ten_seconds(string service)
    {
        ServiceProcess[] both = service == "PressEvents" ? [house.PressEvents, house.SecondPressEvents] : [house.Publications, house.SecondPublications];
        await House.Up(both);
        var leader = Assert.Single(await Eventually.Get("exactly one relays", () => Leaders(both), found => found.Count == 1, 30));
        var other = both.Single(r => r != leader);
        await Heard(await Tell(leader));
        await Heard(await Tell(other));

        var told = service == "Publications" ? await Tell(other) : Guid.Empty; // due a second later, when nobody relays
        await leader.Kill();
        var clock = Stopwatch.StartNew();
        await Heard(told != Guid.Empty ? told : await Tell(other));

        output.WriteLine($"{service}: kill -9 of the leader to the next message heard: {clock.Elapsed.TotalSeconds:F1} s");
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 10);
        Assert.Equal([other], await Leaders(both));
        await House.Up(leader);
        Assert.Equal([other], await Leaders(both));

        Task<Guid> Tell(ServiceProcess replica) => service == "PressEvents" ? house.Announced(Body, replica) : house.Soon(Body, replica);
    }

    private Task Heard(Guid subject) => Eventually.So("a message about it", () => house.Wire.Heard.About(subject).Any(m => m.Message is not Contracts.Publications.PublicationMoved), 30); // steps before its release are told at once

    private static async Task<IReadOnlyList<ServiceProcess>> Leaders(IEnumerable<ServiceProcess> replicas)
    {
        List<ServiceProcess> leaders = [];
        foreach (var replica in replicas.Where(r => r.Runs))
        {
            var lead = (await Ground.Wire.As(replica, null).Get("/metrics")).Is(200).Body.Split('\n').Where(l => l.StartsWith("platform_relay_leader", StringComparison.Ordinal)).ToList();
            if (lead.Any(l => l.Split(' ')[1] == "1"))
            {
                leaders.Add(replica);
            }
        }

        return leaders;
    }
}
