using System.Globalization;
using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>A statement as a webhook carries it, in both languages; the text is null once it was withdrawn.</summary>
public sealed record StatementChange(Guid StatementId, long Version, string Kind, string Body, Bilingual Title, Bilingual? Text, DateTimeOffset ReleasedAt, Bilingual? Reason, string Address);

/// <summary>Everybody who is to get it gets it: one notice each, all queued in the transaction of the fact with its instant as their due time.</summary>
public static class StatementNotices
{
    private const string Family = "statement";
    public static readonly NoticeFamily Notices = new(Family, CalledFor, Compose);

    private static async Task<IReadOnlyList<NewNotice>> CalledFor(IDocumentSession session, IReadOnlyList<ConcernedSource> sources, CancellationToken ct)
    {
        List<NewNotice> all = [];
        foreach (var stream in session.PendingChanges.Streams())
        {
            var facts = stream.Events.Select(e => e.Data).ToList();
            if (facts.Select(Change).OfType<Told>().LastOrDefault() is { } told)
            {
                var version = ((stream.ExpectedVersionOnServer ?? 0) + facts.Count).ToString(CultureInfo.InvariantCulture);
                var occasion = new Occasion(told.Kind == nameof(StatementKind.Notice) ? NewsKinds.Notices : NewsKinds.Statements, told.Body, Holders.Find(told.Body)?.Kato, null, null, told.At);
                foreach (var source in sources)
                {
                    all.AddRange((await source.Who(session, occasion, ct)).Select(to =>
                        new NewNotice(stream.Id, to.Kind, PressNotices.What(Family, source.Role, told.What), to.Id, version, told.At)));
                }
            }
        }

        return [.. all.DistinctBy(notice => (notice.About, notice.Recipient))];
    }

    private sealed record Told(string What, string Kind, string Body, DateTimeOffset At);

    private static Told? Change(object fact) => fact switch
    {
        StatementReleased e => new("released", e.Kind, e.Body, e.At),
        StatementCorrected e => new("corrected", e.Kind, e.Body, e.At),
        StatementWithdrawn e => new("withdrawn", e.Kind, e.Body, e.At),
        _ => null,
    };

    /// <summary>As it stood at that version, for a correction comes by a letter of its own.</summary>
    private static async Task<NoticeContent> Compose(NoticeSending sending, CancellationToken ct)
    {
        var version = long.Parse(sending.Notice.Cause!, CultureInfo.InvariantCulture);
        var facts = await sending.Session.Events.FetchStreamAsync(sending.Notice.About, version: version, token: ct);
        var view = facts.Select(e => e.Data).Aggregate((StatementView?)null, StatementViewFold.Evolve)!.Shown();
        var reason = view.WithdrawnBecause ?? (view.Corrections is [.., var last] ? last.Reason : null);
        var address = $"{sending.Address.Root.TrimEnd('/')}/v1/statements/{view.Id}";
        return sending.Notice.Kind == NoticeRules.Webhook
            ? sending.Webhook("statement." + sending.Change, new StatementChange(view.Id, version, view.Kind, view.Body, view.Title, view.Text, view.ReleasedAt!.Value, reason, address))
            : sending.Letter(Subject(sending, view), Text(sending, view, reason, address) + (sending.Role == NewsSubscribers.Role ? await NewsNotices.Ending(sending, ct) : ""));
    }

    private static string Subject(NoticeSending sending, StatementView view) => (sending.Change, sending.Contact.IsKazakh) switch
    {
        ("corrected", true) => "Түзету: ",
        ("corrected", false) => "Исправление: ",
        ("withdrawn", true) => "Кері қайтарып алынды: ",
        ("withdrawn", false) => "Отозвано: ",
        _ => "",
    } + sending.Contact.In(view.Title);

    private static string Text(NoticeSending sending, StatementView view, Bilingual? reason, string address)
    {
        var (to, body) = (sending.Contact, Holders.Find(view.Body)!);
        List<string> lines = [to.IsKazakh ? body.NameKk : body.NameRu, ChangeWords.At(view.ReleasedAt!.Value) + (to.IsKazakh ? " (Астана уақыты)" : " (время Астаны)"), ""];
        lines.AddRange(reason is null ? [] : [(to.IsKazakh ? "Себебі: " : "Причина: ") + to.In(reason), ""]);
        lines.AddRange(view.Text is null ? [] : [to.In(view.Text), ""]);
        return string.Join('\n', lines) + "\n" + address;
    }
}
