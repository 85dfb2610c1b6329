using System.Collections.Frozen;
using Marten;
using Platform;

namespace Publications;

/// <summary>One finding as shown; <paramref name="Words"/> in kk and ru for people, null for a code that this list has no words for.</summary>
public sealed record CheckShown(string Code, string Text, Bilingual? Words, string? Field, bool Blocking)
{
    private static readonly FrozenDictionary<string, Bilingual> Table = Read();

    public static CheckShown Of(Finding finding) => new(finding.Code, finding.Text, Table.GetValueOrDefault(finding.Code), finding.Field, finding.Blocking);

    private static FrozenDictionary<string, Bilingual> Read()
    {
        using var reader = new StringReader(Store.Script(typeof(CheckShown).Assembly, "finding-words.csv"));
        return Tables.Read(reader).ToFrozenDictionary(row => row["code"], row => new Bilingual(row["kk"], row["ru"]));
    }
}

/// <summary>Everything that the checks find on one version of a publication, blocking first.</summary>
public sealed record ChecksReply(Guid Id, long Version, bool Blocked, IReadOnlyList<CheckShown> Items)
{
    /// <summary>The instant as of which the content was judged; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>With <see cref="AsOf"/>: by what it was judged as that is now, for it was not to be had as it stood then.</summary>
    public IReadOnlyList<string>? OfNow { get; init; }
}

/// <summary>All checks: the pure ones, the looks at links, open comments, and every gate that the release itself will ask.</summary>
public sealed class Checks(IQuerySession session, Work work, ReviewGate review, IEnumerable<IReleaseGate> gates, LinkTable links, TimeProvider clock)
{
    /// <summary>Lists and registries that keep no look of theirs for an instant; the content, its comments and the clock are those of then.</summary>
    public static readonly IReadOnlyList<string> OfNow = ["accounts", "halts", "links", "media", "people", "restrictedWords"];

    /// <summary>Of what would become public next, as it stands or stood at an instant.</summary>
    public async Task<ChecksReply> Of(Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var (publication, version) = await session.UnderReview(work.Caller, id, asOf, ct);
        var (content, now) = (publication.ToCome(), clock.GetUtcNow());
        var at = asOf < now ? asOf.Value : now;
        var comments = await session.AsOf<ReviewThread>(ReviewThreadDecider.StreamOf(id), asOf, ReviewThreadDecider.Evolve, ct);
        List<Finding> found =
        [
            .. ParityChecks.Of(content),
            .. MediaWordChecks.Of(content),
            .. await review.Sensitive(session, content, at, ct),
            .. LinkChecks.Of(content, await links.Of(id, ct)),
            .. Delegates.Check(publication, (await session.Accounts(content.Channels, ct)).Values, now),
            .. comments is (var thread, _) ? ReviewThreadDecider.Check(thread) : [],
            .. await gates.Check(session, publication with { Content = content }, at, ct),
        ];
        return new(id, version, found.Any(f => f.Blocking), [.. found.Distinct().OrderByDescending(f => f.Blocking).Select(CheckShown.Of)]) { AsOf = asOf, OfNow = asOf is null ? null : OfNow };
    }
}

public static class ReviewReads
{
    public static readonly string[] Readers = [Roles.Editor, Roles.Approver, Roles.Auditor], Writers = [Roles.Editor, Roles.Approver];

    /// <summary>The content that would become public next: a correction that waits for its approvals, else what stands there.</summary>
    public static Content ToCome(this Publication publication) => publication.Proposed?.Content ?? publication.Content;

    /// <summary>A publication, now or as it was recorded at an instant, for officials of its body and auditors; for all others there is none.</summary>
    public static async Task<(Publication State, long Version)> UnderReview(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        caller.Demand(Readers);
        // the store takes no empty id, not even to look for it
        id = id != Guid.Empty ? id : throw Refused.Missing(nameof(Publication));
        (Publication State, long Version)? found = asOf is null
            ? await session.LoadAsync<PublicationView>(id, ct) is { } view ? (view.Now, view.Version) : null
            : await session.AsOf<Publication>(id, asOf, PublicationFold.Evolve, ct);
        return found is { } one && caller.Sees(one.State.Body) ? one : throw Refused.Missing(nameof(Publication));
    }
}

public static class ChecksRest
{
    public static void MapChecks(this IEndpointRouteBuilder app) => app.MapGet("/v1/publications/{id:guid}/checks",
        async (Guid id, DateTimeOffset? asOf, Checks checks, HttpResponse reply, CancellationToken ct) => await checks.Of(id, asOf, ct) is var found ? reply.Versioned(found, found.Version) : null)
        .ForRoles(ReviewReads.Readers).WithTags("Review").Produces<ChecksReply>()
        .WithSummary("What the checks find, with reasons; blocking ones keep it from going out. asOf: what stood there then, judged at that instant; ofNow says by what of today.");
}
