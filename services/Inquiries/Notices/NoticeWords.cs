using System.Globalization;
using Outgoing;

namespace Inquiries;

/// <summary>Which facts are told to the sender and to the asker, and in which words; ids, numbers and states only.</summary>
public static class NoticeWords
{
    private static readonly Dictionary<string, Bilingual> Words = new()
    {
        ["registered"] = new("Сұрау салуыңыз тіркелді", "Ваш запрос зарегистрирован"),
        ["clarification-asked"] = new("Сұрау салуыңызды нақтылау сұралды", "По вашему запросу запрошено уточнение"),
        ["extended"] = new("Сұрау салуыңызды қарау мерзімі ұзартылды", "Срок рассмотрения вашего запроса продлён"),
        ["forwarded"] = new("Сұрау салуыңыз тиісті ақпарат иеленушіге жіберілді", "Ваш запрос направлен соответствующему обладателю информации"),
        ["forwarded-in-part"] = new("Сұрау салуыңыздың бір бөлігі тиісті ақпарат иеленушіге жіберілді", "Ваш запрос в части направлен соответствующему обладателю информации"),
        ["answered"] = new("Сұрау салуыңызға жауап берілді", "На ваш запрос дан ответ"),
        ["answered-partly"] = new("Сұрау салуыңызға ішінара жауап берілді", "На ваш запрос дан частичный ответ"),
        ["pointed-to-publication"] = new("Сұратқан ақпаратыңыз жарияланған жерге сілтеме берілді", "Указано, где опубликована запрошенная вами информация"),
        ["refused"] = new("Сұрау салуыңыз бойынша ақпаратқа қол жеткізуден бас тартылды", "По вашему запросу отказано в доступе к информации"),
        ["returned"] = new("Сұрау салуыңыз қайтарылды", "Ваш запрос возвращён"),
        ["withdrawn"] = new("Сұрау салуыңыз кері қайтарып алынды", "Ваш запрос отозван"),
        ["complaint-decided"] = new("Шағымыңыз бойынша шешім қабылданды", "По вашей жалобе принято решение"),
    };

    public static IReadOnlyCollection<string> All => Words.Keys;

    /// <summary>What a fact is called in notices; null for one that is nobody's outside.</summary>
    public static string? Of(object fact) => fact switch
    {
        InquiryRegistered => "registered",
        ClarificationAsked => "clarification-asked",
        DeadlineExtended => "extended",
        InquiryForwarded => "forwarded",
        InquiryForwardedInPart => "forwarded-in-part",
        InquiryAnswered => "answered",
        InquiryAnsweredPartly => "answered-partly",
        PointedToPublication => "pointed-to-publication",
        InquiryRefused => "refused",
        InquiryReturned => "returned",
        InquiryWithdrawn => "withdrawn",
        ComplaintDecided => "complaint-decided",
        _ => null,
    };

    /// <summary>What the asker has been told once a letter is delivered, where the law gives a term for telling it.</summary>
    public static string? Tells(ClaimedNotice notice) => notice is not { Kind: NoticeRules.Email } ? null : notice.What switch
    {
        "extended" => Told.OfExtension,
        "forwarded" or "forwarded-in-part" => Told.OfForwarding,
        _ => null,
    };

    /// <summary>In the language of the request; one in a third language in both (401-V art. 11(12)).</summary>
    public static (string Subject, string Text) Mail(string what, string number, string language, DateOnly? due)
    {
        var languages = language.Split('-')[0].ToLowerInvariant() is "kk" or "ru" ? [language.Split('-')[0].ToLowerInvariant()] : new[] { "kk", "ru" };
        var day = what is "registered" or "extended" ? due?.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : null;
        return (string.Join(" / ", languages.Select(l => $"{In(Words[what], l)}: {number}")), string.Join("\n\n", languages.Select(l => Text(l, what, number, day))));
    }

    private static string Text(string language, string what, string number, string? day) => language == "kk"
        ? $"{Words[what].Kk}.\nТіркеу нөмірі: {number}." + (day is null ? "" : $"\nЖауап беру мерзімі: {day}.") + "\nТолығырақ: талондағы нөмір мен код бойынша қараңыз. Бұл хатқа жауап бермеңіз."
        : $"{Words[what].Ru}.\nРегистрационный номер: {number}." + (day is null ? "" : $"\nСрок ответа: {day}.") + "\nПодробности — по номеру и коду с талона. На это письмо не отвечайте.";

    private static string In(Bilingual words, string language) => (language == "kk" ? words.Kk : words.Ru)!;
}
