using FsCheck.Xunit;

namespace Inquiries.Specs;

public class An_identifier
{
    [Theory]
    [InlineData("990101300013", true), InlineData("990101300023", true), InlineData("990101300409", true), InlineData("990101300410", true)]
    [InlineData("123456789011", false), InlineData("990101300460", false)]
    [InlineData("99010130001", false), InlineData("9901013000130", false), InlineData("", false), InlineData(null, false)]
    [InlineData(" 990101300013", false), InlineData("99010130001x", false), InlineData("٩٩٠١٠١٣٠٠٠١٣", false)]
    [InlineData("９９０１０１３０００１３", false)]
    public void Of_a_person_or_firm_has_twelve_digits_and_a_check(string? id, bool valid) =>
        Assert.Equal(valid, IinOrBin.Is(id));

    [Property(MaxTest = 1000)]
    public void Is_lost_with_another_check_digit_or_a_digit_less(uint seed, byte place, byte step)
    {
        var stem = (seed % 100_000_000_000UL).ToString("D11", null);
        if (Enumerable.Range(0, 10).Select(check => $"{stem}{check}").SingleOrDefault(IinOrBin.Is) is not { } id) return;
        Assert.False(IinOrBin.Is(id[..11] + (char)('0' + (id[11] - '0' + 1 + step % 9) % 10)));
        Assert.False(IinOrBin.Is(id.Remove(place % 12, 1)));
    }

    [Theory]
    [InlineData("+77019917908", "+77019917908"), InlineData("+7 (701) 991-79-08", "+77019917908")]
    [InlineData(" +7\u00A0701 991‑79–08 ", "+77019917908")]
    [InlineData("+77172740000", "+77172740000")] // a landline in Astana
    [InlineData("8 701 991 79 08", null), InlineData("77019917908", null), InlineData("0077019917908", null), InlineData("12345", null)]
    [InlineData("+7701991790", null), InlineData("+770199179081", null), InlineData("+70000000000", null)]
    [InlineData("+1 701 991 7908", null)]
    [InlineData("+7701991790８", null), InlineData("+7701FLOWERS", null), InlineData("+77019917908;ext=1", null)]
    [InlineData("+77019917908\n", null)]
    [InlineData("", null), InlineData(null, null)]
    public void Of_a_phone_begins_with_plus_seven(string? phone, string? normal) => Assert.Equal(normal, Identifiers.NormalPhone(phone));

    [Theory]
    [InlineData("kk"), InlineData("ru"), InlineData("en"), InlineData("KK"), InlineData("kk-Cyrl-KZ")]
    [InlineData("kk-latn"), InlineData("x-private")]
    [InlineData("zh-cmn-Hans-CN"), InlineData("es-419"), InlineData("sl-rozaj-biske-1994")]
    [InlineData("de-DE-u-co-phonebk"), InlineData("en-a-bbb-x-a-ccc")]
    [InlineData("i-klingon"), InlineData("en-gb-OED"), InlineData("zh-min-nan"), InlineData("art-lojban")]
    [InlineData("de-CH-x-phonebk"), InlineData("qaa-Qaaa-QM-x-southern")]
    public void Of_a_language_is_a_tag_of_rfc_5646(string tag) => Assert.True(Identifiers.IsLanguageTag(tag));

    [Theory]
    [InlineData(""), InlineData(null), InlineData("k"), InlineData("kk_KZ"), InlineData("kk-"), InlineData("-kk")]
    [InlineData("kk--KZ"), InlineData("kk "), InlineData("kk\n")]
    [InlineData("қаз"), InlineData("\u212Ak"), InlineData("kk-Cyrl-KZ-a"), InlineData("x"), InlineData("x-")]
    [InlineData("a-DE"), InlineData("ar-a-aaa-b"), InlineData("toolonglanguage")]
    public void Of_a_language_is_nothing_else(string? tag) => Assert.False(Identifiers.IsLanguageTag(tag));

    [Theory]
    [InlineData("user0@example.kz", true), InlineData(" user0@example.kz ", true)]
    [InlineData("пошта@мысал.қаз", true), InlineData("a@b", true)]
    [InlineData("@example.kz", false), InlineData("user@", false), InlineData("user", false)]
    [InlineData("a@b@c", false), InlineData("a b@c", false), InlineData("", false), InlineData(null, false)]
    public void Of_a_mailbox_has_something_on_both_sides(string? email, bool present) => Assert.Equal(present, Identifiers.IsEmail(email));
}
