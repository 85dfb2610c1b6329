using Platform;

namespace PressEvents;

// The facts about one press event. Their stored shape is for ever: add optional fields, never rename or reuse.
// Times are instants, written with Almaty's offset. Each fact carries what its public message needs, for the relay sees no state.

/// <summary>A speaker as filed; a side of name or post may still be missing before announcing.</summary>
public sealed record Speaker(Bilingual Name, Bilingual? Post);

/// <summary>It was planned and has its hall. <paramref name="Public"/>: once announced it stands in public lists and feeds. <paramref name="Note"/> is internal.</summary>
public sealed record PressEventFiled(Guid PressEventId, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start,
    DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, string? Note, DateTimeOffset At);

/// <summary>It was announced as it stands here. <paramref name="ShortNotice"/>: why later than the format's least notice; null when in time.</summary>
public sealed record PressEventAnnounced(Guid PressEventId, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start,
    DateTimeOffset End, string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, string? ShortNotice, DateTimeOffset At);

/// <summary>It has another time or hall. <paramref name="Known"/>: it was announced and public by then.</summary>
public sealed record PressEventRescheduled(Guid PressEventId, string Body, DateTimeOffset PreviousStart, DateTimeOffset PreviousEnd, string? PreviousHall,
    DateTimeOffset Start, DateTimeOffset End, string? Hall, string? Reason, bool Known, DateTimeOffset At);

/// <summary>It will not take place; final. <paramref name="Known"/>: it was announced and public by then.</summary>
public sealed record PressEventCancelled(Guid PressEventId, string Body, Bilingual Reason, bool Known, DateTimeOffset At);

/// <summary>Where a press event stands. To be rescheduled is a fact and not a state.</summary>
public enum PressEventState { Planned, Announced, Postponed, Live, Concluded, MaterialsPublished, Cancelled }

/// <summary>One press event as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record PressEvent(Guid Id, string Format, string Body, Bilingual Title, Bilingual Summary, DateTimeOffset Start, DateTimeOffset End,
    string? Hall, IReadOnlyList<Speaker> Speakers, IReadOnlyList<string> Channels, bool Public, PressEventState State) : IOfBody
{
    public PressEventCancelled? Cancelled { get; init; }

    /// <summary>The public knows of it.</summary>
    public bool IsKnown => State == PressEventState.Announced && Public;
}

/// <summary>Every rule about a press event that was filed, and nothing else: no clock, no store, no bus, no ids made here.</summary>
public static class PressEventDecider
{
    public static readonly Type[] Facts =
        [typeof(PressEventFiled), typeof(PressEventAnnounced), typeof(PressEventRescheduled), typeof(PressEventCancelled)];

    public static PressEvent? Evolve(PressEvent? state, object fact) => fact switch
    {
        PressEventFiled e => new(e.PressEventId, e.Format, e.Body, e.Title, e.Summary, e.Start, e.End, e.Hall, e.Speakers, e.Channels, e.Public, PressEventState.Planned),
        PressEventAnnounced => state! with { State = PressEventState.Announced },
        PressEventRescheduled e => state! with { Start = e.Start, End = e.End, Hall = e.Hall },
        PressEventCancelled e => state! with { State = PressEventState.Cancelled, Cancelled = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a press event."),
    };

    public static IReadOnlyList<object> Decide(PressEvent state, AnnouncePressEvent ask, Catalogue catalogue, DateTimeOffset now)
    {
        if (state.State == PressEventState.Announced)
        {
            return []; // said twice, recorded once
        }

        Standing(state);
        var reason = Filing.Text(ask.Reason, "reason", 2000);
        if (MissingLanguages(state) is { Count: > 0 } missing)
        {
            throw new RefusedException(RefusalKind.Conflict, "language-missing", "Title, summary and speakers are given in kk and ru before it is announced.",
                missing.ToDictionary(field => field, _ => new[] { "missing" }));
        }

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
        Standing(state);
        var (start, end) = Filing.Slot(ask.Start, ask.End);
        var hall = ask.Hall is null ? state.Hall : Filing.HallOf(ask.Hall, catalogue.Format(state.Format), Holders.Find(state.Body), catalogue);
        var reason = Filing.Text(ask.Reason, "reason", 2000);
        if ((start, end, hall) == (state.Start, state.End, state.Hall))
        {
            return [];
        }

        Filing.Ahead(start, catalogue, now);
        // a later start only adds notice; an earlier one is an announcement anew
        if (state.State == PressEventState.Announced && start < state.Start)
        {
            NoticeIsShort(state.Format, start, reason, catalogue, now);
        }

        return [new PressEventRescheduled(state.Id, state.Body, state.Start, state.End, state.Hall, start, end, hall, reason, state.IsKnown, now)];
    }

    public static IReadOnlyList<object> Decide(PressEvent state, CancelPressEvent ask, DateTimeOffset now)
    {
        var reason = Filing.Words(ask.Reason, "reason", 2000);
        if (!reason.IsComplete)
        {
            throw new RefusedException(RefusalKind.Invalid, "reason-missing", "Say in kk and ru why it will not take place.",
                Filing.Incomplete(reason, "reason").ToDictionary(field => field, _ => new[] { "missing" }));
        }

        return state.Cancelled?.Reason == reason ? [] : [new PressEventCancelled(Standing(state).Id, state.Body, reason, state.IsKnown, now)];
    }

    private static PressEvent Standing(PressEvent state) => state.State != PressEventState.Cancelled ? state
        : throw Refused.Conflict("cancelled", "It was cancelled, and that is final.");

    private static List<string> MissingLanguages(PressEvent state) =>
    [
        .. Filing.Incomplete(state.Title, "title"),
        .. Filing.Incomplete(state.Summary, "summary"),
        .. state.Speakers.SelectMany((speaker, i) => Filing.Incomplete(speaker.Name, $"speakers[{i}].name")
            .Concat(speaker.Post is { } post ? Filing.Incomplete(post, $"speakers[{i}].post") : [])),
    ];

    private static bool NoticeIsShort(string formatCode, DateTimeOffset start, string? reason, Catalogue catalogue, DateTimeOffset now)
    {
        if (catalogue.Format(formatCode)?.LeastNotice is not { } least || !least.IsShort(now, start, catalogue.Calendar))
        {
            return false;
        }

        return reason is not null ? true : throw Refused.Conflict("notice-too-short", "This is less than the format's least notice; give a reason.",
            new Dictionary<string, object?> { ["leastNotice"] = least, ["announceUntil"] = least.Until(start, catalogue.Calendar) });
    }
}
