using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

/// <summary>Any picture: who is said to be where in it, by whom, confirmed by whom or not, how it is cropped and captioned.</summary>
public sealed record AnyCase(string Kind, MediaItem Media, MediaUse Use, Guid? Subject)
{
    public Publication Publication => About(Kind, Subject, Use);
    public IReadOnlyList<Finding> Found => IdentityRules.Check(Publication, Known(Media));
}

public static class AnyPicture
{
    static readonly Gen<Crop?> Region = Gen.OneOf(Gen.Constant<Crop?>(null),
        from x in Gen.Choose(0, 700) from y in Gen.Choose(0, 500) from w in Gen.Choose(0, 100) from h in Gen.Choose(0, 100) select (Crop?)new Crop(x, y, w, h), Gen.Elements<Crop?>(Left, Right));

    static readonly Gen<string> Kind = Gen.Elements("News", "Condolence", "Congratulation", "Award");

    static readonly Gen<Bilingual?> Caption = Gen.Elements<Bilingual?>(null, new("Гүлнар Сейіт", "Гульнар Сеит"), new("Әбіш Кекілбай", "Абиш Кекильбаев"), new("Гүлнар Сейіт", null));

    public static Arbitrary<AnyCase> Cases() => (
        from kind in Kind
        from persons in Gen.SubListOf(new[] { Writer, Namesake, Minister })
        from regions in Region.ListOf(4)
        from other in Gen.Elements(0, 1, 2)
        from confirmer in Gen.Elements<string?>(null, Second, Third)
        from disputed in Gen.Elements(false, false, true)
        from crop in Region
        from caption in Caption
        from subject in Gen.Elements<Guid?>(null, Writer, Namesake, Minister)
        let asserted = Asserted() with
        {
            Persons = [.. persons.Zip(regions, (p, r) => new ShownPerson(p, r))],
            Others = other == 0 ? [] : [new(other == 1 ? null : new("Аты", "Имя"), regions[3])],
            Nobody = persons.Count == 0 && other == 0 ? "landscape" : null,
        }
        let facts = new object?[] { asserted, confirmer is null ? null : Confirmed with { By = confirmer }, disputed ? Disputed : null }.Where(f => f is not null).Cast<object>().ToArray()
        select new AnyCase(kind, Pictured(facts), Use(crop, caption), subject)).ToArbitrary();
}

public class The_identity_gate
{
    static bool Passes(AnyCase any) => any.Found.Count == 0;

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Lets_nothing_out_that_two_people_do_not_vouch_for(AnyCase any) =>
        !Passes(any) || any.Media.Depictions.Any(d => !d.Withdrawn && d.Confirmations.Any(c => c.By != d.AssertedBy && c.By != any.Media.UploadedBy)) && any.Media.Disputes.All(d => d.Outcome is not null);

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Lets_no_condolence_out_for_the_living_or_with_somebody_living_whom_no_caption_names(AnyCase any) =>
        !Passes(any) || any.Kind != "Condolence" || any.Subject == Writer && any.Media.Depictions.SelectMany(d => d.Persons).Where(p => p.PersonId != Writer)
            .All(p => !Frames.MayShow(Frames.Of(any.Use, any.Media), p.Region) || p.PersonId == Minister && any.Use.Caption is { Kk: "Гүлнар Сейіт", Ru: "Гульнар Сеит" }
                || p.PersonId == Namesake && any.Use.Caption is { Kk: "Әбіш Кекілбай", Ru: "Абиш Кекильбаев" });

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Shows_whom_it_is_about(AnyCase any) => !Passes(any) || any.Kind == "News" || any.Subject is { } subject && any.Media.Depictions.Any(d => d.Persons.Any(p => p.PersonId == subject));

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Finds_no_less_in_the_whole_frame_than_in_a_part_except_whom_it_is_about(AnyCase any)
    {
        var whole = (any with { Use = any.Use with { Crop = null } }).Found.Select(f => f.Code).ToHashSet();
        return any.Found.Where(f => f.Code != "depiction-unconfirmed").All(f => whole.Contains(f.Code));
    }

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Only_blocks_and_names_the_field(AnyCase any) => any.Found.All(f => f.Blocking && f.Field is not null);

    [Property(Arbitrary = [typeof(AnyPicture)], MaxTest = 3000)]
    public bool Stops_whoever_is_halted(AnyCase any) => Frames.Of(any.Use, any.Media) is not null
        || any.Media.Depictions.SelectMany(d => d.Persons).All(p => IdentityRules.Check(any.Publication, Known(any.Media, p.PersonId)).Any(f => f.Code == "halted"));
}
