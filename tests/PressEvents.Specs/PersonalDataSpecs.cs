using PersonalData;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Erasing_a_subject
{
    static readonly Guid Subject = new("01a20000-0000-7000-8000-00000000a001");
    static readonly DateTimeOffset Now = At("2026-12-01T10:00:00+05:00");
    static readonly SubjectErased Erased = new(Subject, "consent-withdrawn", Now);

    static IReadOnlyList<object> When(string? reason, PersonalDataSubject? state = null) => PersonalDataSubjects.Decide(state, Subject, new(reason), Now);

    [Fact] public void Is_recorded_with_its_reason() => Same(Erased, When("consent-withdrawn"));
    [Fact] public void Said_twice_it_is_recorded_once() => Assert.Empty(When("law-requires", PersonalDataSubjects.Evolve(null, Erased)));
    [Theory, InlineData(null), InlineData(""), InlineData("Иванов попросил")] public void Takes_no_free_words(string? reason) => Refused("reason-unknown", "reason", () => When(reason));
    [Fact] public void Keeps_its_stored_shape() => Golden.CheckText("subject_erased.json", Stored(Erased));
    [Fact] public void An_unknown_fact_throws() => Assert.Throws<InvalidOperationException>(() => PersonalDataSubjects.Evolve(null, new object()));
    [Fact] public void Every_registered_type_is_here() => Assert.Equal([typeof(SubjectErased)], PersonalDataSubjects.Facts);
}
