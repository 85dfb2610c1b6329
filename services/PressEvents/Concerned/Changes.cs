using System.Globalization;

namespace PressEvents;

/// <summary>What became of an event, in the words that people are told it in. One change is one version, however many facts it has.</summary>
public static class ChangeWords
{
    private static readonly Dictionary<string, Bilingual> Words = new()
    {
        ["cancelled"] = new("Іс-шара өткізілмейді", "Мероприятие отменено"),
        ["postponed"] = new("Іс-шара белгісіз мерзімге шегерілді", "Мероприятие перенесено на неопределённый срок"),
        ["rescheduled"] = new("Іс-шараның уақыты немесе орны өзгерді", "Изменились время или место мероприятия"),
        ["announced"] = new("Іс-шара жарияланды", "Анонсировано мероприятие"),
        ["materials-published"] = new("Іс-шараның материалдары жарияланды", "Опубликованы материалы мероприятия"),
        ["concluded"] = new("Іс-шара аяқталды", "Мероприятие завершено"),
        ["revised"] = new("Іс-шара туралы мәлімет өзгерді", "Изменились сведения о мероприятии"),
    };

    public static IReadOnlyCollection<string> All => Words.Keys;

    public static Bilingual Of(string change) => Words[change];

    private static string? Of(object fact) => fact switch
    {
        PressEventCancelled => "cancelled",
        PressEventPostponed => "postponed",
        PressEventRescheduled => "rescheduled",
        PressEventAnnounced => "announced",
        MaterialsPublished => "materials-published",
        PressEventConcluded => "concluded",
        PressEventRevised => "revised",
        _ => null,
    };

    /// <summary>The weightiest of what was recorded at once, in the order of the words; null when it concerns nobody outside.</summary>
    public static string? Of(IEnumerable<object> facts) => facts.Select(Of).OfType<string>().MinBy(change => Words.Keys.ToList().IndexOf(change));

    /// <summary>Whether the public may hear of it.</summary>
    public static bool IsKnown(IEnumerable<object> facts) => facts.Any(fact => fact is PressEventAnnounced { Public: true } or PressEventCancelled { Known: true }
        or PressEventPostponed { Known: true } or PressEventRescheduled { Known: true } or MaterialsPublished { Known: true } or PressEventConcluded { Known: true }
        or PressEventRevised { Known: true });

    /// <summary>Of a change: subject and text in the recipient's language; times are Almaty's.</summary>
    public static (string Subject, string Text) Mail(string change, PressEventView view, Contact to, string link, Catalogue catalogue)
    {
        var title = to.In(view.Title);
        List<string> lines = [to.In(Of(change)) + ".", title, ""];
        if (change is not ("cancelled" or "postponed" or "concluded" or "materials-published"))
        {
            lines.Add($"{(to.IsKazakh ? "Уақыты" : "Время")}: {At(view.Start)} – {view.End.InAlmaty().ToString("HH:mm", CultureInfo.InvariantCulture)} ({(to.IsKazakh ? "Астана уақыты" : "время Астаны")})");
            lines.Add(catalogue.Hall(view.Hall) is { } hall ? $"{(to.IsKazakh ? "Орны" : "Место")}: {to.In(hall.Name)}" : "");
        }

        var because = change switch { "cancelled" => view.CancelledBecause, "postponed" => view.PostponedBecause, _ => null };
        lines.Add(because is null ? "" : $"{(to.IsKazakh ? "Себебі" : "Причина")}: {to.In(because)}");
        lines.Add($"{(to.IsKazakh ? "Толығырақ" : "Подробнее")}: {link}");
        return ($"{to.In(Of(change))}: {title}", string.Join('\n', lines.Where((line, i) => line.Length > 0 || i == 2)));
    }

    public static string At(DateTimeOffset at) => at.InAlmaty().ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);
}
