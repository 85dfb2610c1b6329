using System.Globalization;
using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>
/// A series that is moved or cancelled together is told of together: one letter for each person, with those of its events that concern him. Machines get
/// one call for each event, whose version is their guard.
/// </summary>
public static class SeriesNotices
{
    private const string Family = "series";

    /// <summary>Called for in place of the letters about each event, by whoever calls for those.</summary>
    public static readonly NoticeFamily Notices = new(Family, (_, _, _) => Task.FromResult<IReadOnlyList<NewNotice>>([]), Compose);

    /// <summary>The letters about each event, and in place of several to one person one about the act. <paramref name="members"/>: the events that it changed; <paramref name="person"/>: whom a letter goes to.</summary>
    public static IReadOnlyList<NewNotice> Together(IReadOnlyList<NewNotice> each, Guid seriesId, long version, IReadOnlyList<Guid> members, Func<NewNotice, string> person) =>
    [
        .. each.GroupBy(notice => (notice.Kind, person(notice))).SelectMany(own => own.Key.Kind != NoticeRules.Email || own.Count() == 1 ? own.AsEnumerable()
            : [own.First() with { About = seriesId, What = Family + own.First().What[own.First().What.IndexOf('/', StringComparison.Ordinal)..], Cause = Cause(version, own.Select(n => n.About), members) }]),
    ];

    /// <summary>What the pending facts call for, together where they say of a series. The addresses that tell who is one person are opened for that alone and kept nowhere.</summary>
    public static async Task<IReadOnlyList<NewNotice>> Together(IReadOnlyList<NewNotice> each, IServiceProvider services, IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct)
    {
        if (session.PendingChanges.Streams().Select(s => (s, Act: s.Events.Select(e => Act(e.Data)).OfType<SeriesAct>().LastOrDefault())).FirstOrDefault(x => x.Act is not null) is not { Act: { } act } found)
        {
            return each;
        }

        Dictionary<Guid, string> mailboxes = [];
        await using var scope = services.CreateAsyncScope(); // a session of its own: in ours nothing is read any more
        foreach (var notice in each.Where(n => n.Kind == NoticeRules.Email))
        {
            if (sources.Single(s => s.Role == notice.What.Split('/')[1]) is { IsOfOneEvent: true } source && await source.Address(scope.ServiceProvider, notice.Recipient!.Value, ct) is { Email: { } email })
            {
                mailboxes[notice.Recipient.Value] = email.ToLowerInvariant();
            }
        }

        return Together(each, found.s.Id, (found.s.ExpectedVersionOnServer ?? 0) + found.s.Events.Count, act.Members, notice => mailboxes.GetValueOrDefault(notice.Recipient!.Value) ?? notice.Recipient.Value.ToString());
    }

    private sealed record SeriesAct(IReadOnlyList<Guid> Members, DateTimeOffset At);

    private static SeriesAct? Act(object fact) => fact switch
    {
        SeriesRescheduled e => new(e.PressEventIds, e.At),
        SeriesCancelled e => new(e.PressEventIds, e.At),
        _ => null,
    };

    /// <summary>The act by its version, and a bit for each of its events: a series has at most sixty.</summary>
    private static string Cause(long version, IEnumerable<Guid> concerned, IReadOnlyList<Guid> members)
    {
        var bits = concerned.Aggregate(0UL, (sum, id) => sum | (1UL << members.ToList().IndexOf(id)));
        return string.Create(CultureInfo.InvariantCulture, $"{version}:{bits:x}");
    }

    private static async Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var cause = sending.Notice.Cause!.Split(':');
        var (version, bits) = (long.Parse(cause[0], CultureInfo.InvariantCulture), ulong.Parse(cause[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        var act = Act((await sending.Session.Events.FetchStreamAsync(sending.Notice.About, version: version, token: ct))[^1].Data)!;
        List<PressEventView> events = [];
        foreach (var id in act.Members.Where((_, i) => (bits & (1UL << i)) != 0))
        {
            var facts = (await sending.Session.Events.FetchStreamAsync(id, token: ct)).Select(e => e.Data).ToList();
            events.Add(AsOfAct(facts, act.At).Shown());
        }

        var (subject, text) = Mail(sending.Change, events, sending.Contact, sending.Address, sending.Services.GetRequiredService<Catalogue>());
        var more = sending.Role == NewsSubscribers.Role ? await NewsNotices.Ending(sending, ct) : "";
        foreach (var one in events.Where(_ => sending.Role == EventNotices.Speaker))
        {
            more += await InvitationNotices.Link(sending, one, ct);
        }

        return sending.Letter(subject, text + more);
    }

    /// <summary>As the act left it, which recorded its facts with its own instant: a letter that waited tells of its change and not of the next one.</summary>
    public static PressEventView AsOfAct(IReadOnlyList<object> facts, DateTimeOffset at)
    {
        var last = facts.ToList().FindLastIndex(fact => fact switch { PressEventRescheduled e => e.At == at, PressEventCancelled e => e.At == at, _ => false });
        return facts.Take(last + 1).Aggregate((PressEventView?)null, PressEventViewFold.Evolve)!;
    }

    /// <summary>Subject and text in the recipient's language, an event a line; times are Almaty's.</summary>
    public static (string Subject, string Text) Mail(string change, IReadOnlyList<PressEventView> events, Contact to, FeedAddress address, Catalogue catalogue)
    {
        var cancelled = change == "cancelled";
        var what = to.In(cancelled ? new("Іс-шаралар топтамасы өткізілмейді", "Отменена серия мероприятий") : new("Іс-шаралар топтамасының уақыты немесе орны өзгерді", "Изменились время или место серии мероприятий"));
        List<string> lines = [what + (to.IsKazakh ? " (Астана уақыты):" : " (время Астаны):"), ""];
        foreach (var one in events.OrderBy(e => e.Start))
        {
            lines.Add(string.Join(", ", new[] { ChangeWords.At(one.Start), to.In(one.Title), cancelled ? null : catalogue.Hall(one.Hall) is { } hall ? to.In(hall.Name) : null }.OfType<string>()));
            lines.Add(address.Of(one.Id));
        }

        lines.AddRange(events.Select(e => e.CancelledBecause).OfType<Bilingual>().Distinct().Select(why => (to.IsKazakh ? "Себебі: " : "Причина: ") + to.In(why)));
        return ($"{what}: {to.In(events[0].Title)}", string.Join('\n', lines));
    }
}
