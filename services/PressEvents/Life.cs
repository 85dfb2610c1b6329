using Platform;

namespace PressEvents;

/// <summary>The rules of what becomes of an event after its announcement, and of its words.</summary>
public static partial class PressEventDecider
{
    /// <summary>Working days for recordings, transcripts and photos (the service's own rule).</summary>
    public const int MaterialsWithin = 3;

    /// <summary>What is not named stays as it is.</summary>
    public static IReadOnlyList<object> Decide(PressEvent state, RevisePressEvent ask, Catalogue catalogue, DateTimeOffset now)
    {
        _ = state.State != PressEventState.Cancelled ? true : throw Refused.Conflict("cancelled", "It was cancelled, and that is final.");
        var format = catalogue.Format(state.Format)!;
        var title = ask.Title is null ? state.Title : Filing.Titled(ask.Title);
        var summary = ask.Summary is null ? state.Summary : Filing.Words(ask.Summary, "summary", 10_000);
        var speakers = ask.Speakers is null ? state.Speakers : Filing.Speakers(ask.Speakers, format);
        var channels = ask.Channels is null ? state.Channels : Filing.Channels(ask.Channels, format, catalogue);
        var interpreters = ask.Interpreters is null ? state.Interpreters : Filing.Interpreters(ask.Interpreters, catalogue);
        var capacity = ask.Capacity is null ? state.Capacity : Filing.Places(ask.Capacity);
        if (state.AnnouncedAt is not null)
        {
            InBothLanguages(title, summary, speakers);
        }

        var same = title == state.Title && summary == state.Summary && capacity == state.Capacity && speakers.SequenceEqual(state.Speakers)
            && channels.SequenceEqual(state.Channels) && interpreters.SequenceEqual(state.Interpreters);
        return same ? [] : [new PressEventRevised(state.Id, state.Body, title, summary, speakers, channels, capacity, interpreters.Count == 0 ? null : interpreters, state.IsKnown, now)];
    }

    public static IReadOnlyList<object> Decide(PressEvent state, PostponePressEvent ask, DateTimeOffset now)
    {
        var reason = Why(ask.Reason, "Say in kk and ru why it will take place some other time.");
        return state.State == PressEventState.Postponed ? []
            : [new PressEventPostponed(Ahead(state).Id, state.Body, state.Start, state.End, state.Hall, reason, state.IsKnown, now)];
    }

    /// <summary><paramref name="isOnAir"/>: one of its broadcasts is on air.</summary>
    public static IReadOnlyList<object> Decide(PressEvent state, StartPressEvent ask, bool isOnAir, Catalogue catalogue, DateTimeOffset now)
    {
        if (state.State == PressEventState.Live)
        {
            return [];
        }

        var at = Since(ask.At, state.AnnouncedAt, now);
        return Ahead(state).State != PressEventState.Announced ? throw Refused.Conflict("not-announced", "Only what was announced and has a date can begin.")
            : catalogue.Format(state.Format)?.Live == "yes" && !isOnAir ? throw Refused.Conflict("no-channel-on-air", "This format is broadcast: one channel must be on air first.")
            : [new PressEventStarted(state.Id, state.Body, state.IsKnown, at)];
    }

    public static IReadOnlyList<object> Decide(PressEvent state, ConcludePressEvent ask, Catalogue catalogue, DateTimeOffset now)
    {
        if (state.State is PressEventState.Concluded or PressEventState.MaterialsPublished)
        {
            return [];
        }

        var at = Since(ask.At, state.StartedAt, now);
        return state.State == PressEventState.Live
            ? [new PressEventConcluded(state.Id, state.Body, MaterialsDeadline.Term(at, catalogue.Calendar).Due, state.IsKnown, at, catalogue.Calendar.Version)]
            : throw Refused.Conflict("not-live", "Only what has begun can end.");
    }

    public static IReadOnlyList<object> Decide(PressEvent state, PublishMaterials _, IReadOnlyList<PublishedMaterial> materials, WorkingCalendar calendar, DateTimeOffset now)
    {
        if (state.Concluded is not { } concluded)
        {
            throw Refused.Conflict("not-concluded", "Materials are published once it has ended.");
        }

        return materials.Count == 0 ? throw Refused.Conflict("materials-missing", "Add a recording, a transcript or a photo first.")
            : state.Materials.SequenceEqual(materials) ? []
            : [new MaterialsPublished(state.Id, state.Body, materials, Registration.AlmatyDate(now).ToDateOnly() > MaterialsDeadline.Term(concluded.At, calendar).Due, state.IsKnown, now)];
    }

    /// <summary>When it was so: now unless said otherwise, not ahead and not before what must have come first.</summary>
    internal static DateTimeOffset Since(string? at, DateTimeOffset? earliest, DateTimeOffset now)
    {
        var when = at is null ? now : Times.Moment(at, "at");
        return when > now ? throw Refused.Invalid("at-ahead", "at is when it was so, not when it will be.", "at")
            : when < earliest ? throw Refused.Invalid("at-too-early", "at comes after what must have come before it.", "at")
            : when;
    }
}
