using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Linq.MatchesSql;
using Marten.Schema;
using Npgsql;
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
    public string Regime { get; init; } = Regimes.AccessToInformation;
    public bool RegimeConfirmed { get; init; }
    public DateTimeOffset? RegisteredAt { get; init; }
    public DateOnly? Due { get; init; }
    public DateOnly? SafeDue { get; init; }
    /// <summary>The version of the calendar by which the dates were computed last; an unchanged date may be older than the calendar.</summary>
    public string? CalendarVersion { get; init; }
    public bool IsOpen { get; init; }
    public IReadOnlyList<string> Defects { get; init; } = [];

    /// <summary>Numbers of 401-V art. 6 whose information may not be restricted.</summary>
    public IReadOnlyList<int> Tags { get; init; } = [];
    public int Attachments { get; init; }
    public string? Unit { get; init; }
    public string? Executor { get; init; }

    /// <summary>What it came of in another service, such as a press question.</summary>
    public Origin? Origin { get; init; }

    /// <summary>The request it came from, forwarded or repeated, and its holder then.</summary>
    public Guid? ForwardedFrom { get; init; }
    public string? FromHolder { get; init; }
    public bool IsPart { get; init; }
    public bool MustAnswerInFull { get; init; }

    /// <summary>When a hand-over was acknowledged.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
    public Guid? ForwardedTo { get; init; }
    public string? ForwardedToHolder { get; init; }
    public IReadOnlyList<ForwardedOn> Parts { get; init; } = [];
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? RefusalGround { get; init; }

    /// <summary>The address of the publication the asker was pointed to.</summary>
    public string? PublishedAt { get; init; }
    public Guid? AskedInFullAs { get; init; }

    /// <summary>The body that considers a complaint: the holder, or its superior once it was passed up; null when there is none or it was decided.</summary>
    public string? ComplaintWith { get; init; }
    public string? ComplaintOutcome { get; init; }

    /// <summary>Terms whose act came too late.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];
    public Guid? DisclosureId { get; init; }
    public int FilesStored { get; init; }
    public int FilesHeldBack { get; init; }
    public string? Signature { get; init; }
    public string? SignatureReason { get; init; }

    /// <summary>The request that it repeats, as an official confirmed.</summary>
    public Guid? DuplicateOf { get; init; }

    /// <summary>Blocked or Erased; null while it can be read.</summary>
    public string? PersonalData { get; init; }

    /// <summary>How far its last day was reminded of: 0 not yet, 1 three working days before, 2 one before, 3 missed.</summary>
    public int Reminded { get; init; }

    /// <summary>The moments from which terms run.</summary>
    public required Times Times { get; init; }

    /// <summary>Marten calls it by its name.</summary>
    public static void ConfigureMarten(DocumentMapping<InquiryView> mapping) => ViewIndexes.On(mapping);
}

/// <summary>A part that went on at another holder.</summary>
public sealed record ForwardedOn(string Holder, Guid InquiryId);

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class InquiryViewFold
{
    public static InquiryView? Evolve(InquiryView? view, object fact)
    {
        var state = InquiryDecider.Next(view is null ? InquiryState.Received : Enum.Parse<InquiryState>(view.State), fact, view?.Unit is not null);
        var times = TimesFold.Evolve(view?.Times, fact);
        var next = Fold(view, fact, times);
        // another last day is reminded of anew
        return next with { Reminded = next.Due == view?.Due ? next.Reminded : 0, State = state.ToString(), IsOpen = state.IsOpen(), Times = times };
    }

    private static InquiryView Fold(InquiryView? view, object fact, Times times) => fact switch
    {
        InquiryReceived e => new(e.InquiryId, e.Holder, "", e.Language, e.AnswerForm, e.Channel, e.ApplicantKind, e.At)
        { Times = times, Defects = e.Defects, Attachments = e.Attachments, Regime = times.Regime },
        InquiryHandedOver e => new(e.InquiryId, e.Holder, "", e.Language, e.AnswerForm, "forwarded", e.ApplicantKind, e.At)
        { Times = times, ForwardedFrom = e.FromInquiryId, FromHolder = e.FromHolder, IsPart = e.PartTextId is not null },
        InquiryRepeated e => new(e.InquiryId, e.Holder, "", e.Language, e.AnswerForm, "repeated", e.ApplicantKind, e.At)
        { Times = times, ForwardedFrom = e.FromInquiryId, MustAnswerInFull = true },
        InquiryRegistered e => view! with { Number = e.Number, Origin = e.Origin, RegisteredAt = e.RegisteredAt, Due = e.WatchedDue ?? e.Due, SafeDue = e.WatchedSafeDue ?? e.SafeDue, CalendarVersion = e.CalendarVersion },
        InquiryAssigned e => view! with { Unit = e.Unit, Executor = e.Executor },
        RegimeConfirmed e => view! with { Regime = e.Regime, RegimeConfirmed = true, Due = e.Due, SafeDue = e.SafeDue, CalendarVersion = e.CalendarVersion },
        TopicsTagged e => view! with { Tags = e.Tags },
        DeadlineExtended e => view! with { Due = e.Due, SafeDue = e.SafeDue, CalendarVersion = e.CalendarVersion },
        DeadlinesRecalculated e => view! with { Due = e.Due, SafeDue = e.SafeDue, CalendarVersion = e.CalendarVersion },
        InquiryForwarded e => view! with { ForwardedTo = e.ForwardedInquiryId, ForwardedToHolder = e.ToHolder },
        InquiryForwardedInPart e => view! with { Parts = [.. view!.Parts, .. e.Parts.Select(p => new ForwardedOn(p.ToHolder, p.ForwardedInquiryId))] },
        HandOverAccepted e => view! with { AcceptedAt = e.At },
        InquiryAnswered e => view! with { AnsweredAt = e.At },
        InquiryAnsweredPartly e => view! with { AnsweredAt = e.At },
        PointedToPublication e => view! with { PublishedAt = e.Address },
        FullAnswerAsked e => view! with { AskedInFullAs = e.NextInquiryId },
        InquiryRefused e => view! with { RefusalGround = e.Ground },
        ViolationRecorded e => view! with { Violations = [.. view!.Violations, e.Rule] },
        DeadlineApproaching e => view! with { Reminded = e.WorkingDaysLeft > 1 ? 1 : 2 },
        DeadlineMissed => view! with { Reminded = Reminders.All },
        AnswerClearedForDisclosure e => view! with { DisclosureId = e.DisclosureId },
        DuplicateConfirmed e => view! with { DuplicateOf = e.Of },
        DuplicateUndone => view! with { DuplicateOf = null },
        AttachmentAdded => view! with { FilesStored = view!.FilesStored + 1 },
        AttachmentHeldBack => view! with { FilesHeldBack = view!.FilesHeldBack + 1 },
        SignatureChecked e => view! with { Signature = e.Outcome, SignatureReason = e.Reason, Defects = e.Defect is { } defect ? [.. view!.Defects.Union([defect])] : view!.Defects },
        ComplaintFiled => view! with { ComplaintWith = view!.Holder, ComplaintOutcome = null },
        ComplaintPassedUp e => view! with { ComplaintWith = e.ToBody },
        ComplaintDecided e => Reopened(view!, e) with { ComplaintWith = null, ComplaintOutcome = e.Outcome },
        IPersonalDataFact e => view! with { PersonalData = PersonalDataRules.Shown(view.PersonalData, e) },
        _ => view!, // the state's own fold stops at what is no fact
    };

    /// <summary>What ended it stands no more; a day that the decision set is the date to watch.</summary>
    private static InquiryView Reopened(InquiryView view, ComplaintDecided decided) => !InquiryDecider.Reopens(decided) ? view : view with
    {
        AnsweredAt = null,
        RefusalGround = null,
        PublishedAt = null,
        Due = decided.AnswerBy ?? view.Due,
        SafeDue = decided.AnswerBy ?? view.SafeDue,
    };
}

public sealed partial class InquiryViews : SingleStreamProjection<InquiryView, Guid>
{
    public InquiryViews()
    {
        foreach (var fact in InquiryDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
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
        return views;
    }
}

public static class InquiryReads
{
    /// <summary>The caller's body's requests (an auditor's: all), by safe due date; those without a date come last.</summary>
    public static async Task<Page<InquiryView>> List(this IQuerySession session, Caller caller, InquiryFilter filter, SearchTokens tokens, bool openOnly, string? cursor, int limit,
        DateOnly today, CancellationToken ct)
    {
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        var body = caller.Is(Roles.Auditor) ? null : caller.Body ?? "";
        var views = filter.On(session.Query<InquiryView>(), today);
        views = body is null ? views : views.Where(v => v.Holder == body);
        views = string.IsNullOrWhiteSpace(filter.Q) ? views : await session.Found(views, filter.Q.Trim(), tokens, body ?? filter.Holder, ct);
        views = openOnly ? views.Where(v => v.IsOpen) : views;
        var after = Cursor.Parse(cursor);
        List<InquiryView> items = [];
        if (after is null or { Day: not null })
        {
            var dated = views.Where(v => v.SafeDue != null);
            dated = after is { Day: { } day, Id: var id } ? dated.Where(v => v.MatchesSql("(d.safe_due, d.id) > (?, ?)", day, id)) : dated;
            items.AddRange(await dated.OrderBy(v => v.SafeDue).ThenBy(v => v.Id).Take(limit).ToListAsync(ct));
        }

        if (items.Count < limit)
        {
            var undated = views.Where(v => v.SafeDue == null);
            undated = after is { Day: null, Id: var id } ? undated.Where(v => v.Id > id) : undated;
            items.AddRange(await undated.OrderBy(v => v.Id).Take(limit - items.Count).ToListAsync(ct));
        }

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

        return view is not null && Shows(caller, view.Holder, view.ComplaintWith) ? view : throw Refused.Missing(nameof(Inquiry));
    }

    /// <summary>To its own body, to auditors, and to the body that considers a complaint.</summary>
    private static bool Shows(Caller caller, string holder, string? complaintWith) => caller.Sees(holder) || (complaintWith is { } body && caller.ActsFor(body));

    /// <summary>One request now, in the bytes in which it is stored: the JSON of <see cref="InquiryView"/>, which needs no taking apart to be sent.</summary>
    public static async Task<(byte[] Json, int Version)> Stored(this NpgsqlDataSource database, Caller caller, Guid id, CancellationToken ct)
    {
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor);
        await using var select = database.CreateCommand("select data, mt_version, holder, complaint_with from mt_doc_inquiryview where id = $1");
        select.Parameters.Add(new() { Value = id });
        await using var row = await select.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) && Shows(caller, row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3))
            ? (row.GetFieldValue<byte[]>(0), row.GetInt32(1)) : throw Refused.Missing(nameof(Inquiry));
    }
}

/// <summary>What the event store knows of this service: facts, folds, the view and its indexes.</summary>
public static class InquiryStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. InquiryDecider.Facts, .. CalendarDecider.Facts]);
        options.Projections.Add<CalendarFold>(ProjectionLifecycle.Live);
        ProofsComposition.Register(options);
        OralRequests.Register(options);
        DisclosureStore.Register(options);
        StatisticsStore.Register(options);
        options.Projections.Add<InquiryFold>(ProjectionLifecycle.Live);
        // a rebuild writes each view once in a long while, not once a page
        options.Projections.Add(new InquiryViews(), ProjectionLifecycle.Inline, rebuild => (rebuild.BatchSize, rebuild.CacheLimitPerTenant, rebuild.RebuildFlushThreshold) = (5_000, 100_000, 50_000));
        options.Projections.Add(new PersonalDataDemands(), ProjectionLifecycle.Inline);
        options.Schema.For<PersonalDataDemand>().Duplicate(d => d.Holder).Duplicate(d => d.Due);
        options.Schema.For<InquiryView>()
            .UseNumericRevisions(true)
            .UniqueIndex(UniqueIndexType.DuplicatedField, v => v.Number!);
    }
}
