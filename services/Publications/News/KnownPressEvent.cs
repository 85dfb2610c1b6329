using Contracts.PressEvents;

namespace Publications;

/// <summary>A broadcast as it was last heard of. <paramref name="Url"/> is null once it is over.</summary>
public sealed record KnownBroadcast(Guid Id, long Version, string? Channel, string? Url);

/// <summary>
/// What is known of one press event: a fold of all that was heard of it in the order of its versions, so that it does not matter in which order
/// it came, or how often. <paramref name="Version"/>: the newest one that bears on the announcement.
/// </summary>
public sealed record KnownPressEvent(Guid Id, string Body, long Version, AnnouncedEvent Announces)
{
    /// <summary>What the newest of these versions was: announced, revised, rescheduled, postponed, cancelled, withdrawn.</summary>
    public string What { get; init; } = "announced";

    /// <summary>The newest version that concerns when and where, and whether at all.</summary>
    public long Moved { get; init; }
    public PressEventPostponed? Postponed { get; init; }
    public PressEventCancelled? Cancelled { get; init; }
    public PressEventWithdrawn? Withdrawn { get; init; }
    public PressEventStarted? Started { get; init; }
    public PressEventConcluded? Concluded { get; init; }
    public PressEventMaterialsPublished? Materials { get; init; }
    public IReadOnlyList<KnownBroadcast> Broadcasts { get; init; } = [];

    /// <summary>Null while its announcement was not heard and no draft of it stands there.</summary>
    public static KnownPressEvent? Of(IEnumerable<object> heard, Publication? announcement)
    {
        var news = heard.ToList();
        var drafted = announcement is { Announces: { } told, Cause: { } cause } && !news.OfType<PressEventAnnounced>().Any()
            ? new KnownPressEvent(IdOf(cause), announcement.Body, announcement.CauseVersion, told) : null; // drafted before news were kept
        return news.Where(n => n is not (BroadcastWentOnAir or BroadcastEnded)).OrderBy(VersionOf).Aggregate(drafted, Evolve) is { } known
            ? known with { Broadcasts = [.. Streams(news)] } : null;
    }

    public static long VersionOf(object news) => news switch
    {
        PressEventAnnounced e => e.Version,
        PressEventRevised e => e.Version,
        PressEventRescheduled e => e.Version,
        PressEventPostponed e => e.Version,
        PressEventCancelled e => e.Version,
        PressEventWithdrawn e => e.Version,
        PressEventStarted e => e.Version,
        PressEventConcluded e => e.Version,
        PressEventMaterialsPublished e => e.Version,
        BroadcastWentOnAir e => e.Version,
        BroadcastEnded e => e.Version,
        _ => throw Unknown(news),
    };

    /// <summary>What tells two news of one version apart: each broadcast counts its own.</summary>
    public static string KeyOf(object news) => news switch
    {
        BroadcastWentOnAir e => $"{nameof(BroadcastWentOnAir)}:{e.BroadcastId}",
        BroadcastEnded e => $"{nameof(BroadcastEnded)}:{e.BroadcastId}",
        _ => news.GetType().Name,
    };

    private static KnownPressEvent? Evolve(KnownPressEvent? state, object news) => (state, news) switch
    {
        (_, PressEventAnnounced e) => new KnownPressEvent(e.PressEventId, e.Body, e.Version, new(e.Format, e.Title, e.Summary, e.Start, e.End, e.Hall, e.Speakers)),
        (null, _) => null,
        ({ } s, _) when VersionOf(news) <= s.Version && news is not (PressEventStarted or PressEventConcluded or PressEventMaterialsPublished) => s,
        ({ } s, PressEventRevised e) => s with { Version = e.Version, What = "revised", Announces = s.Announces with { Title = e.Title, Summary = e.Summary, Speakers = e.Speakers } },
        ({ } s, PressEventRescheduled e) => s with
        {
            Version = e.Version,
            Moved = e.Version,
            What = CauseDecider.Rescheduled,
            Postponed = null,
            Announces = s.Announces with { Start = e.Start, End = e.End, Hall = e.Hall },
        },
        ({ } s, PressEventPostponed e) => s with { Version = e.Version, Moved = e.Version, What = "postponed", Postponed = e },
        ({ } s, PressEventCancelled e) => s with { Version = e.Version, Moved = e.Version, What = CauseDecider.Cancelled, Cancelled = e },
        ({ } s, PressEventWithdrawn e) => s with { Version = e.Version, What = "withdrawn", Withdrawn = e },
        ({ } s, PressEventStarted e) => s with { Started = e },
        ({ } s, PressEventConcluded e) => s with { Concluded = e },
        ({ } s, PressEventMaterialsPublished e) => s with { Materials = e },
        _ => throw Unknown(news),
    };

    private static IEnumerable<KnownBroadcast> Streams(IReadOnlyList<object> news) => news.Select(n => n switch
    {
        BroadcastWentOnAir e => new KnownBroadcast(e.BroadcastId, e.Version, e.Channel, e.Url),
        BroadcastEnded e => new KnownBroadcast(e.BroadcastId, e.Version, null, null),
        _ => null,
    }).OfType<KnownBroadcast>().GroupBy(b => b.Id).Select(one => one.MaxBy(b => b.Version)!).OrderBy(b => b.Channel, StringComparer.Ordinal).ThenBy(b => b.Id);

    private static Guid IdOf(string cause) => Guid.Parse(cause["press-event:".Length..]);
    private static InvalidOperationException Unknown(object news) => new($"{news.GetType().Name} is no news of a press event.");
}
