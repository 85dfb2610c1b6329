using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>Somebody who is told, and how: an id by which the role's source finds the contact (a subject of the vault, unless it has ids of its own), and a kind of notice.</summary>
public sealed record Recipient(Guid Id, string Kind);

/// <summary>What is to be told and to whom it may matter. <paramref name="At"/>: the instant it is so; <paramref name="News"/>: announcements, statements, notices or transcripts, for those who chose.</summary>
public sealed record Occasion(string News, string Body, string? Region, string? Format, Guid? PressEventId, DateTimeOffset At);

/// <summary>
/// Those of one role who are concerned by what happened; each capability hands in its own. <c>ToldOfPlans</c>: also of changes that are not public.
/// <c>Address</c>: where the contact is, if not in the vault as a <see cref="Contact"/>. <c>IsOfOneEvent</c>: who is concerned by several events has an id for each of them,
/// and only the address tells that it is one person.
/// </summary>
public sealed record ConcernedSource(string Role, bool ToldOfPlans, Func<IQuerySession, Occasion, CancellationToken, Task<IReadOnlyList<Recipient>>> Who)
{
    public Func<IServiceProvider, Guid, CancellationToken, Task<Contact?>> Address { get; init; } =
        (services, id, ct) => services.GetRequiredService<Vault>().ContactOf(id, ct);

    public bool IsOfOneEvent { get; init; }
}

/// <summary>One kind of thing that is told of, by the first word of a notice's <c>what</c>: which facts call for it, and its words when it is sent.</summary>
public sealed record NoticeFamily(string Name, Func<IDocumentSession, IReadOnlyList<ConcernedSource>, CancellationToken, Task<IReadOnlyList<NewNotice>>> CalledFor,
    Func<NoticeSending, CancellationToken, Task<NoticeContent>> Compose);

/// <summary>A notice about to be sent. <paramref name="Role"/> and <paramref name="Change"/> are the second and third word of its <c>what</c>.</summary>
public sealed record NoticeSending(ClaimedNotice Notice, string Role, string Change, Contact Contact, IServiceProvider Services)
{
    public IQuerySession Session => Services.GetRequiredService<IQuerySession>();
    public FeedAddress Address => Services.GetRequiredService<FeedAddress>();

    public Letter Letter(string subject, string text) => new(Contact.Email!, subject, text);

    /// <summary>A signed call, as Standard Webhooks has it; what it carries is public.</summary>
    public WebhookCall Webhook(string type, object data) => new(Contact.Url!, new StandardWebhook(Contact.Secret!), new { type, timestamp = Notice.QueuedAt.InAlmaty(), data });
}

/// <summary>Everything that this service tells people by letter or webhook: its families and those who are concerned.</summary>
public sealed class PressNotices(IReadOnlyList<NoticeFamily> families, IReadOnlyList<ConcernedSource> sources)
{
    private readonly Dictionary<string, NoticeFamily> _families = families.ToDictionary(f => f.Name);
    private readonly Dictionary<string, ConcernedSource> _sources = sources.ToDictionary(s => s.Role);

    public NoticeParts Parts => new() { CalledFor = CalledFor, Compose = Compose, Together = (called, services, session, ct) => SeriesNotices.Together(called, services, session, sources, ct) };

    public static string What(string family, string role, string change) => $"{family}/{role}/{change}";

    private async Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<string> kinds, CancellationToken ct)
    {
        List<NewNotice> all = [];
        foreach (var family in families)
        {
            all.AddRange((await family.CalledFor(session, sources, ct)).Where(notice => kinds.Contains(notice.Kind)));
        }

        return all;
    }

    private async Task<NoticeContent> Compose(ClaimedNotice notice, IServiceProvider services, CancellationToken ct)
    {
        var (family, role, change) = notice.What.Split('/') is [var f, var r, var c] ? (f, r, c) : throw new InvalidOperationException("A notice's what has three words.");
        var contact = _sources.TryGetValue(role, out var source) ? await source.Address(services, notice.Recipient!.Value, ct)
            : await services.GetRequiredService<Vault>().ContactOf(notice.Recipient!.Value, ct);
        return contact is null || (notice.Kind == NoticeRules.Email ? contact.Email is null : contact.Url is null) ? new NotWanted("no-address")
            : await _families[family].Compose(new(notice, role, change, contact, services), ct);
    }
}
