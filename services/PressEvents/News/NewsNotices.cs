using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>The letter that asks whether a subscription is wanted, and the way out that stands in every later one.</summary>
public static class NewsNotices
{
    private const string Family = "subscription";
    private static readonly TimeSpan ToConfirm = TimeSpan.FromDays(7);

    /// <summary>Who wants out must never be too late.</summary>
    private static readonly DateTimeOffset Never = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly NoticeFamily Notices = new(Family, CalledFor, Compose);

    private static Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct) => Task.FromResult<IReadOnlyList<NewNotice>>(
    [
        .. session.PendingChanges.Streams().SelectMany(stream => stream.Events).Select(e => e.Data).OfType<NewsSubscribed>().Where(e => e.Way == NoticeRules.Email)
            .Select(e => new NewNotice(e.SubscriptionId, NoticeRules.Email, PressNotices.What(Family, NewsSubscribers.Role, "confirm"), e.SubjectId, "confirm")),
    ]);

    private static Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var (id, kk) = (sending.Notice.About, sending.Contact.IsKazakh);
        var code = sending.Services.GetRequiredService<LinkCodes>().For(LinkPurpose.ConfirmSubscription, id, id, sending.Notice.QueuedAt + ToConfirm);
        return Task.FromResult<NoticeContent>(sending.Letter(kk ? "Жазылымды растаңыз" : "Подтвердите подписку", kk
            ? $"Бұл мекенжай Орталық коммуникациялар қызметінің жаңалықтарына жазылды.\nРастау: {NewsPage.Link(sending.Address, id, "confirm", code)}\nСілтеме жеті күн жарамды. Жазылмаған болсаңыз, ештеңе істемеңіз."
            : $"Этот адрес подписан на новости Службы центральных коммуникаций.\nПодтвердить: {NewsPage.Link(sending.Address, id, "confirm", code)}\nСсылка действует семь дней. Если вы не подписывались, ничего не делайте."));
    }

    /// <summary>The last line of a letter to a subscriber.</summary>
    public static async Task<string> Ending(NoticeSending sending, CancellationToken ct)
    {
        var subject = sending.Notice.Recipient!.Value;
        if (await sending.Session.Query<NewsSubscriptionView>().FirstOrDefaultAsync(s => s.SubjectId == subject, ct) is not { } own)
        {
            return "";
        }

        var code = sending.Services.GetRequiredService<LinkCodes>().For(LinkPurpose.EndSubscription, own.Id, own.Id, Never);
        return (sending.Contact.IsKazakh ? "\n\nЖазылымнан бас тарту: " : "\n\nОтписаться: ") + NewsPage.Link(sending.Address, own.Id, "unsubscribe", code);
    }
}
