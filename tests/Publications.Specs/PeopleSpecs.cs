using static Publications.Specs.Given;
using static Publications.Specs.GivenMedia;

namespace Publications.Specs;

public class Entering_a_person
{
    static PersonRegistered When(Bilingual? name, int? year) => PersonDecider.Register(Writer, Body, new(null, name, year, null), Editor, Before);

    [Fact] public void records_names_and_year() => Same([Registered], [When(new(" Әбіш  Кекілбай", "Абиш Кекильбаев"), 1939)]);
    [Fact] public void without_a_year_is_refused() => Assert.Equal("birth-year-missing", Refusal(() => When(Registered.Name, null)));
    [Theory, InlineData(1799), InlineData(2027)] public void with_an_impossible_year_is_refused(int year) => Assert.Equal("birth-year-invalid", Refusal(() => When(Registered.Name, year)));
    [Fact] public void in_one_language_is_refused_by_field() => Assert.Equal(["name.ru"], Fields(() => When(new("Әбіш Кекілбай", " "), 1939)));
}

public class People_of_like_names
{
    static bool Alike(string one, string other) => LikeNames.Key(one) == LikeNames.Key(other);

    [Theory]
    [InlineData("Әбіш Кекілбай", "Кекілбай Әбіш")]
    [InlineData("Әбіш Кекілбай", "абиш кекилбай")] // typed with the Russian letters next to them
    [InlineData("Қабдеш Жұмаділ", "ҚАБДЕШ  ЖҰМАДІЛ")]
    [InlineData("Алёна Соловьёва", "Алена Соловьева")]
    [InlineData("Нұр-Ахмет Ғали", "Нур Ахмет Гали")]
    public void are_found(string one, string other) => Assert.True(Alike(one, other));

    [Theory, InlineData("Әбіш Кекілбай", "Әбіш Кекілбаев"), InlineData("Абиш", "Абиш Абиш")]
    public void are_not_those_of_other_names(string one, string other) => Assert.False(Alike(one, other));

    [Fact] public void are_alike_by_either_language() => Assert.Equal(["абиш кекилбай", "абиш кекильбаев"], LikeNames.Keys(Registered.Name));
    [Fact] public void are_two_by_id_and_year() => Assert.NotEqual((PersonOf(Dead).Id, PersonOf(Dead).BirthYear), (PersonOf(Lives).Id, PersonOf(Lives).BirthYear));
}

public class A_death
{
    static IReadOnlyList<object> Record(int? year, DateOnly? on, string? source, params object[] given) => PersonDecider.Decide(PersonOf(given), new RecordDeath(year, on, source), Editor, Before);
    static IReadOnlyList<object> Confirm(string by, params object[] given) => PersonDecider.ConfirmDeath(PersonOf(given), by, Before);

    [Fact] public void is_recorded_with_its_source() => Same([DeathRecorded], Record(null, new(2015, 12, 11), "Отбасының хабары", Registered));
    [Fact] public void twice_is_recorded_once() => Assert.Empty(Record(2015, new(2015, 12, 11), "Отбасының хабары", Registered, DeathRecorded));
    [Fact] public void without_a_source_is_refused() => Assert.Equal("source-missing", Refusal(() => Record(2015, null, " ", Registered)));
    [Fact] public void without_a_year_is_refused() => Assert.Equal("death-year-missing", Refusal(() => Record(null, null, "x", Registered)));
    [Theory, InlineData(1938), InlineData(2030)] public void before_birth_or_to_come_is_refused(int year) => Assert.Equal("death-year-invalid", Refusal(() => Record(year, null, "x", Registered)));
    [Fact] public void in_another_year_than_its_day_is_refused() => Assert.Equal("death-year-invalid", Refusal(() => Record(2014, new(2015, 12, 11), "x", Registered)));
    [Fact] public void once_confirmed_is_refuted_first() => Assert.Equal("death-confirmed", Refusal(() => Record(2016, null, "x", Dead)));

    [Fact] public void by_one_person_counts_for_nothing() => Assert.Equal("DeathRecorded", PersonOf(Registered, DeathRecorded).State);
    [Fact] public void confirmed_by_another_counts() => Assert.Equal("Dead", PersonOf([Registered, DeathRecorded, .. Confirm(Second, Registered, DeathRecorded)]).State);
    [Fact] public void confirmed_twice_is_recorded_once() => Assert.Empty(Confirm(Second, Dead));
    [Fact] public void confirmed_by_who_recorded_it_is_refused() => Assert.Equal("confirmer-is-recorder", Refusal(() => Confirm(Editor, Registered, DeathRecorded)));
    [Fact] public void that_nobody_recorded_is_not_confirmed() => Assert.Equal("death-not-recorded", Refusal(() => Confirm(Second, Registered)));

    [Fact]
    public void of_whom_another_name_was_given_needs_confirming_again()
    {
        object[] renamed = [.. Dead, new PersonEdited(Writer, Lives.Name, 1961, Third, Noon)];
        Assert.Equal("DeathRecorded", PersonOf(renamed).State);
        Assert.Equal("confirmer-is-editor", Refusal(() => Confirm(Third, renamed)));
        Assert.Equal("Dead", PersonOf([.. renamed, .. Confirm(Second, renamed)]).State);
    }

    [Fact] public void is_taken_back_by_one_person() => Assert.Equal("Living", PersonOf([.. Dead, .. PersonDecider.Decide(PersonOf(Dead), new RefuteDeath("Аттасы қайтыс болған"), Third, Noon)]).State);
    [Fact] public void taken_back_twice_is_recorded_once() => Assert.Empty(PersonDecider.Decide(PersonOf(Registered), new RefuteDeath("Себеп"), Third, Noon));
    [Fact] public void taken_back_without_a_reason_is_refused() => Assert.Equal("reason-missing", Refusal(() => PersonDecider.Decide(PersonOf(Dead), new RefuteDeath(null), Third, Noon)));
}

public class Changing_a_person
{
    static IReadOnlyList<object> When(EditPerson ask, params object[] given) => PersonDecider.Decide(PersonOf(given), ask, Editor, Noon);

    [Fact] public void keeps_what_is_not_named() => Same([new PersonEdited(Writer, new("Әбіш Кекілбаев", "Абиш Кекильбаев"), 1939, Editor, Noon)], When(new(new("Әбіш Кекілбаев", null), null, null), Registered));
    [Fact] public void to_the_same_is_already_so() => Assert.Empty(When(new(Registered.Name, 1939, null), Registered));
    [Fact] public void to_a_birth_after_the_death_is_refused() => Assert.Equal("birth-year-invalid", Refusal(() => When(new(null, 2016, null), Dead)));
    [Fact] public void by_a_portrait_adds_it_once() => Assert.Empty(PersonDecider.AddPortrait(PersonOf([Registered, .. PersonDecider.AddPortrait(PersonOf(Registered), PictureId, Editor, Noon)]), PictureId, Editor, Noon));
    [Fact] public void by_no_portrait_removes_none() => Assert.Empty(PersonDecider.RemovePortrait(PersonOf(Registered), PictureId, Editor, Noon));
}
