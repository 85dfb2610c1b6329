using Marten;

namespace Publications;

/// <summary>Where halts may reach a publication: one scope for each of its channels, with whoever its pictures show.</summary>
public sealed class HaltReach(ChannelBook channels)
{
    public async Task<IReadOnlyList<HaltScope>> Of(IQuerySession session, Publication publication, CancellationToken ct)
    {
        var shown = publication.Content.Media is { Count: > 0 } media ? await Depicted.PersonsIn(session, [.. media.Select(m => m.MediaId).Distinct()], ct) : [];
        List<HaltScope> scopes = [];
        foreach (var code in publication.Content.Channels)
        {
            // a closed account has no kind any more, and takes nothing
            var account = await channels.Find(code, ct) ?? new ChannelAccount(code, code, publication.Body, [], new Dictionary<string, string>());
            var scope = HaltScopes.Of(publication, account);
            scopes.Add(scope with { Persons = [.. scope.Persons.Union(shown)] });
        }

        return scopes;
    }
}

/// <summary>
/// Arming for a later time is allowed while a halt holds; going out is not: what would go out at once (<c>release-now</c>, <c>decide-missed</c> publish) is refused, and what is
/// claimed at its time is missed, also when its time lay in a halt that is over. Where only some of its channels are halted, the others go on.
/// </summary>
public sealed class HaltCheck(IHalts halts, HaltReach reach) : IReleaseGate
{
    public const string Code = "halted";

    // once a transaction has read the epoch, no other follows until it ends: one read serves all that a claim looks at
    private HaltsNow? _halts;

    public async Task<IReadOnlyList<Finding>> Check(IQuerySession session, Publication publication, DateTimeOffset now, CancellationToken ct) =>
        Find(_halts ??= await halts.Read(session, ct), await reach.Of(session, publication, ct), publication.State == PublicationState.Scheduled && publication.DueAt <= now ? publication.DueAt : null);

    /// <summary><paramref name="goesOutDueAt"/>: when it was due, if it goes out now; null while it is only armed or looked at.</summary>
    public static IReadOnlyList<Finding> Find(HaltsNow halts, IReadOnlyList<HaltScope> scopes, DateTimeOffset? goesOutDueAt)
    {
        var stopping = scopes.Select(scope => halts.Stops(scope) ?? (goesOutDueAt is { } due ? halts.Passed(scope, due) : null)).ToArray();
        return stopping.OfType<Guid>().Distinct().Select(halt => new Finding(Code, $"Halt {halt} stops it; a second person lifts it.", "channels",
            Blocking: goesOutDueAt is not null && stopping.All(stop => stop is not null))).ToList();
    }
}
