using System.Globalization;
using NodaTime;

namespace Publications;

/// <summary>An announcement's words in Kazakh and Russian, composed from what the press event says. A language that the event lacks stays missing.</summary>
public static class Announcement
{
    private static readonly Dictionary<string, Bilingual> Formats = new()
    {
        ["PressConference"] = new("баспасөз мәслихаты", "пресс-конференция"),
        ["AnnouncementBriefing"] = new("ресми өкілдің анонстық брифингі", "анонсовый брифинг официального представителя"),
        ["DoorstepBriefing"] = new("аяқүсті брифинг", "брифинг «на ногах»"),
        ["Lectorium"] = new("лекторий", "лекторий"),
        ["MeetingWithoutTies"] = new("галстуксіз кездесу", "встреча без галстуков"),
        ["RoundTable"] = new("дөңгелек үстел", "круглый стол"),
        ["ShynTobe"] = new("Шын төбе", "Шын тобе"),
        ["KazTalks"] = new("KAZ TALKS", "KAZ TALKS"),
        ["FailUpNights"] = new("FailUp Nights", "FailUp Nights"),
    };

    private static readonly string[] MonthsKk =
        ["қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан"];
    private static readonly string[] MonthsRu =
        ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];

    public static (Bilingual Title, Bilingual Text) Of(AnnouncedEvent e)
    {
        var format = Format(e.Format);
        return (new(Title(format.Kk!, e.Title.Kk), Title(format.Ru!, e.Title.Ru)),
            new(Text(e, Languages.Kk, Kazakh(e, format.Kk!)), Text(e, Languages.Ru, Russian(e, format.Ru!))));
    }

    /// <summary>What such an event is called, in the nominative; an unknown format is some event.</summary>
    public static Bilingual Format(string format) => Formats.GetValueOrDefault(format) ?? new("іс-шара", "мероприятие");

    private static string? Title(string format, string? title) => string.IsNullOrWhiteSpace(title) ? null : $"{Capital(format)}: {title}";

    private static string? Text(AnnouncedEvent e, string language, IEnumerable<string?> lines) => string.IsNullOrWhiteSpace(e.Title.In(language)) ? null
        : string.Join('\n', lines.Where(line => !string.IsNullOrWhiteSpace(line)));

    private static IEnumerable<string?> Kazakh(AnnouncedEvent e, string format) =>
    [
        $"«{e.Title.Kk}» тақырыбында {format} өтеді.", .. Slot(e, Languages.Kk), .. Speakers(e, "Спикерлер:", Languages.Kk), e.Summary.Kk,
    ];

    private static IEnumerable<string?> Russian(AnnouncedEvent e, string format) =>
    [
        $"Состоится {format}. Тема: «{e.Title.Ru}».", .. Slot(e, Languages.Ru), .. Speakers(e, "Спикеры:", Languages.Ru), e.Summary.Ru,
    ];

    /// <summary>When and where, a line each.</summary>
    public static IEnumerable<string?> Slot(AnnouncedEvent e, string language) => language == Languages.Kk
        ? [$"Уақыты: {When(e, language)} (Алматы уақытымен).", e.Hall is null ? null : $"Өтетін орны: {Hall(e.Hall, "№ {0} зал")}."]
        : [$"Время: {When(e, language)} (по времени Алматы).", e.Hall is null ? null : $"Место проведения: {Hall(e.Hall, "зал № {0}")}."];

    public static IEnumerable<string?> Speakers(AnnouncedEvent e, string heading, string language) =>
        e.Speakers.Count == 0 ? [] : [heading, .. e.Speakers.Select(s => Speaker(s, language))];

    public static string When(AnnouncedEvent e, string language)
    {
        // no case endings on numbers in Kazakh: they follow how the number is spoken
        var (start, end, at) = (InAlmaty(e.Start), InAlmaty(e.End), language == Languages.Kk ? ", сағат " : ", ");
        return start.Date == end.Date ? $"{Day(start.Date, language)}{at}{Clock(start)}–{Clock(end)}"
            : $"{Day(start.Date, language)}{at}{Clock(start)} — {Day(end.Date, language)}{at}{Clock(end)}";
    }

    public static string Day(LocalDate d, string language) => language == Languages.Kk ? $"{d.Year} жылғы {d.Day} {MonthsKk[d.Month - 1]}" : $"{d.Day} {MonthsRu[d.Month - 1]} {d.Year} года";

    private static string? Speaker(Contracts.PressEvents.Speaker speaker, string language) => speaker.Name.In(language) is not { Length: > 0 } name ? null
        : speaker.Post.In(language) is { Length: > 0 } post ? $"— {name}, {post}" : $"— {name}";

    /// <summary>hall-2 is hall number 2; a hall of another name is called by it.</summary>
    private static string Hall(string hall, string numbered) => hall.StartsWith("hall-", StringComparison.Ordinal)
        ? string.Format(CultureInfo.InvariantCulture, numbered, hall["hall-".Length..]) : hall;

    private static ZonedDateTime InAlmaty(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Registration.Almaty);
    private static string Clock(ZonedDateTime at) => at.TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
    private static string Capital(string words) => char.ToUpper(words[0], CultureInfo.InvariantCulture) + words[1..];
}
