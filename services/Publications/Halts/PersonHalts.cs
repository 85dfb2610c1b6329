using Marten;

namespace Publications;

/// <summary>A dispute about a picture halts its person's scope at once.</summary>
public interface IPersonHalts
{
    /// <summary>Within the caller's transaction; the caller saves. A person whom the service has halted already stays so.</summary>
    Task Halt(IDocumentSession session, Guid personId, string reason, CancellationToken ct);
}

/// <summary>Placed by the service itself for everybody: any official of the Central Communications Service is a second person.</summary>
public sealed class PersonHalts(TimeProvider clock) : IPersonHalts
{
    public async Task Halt(IDocumentSession session, Guid personId, string reason, CancellationToken ct)
    {
        var person = personId.ToString();
        var active = await session.Query<HaltView>().Where(v => v.IsActive && v.Now.Scope.Kind == HaltDecider.OfPerson && v.Now.Scope.Value == person).ToListAsync(ct);
        if (active.Any(v => v.Now.PlacedBy == ReleaseDecider.Service))
        {
            return; // anybody may dispute, again and again
        }

        await HaltWriter.Place(session, (epoch, now) => new(Guid.CreateVersion7(now), new(HaltDecider.OfPerson, person), null, null, GivenWords.Needed(reason, "reason", HaltDecider.LongestReason),
            ReleaseDecider.Service, epoch, now), clock, ct);
    }
}
