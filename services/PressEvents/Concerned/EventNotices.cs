using System.Globalization;
using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>A change of an event as a webhook carries it: what is public of it, and the version that it is now.</summary>
public sealed record EventChange(Guid PressEventId, long Version, string State, string Format, string Body, Bilingual Title, DateTimeOffset Start, DateTimeOffset End, string? Hall, string Address);

/// <summary>Everybody concerned is told once per change: one notice for each recipient and version of the event.</summary>
public static class EventNotices
{
    public const string Family = "event", Speaker = "speaker";

    public static readonly NoticeFamily Notices = new(Family, CalledFor, Compose);

    private static async Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct)
    {
        List<NewNotice> all = [];
        foreach (var stream in session.PendingChanges.Streams())
        {
            var facts = stream.Events.Select(e => e.Data).ToList();
            if (ChangeWords.Of(facts) is { } change)
            {
                var view = facts.Aggregate(await session.LoadAsync<PressEventView>(stream.Id, ct), PressEventViewFold.Evolve)!;
                var version = (stream.ExpectedVersionOnServer ?? 0) + facts.Count;
                all.AddRange(await Of(session, view, version, change, ChangeWords.IsKnown(facts), sources, ct));
            }
        }

        return all;
    }

    private static async Task<IReadOnlyList<NewNotice>> Of(IDocumentSession session, PressEventView view, long version, string change, bool known,
        IReadOnlyList<ConcernedSource> sources, CancellationToken ct)
    {
        var news = change == "materials-published" && view.Materials.Any(m => m.Kind == "transcript") ? NewsKinds.Transcripts : NewsKinds.Announcements;
        var occasion = new Occasion(news, view.Body, view.Region, view.Format, view.Id, view.ChangedAt);
        List<NewNotice> all = [];
        foreach (var source in sources.Where(s => known || s.ToldOfPlans))
        {
            all.AddRange((await source.Who(session, occasion, ct)).Select(to => new NewNotice(view.Id, to.Kind, PressNotices.What(Family, source.Role, change), to.Id,
                version.ToString(CultureInfo.InvariantCulture))));
        }

        // somebody with two roles is told once, in the first
        return [.. all.DistinctBy(notice => notice.Recipient)];
    }

    /// <summary>As it stood at that version: a letter that waited tells of its change and not of the next one.</summary>
    private static async Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var version = long.Parse(sending.Notice.Cause!, CultureInfo.InvariantCulture);
        var facts = await sending.Session.Events.FetchStreamAsync(sending.Notice.About, version: version, token: ct);
        var view = facts.Select(e => e.Data).Aggregate((PressEventView?)null, PressEventViewFold.Evolve)!.Shown();
        var address = sending.Address.Of(view.Id);
        if (sending.Notice.Kind == NoticeRules.Webhook)
        {
            return sending.Webhook("press-event." + sending.Change, new EventChange(view.Id, version, view.State, view.Format, view.Body, view.Title, view.Start, view.End, view.Hall, address));
        }

        var (subject, text) = ChangeWords.Mail(sending.Change, view, sending.Contact, address, sending.Services.GetRequiredService<Catalogue>());
        var more = sending.Role == Speaker ? await InvitationNotices.Link(sending, view, ct) : sending.Role == NewsSubscribers.Role ? await NewsNotices.Ending(sending, ct) : "";
        return sending.Letter(subject, text + more);
    }
}
