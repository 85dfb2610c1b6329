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
/// them. <see cref="WakeAt"/> is the due table, to the microsecond as its column keeps it: an index holds only rows that have one.
/// </summary>
public sealed record PublicationView(Guid Id, Publication Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
    public string State { get; init; } = Now.State.ToString();
    public IReadOnlyList<string> Channels { get; init; } = Now.Content.Channels;

    /// <summary>Its place in time: released, else due, else wanted, else drafted. UTC, for a column takes no other offset.</summary>
    public DateTimeOffset At { get; init; } = (Now.ReleasedAt ?? Now.DueAt ?? Now.Content.WantedAt ?? Now.DraftedAt).ToUniversalTime();
    public DateTimeOffset? WakeAt { get; init; } = PublicationFold.WakeAt(Now) is { } wake ? new DateTimeOffset(wake.UtcTicks / 10 * 10, TimeSpan.Zero) : null;
    public bool OutcomeUnknown { get; init; } = Now.Attempts.Any(a => a.State == AttemptState.OutcomeUnknown);

    /// <summary>Not public before; UTC.</summary>
    public DateTimeOffset? Embargo { get; init; } = Now.Content.Embargo?.ToUniversalTime();
    public bool ApprovalOwed { get; init; } = Now.State != PublicationState.Missed && Now.ApprovalOwed.Count > 0;

    /// <summary>A channel has not followed a correction or withdrawal yet.</summary>
    public bool FollowUpOpen { get; init; } = Now.FollowUps.Any(f => f.IsOpen);
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
    public string? HeldBecause { get; init; }

    /// <summary>Who let it out alone and why; see <see cref="ApprovalOwed"/>.</summary>
    public Emergency? Emergency { get; init; }

    /// <summary>Languages that one person let out and no second one has approved yet.</summary>
    public IReadOnlyList<string>? ApprovalOwed { get; init; }

    /// <summary>A correction that waits for approval, and the hashes to give back.</summary>
    public ProposedCorrection? Correction { get; init; }
    public ContentHashes? CorrectionHash { get; init; }
    public IReadOnlyList<FollowUp>? FollowUps { get; init; }
    public WallTime? WantedWall { get; init; }
    public string? LanguagePolicy { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }

    // for everybody
    public IReadOnlyList<MediaUse>? Media { get; init; }
    public Guid? SubjectPersonId { get; init; }
    public DateTimeOffset? Embargo { get; init; }
    public bool AiMade { get; init; }
    public IReadOnlyList<string> ReleasedLanguages { get; init; } = [];

    /// <summary>What the public is told of its correction or withdrawal, and when that was.</summary>
    public Bilingual? Notice { get; init; }
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Words of languages that are not out, and all words of what was withdrawn, are left out.</summary>
    public static PublicationReply Public(Publication p, long version)
    {
        Bilingual Out(Bilingual words) => new(p.ReleasedLanguages.Contains(Languages.Kk) ? words.Kk : null, p.ReleasedLanguages.Contains(Languages.Ru) ? words.Ru : null);
        var shown = Common(p, version) with
        {
            Title = Out(p.Content.Title),
            Text = Out(p.Content.Text),
            Media = p.Content.Media?.Select(m => m with { Caption = m.Caption is null ? null : Out(m.Caption), Alt = m.Alt is null ? null : Out(m.Alt) }).ToList(),
        };
        return p.State == PublicationState.Withdrawn ? shown.WithoutWords() : shown;
    }

    /// <summary>That it was there, and nothing of what it said.</summary>
    public PublicationReply WithoutWords() => this with { Title = new(null, null), Text = new(null, null), Media = null };

    private static PublicationReply Common(Publication p, long version) =>
        new(p.Id, version, p.State.ToString(), p.Body, p.Content.Kind, p.Content.Title, p.Content.Text, p.Content.Channels, p.ReleasedAt)
        {
            Media = p.Content.Media,
            SubjectPersonId = p.Content.SubjectPersonId,
            Embargo = p.Content.Embargo,
            AiMade = p.Content.AiMade ?? false,
            ReleasedLanguages = p.ReleasedLanguages,
            Notice = p.Notice,
            ChangedAt = p.ChangedAt,
        };

    public static PublicationReply Full(Publication p, long version) => Common(p, version) with
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
        HeldBecause = p.HeldBecause,
        Emergency = p.Emergency,
        ApprovalOwed = p.ApprovalOwed,
        Correction = p.Proposed,
        CorrectionHash = p.Proposed is not { } c ? null
            : new(Publications.ContentHash.Of(p.Body, c.Content, Languages.Kk, c.Notice), Publications.ContentHash.Of(p.Body, c.Content, Languages.Ru, c.Notice)),
        FollowUps = p.FollowUps,
        WantedWall = p.Content.WantedWall,
        LanguagePolicy = p.Content.LanguagePolicy ?? LanguagePolicies.Both,
        Tags = p.Content.Tags ?? [],
    };
}

/// <summary>What the event store knows of this service: facts, folds, the view and its indexes.</summary>
public static class PublicationStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(PublicationFold.Facts);
        HaltsComposition.Register(options);
        CrisisComposition.Register(options);
        SubjectsComposition.Register(options);
        DialogueComposition.Register(options);
        ElsewhereComposition.Register(options);
        ChannelsComposition.Register(options);
        ReviewComposition.Register(options);
        options.Projections.Add<PublicationLive>(ProjectionLifecycle.Live);
        options.Projections.Add<PublicationViews>(ProjectionLifecycle.Inline);
        PeopleComposition.Register(options);
        MediaComposition.Register(options);
        options.Schema.For<PublicationView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.Body, configure: index => index.Columns = ["body", "at"])
            .Duplicate(v => v.State, configure: index => index.Columns = ["state", "at"])
            .Duplicate(v => v.At)
            .Duplicate(v => v.OutcomeUnknown, configure: index => index.Predicate = "outcome_unknown")
            .Duplicate(v => v.Embargo!, notNull: false, configure: index => index.Predicate = "embargo is not null")
            .Duplicate(v => v.ApprovalOwed, configure: index => index.Predicate = "approval_owed")
            .Duplicate(v => v.FollowUpOpen, configure: index => index.Predicate = "follow_up_open")
            .Duplicate(v => v.WakeAt!, notNull: false, configure: index => index.Predicate = "wake_at is not null");
        CalendarComposition.Register(options);
    }
}
