using System.Globalization;
using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>The letter that invites, and the link in it and in every later letter to the same speaker.</summary>
public static class InvitationNotices
{
    private const string Family = "invitation";

    /// <summary>A link ends so long after the event's end as it stands when the letter is written.</summary>
    private static readonly TimeSpan After = TimeSpan.FromDays(14);

    public static readonly NoticeFamily Notices = new(Family, CalledFor, Compose);

    private static Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct) => Task.FromResult<IReadOnlyList<NewNotice>>(
    [
        .. session.PendingChanges.Streams().SelectMany(stream => stream.Events).Select(e => e.Data).OfType<SpeakerInvited>()
            .Select(e => new NewNotice(e.InvitationId, NoticeRules.Email, PressNotices.What(Family, EventNotices.Speaker, "sent"), e.SubjectId, "sent")),
    ]);

    private static async Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var found = await sending.Session.AsOf<Invitation>(sending.Notice.About, null, InvitationDecider.Evolve, ct);
        if (found is not { State: { IsOpen: true, Invited: var invited } } || await sending.Session.LoadAsync<PressEventView>(invited.PressEventId, ct) is not { CancelledAt: null } about)
        {
            return new NotWanted("not-open");
        }

        var kk = sending.Contact.IsKazakh;
        var title = sending.Contact.In(about.Title);
        return sending.Letter(kk ? $"Сөз сөйлеуге шақыру: {title}" : $"Приглашение выступить: {title}", string.Join('\n',
            kk ? "Сізді баспасөз іс-шарасында сөз сөйлеуге шақырамыз." : "Приглашаем вас выступить на мероприятии для прессы.",
            title, "", (kk ? "Уақыты: " : "Время: ") + ChangeWords.At(about.Start) + (kk ? " (Астана уақыты)" : " (время Астаны)")) + Answering(sending, invited.InvitationId, about));
    }

    /// <summary>For a letter about a change: the speaker's own link, made anew for the event as it stands; nothing once there is nothing to answer.</summary>
    public static async Task<string> Link(NoticeSending sending, PressEventView about, CancellationToken ct)
    {
        var subject = sending.Notice.Recipient!.Value;
        var own = (await sending.Session.Query<InvitationView>().Where(i => i.PressEventId == about.Id).ToListAsync(ct)).LastOrDefault(i => i.SubjectId == subject);
        return own is null || about.CancelledAt is not null ? "" : Answering(sending, own.Id, about);
    }

    private static string Answering(NoticeSending sending, Guid invitationId, PressEventView about)
    {
        var until = about.End + After;
        var code = sending.Services.GetRequiredService<LinkCodes>().For(LinkPurpose.Invitation, about.Id, invitationId, until);
        var (address, day) = (InvitationPage.Link(sending.Address, invitationId, code), until.InAlmaty().ToString("dd.MM.yyyy", CultureInfo.InvariantCulture));
        return sending.Contact.IsKazakh
            ? $"\nЖауап беру (растау, бас тарту, орынбасар жіберу, жазбаға келісім): {address}\nСілтеме {day} күніне дейін жарамды; оны басқаға бермеңіз."
            : $"\nОтветить (подтвердить, отказаться, прислать замену, согласие на запись): {address}\nСсылка действует до {day}; не передавайте её.";
    }
}
