using JasperFx.Events;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>One request of a family with its facts, fetched for writing.</summary>
public sealed record Relative(IEventStream<Inquiry> Stream, IReadOnlyList<object> Facts)
{
    public Inquiry State => Stream.Aggregate!;
}

/// <summary>
/// The requests that share one subject: what came in, what it or its parts were forwarded to, and its repeats. These are sealed with the same key, so
/// blocking and erasing hold for all of them, and each one's stream says so. They are found by walking the hand-overs, for no index over
/// subjects stands beside the facts; every one is fetched with its version, so that a hand-over at the same moment makes the act stale.
/// </summary>
public static class Family
{
    /// <summary>The family of a request, itself first: Missing (unknown, or not the caller's) before VersionRequired before Stale.</summary>
    public static async Task<IReadOnlyList<Relative>> Find(IDocumentSession session, Guid id, Seen seen, Func<Inquiry, bool> may, CancellationToken ct)
    {
        var family = id == Guid.Empty ? [] : await Of(session, id, ct);
        if (family is not [var own, ..] || !may(own.State))
        {
            throw Refused.Missing(nameof(Inquiry));
        }

        seen.Check(own.Stream.CurrentVersion ?? 0);
        return family;
    }

    /// <summary>Appends what each decided and commits, with whatever else the session holds.</summary>
    public static async Task<CommandDone> Save(IDocumentSession session, IReadOnlyList<Relative> family, Func<Inquiry, IReadOnlyList<object>> decide, CancellationToken ct)
    {
        var decided = family.Select(r => (Relative: r, Facts: decide(r.State))).ToList();
        var own = decided[0];
        var version = (own.Relative.Stream.CurrentVersion ?? 0) + own.Facts.Count; // before appending, which moves it
        foreach (var (relative, facts) in decided.Where(d => d.Facts.Count > 0))
        {
            relative.Stream.AppendMany(facts);
        }

        await session.SaveChangesAsync(ct);
        return new(own.Relative.State.Id, version, own.Relative.State.State.ToString());
    }

    private static async Task<IReadOnlyList<Relative>> Of(IDocumentSession session, Guid id, CancellationToken ct)
    {
        Dictionary<Guid, Relative> found = [];
        Queue<Guid> next = new([id]);
        while (next.TryDequeue(out var each))
        {
            if (found.ContainsKey(each))
            {
                continue;
            }

            var stream = await session.Events.FetchForWriting<Inquiry>(each, ct);
            IReadOnlyList<object> facts = [.. (await session.Events.FetchStreamAsync(each, version: stream.CurrentVersion ?? 0, token: ct)).Select(e => e.Data)];
            found.Add(each, new(stream, facts));
            foreach (var relative in facts.SelectMany(Kin))
            {
                next.Enqueue(relative);
            }
        }

        return found[id].Stream.Aggregate is null ? []
            : [found[id], .. found.Where(r => r.Key != id && r.Value.Stream.Aggregate is not null && r.Value.State.SubjectId == found[id].State.SubjectId).Select(r => r.Value)];
    }

    /// <summary>The requests that a fact names as parent or child.</summary>
    public static IEnumerable<Guid> Kin(object fact) => fact switch
    {
        InquiryHandedOver e => [e.FromInquiryId],
        InquiryForwarded e => [e.ForwardedInquiryId],
        InquiryForwardedInPart e => e.Parts.Select(p => p.ForwardedInquiryId),
        FullAnswerAsked e => [e.NextInquiryId],
        InquiryRepeated e => [e.FromInquiryId],
        _ => [],
    };
}
