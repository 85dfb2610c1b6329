using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class PressEventFold : SingleStreamProjection<PressEvent, Guid>
{
    public override PressEvent? Evolve(PressEvent? snapshot, Guid id, IEvent e) => PressEventDecider.Evolve(snapshot, e.Data);
}

/// <summary>A press event as lists, feeds and its own page show it; no internal note. Stored in UTC (columns take no other offset), shown with Almaty's.</summary>
public sealed record PressEventView(Guid Id, string State, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start,
    DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public) : IRevisioned
{
    public int Version { get; set; }

    /// <summary>Anybody may see it: it was announced, and its format or its filer made it public.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Changes of time, place or state since it was announced: the SEQUENCE of iCalendar.</summary>
    public int Sequence { get; init; }
    public DateTimeOffset? AnnouncedAt { get; init; }
    public DateTimeOffset? CancelledAt { get; init; }
    public Bilingual? CancelledBecause { get; init; }
    public DateTimeOffset? PostponedAt { get; init; }
    public Bilingual? PostponedBecause { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? ConcludedAt { get; init; }

    /// <summary>Last day for its materials (Asia/Almaty), from the conclusion on.</summary>
    public DateOnly? MaterialsDue { get; init; }

    /// <summary>The version of the working calendar by which that day was counted.</summary>
    public string? MaterialsCalendarVersion { get; init; }
    public DateTimeOffset? MaterialsPublishedAt { get; init; }
    public IReadOnlyList<PublishedMaterial> Materials { get; init; } = [];

    /// <summary>The starts that were announced before this one, in order.</summary>
    public IReadOnlyList<DateTimeOffset> PreviousStarts { get; init; } = [];
    public int? Capacity { get; init; }
    public IReadOnlyList<string> Interpreters { get; init; } = [];
    public Guid? SeriesId { get; init; }

    /// <summary>KATO code of the region, for events of akimats.</summary>
    public string? Region { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>When it was taken out of public lists and feeds.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    public bool IsFor(Caller caller) => IsOpen || caller.SeesPlans(Body);

    public PressEventView Shown() => this with
    {
        Start = Start.InAlmaty(),
        End = End.InAlmaty(),
        AnnouncedAt = AnnouncedAt?.InAlmaty(),
        CancelledAt = CancelledAt?.InAlmaty(),
        PostponedAt = PostponedAt?.InAlmaty(),
        StartedAt = StartedAt?.InAlmaty(),
        ConcludedAt = ConcludedAt?.InAlmaty(),
        MaterialsPublishedAt = MaterialsPublishedAt?.InAlmaty(),
        PreviousStarts = [.. PreviousStarts.Select(at => at.InAlmaty())],
        ChangedAt = ChangedAt.InAlmaty(),
        WithdrawnAt = WithdrawnAt?.InAlmaty(),
    };
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class PressEventViewFold
{
    public static PressEventView? Evolve(PressEventView? view, object fact) => fact switch
    {
        PressEventFiled e => new(e.PressEventId, nameof(PressEventState.Planned), e.Format, e.Body, e.Title, e.Summary, e.Start.ToUniversalTime(),
            e.End.ToUniversalTime(), e.Hall, e.Speakers, e.Channels, e.Public)
        { ChangedAt = e.At, Capacity = e.Capacity, Interpreters = e.Interpreters ?? [], SeriesId = e.SeriesId, Region = Holders.Find(e.Body)?.Kato },
        PressEventAnnounced e => view! with { State = nameof(PressEventState.Announced), IsOpen = e.Public, AnnouncedAt = e.At, ChangedAt = e.At },
        PressEventRevised e => Changed(view!, e.At) with { Title = e.Title, Summary = e.Summary, Speakers = e.Speakers, Channels = e.Channels, Capacity = e.Capacity, Interpreters = e.Interpreters ?? [] },
        PressEventRescheduled e => Moved(Changed(view!, e.At), e),
        PressEventPostponed e => Changed(view!, e.At) with { State = nameof(PressEventState.Postponed), PostponedAt = e.At, PostponedBecause = e.Reason },
        PressEventStarted e => Changed(view!, e.At) with { State = nameof(PressEventState.Live), StartedAt = e.At },
        PressEventConcluded e => Changed(view!, e.At) with { State = nameof(PressEventState.Concluded), ConcludedAt = e.At, MaterialsDue = e.MaterialsDue, MaterialsCalendarVersion = e.CalendarVersion },
        MaterialsPublished e => Changed(view!, e.At) with { State = nameof(PressEventState.MaterialsPublished), MaterialsPublishedAt = e.At, Materials = e.Materials },
        PressEventWithdrawn e => Changed(view!, e.At) with { Public = false, IsOpen = false, WithdrawnAt = e.At },
        PressEventCancelled e => Changed(view!, e.At) with { State = nameof(PressEventState.Cancelled), CancelledAt = e.At, CancelledBecause = e.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a press event."),
    };

    private static PressEventView Moved(PressEventView view, PressEventRescheduled e) => view with
    {
        Start = e.Start.ToUniversalTime(),
        End = e.End.ToUniversalTime(),
        Hall = e.Hall,
        PreviousStarts = view.AnnouncedAt is null || e.Start == e.PreviousStart ? view.PreviousStarts : [.. view.PreviousStarts, e.PreviousStart.ToUniversalTime()],
        State = view.State != nameof(PressEventState.Postponed) ? view.State : view.AnnouncedAt is null ? nameof(PressEventState.Planned) : nameof(PressEventState.Announced),
        PostponedAt = null,
        PostponedBecause = null,
    };

    /// <summary>A late fact was so before it was recorded; feeds are newer all the same.</summary>
    private static PressEventView Changed(PressEventView view, DateTimeOffset at) =>
        view with { Sequence = view.AnnouncedAt is null ? 0 : view.Sequence + 1, ChangedAt = at > view.ChangedAt ? at : view.ChangedAt };
}

public sealed partial class PressEventViews : SingleStreamProjection<PressEventView, Guid>
{
    public PressEventViews()
    {
        foreach (var fact in PressEventDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override PressEventView? Evolve(PressEventView? snapshot, Guid id, IEvent e) => PressEventViewFold.Evolve(snapshot, e.Data);
}

/// <summary>What the event store knows of this service: facts, folds, the view and its indexes.</summary>
public static class PressEventStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. PressEventDecider.Facts, .. HoldDecider.Facts, .. FormatDecider.Facts, .. SeriesDecider.Facts]);
        WorkingCalendarComposition.Register(options);
        SubjectsComposition.Register(options);
        AccreditationComposition.Register(options);
        QuestionStore.Register(options);
        HandOverStore.Register(options);
        ProposalStore.Register(options);
        ConcernedComposition.Register(options);
        StatementsComposition.Register(options);
        RegistrationsComposition.Register(options);
        CheckInsComposition.Register(options);
        options.Projections.Add<PressEventFold>(ProjectionLifecycle.Live);
        options.Projections.Add<HoldFold>(ProjectionLifecycle.Live);
        options.Projections.Add<FormatFold>(ProjectionLifecycle.Live);
        options.Projections.Add<SeriesFold>(ProjectionLifecycle.Live);
        options.Projections.Add<PressEventViews>(ProjectionLifecycle.Inline);
        options.Schema.For<PressEventView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.State)
            .Duplicate(v => v.Format)
            .Duplicate(v => v.Body)
            .Duplicate(v => v.IsOpen)
            .Duplicate(v => v.Start)
            .Duplicate(v => v.End)
            .Duplicate(v => v.Region!)
            .Index([v => v.IsOpen, v => v.Start])
            .Index([v => v.Body, v => v.Start]);
        LiveComposition.Register(options);
    }
}
