using Marten;
using Platform;

namespace Inquiries;

/// <summary>Sends what is due, any number of replicas side by side; each notice has its own time, so that one that fails stands in nobody's way.</summary>
public sealed class NoticeWorker(NoticeLedger ledger, NoticeKinds kinds, NoticeWebhooks webhooks, NoticeMail mail, IServiceScopeFactory scopes, TimeProvider clock, ILogger<NoticeWorker> log) : BackgroundService
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var claimed = await ledger.Claim(kinds.All, 16, stoppingToken);
                await Task.WhenAll(claimed.GroupBy(notice => notice.InquiryId).Select(ofOne => InOrder(ofOne.OrderBy(notice => notice.QueuedAt), stoppingToken)));
                await (claimed.Count > 0 ? Task.CompletedTask : Task.Delay(Glance, clock, stoppingToken));
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogWarning("Notices wait: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken);
            }
        }
    }

    /// <summary>Nobody should read of an answer before the registration; past a failed try order is not promised, the timestamp tells it.</summary>
    private async Task InOrder(IEnumerable<ClaimedNotice> ofOneRequest, CancellationToken ct)
    {
        foreach (var notice in ofOneRequest)
        {
            await Send(notice, ct);
        }
    }

    private async Task Send(ClaimedNotice notice, CancellationToken ct)
    {
        try
        {
            var done = await Try(notice, ct);
            await ledger.End(notice, done, CancellationToken.None);
            if (done.Outcome == NoticeOutcome.Delivered && NoticeRules.Tells(notice) is { } about)
            {
                await Record(notice.InquiryId, about, CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // the try stays open; when its lease is over the notice is looked at again
            log.LogError("A notice was not brought to its end: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
        }
    }

    /// <summary>The asker was told, which the law asks for within a term; whoever could not be recorded here may be by an official.</summary>
    private async Task Record(Guid inquiryId, string about, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("notices");
            try
            {
                await scope.ServiceProvider.GetRequiredService<InquiryCommands>().Run(inquiryId, Seen.Whatever, _ => true, "", _ => null,
                    (state, act, _) => InquiryDecider.Decide(state, new RecordNotice(about, "email"), act), ct);
                return;
            }
            catch (RefusedException refused) when (refused.Kind == RefusalKind.Stale)
            {
                // somebody acted on it meanwhile
            }
        }
    }

    private async Task<NoticeTry> Try(ClaimedNotice notice, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Work>().Caller = Caller.Service("notices");
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        if (await NoticeSubject.Find(session, notice.InquiryId, ct) is not { View.Number: not null } subject)
        {
            return new(NoticeOutcome.NotWanted, "no-number");
        }

        if (notice.Kind == NoticeRules.Webhook)
        {
            return await webhooks.Send(notice, subject, ct);
        }

        var (state, _) = (await session.AsOf<Inquiry>(notice.InquiryId, null, InquiryDecider.Evolve, ct))!.Value;
        return await mail.Send(notice, subject, await scope.ServiceProvider.GetRequiredService<Vault>().OpenForm(state.SubjectId, ct), ct);
    }
}

/// <summary>The kinds of notices that are configured here.</summary>
public sealed record NoticeKinds(IReadOnlyList<string> All);

public static class NoticeServices
{
    public static void AddNotices(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Notices").Get<NoticeOptions>() ?? new();
        var mail = builder.Configuration.GetSection("Mail").Get<MailOptions>() ?? new();
        var mails = !string.IsNullOrWhiteSpace(mail.Host);
        if (mails && !Identifiers.IsEmail(mail.From))
        {
            throw new InvalidOperationException("Mail:From is missing: whose letters are these?");
        }

        string[] kinds = [.. options.Webhooks.Count > 0 ? [NoticeRules.Webhook] : Array.Empty<string>(), .. mails ? [NoticeRules.Email] : Array.Empty<string>()];
        var services = builder.Services.AddSingleton(options).AddSingleton(mail).AddSingleton(new NoticeKinds(kinds)).AddSingleton<NoticeLedger>().AddSingleton<NoticeMail>();
        services.AddSingleton(provider => new NoticeWebhooks(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 64 * 1024 }, options, provider.GetRequiredService<TimeProvider>()));
        if (kinds.Length > 0)
        {
            services.AddHostedService<NoticeWorker>();
            services.ConfigureMarten((provider, store) => store.Listeners.Add(new NoticeLedger.Queue(kinds, provider.GetRequiredService<TimeProvider>())));
        }
    }
}

public static class NoticeRest
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/inquiries/{id:guid}/notices", async (Guid id, IQuerySession session, Work work, NoticeLedger ledger, CancellationToken ct) =>
            {
                await session.One(work.Caller, id, null, ct);
                return await ledger.Of(id, ct);
            })
            .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Notices").WithSummary("What was told of this request to its sender and its asker, try by try; no addresses.");
        app.MapGet("/v1/egov/notices", async (string? state, string? cursor, int? limit, NoticeLedger ledger, CancellationToken ct) =>
            {
                var after = cursor is null ? Guid.Empty : Guid.TryParse(cursor, out var id) ? id : throw Refused.Invalid("cursor-invalid", "cursor is what the last page gave as next.", "cursor");
                var most = Changes.Limit(limit);
                var items = await ledger.InState(state ?? NoticeRules.GivenUp, after, most, ct);
                return new Page<Notice>(items, items.Count == most ? items[^1].Id.ToString() : null);
            })
            .ForRoles(Roles.Admin).WithTags("Notices").WithSummary("Notices in one state; unless told, those that were given up.");
    }
}
