using System.Text.RegularExpressions;

namespace Publications;

/// <summary>What must not stand in a text for everybody: restricted words, personal identifiers, a machine's work without its label, a child in trouble with a name or a face.</summary>
public static partial class SensitiveChecks
{
    /// <summary>The tag of what is about a minor in trouble, as a victim, a witness or an offender.</summary>
    public const string MinorTag = "minor";
    public const string AiTag = "ai";

    public static IEnumerable<Finding> Restricted(Content content, RestrictedList list) => ContentWords.Of(content).SelectMany(word => list.In(word.Words, word.Language)
        .Select(entry => new Finding("restricted-word", $"\"{entry.Pattern}\" is on the list of restricted words as {entry.Code}{(entry.Law is null ? "" : $" ({entry.Law})")}.", word.Field, entry.Blocking)));

    /// <summary>The value found is not repeated: the field says where to look.</summary>
    public static IEnumerable<Finding> Personal(Content content, RestrictedList list) => ContentWords.Of(content)
        .SelectMany(word => PersonalMarks.In(word.Words).Where(mark => !list.Allows(mark)).Select(mark => mark.Kind).Distinct().Select(kind => new Finding("personal-identifier", kind switch
        {
            "iin" => "An individual identification number stands in it.",
            "phone" => "A mobile number stands in it; an official contact is put on the list of allowed ones.",
            _ => "A private e-mail address stands in it; an official contact is put on the list of allowed ones.",
        }, word.Field, Blocking: true)));

    /// <summary>The label goes out with <c>aiMade</c>; this finds what says it is a machine's work and does not carry it.</summary>
    public static IEnumerable<Finding> AiLabel(Content content)
    {
        if (content.AiMade == true)
        {
            return [];
        }

        Finding Of(string why, string field) => new("ai-label-missing", why + " Set aiMade, and the label goes out with it.", field, Blocking: true);
        return
        [
            .. HasTag(content, AiTag) ? [Of("It is tagged as made by a machine.", "tags")] : Array.Empty<Finding>(),
            .. ContentWords.Of(content).Where(w => SaysMachine().IsMatch(w.Words)).Select(w => Of("The words say that a machine made it.", w.Field)),
        ];
    }

    /// <summary>Only what is tagged is judged. A name beside a child's word blocks; a name elsewhere (an official's, as a rule) is to be looked at. <paramref name="born"/>: birth years of those who are said to be in a picture, by its id.</summary>
    public static IEnumerable<Finding> Minors(Content content, IReadOnlyDictionary<Guid, IReadOnlyList<int>> born, DateTimeOffset now)
    {
        if (!HasTag(content, MinorTag))
        {
            return [];
        }

        return
        [
            .. ContentWords.Of(content).SelectMany(Named),
            .. (content.Media ?? []).Select((use, i) => (use, i))
                .Where(m => born.GetValueOrDefault(m.use.MediaId)?.Any(year => year >= now.Year - 18) == true)
                .Select(m => new Finding("minor-identified", "The picture shows somebody under 18.", $"media[{m.i}]", Blocking: true)),
        ];
    }

    private static IEnumerable<Finding> Named(ContentWord word)
    {
        var named = Sentence().Split(word.Words).Where(sentence => PersonName().IsMatch(sentence)).ToList();
        if (named.Any(sentence => ChildWord().IsMatch(sentence)))
        {
            yield return new("minor-identified", "A name stands in the same sentence as a child: minors in trouble are not identified.", word.Field, Blocking: true);
        }
        else if (named.Count > 0)
        {
            yield return new("minor-named-perhaps", "A name stands in a text about a minor in trouble: make sure that it is not the child's or the family's.", word.Field, Blocking: false);
        }
    }

    private static bool HasTag(Content content, string tag) => content.Tags?.Contains(tag, StringComparer.OrdinalIgnoreCase) == true;

    [GeneratedRegex(@"(?:сгенерир\p{L}+|создан\p{L}*|подготовлен\p{L}*|сделан\p{L}*)\s+(?:\p{L}+\s+){0,3}?(?:нейросет\p{L}*|искусственн\p{L}+\s+интеллект\p{L}*|ИИ\b)|(?:жасанды\s+интеллект\p{L}*|нейрожелі\p{L}*|ЖИ\b)\s+(?:\p{L}+\s+){0,3}?(?:жаса\p{L}+|дайында\p{L}+|құр\p{L}+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SaysMachine();

    // two words with capitals of which one ends as surnames and patronymics do, or initials before a surname
    [GeneratedRegex(@"\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}\p{Ll}{2,}|\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}+(?:(?:ов|ев|ёв|ин|ын)(?:а|у|ым|ой|е|ы|тың|тің|ның|нің|ға|ге|қа|ке)?|ск(?:ий|ая|ого|ой|ому)|ұлы\p{Ll}*|қызы\p{Ll}*|улы|кызы|вич\p{Ll}{0,2}|вн[аыуе]|вной)(?!\p{Ll})|\p{Lu}\p{Ll}+(?:ов|ев|ёв|ин)(?:а|у|ым|ой|е)?\s+\p{Lu}\p{Ll}+", RegexOptions.CultureInvariant)]
    private static partial Regex PersonName();

    [GeneratedRegex(@"(?<!\p{L})(?:бала(?:\p{L}*)|оқушы\p{L}*|жасөспірім\p{L}*|кәмелетке толма\p{L}+|бүлдіршін\p{L}*|реб[её]н\p{L}+|дет(?:и|ей|ям|ьми|ях)|школьни\p{L}+|подрост\p{L}+|несовершеннолетн\p{L}+|малолетн\p{L}+|(?:[1-9]|1[0-7])[\s\-]*(?:летн\p{L}+|лет(?!\p{L})|год(?:а|ик\p{L}*)?(?!\p{L})|жаст\p{L}*|жасар\p{L}*))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ChildWord();

    // an initial's full stop ends no sentence
    [GeneratedRegex(@"(?<=\p{Ll}[.!?…»]|[!?…])\s+|\n+")]
    private static partial Regex Sentence();
}
