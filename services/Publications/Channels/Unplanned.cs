using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

// The facts about one post that nobody released here. Its words are the account's own, public already; what others wrote under it is not read.

/// <summary>
/// A post stands on a registered account, and no release of ours explains it. <paramref name="MediaHashes"/>: SHA-256 of the channel's copies of its
/// pictures, hex; <paramref name="KnownMedia"/>: those of them that the registry of media has.
/// </summary>
public sealed record UnplannedPostFound(Guid UnplannedId, Guid AccountId, string Channel, string Body, string ExternalId, DateTimeOffset PostedAt, string Text,
    IReadOnlyList<string> MediaHashes, IReadOnlyList<Guid> KnownMedia, DateTimeOffset At)
{
    /// <summary>Codes of what spoke against it when it was found; null: the checks were not asked yet.</summary>
    public IReadOnlyList<string>? Findings { get; init; }
}

/// <summary>One person wants it adopted although <paramref name="Findings"/> (codes) speak against it, and says why; it takes another one. <paramref name="Media"/>: what its unknown pictures are said to be.</summary>
public sealed record UnplannedAdoptionAsked(Guid UnplannedId, string Reason, IReadOnlyList<string> Findings, Guid? SubjectPersonId, IReadOnlyList<Guid>? Media, string By, DateTimeOffset At);

/// <summary>A person decided about it: <c>adopt</c> (it stands as if released), <c>report</c> (to whoever answers for the account), or <c>ignore</c>, which has a reason.</summary>
public sealed record UnplannedPostDecided(Guid UnplannedId, string Decision, string? Reason, string By, DateTimeOffset At)
{
    /// <summary>Codes of what spoke against it at that time; null: nothing, or the checks were not asked yet.</summary>
    public IReadOnlyList<string>? Findings { get; init; }

    /// <summary>Whom it is about, by the registry of people, if that was said.</summary>
    public Guid? SubjectPersonId { get; init; }

    /// <summary>What its unknown pictures were said to be, in order, by the registry of media.</summary>
    public IReadOnlyList<Guid>? Media { get; init; }

    /// <summary>Who asked for the adoption in spite of the findings; <see cref="By"/> is the second person.</summary>
    public string? AskedBy { get; init; }
}

/// <summary>One such post as its facts leave it.</summary>
public sealed record UnplannedPost(Guid Id, Guid AccountId, string Channel, string Body, string ExternalId, DateTimeOffset PostedAt, string Text, IReadOnlyList<string> MediaHashes,
    IReadOnlyList<Guid> KnownMedia, DateTimeOffset FoundAt) : IOfBody
{
    public string? Decision { get; init; }
    public string? Reason { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What spoke against it when it was decided, else when it was found; codes.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
    public Guid? SubjectPersonId { get; init; }
    public IReadOnlyList<Guid>? Media { get; init; }
    public string? AskedBy { get; init; }

    /// <summary>An adoption in spite of findings that waits for a second person.</summary>
    public UnplannedAdoptionAsked? Asked { get; init; }
}

/// <summary>The rules about it: values in, values out.</summary>
public static class UnplannedDecider
{
    public const string Adopt = "adopt", Report = "report", Ignore = "ignore";
    public static readonly Type[] Facts = [typeof(UnplannedPostFound), typeof(UnplannedAdoptionAsked), typeof(UnplannedPostDecided)];
    private const int LongestReason = 1000, LongestText = 70_000;
    private static readonly Guid Space = new("0b6a4b1a-5a9e-4f0a-8f57-0c2f3a9d7e41");

    /// <summary>One stream per post, so that however many readers find it, it is found once.</summary>
    public static Guid IdOf(string channel, string externalId) => NamedId.Of(Space, channel + " " + externalId);

    public static UnplannedPost? Evolve(UnplannedPost? state, object fact) => fact switch
    {
        UnplannedPostFound e => new(e.UnplannedId, e.AccountId, e.Channel, e.Body, e.ExternalId, e.PostedAt, e.Text, e.MediaHashes, e.KnownMedia, e.At) { Findings = e.Findings ?? [] },
        UnplannedAdoptionAsked e => state! with { Asked = e },
        UnplannedPostDecided e => state! with
        {
            Decision = e.Decision,
            Reason = e.Reason,
            DecidedBy = e.By,
            DecidedAt = e.At,
            Findings = e.Findings ?? [],
            SubjectPersonId = e.SubjectPersonId ?? state.SubjectPersonId,
            Media = e.Media ?? state.Media,
            AskedBy = e.AskedBy,
            Asked = null,
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an unplanned post."),
    };

    public static UnplannedPostFound Find(RegisteredAccount account, FoundPost post, DateTimeOffset now) => new(IdOf(account.Code, post.ExternalId), account.Id,
        account.Code, account.Body, post.ExternalId, post.PostedAt.ToUniversalTime(), post.Text.Length > LongestText ? Fitted.Shorten(post.Text, LongestText) : post.Text, post.MediaHashes, [], now);

    /// <summary>With what the registries and the checks say of it.</summary>
    public static UnplannedPostFound Judged(UnplannedPostFound found, UnplannedJudged judged) => found with { KnownMedia = [.. judged.Media.Select(m => m.Id).OfType<Guid>().Distinct()], Findings = judged.Blocking };

    /// <summary>Decided otherwise later: the last word counts, each stays in the history.</summary>
    public static IReadOnlyList<object> Decide(UnplannedPost state, DecideUnplanned ask, IReadOnlyList<Finding> findings, IReadOnlyList<string> own, string by, DateTimeOffset now)
    {
        _ = ask.Decision is Adopt or Report or Ignore ? true : throw Refused.Invalid("decision-invalid", "decision is adopt, report or ignore.", "decision");
        _ = ask.Decision == Ignore && string.IsNullOrWhiteSpace(ask.Reason) ? throw Refused.Invalid("reason-missing", "Say why it is left as it is.", "reason") : true;
        _ = ask.Reason?.Length > LongestReason ? throw Refused.Invalid("words-too-long", $"At most {LongestReason} characters.", "reason") : true;
        _ = ask.Media?.Count > state.MediaHashes.Count ? throw Refused.Invalid("media-too-many", "It has not as many pictures.", "media") : true;
        IReadOnlyList<string> against = [.. findings.Where(f => f.Blocking).Select(f => f.Code).Distinct()];
        if (IsSo(state, ask))
        {
            return [];
        }

        return ask.Decision == Adopt && against.Count > 0 ? InSpiteOf(state, ask, findings, against, own, by, now)
            : [new UnplannedPostDecided(state.Id, ask.Decision, ask.Reason, by, now) { Findings = against.Count > 0 ? against : null, SubjectPersonId = ask.SubjectPersonId, Media = ask.Media }];
    }

    private static bool IsSo(UnplannedPost state, DecideUnplanned ask) => (state.Decision, ask.SubjectPersonId ?? state.SubjectPersonId) == (ask.Decision, state.SubjectPersonId)
        && (state.Reason == ask.Reason || (state.AskedBy is not null && ask.Reason is null)) && (ask.Media is null || ask.Media.SequenceEqual(state.Media ?? []));

    /// <summary>
    /// With a reason, and by two: whoever asks does not decide alone, and of those who may have posted it (<paramref name="own"/>: the official and delegates of the account) two are
    /// not enough either.
    /// </summary>
    private static IReadOnlyList<object> InSpiteOf(UnplannedPost state, DecideUnplanned ask, IReadOnlyList<Finding> findings, IReadOnlyList<string> against, IReadOnlyList<string> own, string by, DateTimeOffset now)
    {
        // what came up since was not asked about
        var asked = state.Asked is { } open && against.All(open.Findings.Contains) ? open : null;
        if (asked is null || asked.By == by)
        {
            (string.IsNullOrWhiteSpace(ask.Reason) ? findings : []).Demand();
            var wanted = new UnplannedAdoptionAsked(state.Id, ask.Reason!, against, ask.SubjectPersonId, ask.Media, by, now);
            return asked is not null && (asked.Reason, asked.SubjectPersonId) == (wanted.Reason, wanted.SubjectPersonId) && (asked.Media ?? []).SequenceEqual(wanted.Media ?? []) ? [] : [wanted];
        }

        return own.Contains(by) && own.Contains(asked.By)
            ? throw Refused.Conflict("decider-is-author", "Both of you may have posted it: somebody who does not speak on this account decides with you.")
            : [new UnplannedPostDecided(state.Id, Adopt, ask.Reason ?? asked.Reason, by, now) { Findings = against, SubjectPersonId = ask.SubjectPersonId ?? asked.SubjectPersonId, Media = ask.Media ?? asked.Media, AskedBy = asked.By }];
    }

    /// <summary>What no attempt of ours has under its id; what is younger than <paramref name="grace"/> is left for the next look, for its attempt may still be on its way.</summary>
    public static IEnumerable<FoundPost> Unexplained(IReadOnlyList<FoundPost> posted, OurPosts ours, TimeSpan grace, DateTimeOffset now) => posted.Where(p =>
        !ours.ExternalIds.Contains(p.ExternalId) && p.PostedAt <= now - grace && !(p.PostedAt >= ours.OpenSince));
}

/// <summary>What our ledger has on an account: ids of what was accepted there, and since when an attempt is open (its outcome unknown), if one is.</summary>
public sealed record OurPosts(IReadOnlySet<string> ExternalIds, DateTimeOffset? OpenSince);

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class UnplannedLive : SingleStreamProjection<UnplannedPost, Guid>
{
    public override UnplannedPost? Evolve(UnplannedPost? snapshot, Guid id, IEvent e) => UnplannedDecider.Evolve(snapshot, e.Data);
}

/// <summary>Stored for lists, newest posts first.</summary>
public sealed record UnplannedView(Guid Id, UnplannedPost Now) : IRevisioned
{
    public int Version { get; set; }
    public string Channel { get; init; } = Now.Channel;
    public DateTimeOffset PostedAt { get; init; } = Now.PostedAt;
    public bool Decided { get; init; } = Now.Decision is not null;
}

public sealed partial class UnplannedViews : SingleStreamProjection<UnplannedView, Guid>
{
    public UnplannedViews()
    {
        foreach (var fact in UnplannedDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override UnplannedView? Evolve(UnplannedView? snapshot, Guid id, IEvent e) => new(id, UnplannedDecider.Evolve(snapshot?.Now, e.Data)!);
}
