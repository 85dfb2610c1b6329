using System.Text.Json;
using Marten;
using Outgoing;
using Platform;

namespace Inquiries;

/// <summary>A status change as the sender gets it: type and timestamp after Standard Webhooks; ids and numbers only. <c>OriginalInquiryId</c>: the request as the sender knows it.</summary>
public sealed record StatusChange(string Type, DateTimeOffset Timestamp, StatusChangeData Data);

public sealed record StatusChangeData(Guid InquiryId, Guid OriginalInquiryId, string Number, string Holder);

/// <summary>What a notice is about, looked up when it is sent: the request, and the one that the asker handed in, if it was forwarded since.</summary>
public sealed record NoticeSubject(InquiryView View, InquiryView Original)
{
    public static async Task<NoticeSubject?> Find(IQuerySession session, Guid inquiryId, CancellationToken ct)
    {
        var view = await session.LoadAsync<InquiryView>(inquiryId, ct);
        var original = view;
        while (original?.ForwardedFrom is { } from)
        {
            original = await session.LoadAsync<InquiryView>(from, ct);
        }

        return view is null || original is null ? null : new(view, original);
    }
}

/// <summary>A sender's own door, and the secret shared with it (Standard Webhooks, <c>whsec_…</c>).</summary>
public sealed record WebhookTarget
{
    public required Uri Url { get; init; }
    public required string Secret { get; init; }
}

/// <summary>Who is told of a request: the sender by a signed webhook, where its door (egov, queue, shep) has one, and the asker by mail.</summary>
public sealed class InquiryNotices(IReadOnlyDictionary<string, WebhookTarget> targets)
{
    private readonly Dictionary<string, StandardWebhook> _signers = targets.ToDictionary(t => t.Key, t => new StandardWebhook(t.Value.Secret));

    public NoticeParts Parts => new() { CalledFor = CalledFor, Compose = Compose, Delivered = Record, Webhooks = targets.Count > 0, AboutColumn = "inquiry_id" };

    private static Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<string> kinds, CancellationToken ct) => Task.FromResult<IReadOnlyList<NewNotice>>(
    [
        .. from stream in session.PendingChanges.Streams()
           from what in stream.Events.Select(e => NoticeWords.Of(e.Data)).OfType<string>()
           from kind in kinds
           select new NewNotice(stream.Id, kind, what),
    ]);

    private async Task<NoticeContent> Compose(ClaimedNotice notice, IServiceProvider services, CancellationToken ct)
    {
        var session = services.GetRequiredService<IDocumentSession>();
        return await NoticeSubject.Find(session, notice.About, ct) is not { View.Number: not null } subject ? new NotWanted("no-number")
            : notice.Kind == NoticeRules.Webhook ? ToSender(notice, subject)
            : await ToAsker(notice, subject.View, session, services.GetRequiredService<Vault>(), ct);
    }

    private NoticeContent ToSender(ClaimedNotice notice, NoticeSubject subject) => targets.TryGetValue(subject.Original.Channel, out var target)
        ? new WebhookCall(target.Url, _signers[subject.Original.Channel], new StatusChange("inquiry." + notice.What, notice.QueuedAt,
            new(subject.View.Id, subject.Original.Id, subject.View.Number!, subject.View.Holder)))
        : new NotWanted("no-webhook");

    /// <summary>Where the asker gave an e-mail and chose an electronic answer; number and state, never the answer.</summary>
    private static async Task<NoticeContent> ToAsker(ClaimedNotice notice, InquiryView view, IQuerySession session, Vault vault, CancellationToken ct)
    {
        var (state, _) = (await session.AsOf<Inquiry>(notice.About, null, InquiryDecider.Evolve, ct))!.Value;
        if (view.AnswerForm != "electronic" || await vault.OpenForm(state.SubjectId, ct) is not { } form || Address(form) is not { } address)
        {
            return new NotWanted("no-address");
        }

        var (subject, text) = NoticeWords.Mail(notice.What, view.Number!, view.Language, view.Due);
        return new Letter(address, subject, text);
    }

    private static string? Address(string form)
    {
        using var json = JsonDocument.Parse(form);
        return FormReader.Read(json.RootElement).Contacts.Email;
    }

    /// <summary>The asker was told, which the law asks for within a term; whoever could not be recorded here may be by an official.</summary>
    private static async Task Record(ClaimedNotice notice, IServiceScopeFactory scopes)
    {
        for (var attempt = 1; attempt <= 3 && NoticeWords.Tells(notice) is { } about; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("notices");
            try
            {
                await scope.ServiceProvider.GetRequiredService<InquiryCommands>().Run(notice.About, Seen.Whatever, _ => true, "", _ => null,
                    (state, act, _) => InquiryDecider.Decide(state, new RecordNotice(about, "email"), act), CancellationToken.None);
                return;
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Stale)
            {
                // somebody acted on it meanwhile
            }
        }
    }
}

/// <summary>One line of the ledger, without addresses. <paramref name="State"/>: queued, delivered, given-up, refused, unknown (a letter that may have arrived and is not sent again), not-wanted.</summary>
public sealed record Notice(Guid Id, Guid InquiryId, string Kind, string What, string State, DateTimeOffset QueuedAt, DateTimeOffset? NextAt, IReadOnlyList<NoticeAttempt> Attempts)
{
    public static IReadOnlyList<Notice> Of(IReadOnlyList<NoticeLine> lines) => [.. lines.Select(n => new Notice(n.Id, n.About, n.Kind, n.What, n.State, n.QueuedAt, n.NextAt, n.Attempts))];
}

public static class NoticeRest
{
    public static void AddNotices(this WebApplicationBuilder builder) => builder.AddOutgoing(
        new InquiryNotices(builder.Configuration.GetSection("Notices:Webhooks").Get<Dictionary<string, WebhookTarget>>() ?? []).Parts);

    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/inquiries/{id:guid}/notices", async (Guid id, IQuerySession session, Work work, NoticeLedger ledger, CancellationToken ct) =>
            {
                await session.One(work.Caller, id, null, ct);
                return Notice.Of(await ledger.Of(id, ct));
            })
            .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Notices").WithSummary("What was told of this request to its sender and its asker, try by try; no addresses.");
        app.MapGet("/v1/egov/notices", async (string? state, string? cursor, int? limit, NoticeLedger ledger, CancellationToken ct) =>
            {
                var after = cursor is null ? Guid.Empty : Guid.TryParse(cursor, out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
                var most = Changes.Limit(limit);
                var items = Notice.Of(await ledger.InState(state ?? NoticeRules.GivenUp, after, most, ct));
                return new Page<Notice>(items, items.Count == most ? items[^1].Id.ToString() : null);
            })
            .ForRoles(Roles.Admin).WithTags("Notices").WithSummary("Notices in one state; unless told, those that were given up.");
    }
}
