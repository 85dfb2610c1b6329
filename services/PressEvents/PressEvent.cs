using Platform;

namespace PressEvents;

/// <summary>Where a press event stands. To be rescheduled is a fact and not a state.</summary>
public enum PressEventState { Planned, Announced, Postponed, Live, Concluded, MaterialsPublished, Cancelled }

/// <summary>One press event as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record PressEvent(Guid Id, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start, DateTimeOffset End,
    string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, PressEventState State) : IOfBody
{
    public int? Capacity { get; init; }
    public IReadOnlyList<string> Interpreters { get; init; } = [];
    public DateTimeOffset? AnnouncedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public PressEventConcluded? Concluded { get; init; }
    public PressEventPostponed? Postponed { get; init; }
    public PressEventCancelled? Cancelled { get; init; }
    public IReadOnlyList<PublishedMaterial> Materials { get; init; } = [];

    /// <summary>The public knows of it.</summary>
    public bool IsKnown => AnnouncedAt is not null && Public;

    /// <summary>What it holds until its start; nothing while it has no date.</summary>
    public IReadOnlyList<string> Resources => State == PressEventState.Postponed ? [] : Resource.Of(Hall, Channels, Speakers, Interpreters);

    public Booking Booking() => new(Id, Body, Resources, new(Start, End));
}

/// <summary>Every rule about a press event that was filed, and nothing else: no clock, no store, no bus, no ids made here.</summary>
public static partial class PressEventDecider
{
    public static readonly Type[] Facts =
        [typeof(PressEventFiled), typeof(PressEventAnnounced), typeof(PressEventRevised), typeof(PressEventRescheduled), typeof(PressEventPostponed), typeof(PressEventStarted),
            typeof(PressEventConcluded), typeof(MaterialsPublished), typeof(PressEventWithdrawn), typeof(PressEventCancelled)];

    public static PressEvent? Evolve(PressEvent? state, object fact) => fact switch
    {
        PressEventFiled e => new(e.PressEventId, e.Format, e.Body, e.Title, e.Summary, e.Start, e.End, e.Hall, e.Speakers, e.Channels, e.Public, PressEventState.Planned)
        { Capacity = e.Capacity, Interpreters = e.Interpreters ?? [] },
        PressEventAnnounced e => state! with { State = PressEventState.Announced, AnnouncedAt = e.At },
        PressEventRevised e => state! with { Title = e.Title, Summary = e.Summary, Speakers = e.Speakers, Channels = e.Channels, Capacity = e.Capacity, Interpreters = e.Interpreters ?? [] },
        PressEventRescheduled e => state! with { Start = e.Start, End = e.End, Hall = e.Hall, State = Resumed(state!), Postponed = null },
        PressEventPostponed e => state! with { State = PressEventState.Postponed, Postponed = e },
        PressEventStarted e => state! with { State = PressEventState.Live, StartedAt = e.At },
        PressEventConcluded e => state! with { State = PressEventState.Concluded, Concluded = e },
        MaterialsPublished e => state! with { State = PressEventState.MaterialsPublished, Materials = e.Materials },
        PressEventWithdrawn => state! with { Public = false },
        PressEventCancelled e => state! with { State = PressEventState.Cancelled, Cancelled = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a press event."),
    };

    private static PressEventState Resumed(PressEvent state) => state.State != PressEventState.Postponed ? state.State
        : state.AnnouncedAt is null ? PressEventState.Planned : PressEventState.Announced;

    public static IReadOnlyList<object> Decide(PressEvent state, AnnouncePressEvent ask, Catalogue catalogue, DateTimeOffset now)
    {
        if (state.State == PressEventState.Announced)
        {
            return []; // said twice, recorded once
        }

        _ = Ahead(state).State != PressEventState.Postponed ? true : throw Refused.Conflict("postponed", "It has no date; reschedule it before announcing.");
        var reason = Filing.Text(ask.Reason, "reason", 2000);
        InBothLanguages(state.Title, state.Summary, state.Speakers);
        if (state.Start <= now)
        {
            throw Refused.Conflict("start-past", "Its start has passed; reschedule it before announcing.");
        }

        var isShort = NoticeIsShort(state.Format, state.Start, reason, catalogue, now);
        return [new PressEventAnnounced(state.Id, state.Format, state.Body, state.Title, state.Summary, state.Start, state.End, state.Hall,
            state.Speakers, state.Channels, state.Public, isShort ? reason : null, now)];
    }

    public static IReadOnlyList<object> Decide(PressEvent state, ReschedulePressEvent ask, Catalogue catalogue, DateTimeOffset now)
    {
        Ahead(state);
        var (start, end) = Filing.Slot(ask.Start, ask.End);
        var hall = ask.Hall is null ? state.Hall : Filing.HallOf(ask.Hall, catalogue.Format(state.Format), Holders.Find(state.Body), catalogue);
        var reason = Filing.Text(ask.Reason, "reason", 2000);
        if ((start, end, hall) == (state.Start, state.End, state.Hall) && state.State != PressEventState.Postponed)
        {
            return [];
        }

        Filing.Ahead(start, catalogue, now);
        // a later start only adds notice; an earlier one is an announcement anew
        if (state.AnnouncedAt is not null && start < state.Start)
        {
            NoticeIsShort(state.Format, start, reason, catalogue, now);
        }

        return [new PressEventRescheduled(state.Id, state.Body, state.Start, state.End, state.Hall, start, end, hall, reason, state.IsKnown, now)];
    }

    public static IReadOnlyList<object> Decide(PressEvent state, CancelPressEvent ask, DateTimeOffset now)
    {
        var reason = Why(ask.Reason, "Say in kk and ru why it will not take place.");
        return state.Cancelled?.Reason == reason ? [] : [new PressEventCancelled(Ahead(state).Id, state.Body, reason, state.IsKnown, now)];
    }

    private static Bilingual Why(Bilingual? asked, string words)
    {
        var reason = Filing.Words(asked, "reason", 2000);
        return reason.IsComplete ? reason : throw new RefusedException(RefusalKind.Invalid, "reason-missing", words,
            Filing.Incomplete(reason, "reason").ToDictionary(field => field, _ => new[] { "missing" }));
    }

    /// <summary>It has not begun and was not cancelled.</summary>
    private static PressEvent Ahead(PressEvent state) => state.State switch
    {
        PressEventState.Cancelled => throw Refused.Conflict("cancelled", "It was cancelled, and that is final."),
        PressEventState.Planned or PressEventState.Announced or PressEventState.Postponed => state,
        _ => throw Refused.Conflict("started", "It has begun already."),
    };

    private static void InBothLanguages(Bilingual title, Bilingual summary, IReadOnlyList<Speaker> speakers)
    {
        List<string> missing =
        [
            .. Filing.Incomplete(title, "title"),
            .. Filing.Incomplete(summary, "summary"),
            .. speakers.SelectMany((speaker, i) => Filing.Incomplete(speaker.Name, $"speakers[{i}].name")
                .Concat(speaker.Post is { } post ? Filing.Incomplete(post, $"speakers[{i}].post") : [])),
        ];
        if (missing.Count > 0)
        {
            throw new RefusedException(RefusalKind.Conflict, "language-missing", "Title, summary and speakers are given in kk and ru before it is announced.",
                missing.ToDictionary(field => field, _ => new[] { "missing" }));
        }
    }

    private static bool NoticeIsShort(string formatCode, DateTimeOffset start, string? reason, Catalogue catalogue, DateTimeOffset now)
    {
        if (catalogue.Format(formatCode)?.LeastNotice is not { } least || !least.IsShort(now, start, catalogue.Calendar))
        {
            return false;
        }

        return reason is not null ? true : throw Refused.Conflict("notice-too-short", "This is less than the format's least notice; give a reason.",
            new Dictionary<string, object?> { ["leastNotice"] = least, ["announceUntil"] = least.Until(start, catalogue.Calendar), ["calendarVersion"] = catalogue.Calendar.Version });
    }
}
