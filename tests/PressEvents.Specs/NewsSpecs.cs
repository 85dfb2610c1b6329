using Platform;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class A_subscription_to_news
{
    static readonly Guid SubscriptionId = new("01a20000-0000-7000-8000-000000000041");
    static readonly SubscribeToNews Ask = new("kk", ["statements", "announcements"], [], [], [], "a@b.kz", null);
    static readonly NewsChoice Choice = NewsSubscriptionDecider.Choose(Ask, Data);
    static readonly NewsSubscribed ByMail = new(SubscriptionId, "e-mail", Choice, GivenSpeakers.Subject, null, Now);
    static readonly NewsSubscriptionConfirmed Confirmed_ = new(SubscriptionId, Now.AddHours(1));
    static readonly NewsChoiceChanged Changed = new(SubscriptionId, Choice with { Kinds = ["notices"] }, Now.AddHours(1));
    static readonly NewsSubscriptionEnded Ended = new(SubscriptionId, Now.AddHours(1));
    static readonly object[] Each = [ByMail, Confirmed_, Changed, Ended];

    static NewsSubscription State(params object[] facts) => facts.Aggregate((NewsSubscription?)null, NewsSubscriptionDecider.Evolve)!;
    static readonly Occasion Announcement = new("announcements", "akimat-71", "710000000", "PressConference", Id, Now);

    [Fact] public void Chooses_kinds_in_a_language() => Assert.Equal(("kk", "announcements statements"), (Choice.Language, string.Join(' ', Choice.Kinds)));
    [Fact] public void Chooses_something() => Refused("kinds-missing", "kinds", () => NewsSubscriptionDecider.Choose(Ask with { Kinds = null }, Data));
    [Fact] public void Knows_its_kinds() => Refused("kind-unknown", "kinds[1]", () => NewsSubscriptionDecider.Choose(Ask with { Kinds = ["notices", "rumours"] }, Data));
    [Fact] public void Knows_its_bodies() => Refused("body-unknown", "bodies[0]", () => NewsSubscriptionDecider.Choose(Ask with { Bodies = ["min-nothing"] }, Data));
    [Fact] public void Knows_its_regions() => Refused("region-unknown", "regions[0]", () => NewsSubscriptionDecider.Choose(Ask with { Regions = [null] }, Data));
    [Fact] public void Knows_its_formats() => Refused("format-unknown", "formats[0]", () => NewsSubscriptionDecider.Choose(Ask with { Formats = ["Party"] }, Data));
    [Fact] public void Is_in_kk_or_ru() => Refused("language-invalid", "language", () => NewsSubscriptionDecider.Choose(Ask with { Language = "en" }, Data));

    [Fact] public void Wants_what_it_chose() => Assert.True(Choice.Wants(Announcement));
    [Fact] public void And_no_other_kind() => Assert.False(Choice.Wants(Announcement with { News = "transcripts" }));
    [Fact] public void Of_its_bodies_alone() => Assert.Equal([true, false], new[] { "akimat-71", "scc" }.Select(body => (Choice with { Bodies = [body] }).Wants(Announcement)));
    [Fact] public void Of_its_regions_alone() => Assert.Equal([true, false], new[] { "710000000", "750000000" }.Select(region => (Choice with { Regions = [region] }).Wants(Announcement)));
    [Fact] public void A_body_without_a_region_is_in_none() => Assert.False((Choice with { Regions = ["710000000"] }).Wants(Announcement with { Region = null }));
    [Fact] public void In_its_formats_alone() => Assert.Equal([true, false], new[] { "PressConference", "KazTalks" }.Select(format => (Choice with { Formats = [format] }).Wants(Announcement)));
    [Fact] public void A_statement_has_no_format_to_be_left_out_by() => Assert.True((Choice with { Formats = ["KazTalks"] }).Wants(Announcement with { News = "statements", Format = null }));

    [Fact] public void By_mail_waits_for_its_confirmation() => Assert.Equal(NewsSubscriptionState.ToBeConfirmed, State(ByMail).State);
    [Fact] public void By_webhook_counts_at_once() => Assert.Equal(NewsSubscriptionState.Active, State(ByMail with { Way = "webhook", Owner = "me" }).State);
    [Fact] public void Is_confirmed() => Same(Confirmed_, NewsSubscriptionDecider.Confirm(State(ByMail), Now.AddHours(1)));
    [Fact] public void Is_confirmed_once() => Assert.Empty(NewsSubscriptionDecider.Confirm(State(ByMail, Confirmed_), Now));
    [Fact] public void Is_not_confirmed_once_ended() => Refused("subscription-ended", () => NewsSubscriptionDecider.Confirm(State(ByMail, Ended), Now));
    [Fact] public void Is_ended() => Same(Ended, NewsSubscriptionDecider.End(State(ByMail, Confirmed_), Now.AddHours(1)));
    [Fact] public void Is_ended_once() => Assert.Empty(NewsSubscriptionDecider.End(State(ByMail, Ended), Now));
    [Fact] public void Is_changed() => Same(Changed, NewsSubscriptionDecider.Change(State(ByMail), Changed.Choice, Now.AddHours(1)));
    [Fact] public void Is_changed_once() => Assert.Empty(NewsSubscriptionDecider.Change(State(ByMail, Changed), NewsSubscriptionDecider.Choose(Ask with { Kinds = ["notices", "notices"] }, Data), Now));
    [Fact] public void Is_not_changed_once_ended() => Refused("subscription-ended", () => NewsSubscriptionDecider.Change(State(ByMail, Ended), Choice, Now));

    [Fact]
    public void Walks_through_every_fold()
    {
        Assert.Equal(NewsSubscriptionDecider.Facts, Each.Select(f => f.GetType()));
        Assert.All(Each, fact => Assert.Equal(NewsSubscriptionDecider.Evolve(State(ByMail), fact)!.State.ToString(), NewsSubscriptionViewFold.Evolve(NewsSubscriptionViewFold.Evolve(null, ByMail), fact)!.State));
        Assert.All(Each, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
        Assert.Throws<InvalidOperationException>(() => NewsSubscriptionDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => NewsSubscriptionViewFold.Evolve(null, new object()));
    }

    [Fact]
    public void Keeps_its_stored_shape() => Assert.All(Each, fact => Golden.CheckText(Platform.Store.NameOf(fact.GetType()) + ".json", Stored(fact)));
}
