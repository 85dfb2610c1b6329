using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>The releaser was away over the due time, for a minute, an hour, three days.</summary>
public class Down_over_the_due_time
{
    static PublicationState After(int minutes, string onMiss)
    {
        var state = State(ScheduledFacts(Written with { OnMiss = onMiss, MaxLateness = "PT30M" }));
        return Given.After(state, ReleaseDecider.Claim(state, () => NextId, Due.AddDays(5), Due.AddMinutes(minutes))).State;
    }

    [Theory]
    [InlineData(1, "hold", PublicationState.Releasing), InlineData(60, "hold", PublicationState.Missed), InlineData(3 * 24 * 60, "hold", PublicationState.Missed)]
    [InlineData(1, "publish", PublicationState.Releasing), InlineData(60, "publish", PublicationState.Releasing), InlineData(3 * 24 * 60, "publish", PublicationState.Releasing)]
    [InlineData(1, "drop", PublicationState.Releasing), InlineData(60, "drop", PublicationState.Cancelled), InlineData(3 * 24 * 60, "drop", PublicationState.Cancelled)]
    public void ends_as_the_item_says(int minutes, string onMiss, PublicationState expected) => Assert.Equal(expected, After(minutes, onMiss));

    [Theory, InlineData("hold"), InlineData("publish"), InlineData("drop")]
    public void that_fell_into_a_halt_waits_for_a_person_whatever_it_says(string onMiss)
    {
        var state = State(ScheduledFacts(Written with { OnMiss = onMiss, MaxLateness = "PT30M" }));
        Assert.Equal("halted", Assert.IsType<PublicationMissed>(ReleaseDecider.Claim(state, () => NextId, Lease, Due.AddMinutes(5), new(3, _ => "halted", [])).Single()).Reason);
    }
}

/// <summary>Whatever changes after approval cannot go out, whether it was armed or not.</summary>
public class Changed_after_approval
{
    static readonly Content Approved = Written with { Media = [PictureUse], Channels = ["site"] };

    public static TheoryData<string, EditPublication> Changes => new()
    {
        { "one letter", Nothing with { Text = new("Мәтіп", null) } },
        { "a crop", Nothing with { Media = [PictureUse with { Crop = new(10, 20, 300, 399) }] } },
        { "a caption", Nothing with { Media = [PictureUse with { Caption = new("Сурет", "Другой снимок") }] } },
        { "a channel", Nothing with { Channels = ["site", "a-telegram"] } },
        { "only the Russian text", Nothing with { Text = new(null, "Иной текст") } },
        { "the time", Nothing with { WantedAt = Due.AddMinutes(1) } },
        { "the subject", Nothing with { SubjectPersonId = PersonId } },
    };

    static readonly EditPublication Nothing = new(null, null, null, null, null, null, null);

    [Theory, MemberData(nameof(Changes))]
    public void cannot_go_out(string what, EditPublication change)
    {
        Assert.NotEmpty(what);
        object[] given = [.. ScheduledFacts(Approved)];
        var state = After(State(given), PublicationDecider.Decide(State(given), change, Other, Noon));
        Assert.Equal((PublicationState.InReview, null), (state.State, PublicationFold.WakeAt(state)));
        Assert.Empty(ReleaseDecider.Claim(state, () => NextId, Lease, Due.AddMinutes(2)));
        Assert.Equal("content-changed", Refusal(() => PublicationDecider.Decide(state, new SchedulePublication(null), Editor, Noon)));
    }

    [Theory, MemberData(nameof(Changes))]
    public void is_stopped_at_the_claim_even_if_it_slipped_in(string what, EditPublication change)
    {
        Assert.NotEmpty(what);
        var slipped = State(ScheduledFacts(Approved)) with { Content = ContentRules.Checked(Approved, change) };
        Assert.Equal("content-changed", Assert.IsType<PublicationMissed>(ReleaseDecider.Claim(slipped, () => NextId, Lease, Due).Single()).Reason);
    }
}
