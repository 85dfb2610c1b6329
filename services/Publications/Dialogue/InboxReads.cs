using System.Text.Json;
using Marten;
using Platform;

namespace Publications;

/// <summary>
/// An item as officials see it: no words of its sender, who are opened apart (<c>/words</c>). <paramref name="Overdue"/>: not answered, closed or made a request by its
/// time, at this moment.
/// </summary>
public sealed record InboxItemReply(Guid Id, long Version, string State, string Body, string Account, string Channel, string Kind, string? Language, Guid SubjectId, DateTimeOffset PostedAt,
    DateTimeOffset ReceivedAt, string? Officer, IReadOnlyList<string> Tags, InboxTermShown Term, bool Overdue)
{
    public InboxReplyShown? Reply { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public Guid? InquiryId { get; init; }
    public string? Number { get; init; }
    public string? ClosedFor { get; init; }

    /// <param name="calendar">The edition by which its term was counted.</param>
    public static InboxItemReply Of(InboxItem i, long version, DateTimeOffset now, WorkingCalendar calendar) => new(i.Id, version, i.State.ToString(), i.Body, i.Received.Account, i.Received.Channel, i.Received.Kind,
        i.Received.Language, i.Received.SubjectId, i.Received.PostedAt.InAlmaty(), i.Received.At.InAlmaty(), i.Officer, i.Tags, InboxTerms.Show(i.Term, i.Received.At, calendar),
        i.State is InboxState.New or InboxState.Assigned && i.Term.DueAt <= now)
    {
        Reply = i.Reply is { } r ? new(r.ReplyId, r.Language, r.ContentHash, r.Author, r.ApprovedBy, r.ApprovedAt?.InAlmaty(), r.Attempts) { ReturnedBy = r.ReturnedBy, ReturnedAt = r.ReturnedAt?.InAlmaty() } : null,
        AnsweredAt = i.AnsweredAt?.InAlmaty(),
        InquiryId = i.InquiryId,
        Number = i.Number,
        ClosedFor = i.ClosedFor,
    };
}

/// <summary>Where a reply stands, with the ledger of calls to the channel in order; its words are read apart.</summary>
public sealed record InboxReplyShown(Guid ReplyId, string Language, string ContentHash, string Author, string? ApprovedBy, DateTimeOffset? ApprovedAt, IReadOnlyList<Attempt> Attempts)
{
    /// <summary>The official whose account it is, or a delegate, wrote or approved it; null: the account names nobody.</summary>
    public bool? ByOfficial { get; init; }

    /// <summary>Who sent it back to its author, and when; why is read with the words.</summary>
    public string? ReturnedBy { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
}

/// <summary>What was written, by whom, and the reply as it stands, opened for an official who said why.</summary>
public sealed record InboxWords(string Text, InboxSender? Sender, string? Reply, string? ReplyLanguage, string? ContentHash)
{
    /// <summary>Kinds of vault items.</summary>
    public const string TextKind = "words", SenderKind = "sender", ReplyKind = "reply", ExternalKind = "reply-external-id", ReasonKind = "reply-return-reason";

    /// <summary>Why the reply was sent back to its author.</summary>
    public string? Returned { get; init; }
}

/// <summary>Filters of the list; all optional. <paramref name="Overdue"/>: open ones past their time; <paramref name="ReturnedTo"/>: whose reply was sent back to this author.</summary>
public sealed record InboxFilter(string? State, string? Account, string? Kind, string? Officer, string? Tag, bool? Overdue, string? ReturnedTo)
{
    public IQueryable<InboxItemView> On(IQueryable<InboxItemView> views, DateTimeOffset now)
    {
        _ = State is null || Enum.GetNames<InboxState>().Contains(State) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
        views = State is null ? views : views.Where(v => v.State == State);
        views = Account is null ? views : views.Where(v => v.Account == Account);
        views = Kind is null ? views : views.Where(v => v.Kind == Kind);
        views = Officer is null ? views : views.Where(v => v.Officer == Officer);
        views = ReturnedTo is null ? views : views.Where(v => v.ReturnedTo == ReturnedTo);
        views = Tag is null ? views : views.Where(v => v.Tags.Contains(Tag));
        return Overdue switch
        {
            null => views,
            true => views.Where(v => v.IsOpen && v.DueAt <= now),
            false => views.Where(v => !v.IsOpen || v.DueAt > now),
        };
    }
}

/// <summary>The reads of the inbox: officials their own body's, auditors all.</summary>
public sealed class InboxReads(IQuerySession session, Vault vault, Work work, CalendarInForce calendar, TimeProvider clock)
{
    public static readonly string[] Readers = [Roles.Moderator, Roles.Editor, Roles.Approver, Roles.Auditor];

    /// <summary>In the order in which they are due.</summary>
    public async Task<Page<InboxItemReply>> List(InboxFilter filter, string? cursor, int limit, CancellationToken ct)
    {
        var (now, body) = (clock.GetUtcNow(), work.Caller.Body ?? "");
        var views = filter.On(session.Query<InboxItemView>(), now);
        var own = work.Caller.Is(Roles.Auditor) || (filter.Account is { } account && await session.Speaks(work.Caller, account, now, ct));
        views = own ? views : views.Where(v => v.Body == body);
        if (Cursor.Parse(cursor) is { } last)
        {
            var (at, id) = (last.At, last.Id);
            views = views.Where(v => v.DueAt > at || (v.DueAt == at && v.Id > id));
        }

        var found = await views.OrderBy(v => v.DueAt).ThenBy(v => v.Id).Take(limit).ToListAsync(ct);
        return new(await session.ByOfficials([.. found.Select(v => InboxItemReply.Of(v.Now, v.Version, now, calendar.Of(v.Now.Term.CalendarVersion)))], ct), found.Count == limit ? new Cursor(found[^1].DueAt, found[^1].Id).ToString() : null);
    }

    public async Task<InboxItemReply> One(Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var own = await Own(id, ct);
        var (state, version) = asOf is null ? (own.Now, own.Version) : await session.AsOf<InboxItem>(id, asOf, InboxFold.Evolve, ct) ?? throw Refused.Missing(nameof(InboxItem));
        return (await session.ByOfficials([InboxItemReply.Of(state, version, asOf ?? clock.GetUtcNow(), calendar.Of(state.Term.CalendarVersion))], ct))[0];
    }

    public async Task<InboxItemView> Own(Guid id, CancellationToken ct) =>
        await session.LoadAsync<InboxItemView>(id, ct) is { } view && (work.Caller.Sees(view.Body) || await session.Speaks(work.Caller, view.Account, clock.GetUtcNow(), ct)) ? view : throw Refused.Missing(nameof(InboxItem));

    /// <summary>Only for the body itself and those who speak on the account, and kept by the vault.</summary>
    public async Task<InboxWords> Words(Guid id, string? reason, CancellationToken ct)
    {
        var item = await Own(id, ct) is { } view && (work.Caller.ActsFor(view.Body) || await session.Speaks(work.Caller, view.Account, clock.GetUtcNow(), ct)) ? view.Now : throw Refused.Missing(nameof(InboxItem));
        var text = await vault.Read(item.Received.SubjectId, InboxWords.TextKind, reason, ct);
        return new(text, await vault.Sender(item, ct), item.Reply is { } reply ? await vault.Open(item.Received.SubjectId, reply.TextId, ct) : null, item.Reply?.Language, item.Reply?.ContentHash)
        { Returned = item.Reply?.ReturnReasonId is { } reasonId ? await vault.Open(item.Received.SubjectId, reasonId, ct) : null };
    }
}

public static class InboxReadsRest
{
    /// <summary>With whether an official whose account it came by had a part in the reply.</summary>
    public static async Task<IReadOnlyList<InboxItemReply>> ByOfficials(this IQuerySession session, IReadOnlyList<InboxItemReply> items, CancellationToken ct)
    {
        var accounts = await session.Accounts(items.Where(i => i.Reply is not null).Select(i => i.Account), ct);
        return accounts.Values.All(a => a.Official is null) ? items : [.. items.Select(i => i.Reply is not { } reply ? i
            : i with { Reply = reply with { ByOfficial = accounts.GetValueOrDefault(i.Account)?.Official.Among([reply.Author, reply.ApprovedBy], reply.ApprovedAt ?? i.ReceivedAt) } })];
    }

    /// <summary>Null once blocked or erased.</summary>
    public static async Task<InboxSender?> Sender(this Vault vault, InboxItem item, CancellationToken ct) =>
        await vault.Open(item.Received.SubjectId, item.Received.SenderId, ct) is { } sender ? JsonSerializer.Deserialize<InboxSender>(sender, Json.Options) : null;

    public static void MapInboxReads(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/inbox").ForRoles(InboxReads.Readers).WithTags(InboxRest.Tag);
        doors.MapGet("/", ([AsParameters] InboxFilter filter, string? cursor, int? limit, InboxReads reads, CancellationToken ct) => reads.List(filter, cursor, Changes.Limit(limit), ct))
            .WithSummary("What came back from the channels of the caller's body, in the order in which it is due; overdue=true is what nobody answered in time.");
        doors.MapGet("/{id:guid}", async (Guid id, DateTimeOffset? asOf, InboxReads reads, HttpResponse reply, CancellationToken ct) =>
            {
                var shown = await reads.One(id, asOf, ct);
                return reply.Versioned(shown, shown.Version);
            })
            .Produces<InboxItemReply>().WithSummary("One item without its words, with its term's trace and its reply's ledger; asOf shows it as it was recorded at that instant.");
        doors.MapGet("/{id:guid}/history", async (Guid id, InboxReads reads, IQuerySession session, CancellationToken ct) =>
            {
                await reads.Own(id, ct);
                return (await session.Events.FetchStreamAsync(id, token: ct)).Select(HistoryEntry.Of).ToList();
            })
            .WithSummary("Who did what, when it was so and when it was recorded.");
        app.MapGet(InboxRest.Path + "/words", async (Guid id, string? reason, InboxReads reads, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                return await reads.Words(id, reason, ct);
            })
            .ForRoles(Roles.Moderator, Roles.Editor, Roles.Approver).WithTags(InboxRest.Tag).WithSummary("What was written, by whom, and the reply's words with the contentHash to approve; read with a reason, which the vault keeps.");
    }
}
