using FsCheck;
using FsCheck.Xunit;
using static Publications.Specs.Given;
using static Publications.Specs.ReviewGiven;

namespace Publications.Specs;

/// <summary>Whether Kazakh and Russian say the same.</summary>
public class Parity_of_languages
{
    static string[] Of(string kk, string ru) => Codes(ParityChecks.Pair("text", kk, ru));

    [Fact] public void finds_nothing_in_good_words() => Assert.Empty(ParityChecks.Of(Good));

    [Fact]
    public void names_each_language_that_is_missing()
    {
        var found = ParityChecks.Of(Written with { Title = new("Тақырып", null), Text = new(null, " ") });
        Assert.Equal(["title.ru", "text.kk", "text.ru"], found.Select(f => f.Field));
        Assert.All(found, f => Assert.Equal(("language-missing", true), (f.Code, f.Blocking)));
    }

    [Theory]
    [InlineData("2026 жылғы 5 наурызда", "5 марта 2026 года")]
    [InlineData("5 наурыз 2026 жыл", "05.03.2026")]
    [InlineData("2026-03-05 күні", "5-го марта 2026")]
    [InlineData("31 мамыр", "31 мая")]
    [InlineData("1 маусымнан бастап", "с 1 июня")]
    [InlineData("7-желтоқсанда", "7 декабря")]
    [InlineData("сағат 09:30-да", "в 09:30")]
    [InlineData("12,5 млрд теңге", "12,5 млрд тенге")]
    [InlineData("12.5 пайыз", "12,5 процента")]
    [InlineData("1 200 адам", "1200 человек")]
    [InlineData("бағдарлама (https://gov.kz/a?lang=kk)", "программа (https://gov.kz/a?lang=ru)")]
    [InlineData("https://egov.kz/cms/kk/articles/1", "https://egov.kz/cms/ru/articles/1/")]
    public void takes_as_the_same(string kk, string ru) => Assert.Empty(Of(kk, ru));

    [Theory]
    [InlineData("5 наурызда", "6 марта", "dates-differ")]
    [InlineData("2026 жылғы 5 наурызда", "5 марта 2025 года", "dates-differ")]
    [InlineData("5 наурызда", "марта", "dates-differ")]
    [InlineData("100 орын", "1000 мест", "numbers-differ")]
    [InlineData("сағат 09:30-да", "в 10:30", "numbers-differ")]
    [InlineData("оқыңыз: https://gov.kz/a", "читайте: https://gov.kz/b", "links-differ")]
    [InlineData("оқыңыз: https://gov.kz/a", "читайте", "links-differ")]
    [InlineData("Бұл мәтін аударылмаған", "Бұл мәтін аударылмаған!", "untranslated")]
    public void sees_the_difference(string kk, string ru, string code) => Assert.Equal([code], Of(kk, ru));

    [Fact] public void says_on_which_side_it_stands() => Assert.Equal(["text.kk", "text.ru"], ParityChecks.Pair("text", "5 көше", "6 улиц").Select(f => f.Field));
    [Fact] public void takes_a_name_as_the_same_in_both() => Assert.Empty(Of("KAZ TALKS", "KAZ TALKS"));
    [Fact] public void takes_the_month_of_May_for_no_other_word() => Assert.Empty(TextReading.Marks("собрались 5 майоров").Dates);

    [Fact]
    public void wonders_at_Kazakh_without_Kazakh_letters() => Assert.Equal(["kazakh-letters-missing"], Of("Сегодня состоялось заседание комиссии по вопросам развития города", "На заседании комиссии обсудили, как развивать город дальше"));

    [Fact]
    public void wonders_at_lengths_that_differ_much()
    {
        Assert.Equal(["length-differs"], Of(string.Concat(Enumerable.Repeat("Қала өсіп келеді. ", 40)), string.Concat(Enumerable.Repeat("Город растёт. ", 20))));
        Assert.Empty(Of("Қала өсіп келеді.", "Город растёт, и растёт он с каждым годом всё быстрее и быстрее."));
    }

    [Fact] public void blocks_nothing_but_what_is_missing() => Assert.Empty(Blocking(ParityChecks.Of(Said("5 көше https://a.kz", "6 улиц https://b.kz"))));

    [Property]
    public bool never_finds_a_difference_between_equal_marks(PositiveInt number, byte day) =>
        Of($"{(day % 28) + 1} наурызда {number.Get} адам келді", $"{(day % 28) + 1} марта пришли {number.Get} человек").Length == 0;

    [Property]
    public bool always_finds_another_number(PositiveInt number, PositiveInt other) =>
        number.Get == other.Get || Of($"{number.Get} адам келді", $"пришли {other.Get} человек").Contains("numbers-differ");
}

/// <summary>What must not stand in a text for everybody.</summary>
public class Sensitive_checks
{
    static Finding[] Restricted(string kk, string ru) => [.. SensitiveChecks.Restricted(Said(kk, ru), List)];
    static Finding[] Personal(string ru, RestrictedList? list = null) => [.. SensitiveChecks.Personal(Said("Мәтін", ru), list ?? List)];

    [Fact] public void find_nothing_in_good_words() => Assert.Empty(SensitiveChecks.Restricted(Good, List).Concat(SensitiveChecks.Personal(Good, List)).Concat(SensitiveChecks.AiLabel(Good)).Concat(SensitiveChecks.Minors(Good, Nobody, Noon)));

    [Theory]
    [InlineData("Құжат өте құпия деп белгіленген", "Документ", "text.kk", true)]
    [InlineData("Құжат", "Пометка «Для  служебного пользования» снята", "text.ru", true)]
    [InlineData("Құжат", "гриф: СОВЕРШЕННО СЕКРЕТНО", "text.ru", true)]
    [InlineData("Құпиялық туралы", "Документ", "text.kk", false)]
    [InlineData("Құжат", "секретные сведения", "text.ru", false)]
    public void find_words_of_the_list(string kk, string ru, string field, bool blocks) => Assert.Contains(Restricted(kk, ru), f => (f.Code, f.Field, f.Blocking) == ("restricted-word", field, blocks));

    [Fact]
    public void block_on_marks_and_only_wonder_at_stems()
    {
        Assert.Contains(Restricted("Өте құпия", "Документ"), f => f.Blocking);
        Assert.DoesNotContain(Restricted("Құпиялық", "секретные сведения"), f => f.Blocking);
        Assert.Equal(2, Restricted("Құпиялық", "секретные сведения").Length);
    }

    [Fact] public void look_in_the_right_language_only() => Assert.Empty(Restricted("для служебного пользования", "өте құпия"));
    [Fact] public void take_whole_words_as_whole() => Assert.Empty(Restricted("Мәтін", "диагностика и ДСПшный"));
    [Fact] public void look_into_captions_too() => Assert.Equal("media[0].caption.ru", SensitiveChecks.Restricted(Good with { Media = [Good.Media![0] with { Caption = new("Көпір", "Для служебного пользования") }] }, List).Single().Field);

    [Theory]
    [InlineData("ИИН 850412300123 проверен", "iin")]
    [InlineData("звоните +7 701 123-45-67", "phone")]
    [InlineData("звоните 8 (747) 123 45 67", "phone")]
    [InlineData("звоните 87771234567", "phone")]
    [InlineData("пишите aigul.s@mail.kz", "email")]
    public void find_personal_identifiers_and_do_not_repeat_them(string ru, string kind)
    {
        var text = ru.Replace("850412300123", Iin, StringComparison.Ordinal);
        var found = Personal(text);
        Assert.Equal(kind, PersonalMarks.In(text).Single().Kind);
        Assert.Equal(("personal-identifier", "text.ru", true), (found.Single().Code, found[0].Field, found[0].Blocking));
        Assert.DoesNotContain(found[0].Text, char.IsAsciiDigit);
        Assert.DoesNotContain("aigul", found[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("телефон +7 (7172) 74-55-55")]
    [InlineData("пишите press@finance.gov.kz")]
    [InlineData("единый номер 1414")]
    [InlineData("БИН 990440001234")]
    [InlineData("номер 123456789012")]
    [InlineData("бюджет 850 412 300 124 тенге")]
    public void leave_public_numbers_alone(string ru) => Assert.Empty(Personal(ru));

    [Fact]
    public void leave_allowed_contacts_alone()
    {
        var list = new RestrictedList([new("press", RestrictedKind.AllowedContact, null, "+7 701 123 45 67", false, new("Баспасөз", "Пресс-служба"), null)]);
        Assert.Empty(Personal("звоните 8 701 123-45-67", list));
        Assert.Single(Personal("звоните 8 701 123-45-68", list));
    }

    /// <summary>Made here, of nobody: born 12.04.1985, with its check digit.</summary>
    static readonly string Iin = Enumerable.Range(0, 10).Select(d => "85041230012" + d).First(id => PersonalMarks.In(id).Count == 1);

    [Fact] public void know_the_check_digit() => Assert.Equal(1, Enumerable.Range(0, 10).Count(d => PersonalMarks.In("85041230012" + d).Count == 1));

    [Fact]
    public void want_the_label_on_a_machines_work()
    {
        Assert.Equal("tags", SensitiveChecks.AiLabel(Good with { Tags = ["AI"] }).Single().Field);
        Assert.Equal("text.ru", SensitiveChecks.AiLabel(Said("Мәтін", "Картинка создана с помощью нейросети.")).Single().Field);
        Assert.Equal("text.kk", SensitiveChecks.AiLabel(Said("Сурет жасанды интеллект көмегімен жасалды.", "Рисунок.")).Single().Field);
        Assert.All(SensitiveChecks.AiLabel(Good with { Tags = ["ai"] }), f => Assert.True(f.Blocking));
        Assert.Empty(SensitiveChecks.AiLabel(Good with { AiMade = true, Tags = ["ai"] }));
        Assert.Empty(SensitiveChecks.AiLabel(Said("Жасанды интеллект туралы форум", "Форум об искусственном интеллекте")));
    }

    [Theory]
    [InlineData("Ребёнок, Алия Серикова, найдена.", "minor-identified", true)]
    [InlineData("Пострадал 12-летний А. Сериков.", "minor-identified", true)]
    [InlineData("Школьник Данияр Бекұлы выписан.", "minor-identified", true)]
    [InlineData("Ребёнок найден. Об этом сообщил Марат Ахметов.", "minor-named-perhaps", false)]
    public void do_not_let_a_child_in_trouble_be_recognised(string ru, string code, bool blocks)
    {
        var tagged = Said("Бала табылды.", ru) with { Tags = ["minor"] };
        Assert.Equal((code, blocks, "text.ru"), SensitiveChecks.Minors(tagged, Nobody, Noon).Select(f => (f.Code, f.Blocking, f.Field)).Single());
        Assert.Empty(SensitiveChecks.Minors(tagged with { Tags = null }, Nobody, Noon));
    }

    [Fact] public void take_a_childs_story_without_a_name() => Assert.Empty(SensitiveChecks.Minors(Said("Бала табылды. Ол аман.", "Ребёнок найден. Он здоров.") with { Tags = ["minor"] }, Nobody, Noon));

    [Theory]
    [InlineData(2012, true)]
    [InlineData(2008, true)]
    [InlineData(2007, false)]
    public void know_by_the_year_who_may_be_under_18(int year, bool found) => Assert.Equal(found ? ["minor-identified"] : [],
        Codes(SensitiveChecks.Minors(Good with { Tags = ["minor"] }, new Dictionary<Guid, IReadOnlyList<int>> { [Photo] = [year] }, Noon)));
}

public class Checks_of_media_and_links
{
    [Fact] public void find_nothing_where_all_is_said() => Assert.Empty(MediaWordChecks.Of(Good));

    [Fact]
    public void name_the_caption_and_the_alt_text_that_a_language_lacks() => Assert.Equal([("caption-missing", "media[0].caption.ru"), ("alt-missing", "media[0].alt.kk"), ("alt-missing", "media[0].alt.ru")],
        MediaWordChecks.Of(Good with { Media = [new(Photo, null, new("Көпір", null), null)] }).Select(f => (f.Code, f.Field!)).OrderByDescending(f => f.Code).ThenBy(f => f.Item2));

    static Finding[] Links(string text, params LinkSeen[] seen) => [.. LinkChecks.Of(Said(text, "Текст"), seen.ToDictionary(s => s.Url))];

    [Theory]
    [InlineData(LinkSeen.Answers, null)]
    [InlineData(LinkSeen.Dead, "link-dead")]
    [InlineData(LinkSeen.Silent, "link-dead")]
    [InlineData(LinkSeen.Unsafe, "link-unsafe")]
    [InlineData(null, "link-unchecked")]
    public void say_what_the_look_at_a_link_brought(string? outcome, string? code) =>
        Assert.Equal(code is null ? [] : [code], Codes(Links("Қараңыз: https://gov.kz/x.", new LinkSeen("https://gov.kz/x", outcome, 404, Noon))));

    [Fact] public void say_so_when_nobody_has_looked() => Assert.Equal(["link-unchecked"], Codes(Links("Қараңыз: https://gov.kz/x")));
    [Fact] public void want_no_password_in_a_link() => Assert.Equal(["link-unsafe"], Codes(Links("https://me:secret@gov.kz/x", new LinkSeen("https://me:secret@gov.kz/x", LinkSeen.Answers, 200, Noon))));
    [Fact] public void never_block() => Assert.DoesNotContain(Links("https://gov.kz/x https://me:secret@gov.kz"), f => f.Blocking);

    [Theory]
    [InlineData("(https://a.kz/b).", "https://a.kz/b")]
    [InlineData("https://kk.wikipedia.org/wiki/Алматы_(қала), бар", "https://kk.wikipedia.org/wiki/Алматы_(қала)")]
    [InlineData("«https://a.kz/?x=1&y=2»", "https://a.kz/?x=1&y=2")]
    public void read_a_link_out_of_its_sentence(string text, string link) => Assert.Equal([link], TextReading.Links(text));

    [Theory]
    [InlineData("127.0.0.1"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1")]
    [InlineData("0.0.0.0"), InlineData("224.0.0.1"), InlineData("255.255.255.255"), InlineData("198.18.0.1"), InlineData("192.0.2.1"), InlineData("::1"), InlineData("::"), InlineData("fe80::1"), InlineData("fc00::1")]
    [InlineData("fd12:3456::1"), InlineData("ff02::1"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:10.0.0.1"), InlineData("64:ff9b::7f00:1"), InlineData("2002:7f00:1::"), InlineData("2001:0:1::1"), InlineData("2001:db8::1")]
    public void knock_at_no_inner_door(string address) => Assert.False(PublicAddress.Is(System.Net.IPAddress.Parse(address)));

    [Theory, InlineData("8.8.8.8"), InlineData("172.32.0.1"), InlineData("195.12.113.1"), InlineData("2a00:1450:4001::1"), InlineData("2606:4700::1111"), InlineData("::ffff:8.8.8.8")]
    public void ask_public_addresses(string address) => Assert.True(PublicAddress.Is(System.Net.IPAddress.Parse(address)));

    [Theory, InlineData("ftp://a.kz"), InlineData("file:///etc/passwd"), InlineData("https://u:p@a.kz"), InlineData("nothing")]
    public void follow_no_other_address(string url) => Assert.Null(LinkProbe.Address(url, null));

    [Fact]
    public async Task do_not_connect_inside_unless_told_to()
    {
        using var probe = new LinkProbe(new() { TimeoutSeconds = 2 });
        Assert.Equal((LinkSeen.Unsafe, null), await probe.Ask("http://127.0.0.1:1/x", TestContext.Current.CancellationToken));
        Assert.Equal((LinkSeen.Unsafe, null), await probe.Ask("http://localhost:1/x", TestContext.Current.CancellationToken));
        using var allowed = new LinkProbe(new() { TimeoutSeconds = 2, AllowPrivate = true });
        Assert.Equal((LinkSeen.Silent, null), await allowed.Ask("http://127.0.0.1:1/x", TestContext.Current.CancellationToken));
    }
}
