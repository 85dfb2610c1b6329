using static Publications.Specs.Given;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

/// <summary>The case it exists for: a condolence for a writer, with the picture of another who lives.</summary>
public class A_condolence
{
    static readonly Publication Grief = About("Condolence", Writer, Use());
    static readonly MediaItem Right = Pictured(Asserted(Writer), Confirmed);

    [Fact] public void with_the_confirmed_picture_of_who_died_goes_out() => Assert.Empty(Check(Grief, Right));
    [Fact] public void without_a_subject_is_refused() => Assert.Contains("subject-missing", Check(About("Condolence", null), Right));
    [Fact] public void of_whom_no_registry_knows_is_refused() => Assert.Contains("subject-missing", Check(About("Condolence", NextDepiction), Right));
    [Fact] public void with_the_picture_of_another_who_lives_is_refused() => Assert.Equal(["person-living", "depiction-unconfirmed"], Check(Grief, Pictured(Asserted(Namesake), Confirmed)));
    [Fact]
    public void with_the_picture_of_another_named_in_the_caption_is_refused_all_the_same() =>
        Assert.Equal(["depiction-unconfirmed"], Check(About("Condolence", Writer, Use(caption: new("Суретте Гүлнар Сейіт", "На снимке Гульнар Сеит"))), Pictured(Asserted(Minister), Confirmed)));
    [Fact] public void with_a_file_that_only_bears_the_name_is_refused() => Assert.Equal(["depiction-unconfirmed"], Check(Grief, Pictured()));
    [Fact] public void with_a_mislabelled_file_that_one_person_vouches_for_is_refused() => Assert.Equal(["depiction-unconfirmed"], Check(Grief, Pictured(Asserted(Writer))));
    [Fact] public void for_who_lives_is_refused() => Assert.Contains("person-living", Check(About("Condolence", Namesake, Use()), Pictured(Asserted(Namesake), Confirmed)));

    [Fact]
    public void whose_death_one_person_recorded_is_refused()
    {
        var known = Known(Right) with { People = new Dictionary<Guid, RegisteredPerson> { [Writer] = PersonOf(Registered, DeathRecorded) } };
        Assert.Contains("person-living", Codes(IdentityRules.Check(Grief, known)));
    }

    [Fact] public void with_a_dispute_about_its_picture_is_refused() => Assert.Contains("depiction-unconfirmed", Check(Grief, Pictured(Asserted(Writer), Confirmed, Disputed)));
    [Fact] public void without_a_picture_is_stopped_by_a_dispute_about_the_person() => Assert.Equal(["halted"], Check(About("Condolence", Writer), Right, Writer));
    [Fact] public void after_an_upheld_dispute_is_refused() => Assert.Equal(["depiction-unconfirmed"], Check(Grief, Pictured(Asserted(Writer), Confirmed, Disputed, new MediaDisputeResolved(PictureId, DisputeId, "upheld", "Себеп", Third, Noon))));
    [Fact] public void after_a_rejected_dispute_goes_out() => Assert.Empty(Check(Grief, Pictured(Asserted(Writer), Confirmed, Disputed, new MediaDisputeResolved(PictureId, DisputeId, "rejected", "Себеп", Third, Noon))));
    [Fact] public void with_a_landscape_is_refused() => Assert.Contains("depiction-unconfirmed", Check(Grief, Pictured(Asserted() with { Nobody = "landscape" }, Confirmed)));
}

public class A_living_person_beside_who_died
{
    static readonly MediaItem Both = Pictured(Asserted() with { Persons = [new(Writer, Left), new(Minister, Right)] }, Confirmed);
    static string[] With(Crop? crop = null, string? kk = null, string? ru = null) => Check(About("Condolence", Writer, Use(crop, new(kk, ru))), Both);

    [Fact] public void is_refused_unless_the_caption_says_so() => Assert.Equal(["person-living"], With());
    [Fact] public void named_in_both_captions_stays() => Assert.Empty(With(kk: "Жазушы мен Гүлнар Сейіт, 1998 ж.", ru: "Писатель и ГУЛЬНАР СЕИТ, 1998 г."));
    [Fact] public void named_in_one_language_is_refused() => Assert.Equal(["person-living"], With(kk: "Гүлнар Сейіт"));
    [Fact] public void named_by_half_is_refused() => Assert.Equal(["person-living"], With(kk: "Гүлнар Сейітова", ru: "Гульнар Сеит"));
    [Fact] public void cropped_away_is_nobody() => Assert.Empty(With(Left));
    [Fact] public void cropped_through_is_there() => Assert.Equal(["person-living"], With(new(0, 0, 401, 600)));
    [Fact] public void is_all_that_a_wrong_crop_leaves() => Assert.Equal(["person-living", "depiction-unconfirmed"], With(Right));
    [Fact] public void is_not_hidden_by_a_crop_without_a_size() => Assert.Equal(["person-living"], With(new(0, 0, 0, 0)));
    [Fact]
    public void whose_place_nobody_said_is_there_in_every_crop() =>
        Assert.Contains("person-living", Check(About("Condolence", Writer, Use(Left)), Pictured(Asserted() with { Persons = [new(Writer, Left), new(Minister, null)] }, Confirmed)));
}

public class Everybody_in_a_frame
{
    static string[] News(MediaItem media, Crop? crop = null) => Check(About("News", null, Use(crop)), media);
    static MediaItem Other(ShownOther other) => Pictured(Asserted() with { Persons = [new(Minister, Left)], Others = [other] }, Confirmed);

    [Fact] public void is_confirmed_for_every_kind() => Assert.Equal(["depiction-unconfirmed"], News(Pictured()));
    [Fact] public void may_be_nobody() => Assert.Empty(News(Pictured(Asserted() with { Nobody = "animal" }, Confirmed)));
    [Fact] public void is_named_or_cropped() => Assert.Equal(["others-unnamed"], News(Other(new(null, Right))));
    [Fact] public void named_stays() => Assert.Empty(News(Other(new(new("Аты", "Имя"), Right))));
    [Fact] public void unnamed_is_cropped_away() => Assert.Empty(News(Other(new(null, Right)), Left));
    [Fact] public void of_another_body_is_unknown() => Assert.Equal(["media-unknown"], News(Media(Uploaded with { Body = "akimat-39" }, Asserted(Minister), Confirmed)));
    [Fact] public void that_no_registry_knows_is_unknown() => Assert.Equal(["media-unknown"], Check(About("News", null, Use() with { MediaId = DisputeId }), Pictured()));
    [Fact]
    public void is_not_confirmed_by_its_authors_alone() => Assert.Equal(["depiction-unconfirmed"], Check(State(Drafted(Written with { Media = [Use()] }),
        new PublicationEdited(Id, Written with { Media = [Use()] }, Witness, [], null, null, Noon), new PublicationEdited(Id, Written with { Media = [Use()] }, Second, [], null, null, Noon)), Pictured(Asserted(Minister), Confirmed)));
    [Fact]
    public void renamed_since_is_confirmed_again()
    {
        var media = Pictured(Asserted(Minister), Confirmed);
        var known = Known(media) with { People = new Dictionary<Guid, RegisteredPerson> { [Minister] = PersonOf(MinisterRegistered, new PersonEdited(Minister, Lives.Name, 1961, Editor, Noon)) } };
        Assert.Equal(["depiction-unconfirmed"], Codes(IdentityRules.Check(About("News", null, Use()), known)));
        Assert.Empty(Codes(IdentityRules.Check(About("News", null, Use()), known with { Media = Known(Media([Uploaded, Asserted(Minister), Confirmed, Confirmed with { At = Noon.AddHours(1) }])).Media })));
    }

    [Theory, InlineData("Award"), InlineData("Congratulation")]
    public void is_the_subject_of_what_is_about_a_person(string kind)
    {
        Assert.Empty(Check(About(kind, Minister, Use()), Pictured(Asserted(Minister), Confirmed)));
        Assert.Equal(["depiction-unconfirmed"], Check(About(kind, Namesake, Use()), Pictured(Asserted(Minister), Confirmed)));
        Assert.Equal(["subject-missing"], Check(About(kind, null), Pictured()));
    }
}
