using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>What the specs of review share: a publication that every check is content with, and people who look at it.</summary>
static class ReviewGiven
{
    public static readonly Guid Photo = new("0197f3a0-0000-7000-8000-0000000000b1"), Comment = new("0197f3a0-0000-7000-8000-0000000000c1"), Reply = new("0197f3a0-0000-7000-8000-0000000000c2");

    public static readonly Content Good = Written with
    {
        Title = new("Көпір 2026 жылғы 5 наурызда ашылады", "Мост откроют 5 марта 2026 года"),
        Text = new("Астанада ұзындығы 1 200 метрлік жаңа көпір ашылады. Толығырақ: https://www.gov.kz/kk/news/12.", "В Астане откроют новый мост длиной 1200 метров. Подробнее: https://www.gov.kz/ru/news/12."),
        Media = [new(Photo, new(0, 0, 800, 600), new("Жаңа көпір", "Новый мост"), new("Өзен үстіндегі көпір", "Мост над рекой"))],
    };

    public static readonly RestrictedList List = new(RestrictedList.Table);
    public static readonly IReadOnlyDictionary<Guid, IReadOnlyList<int>> Nobody = new Dictionary<Guid, IReadOnlyList<int>>();

    public static Content Said(string kk, string ru) => Written with { Text = new(kk, ru) };
    public static string[] Codes(IEnumerable<Finding> found) => [.. found.Select(f => f.Code).Distinct().Order(StringComparer.Ordinal)];
    public static string[] Blocking(IEnumerable<Finding> found) => Codes(found.Where(f => f.Blocking));

    public static readonly object[] Facts =
    [
        new ReviewCommentMade(Id, Comment, 2, "kk", "text", new(7, "сөз"), "Нақтылау керек", Approver, Noon), new ReviewCommentAnswered(Id, Comment, Reply, "Түзетілді", Editor, Noon), new ReviewCommentResolved(Id, Comment, Approver, Noon),
        new RestrictedEntryKept(RestrictedEntryDecider.StreamOf("dsp-ru"), new("dsp-ru", RestrictedKind.Words, "ru", "для служебного пользования", true, new("Себебі", "Причина"), "Law 401-V"), "Проверено юристом", Noon),
        new RestrictedEntryRemoved(RestrictedEntryDecider.StreamOf("dsp-ru"), "dsp-ru", "Устарело", Noon),
    ];
}
