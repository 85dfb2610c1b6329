using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class PublicationLive : SingleStreamProjection<Publication, Guid>
{
    public override Publication? Evolve(Publication? snapshot, Guid id, IEvent e) => PublicationFold.Evolve(snapshot, e.Data);
}

/// <summary>
/// One publication stored with the columns that lists and the releaser look at; written in the transaction of its facts, rebuilt from
/// them. <see cref="WakeAt"/> is the due table: an index holds only rows that have one.
/// </summary>
public sealed record PublicationView(Guid Id, Publication Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
    public string State { get; init; } = Now.State.ToString();
    public IReadOnlyList<string> Channels { get; init; } = Now.Content.Channels;

    /// <summary>Its place in time: released, else due, else wanted, else drafted. UTC, for a column takes no other offset.</summary>
    public DateTimeOffset At { get; init; } = (Now.ReleasedAt ?? Now.DueAt ?? Now.Content.WantedAt ?? Now.DraftedAt).ToUniversalTime();
    public DateTimeOffset? WakeAt { get; init; } = PublicationFold.WakeAt(Now)?.ToUniversalTime();
    public bool OutcomeUnknown { get; init; } = Now.Attempts.Any(a => a.State == AttemptState.OutcomeUnknown);
}

public sealed partial class PublicationViews : SingleStreamProjection<PublicationView, Guid>
{
    public PublicationViews()
    {
        foreach (var fact in PublicationFold.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override PublicationView? Evolve(PublicationView? snapshot, Guid id, IEvent e) => new(id, PublicationFold.Evolve(snapshot?.Now, e.Data)!);
}

/// <summary>The hash of each language, to be given back at approval.</summary>
public sealed record ContentHashes(string Kk, string Ru);

/// <summary>A publication as callers see it. Everything from <see cref="ContentHash"/> on is for officials; the public sees released ones without it.</summary>
public sealed record PublicationReply(Guid Id, long Version, string State, string Body, string Kind, Bilingual Title, Bilingual Text,
    IReadOnlyList<string> Channels, DateTimeOffset? ReleasedAt)
{
    public ContentHashes? ContentHash { get; init; }
    public DateTimeOffset? WantedAt { get; init; }
    public string? MaxLateness { get; init; }
    public string? OnMiss { get; init; }
    public IReadOnlyList<Approval>? Approvals { get; init; }
    public IReadOnlyList<string>? Authors { get; init; }
    public string? Cause { get; init; }

    /// <summary>What changed at the cause and has not been looked at since.</summary>
    public CauseChange? CauseChanged { get; init; }

    /// <summary>Why it last came back to its editors.</summary>
    public string? Returned { get; init; }

    /// <summary>When it is or was armed to go out.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why it missed its time: late, refused, content-changed.</summary>
    public string? MissReason { get; init; }
    public bool? OutcomeUnknown { get; init; }

    public static PublicationReply Public(Publication p, long version) =>
        new(p.Id, version, p.State.ToString(), p.Body, p.Content.Kind, p.Content.Title, p.Content.Text, p.Content.Channels, p.ReleasedAt);

    public static PublicationReply Full(Publication p, long version) => Public(p, version) with
    {
        ContentHash = new(Publications.ContentHash.Of(p.Body, p.Content, Languages.Kk), Publications.ContentHash.Of(p.Body, p.Content, Languages.Ru)),
        WantedAt = p.Content.WantedAt,
        MaxLateness = p.Content.MaxLateness,
        OnMiss = p.Content.OnMiss,
        Approvals = p.Approvals,
        Authors = p.Authors,
        Cause = p.Cause,
        CauseChanged = p.Changed,
        Returned = p.Returned,
        DueAt = p.DueAt,
        MissReason = p.MissReason,
        OutcomeUnknown = p.Attempts.Any(a => a.State == AttemptState.OutcomeUnknown),
    };
}

/// <summary>What the event store knows of this service: facts, folds, the view and its indexes.</summary>
public static class PublicationStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(PublicationFold.Facts);
        ReviewComposition.Register(options);
        options.Projections.Add<PublicationLive>(ProjectionLifecycle.Live);
        options.Projections.Add<PublicationViews>(ProjectionLifecycle.Inline);
        options.Schema.For<PublicationView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.Body)
            .Duplicate(v => v.State)
            .Duplicate(v => v.At)
            .Duplicate(v => v.OutcomeUnknown)
            .Duplicate(v => v.WakeAt!, notNull: false, configure: index => index.Predicate = "wake_at is not null")
            .Index([v => v.Body, v => v.At])
            .Index([v => v.State, v => v.At]);
    }
}
