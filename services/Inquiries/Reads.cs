using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>The desk's reads: list, one, its deadlines, its history, and the vault read that is logged.</summary>
public static class ReadsRest
{
    public static void MapReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/inquiries").ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Reads");
        doors.MapGet("/", ([AsParameters] InquiryFilter filter, string? cursor, int? limit, IQuerySession session, SearchTokens tokens, Work work, TimeProvider clock, CancellationToken ct) =>
                session.List(work.Caller, filter, tokens, openOnly: false, cursor, Changes.Limit(limit), Registration.AlmatyDate(clock.GetUtcNow()).ToDateOnly(), ct))
            .WithSummary("Requests of the caller's body (auditors: all), by safe due date. q: our number, the sender's, an IIN, BIN or phone, or words of the text by their beginnings.");
        doors.MapGet("/{id:guid}", One)
            .Produces<InquiryView>().WithSummary("One request, without personal data; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/deadlines", Deadlines).WithSummary("Every deadline of the request, explained; asOf tells them as they stood at that instant.");
        doors.MapGet("/{id:guid}/history", History).WithSummary("Who did what, when it was so (at) and when it was recorded; asOf leaves out what was recorded later.");
        doors.MapGet("/{id:guid}/applicant", async (Guid id, string? reason, IQuerySession session, Work work, Vault vault, CancellationToken ct) =>
                TypedResults.Text(await ApplicantRead.Read(session, work.Caller, vault, id, reason, ct), "application/json"))
            .WithSummary("The form from the vault; the read is logged with its reason. No asOf: what was corrected or erased is kept nowhere.");
    }

    private static async Task<IResult> One(Guid id, DateTimeOffset? asOf, NpgsqlDataSource database, IDocumentStore store, Work work, HttpResponse reply, CancellationToken ct)
    {
        if (asOf is null)
        {
            var (json, version) = await database.Stored(work.Caller, id, ct);
            return reply.Versioned(json, version);
        }

        await using var session = store.QuerySession();
        var view = await session.One(work.Caller, id, asOf, ct);
        return reply.Versioned(view, view.Version);
    }

    private static async Task<IReadOnlyList<RequestDeadline>> Deadlines(Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, Calendars calendars, TimeProvider clock,
        CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, asOf, ct);
        // what is closed keeps the calendar of its last day
        var known = view.Times.Concluded ?? view.Times.Dropped ?? asOf;
        return RequestDeadline.Of(view, known is { } at ? calendars.AsOf(at).Calendar : calendars.Current, asOf ?? clock.GetUtcNow());
    }

    private static async Task<IReadOnlyList<HistoryEntry>> History(Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, asOf, ct);
        return [.. (await session.Events.FetchStreamAsync(id, version: view.Version, token: ct)).Select(HistoryEntry.Of)];
    }
}

/// <summary>A deadline that stands on a request: the rule, its edition, from which day it runs, the dates, and how they came about in kk and ru.</summary>
public sealed record RequestDeadline(string Rule, string Article, string Edition, string CalendarVersion, DateOnly From, DateOnly Due, DateOnly SafeDue,
    bool Provisional, string State, IReadOnlyList<TraceStep> Trace, Words Explanation, string CountedFrom)
{
    public static IReadOnlyList<RequestDeadline> Of(InquiryView view, WorkingCalendar calendar, DateTimeOffset now) =>
        [.. Terms.Of(view.Times, calendar).Select(term => Of(term, now))];

    private static RequestDeadline Of(Term term, DateTimeOffset now)
    {
        var d = term.Explained;
        return new(term.Rule, d.Article, d.Edition, d.CalendarVersion, d.From.ToDateOnly(), d.Due.ToDateOnly(), d.SafeDue.ToDateOnly(), d.Provisional, term.StateAt(now),
            d.Trace, d.Sentence, d.CountedFrom);
    }
}

/// <summary>The vault read, for both doors: own body (or auditor), a reason, a log entry before anything is opened.</summary>
public static class ApplicantRead
{
    public static async Task<string> Read(IQuerySession session, Caller caller, Vault vault, Guid id, string? reason, CancellationToken ct)
    {
        await session.One(caller, id, null, ct);
        var (state, _) = (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))!.Value;
        return await vault.Read(state.SubjectId, "form", reason, ct);
    }
}

public sealed partial class InquiriesGrpc
{
    public override async Task<ListAssignedReply> ListAssigned(ListAssignedRequest request, ServerCallContext context)
    {
        var clock = Handler<TimeProvider>(context);
        var page = await Handler<IQuerySession>(context).List(Handler<Work>(context).Caller, new(null, null, null, null, null, null), Handler<SearchTokens>(context), openOnly: true,
            Given(request.Cursor), Changes.Limit(request.Limit == 0 ? null : request.Limit), Registration.AlmatyDate(clock.GetUtcNow()).ToDateOnly(), context.CancellationToken);
        return new() { Items = { page.Items.Select(Message) }, Next = page.Next ?? "" };
    }

    public override async Task<V1.Inquiry> Get(GetRequest request, ServerCallContext context)
    {
        var (json, _) = await Handler<NpgsqlDataSource>(context).Stored(Handler<Work>(context).Caller, Id(request.InquiryId), context.CancellationToken);
        return Message(JsonSerializer.Deserialize<InquiryView>(json, Json.Options)!);
    }

    public override async Task<ReadApplicantReply> ReadApplicant(ReadApplicantRequest request, ServerCallContext context) => new()
    {
        FormJson = await ApplicantRead.Read(Handler<IQuerySession>(context), Handler<Work>(context).Caller, Handler<Vault>(context), Id(request.InquiryId),
            Given(request.Reason), context.CancellationToken),
    };

    private static V1.Inquiry Message(InquiryView view) => new()
    {
        Id = view.Id.ToString(),
        Version = view.Version,
        Number = view.Number ?? "",
        State = view.State,
        Holder = view.Holder,
        Language = view.Language,
        AnswerForm = view.AnswerForm,
        ReceivedAt = Timestamp.FromDateTimeOffset(view.ReceivedAt),
        RegisteredAt = view.RegisteredAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        Due = view.Due?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        SafeDue = view.SafeDue?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        Defects = { view.Defects },
        Unit = view.Unit ?? "",
        Executor = view.Executor ?? "",
    };
}
