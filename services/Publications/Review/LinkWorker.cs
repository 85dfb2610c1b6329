using Platform;

namespace Publications;

/// <summary>Looks at the links that are due, outside of any request and any transaction; any number of replicas may run.</summary>
public sealed class LinkWorker(LinkTable table, LinkProbe probe, TimeProvider clock, ILogger<LinkWorker> log) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await table.Claim(AtOnce, stoppingToken);
                await Task.WhenAll(claimed.Select(link => Look(link, stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Links wait: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(5), clock, stoppingToken);
            }
        }
    }

    private async Task Look(LinkTable.Claimed link, CancellationToken ct)
    {
        var (outcome, status) = await probe.Ask(link.Url, ct);
        await table.Keep(link, outcome, status, ct);
    }
}

/// <summary>What the looks at its links say of a publication.</summary>
public static class LinkChecks
{
    public static IEnumerable<Finding> Of(Content content, IReadOnlyDictionary<string, LinkSeen> seen) => ContentWords.Of(content)
        .SelectMany(word => TextReading.Links(word.Words).Select(link => Judged(link, seen.GetValueOrDefault(link), word.Field))).OfType<Finding>().DistinctBy(f => f.Text);

    private static Finding? Judged(string link, LinkSeen? seen, string field) => LinkProbe.Address(link, null) is null
        ? new("link-unsafe", "A link is no plain web address: is there a password in it?", field, false)
        : seen?.Outcome switch
        {
            LinkSeen.Answers => null,
            LinkSeen.Dead => new("link-dead", $"{link} answered {seen.Status}, at {seen.CheckedAt:O}.", field, false),
            LinkSeen.Silent => new("link-dead", $"{link} did not answer, at {seen.CheckedAt:O}.", field, false),
            LinkSeen.Unsafe => new("link-unsafe", $"{link} leads to an address that the public cannot reach.", field, false),
            _ => new("link-unchecked", $"{link} was not looked at yet.", field, false),
        };
}
