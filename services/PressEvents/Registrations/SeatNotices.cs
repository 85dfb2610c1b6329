using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>Whoever moves up from the waiting list is written to, once: a seat that nobody knows of stays empty.</summary>
public static class SeatNotices
{
    private const string Family = "seat", MovedUp = "moved-up";

    public static readonly NoticeFamily Notices = new(Family, CalledFor, Compose);

    private static async Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct)
    {
        List<RegistrationSeated> seated = [.. session.PendingChanges.Streams().SelectMany(stream => stream.Events).Select(e => e.Data).OfType<RegistrationSeated>()];
        if (seated.Count == 0)
        {
            return [];
        }

        // in the store they still wait: who they are does not change with the seat
        var all = (await session.LoadManyAsync<RegistrationView>(ct, [.. seated.Select(e => e.RegistrationId)])).ToDictionary(r => r.Id);
        return [.. seated.Select(e => For(all[e.RegistrationId]))];
    }

    /// <summary>To a journalist at the register's address, to anybody else at his own. A registration moves up at most once, so its id is the cause.</summary>
    public static NewNotice For(RegistrationView registration)
    {
        var (role, recipient) = registration.JournalistId is { } journalist ? (AccreditedMedia.Source.Role, journalist) : (Registrants.Source.Role, registration.Id);
        return new(registration.PressEventId, NoticeRules.Email, PressNotices.What(Family, role, MovedUp), recipient, $"{MovedUp}:{registration.Id}");
    }

    private static async Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var registration = await sending.Session.LoadAsync<RegistrationView>(Guid.Parse(sending.Notice.Cause![(MovedUp.Length + 1)..]), ct);
        var press = await sending.Session.LoadAsync<PressEventView>(sending.Notice.About, ct);
        if (registration?.State != nameof(RegistrationState.Seated) || press is null || !IsComing(press, sending.Services.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            return new NotWanted("not-seated");
        }

        var (subject, text) = Mail(press, sending.Contact, sending.Address.Of(press.Id), sending.Services.GetRequiredService<Catalogue>());
        return sending.Letter(subject, text);
    }

    private static bool IsComing(PressEventView press, DateTimeOffset now) => press.CancelledAt is null && press.PostponedAt is null && now < press.End;

    /// <summary>Subject and text in the recipient's language; times are Almaty's.</summary>
    public static (string Subject, string Text) Mail(PressEventView press, Contact to, string link, Catalogue catalogue)
    {
        var (title, kk) = (to.In(press.Title), to.IsKazakh);
        List<string> lines =
        [
            kk ? "Орын босады: күту тізімінен сізге орын берілді." : "Освободилось место: вы переведены из листа ожидания, место за вами.", title, "",
            (kk ? "Уақыты: " : "Время: ") + ChangeWords.At(press.Start) + (kk ? " (Астана уақыты)" : " (время Астаны)"),
            .. catalogue.Hall(press.Hall) is { } hall ? [(kk ? "Орны: " : "Место: ") + to.In(hall.Name)] : Array.Empty<string>(),
            (kk ? "Толығырақ: " : "Подробнее: ") + link,
            kk ? "Келе алмасаңыз, орыннан бас тартыңыз: оны кезектегі адам алады." : "Если вы не сможете прийти, откажитесь от места: его получит следующий в очереди.",
        ];
        return ((kk ? "Сізге орын берілді: " : "Место за вами: ") + title, string.Join('\n', lines));
    }
}
