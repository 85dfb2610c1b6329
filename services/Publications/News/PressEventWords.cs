using System.Globalization;
using NodaTime;

namespace Publications;

/// <summary>The words of drafts about a press event beside its announcement, in Kazakh and Russian; a language that the event lacks stays missing.</summary>
public static class PressEventWords
{
    private static readonly Dictionary<string, Bilingual> Kinds = new()
    {
        ["recording"] = new("бейнежазба", "видеозапись"),
        ["transcript"] = new("стенограмма", "стенограмма"),
        ["photo"] = new("фотосуреттер", "фотографии"),
    };

    /// <summary>It has begun, and where one can watch it now.</summary>
    public static (Bilingual, Bilingual) Live(KnownPressEvent e) => Both(e, new("Тікелей эфир", "Прямой эфир"),
        (title, format) => [$"«{title}» тақырыбындағы {format} басталды.", .. Links(e, "Тікелей эфирден көруге болады:")],
        (title, format) => [$"Началось мероприятие: {format}. Тема: «{title}».", .. Links(e, "Смотрите в прямом эфире:")]);

    /// <summary>It is over: who spoke, and what was published or will be until when.</summary>
    public static (Bilingual, Bilingual) Concluded(KnownPressEvent e) => Both(e, new("Не айтылды", "Что было сказано"),
        (title, format) =>
        [
            $"«{title}» тақырыбында {format} өтті.", $"Уақыты: {Announcement.When(e.Announces, Languages.Kk)} (Алматы уақытымен).",
            .. Announcement.Speakers(e.Announces, "Сөз сөйлегендер:", Languages.Kk), e.Announces.Summary.Kk,
            .. Published(e, Languages.Kk) is { Count: > 0 } published ? published : [$"Материалдар жарияланатын соңғы күн: {Announcement.Day(Due(e), Languages.Kk)}."],
        ],
        (title, format) =>
        [
            $"Прошло мероприятие: {format}. Тема: «{title}».", $"Время: {Announcement.When(e.Announces, Languages.Ru)} (по времени Алматы).",
            .. Announcement.Speakers(e.Announces, "Выступили:", Languages.Ru), e.Announces.Summary.Ru,
            .. Published(e, Languages.Ru) is { Count: > 0 } published ? published : [$"Материалы будут опубликованы не позднее {Announcement.Day(Due(e), Languages.Ru)}."],
        ]);

    /// <summary>Its materials, where what was said is out already.</summary>
    public static (Bilingual, Bilingual) Materials(KnownPressEvent e) => Both(e, new("Материалдар жарияланды", "Опубликованы материалы"),
        (title, format) => [$"«{title}» тақырыбындағы іс-шара: {format}.", .. Published(e, Languages.Kk)],
        (title, format) => [$"Мероприятие: {format}. Тема: «{title}».", .. Published(e, Languages.Ru)]);

    /// <summary>What was announced to everybody is not so any more: it will not be, it will be some other time, or then and there.</summary>
    public static (Bilingual, Bilingual) Changed(KnownPressEvent e) => e switch
    {
        { Cancelled: { } cancelled } => Both(e, new("Іс-шара өтпейді", "Мероприятие отменено"),
            (title, format) => [$"«{title}» тақырыбындағы {format} өтпейді.", Was(e, Languages.Kk), Reason(cancelled.Reason, Languages.Kk)],
            (title, format) => [$"Мероприятие отменено: {format}. Тема: «{title}».", Was(e, Languages.Ru), Reason(cancelled.Reason, Languages.Ru)]),
        { Postponed: { } postponed } => Both(e, new("Іс-шара кейінге қалдырылды", "Мероприятие отложено"),
            (title, format) => [$"«{title}» тақырыбындағы {format} кейінге қалдырылды.", Was(e, Languages.Kk), Reason(postponed.Reason, Languages.Kk), "Жаңа уақыты қосымша хабарланады."],
            (title, format) => [$"Мероприятие отложено: {format}. Тема: «{title}».", Was(e, Languages.Ru), Reason(postponed.Reason, Languages.Ru), "О новом времени будет сообщено дополнительно."]),
        _ => Both(e, new("Уақыты немесе орны өзгерді", "Изменены время или место"),
            (title, format) => [$"«{title}» тақырыбындағы {format} басқа уақытта немесе басқа жерде өтеді.", .. Announcement.Slot(e.Announces, Languages.Kk)],
            (title, format) => [$"Изменены время или место проведения: {format}. Тема: «{title}».", .. Announcement.Slot(e.Announces, Languages.Ru)]),
    };

    private static (Bilingual, Bilingual) Both(KnownPressEvent e, Bilingual heading, Func<string, string, IEnumerable<string?>> kk, Func<string, string, IEnumerable<string?>> ru)
    {
        var (title, format) = (e.Announces.Title, Announcement.Format(e.Announces.Format));
        string? Title(string language) => title.In(language) is { Length: > 0 } words ? $"{heading.In(language)}: {words}" : null;
        string? Text(string language, Func<string, string, IEnumerable<string?>> lines) => string.IsNullOrWhiteSpace(title.In(language)) ? null
            : string.Join('\n', lines(title.In(language)!, format.In(language)!).Where(line => !string.IsNullOrWhiteSpace(line)));
        return (new(Title(Languages.Kk), Title(Languages.Ru)), new(Text(Languages.Kk, kk), Text(Languages.Ru, ru)));
    }

    private static IEnumerable<string> Links(KnownPressEvent e, string heading) => e.Broadcasts.Where(b => b.Url is not null).Select(b => "— " + b.Url).ToList() is { Count: > 0 } links
        ? links.Prepend(heading) : [];

    private static List<string> Published(KnownPressEvent e, string language)
    {
        var lines = (e.Materials?.Materials ?? []).GroupBy(m => (m.Kind, m.Language)).OrderBy(g => g.Key.Kind, StringComparer.Ordinal).ThenBy(g => g.Key.Language, StringComparer.Ordinal)
            .Select(g => $"— {Kinds.GetValueOrDefault(g.Key.Kind)?.In(language) ?? g.Key.Kind}{Spoken(g.Key.Language, language)}{Count(g.Count())}").ToList();
        return lines.Count == 0 ? lines : [language == Languages.Kk ? "Жарияланған материалдар:" : "Опубликованы материалы:", .. lines];
    }

    private static string Spoken(string? of, string language) => (of, language) switch
    {
        (Languages.Kk, Languages.Kk) => " (қазақша)",
        (Languages.Ru, Languages.Kk) => " (орысша)",
        (Languages.Kk, _) => " (на казахском языке)",
        (Languages.Ru, _) => " (на русском языке)",
        _ => "",
    };

    private static string Count(int count) => count == 1 ? "" : ": " + count.ToString(CultureInfo.InvariantCulture);

    private static string Was(KnownPressEvent e, string language)
    {
        var when = Announcement.When(e.Announces, language);
        return language == Languages.Kk ? $"Бұрын белгіленген уақыты: {when} (Алматы уақытымен)." : $"Было назначено на: {when} (по времени Алматы).";
    }

    private static string? Reason(Bilingual reason, string language) => reason.In(language) is { Length: > 0 } words ? (language == Languages.Kk ? "Себебі: " : "Причина: ") + words : null;
    private static LocalDate Due(KnownPressEvent e) => LocalDate.FromDateOnly(e.Concluded!.MaterialsDue);
}
