using System.Globalization;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Inquiries;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class InquiryFold : SingleStreamProjection<Inquiry, Guid>
{
    public override Inquiry? Evolve(Inquiry? snapshot, Guid id, IEvent e) => InquiryDecider.Evolve(snapshot, e.Data);
}

/// <summary>One request as its desk sees it, without personal data. Dates are calendar days in Asia/Almaty.</summary>
public sealed record InquiryView(Guid Id, string Holder, string State, string Language, string AnswerForm, string Channel, string ApplicantKind,
    DateTimeOffset ReceivedAt) : IRevisioned
{
    public int Version { get; set; }
    public string? Number { get; init; }
    public string Regime { get; init; } = "AccessToInformation";
    public DateTimeOffset? RegisteredAt { get; init; }
    public DateOnly? Due { get; init; }
    public DateOnly? SafeDue { get; init; }
    /// <summary>The version of the calendar by which the dates were computed last; an unchanged date may be older than the calendar.</summary>
    public string? CalendarVersion { get; init; }
    public bool IsOpen { get; init; }
    public IReadOnlyList<string> Defects { get; init; } = [];
    public int Attachments { get; init; }
    public string? Unit { get; init; }
    public string? Executor { get; init; }
    public Guid? ForwardedFrom { get; init; }
    public Guid? ForwardedTo { get; init; }
    public string? ForwardedToHolder { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public Guid? DisclosureId { get; init; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class InquiryViewFold
{
    public static InquiryView? Evolve(InquiryView? view, object fact) => fact switch
    {
        InquiryReceived e => new(e.InquiryId, e.Holder, nameof(InquiryState.Received), e.Language, e.AnswerForm, e.Channel, e.ApplicantKind, e.At)
        { Defects = e.Defects, Attachments = e.Attachments },
        InquiryHandedOver e => new(e.InquiryId, e.Holder, nameof(InquiryState.Received), e.Language, e.AnswerForm, "forwarded", e.ApplicantKind, e.At)
        { ForwardedFrom = e.FromInquiryId },
        InquiryRegistered e => view! with
        { State = nameof(InquiryState.Registered), Number = e.Number, RegisteredAt = e.RegisteredAt, Due = e.Due, SafeDue = e.SafeDue, CalendarVersion = e.CalendarVersion, IsOpen = true },
        InquiryNotConsidered => view! with { State = nameof(InquiryState.NotConsidered) },
        InquiryAssigned e => view! with { State = nameof(InquiryState.Assigned), Unit = e.Unit, Executor = e.Executor },
        InquiryForwarded e => view! with { State = nameof(InquiryState.Forwarded), IsOpen = false, ForwardedTo = e.ForwardedInquiryId, ForwardedToHolder = e.ToHolder },
        InquiryAnswered e => view! with { State = nameof(InquiryState.Answered), IsOpen = false, AnsweredAt = e.At },
        AnswerClearedForDisclosure e => view! with { DisclosureId = e.DisclosureId },
        DeadlinesRecalculated e => view! with { Due = e.Due, SafeDue = e.SafeDue, CalendarVersion = e.CalendarVersion },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an inquiry."),
    };
}

public sealed partial class InquiryViews : SingleStreamProjection<InquiryView, Guid>
{
    public InquiryViews()
    {
        foreach (var fact in InquiryDecider.Facts)
        {
            IncludeType(fact); // the calendar's stream lies in the same store
        }
    }

    public override InquiryView? Evolve(InquiryView? snapshot, Guid id, IEvent e) => InquiryViewFold.Evolve(snapshot, e.Data);
}

/// <summary>Filters of the desk's list; all optional. <paramref name="DueBefore"/> looks at safeDue, as alarms do.</summary>
public sealed record InquiryFilter(string? Status, string? Holder, string? Regime, DateOnly? DueBefore, bool? Overdue, string? Q)
{
    public IQueryable<InquiryView> On(IQueryable<InquiryView> views, DateOnly today)
    {
        views = Status is null ? views : views.Where(v => v.State == Status);
        views = Holder is null ? views : views.Where(v => v.Holder == Holder);
        views = Regime is null ? views : views.Where(v => v.Regime == Regime);
        views = DueBefore is not { } before ? views : views.Where(v => v.SafeDue < before);
        views = Overdue switch
        {
            true => views.Where(v => v.IsOpen && v.Due < today),
            false => views.Where(v => !(v.IsOpen && v.Due < today)),
            null => views,
        };
        return Q is null ? views : views.Where(v => v.Number == Q.Trim());
    }
}

public static class InquiryReads
{
    /// <summary>The caller's body's requests (an auditor's: all), by safe due date; those without a date come last.</summary>
    public static async Task<Page<InquiryView>> List(this IQuerySession session, Caller caller, InquiryFilter filter, bool openOnly, string? cursor, int limit,
        DateOnly today, CancellationToken ct)
    {
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        var body = caller.Body ?? "";
        var views = filter.On(session.Query<InquiryView>(), today);
        views = caller.Is(Roles.Auditor) ? views : views.Where(v => v.Holder == body);
        views = openOnly ? views.Where(v => v.IsOpen) : views;
        if (Cursor.Parse(cursor) is { } after)
        {
            views = views.Where(v => v.SafeDue > after.SafeDue || (v.SafeDue == after.SafeDue && v.Id > after.Id)
                || (v.SafeDue == null && (after.SafeDue != null || v.Id > after.Id)));
        }

        var items = await views.OrderBy(v => v.SafeDue).ThenBy(v => v.Id).Take(limit).ToListAsync(ct);
        return new(items, items.Count == limit ? new Cursor(items[^1].SafeDue, items[^1].Id).ToString() : null);
    }

    /// <summary>One request of the caller's body, now or as it stood at an instant.</summary>
    public static async Task<InquiryView> One(this IQuerySession session, Caller caller, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        InquiryView? view;
        if (asOf is null)
        {
            view = await session.LoadAsync<InquiryView>(id, ct);
        }
        else
        {
            var then = await session.AsOf<InquiryView>(id, asOf, InquiryViewFold.Evolve, ct);
            view = then?.State;
            view?.Version = (int)then!.Value.Version;
        }

        return view is not null && caller.Sees(view.Holder) ? view : throw Refused.Missing(nameof(Inquiry));
    }

    private sealed record Cursor(DateOnly? SafeDue, Guid Id)
    {
        public override string ToString() => $"{SafeDue?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-"}_{Id:N}";

        public static Cursor? Parse(string? text)
        {
            if (text is null)
            {
                return null;
            }

            var parts = text.Split('_');
            var date = DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var parsed) ? parsed : (DateOnly?)null;
            return parts.Length == 2 && Guid.TryParseExact(parts[1], "N", out var id) && (date is not null || parts[0] == "-") ? new(date, id)
                : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
        }
    }
}

/// <summary>What the event store knows of this service: facts, folds, the view and its indexes.</summary>
public static class InquiryStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. InquiryDecider.Facts, .. CalendarDecider.Facts]);
        options.Projections.Add<CalendarFold>(ProjectionLifecycle.Live);
        options.Projections.Add<InquiryFold>(ProjectionLifecycle.Live);
        options.Projections.Add<InquiryViews>(ProjectionLifecycle.Inline);
        options.Schema.For<InquiryView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.Holder)
            .Duplicate(v => v.State)
            .Duplicate(v => v.SafeDue!, notNull: false)
            .Duplicate(v => v.Due!, notNull: false)
            .Duplicate(v => v.IsOpen)
            .UniqueIndex(Marten.Schema.UniqueIndexType.DuplicatedField, v => v.Number!)
            .Index([v => v.Holder, v => v.SafeDue!])
            .Index([v => v.IsOpen, v => v.Due!]);
    }
}
