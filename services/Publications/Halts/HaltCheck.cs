using Marten;
using Platform;

namespace Publications;

/// <summary>Who is to be seen in pictures and films of the registry.</summary>
public interface IDepicted
{
    Task<IReadOnlyList<Guid>> PersonsIn(IQuerySession session, IReadOnlyList<Guid> mediaIds, CancellationToken ct);
}

/// <summary>While there is no registry of pictures.</summary>
public sealed class NobodyDepicted : IDepicted
{
    public Task<IReadOnlyList<Guid>> PersonsIn(IQuerySession session, IReadOnlyList<Guid> mediaIds, CancellationToken ct) => Task.FromResult<IReadOnlyList<Guid>>([]);
}

/// <summary>Where halts may reach a publication: one scope for each of its channels.</summary>
public sealed class HaltReach(IChannelAccounts accounts, IDepicted depicted)
{
    public async Task<IReadOnlyList<HaltScope>> Of(IQuerySession session, Publication publication, CancellationToken ct)
    {
        var content = publication.Content;
        var shown = content.Media is { Count: > 0 } media ? await depicted.PersonsIn(session, [.. media.Select(m => m.MediaId).Distinct()], ct) : [];
        IReadOnlyList<Guid> persons = content.SubjectPersonId is { } subject ? [.. shown.Append(subject).Distinct()] : shown;
        List<HaltScope> scopes = [];
        foreach (var channel in content.Channels)
        {
            var account = await accounts.Find(channel, ct);
            scopes.Add(new(publication.Body, channel, account?.Kind ?? channel, content.Tags ?? [], persons));
        }

        return scopes;
    }
}

/// <summary>
/// Arming is allowed while something is halted, going out is not. As a gate it only warns, so that a check shows it; <see cref="Demand"/> is for what would go out at once
/// (<c>release-now</c>, <c>decide-missed</c> publish).
/// </summary>
public sealed class HaltCheck(IHalts halts, HaltReach scopes) : IReleaseGate
{
    public const string Code = "halted";

    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        await Halted(session, publication, ct) is { } halt ? [new(Code, $"A halt holds: {halt}.", "channels", Blocking: false)] : [];

    /// <summary>Refuses with <c>halted</c> (409) while a halt stops it on any of its channels.</summary>
    public async Task Demand(IQuerySession session, Publication publication, CancellationToken ct)
    {
        if (await Halted(session, publication, ct) is { } halt)
        {
            throw Refused.Conflict(Code, "A halt holds; a second person lifts it.", new Dictionary<string, object?> { ["haltId"] = halt });
        }
    }

    private async Task<Guid?> Halted(IQuerySession session, Publication publication, CancellationToken ct)
    {
        var now = await halts.Read(session, ct);
        return (await scopes.Of(session, publication, ct)).Select(now.Stops).FirstOrDefault(halt => halt is not null);
    }
}
