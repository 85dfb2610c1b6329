using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Publications.Specs.ChannelGiven;

namespace Publications.Specs;

public class What_a_channel_can_take
{
    static ChannelCapabilities Can(int longest, int media = 10, int? beside = null, bool needs = false) => new(true, true, true, false, true, longest, media) { LongestBesideMedia = beside, NeedsMedia = needs };
    static Post Long(int kk, int ru) => Plain with { Text = new(string.Concat(Enumerable.Repeat("сөз ", kk / 4)).Trim(), string.Concat(Enumerable.Repeat("сло ", ru / 4)).Trim()) };

    [Fact]
    public void goes_whole_with_Kazakh_first_where_it_fits() => Assert.Equal((Whole, 0), (Fitted.For(Can(4096), Plain).Text, Fitted.For(Can(4096), Plain).Cuts.Count));

    [Fact]
    public void has_one_language_where_one_goes_out() =>
        Assert.Equal("Заголовок\n\nТекст", Fitted.For(Can(4096), Plain with { Language = "ru", Title = new(null, "Заголовок"), Text = new(null, "Текст") }).Text);

    [Fact]
    public void is_cut_fairly_in_the_texts_and_says_where()
    {
        var fitted = Fitted.For(Can(500), Long(800, 800));
        Assert.Equal(["text.kk", "text.ru"], fitted.Cuts.Select(c => c.What));
        Assert.InRange(fitted.Text.Length, 450, 500);
        Assert.StartsWith("Тақырып\n\nсөз", fitted.Text, StringComparison.Ordinal);
        Assert.Contains("Заголовок\n\nсло", fitted.Text, StringComparison.Ordinal);
        Assert.Equal(2, fitted.Text.Count(c => c == '…'));
    }

    [Fact] public void leaves_to_the_longer_language_what_the_shorter_does_not_need() => Assert.Equal(["text.kk"], Fitted.For(Can(500), Long(2000, 40)).Cuts.Select(c => c.What));

    [Fact]
    public void is_labelled_in_both_languages_when_a_machine_made_it_and_the_label_is_never_cut()
    {
        var fitted = Fitted.For(Can(300), Long(800, 800) with { AiMade = true });
        Assert.EndsWith("\n\nЖасанды интеллектінің көмегімен жасалған. Создано с помощью искусственного интеллекта.", fitted.Text, StringComparison.Ordinal);
        Assert.InRange(fitted.Text.Length, 250, 300);
    }

    [Fact]
    public void is_labelled_in_the_language_that_goes_out() =>
        Assert.EndsWith("\n\nСоздано с помощью искусственного интеллекта.", Fitted.For(Can(4096), Plain with { AiMade = true, Title = new(null, "З"), Text = new(null, "Т") }).Text, StringComparison.Ordinal);

    [Fact]
    public void has_less_room_beside_pictures_and_names_who_is_in_them()
    {
        var post = Long(2000, 2000) with { Media = [new(SomeMedia.Picture, "", null, new("Ақын", "Поэт"), null)] };
        var fitted = Fitted.For(Can(4096, beside: 1024), post);
        Assert.InRange(fitted.Text.Length, 900, 1024);
        Assert.Contains("Суретте: Ақын", fitted.Text, StringComparison.Ordinal);
        Assert.Contains("На снимке: Поэт", fitted.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void has_as_many_pictures_as_go()
    {
        var fitted = Fitted.For(Can(4096, media: 1), With(SomeMedia.Picture, SomeMedia.Other));
        Assert.Equal((1, new Cut("media", 1, 2)), (fitted.Media.Count, Assert.Single(fitted.Cuts)));
    }

    [Fact] public void is_nothing_without_a_picture_where_one_is_needed() => Assert.Equal((true, false), (Fitted.For(Can(9, needs: true), Plain).MediaMissing, Fitted.For(Can(9, needs: true), With(SomeMedia.Film)).MediaMissing));

    [Property(MaxTest = 300)]
    public bool is_never_longer_than_the_limit_nor_cut_where_it_fits(NonNull<string> kk, NonNull<string> ru, PositiveInt room, bool ai)
    {
        var post = Plain with { Text = new(kk.Get, ru.Get), AiMade = ai };
        var (limit, whole) = (200 + room.Get, Fitted.For(Can(int.MaxValue), post).Text);
        var fitted = Fitted.For(Can(limit), post);
        return fitted.Text.Length <= limit && (whole.Length > limit || (fitted.Text == whole && fitted.Cuts.Count == 0));
    }

    [Property(MaxTest = 300)]
    public bool never_ends_within_a_character(PositiveInt before, PositiveInt room)
    {
        var text = Fitted.Shorten(new string('a', before.Get % 50) + string.Concat(Enumerable.Repeat("🇰🇿", 60)), room.Get % 120);
        return !text.Where((c, i) => char.IsHighSurrogate(c) && (i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))).Any();
    }
}
