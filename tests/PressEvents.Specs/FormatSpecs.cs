using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class Formats_as_data
{
    static readonly Format KazTalks = Data.Format("KazTalks")!;
    static IReadOnlyList<object> When(EditFormat ask) => FormatDecider.Decide(KazTalks, ask, Now);
    static readonly EditFormat Ask = new(LeastNotice: new(2, "WorkingDays"), Reason: "Two days suffice.");

    [Fact] public void An_edit_is_recorded_whole_with_its_reason() => Same(Edited, When(Ask));
    [Fact] public void What_is_the_same_is_no_fact() => Assert.Empty(When(new(LeastNotice: new(5, "WorkingDays"), Audience: ["public"], Reason: "as it is")));
    [Fact] public void A_reason_is_needed() => Refused("reason-missing", "reason", () => When(Ask with { Reason = " " }));
    [Fact] public void An_unknown_unit_is_refused() => Refused("unit-invalid", "leastNotice.unit", () => When(Ask with { LeastNotice = new(2, "Fortnights") }));
    [Fact] public void A_year_is_the_longest_notice() => Refused("notice-invalid", "leastNotice.value", () => When(Ask with { LeastNotice = new(366, "Hours") }));
    [Fact] public void Live_is_one_of_three() => Refused("live-invalid", "live", () => When(Ask with { Live = "maybe" }));
    [Fact] public void A_name_has_two_languages() => Refused("name-incomplete", "name", () => When(Ask with { Name = new("kaz talks", null) }));
    [Fact] public void Nobody_is_no_number_of_speakers() => Refused("speakers-invalid", "leastSpeakers", () => When(Ask with { LeastSpeakers = 0 }));

    [Fact] // five working days before Monday the 7th is Monday, 30 November
    public void Announcing_follows_the_rules_of_the_day()
    {
        var (kazTalks, announce, late) = (State(Filed with { Format = "KazTalks" }), new AnnouncePressEvent(), At("2026-12-03T09:00:00+05:00"));
        Refused("notice-too-short", () => PressEventDecider.Decide(kazTalks, announce, Data, late));
        Assert.Single(PressEventDecider.Decide(kazTalks, announce, Data.With([Edited.Format]), late));
    }
}
