using FsCheck;
using FsCheck.Xunit;
using Platform;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

/// <summary>A spokesperson and an invitation as the specs know them.</summary>
static class GivenSpeakers
{
    public static readonly Guid SpeakerId = new("01a20000-0000-7000-8000-000000000021"), InvitationId = new("01a20000-0000-7000-8000-000000000022"),
        OtherId = new("01a20000-0000-7000-8000-000000000023"), Subject = new("01a20000-0000-7000-8000-000000000024"), Item = new("01a20000-0000-7000-8000-000000000025");

    public static readonly Bilingual Name = new("Айдос Берікұлы", "Айдос Берикулы"), Post = new("Ресми өкіл", "Официальный представитель");
    public static readonly SpokespersonRegistered Registered = new(SpeakerId, "min-emergency", Name, Post, Subject, Item, Now);
    public static readonly SpokespersonRevised Renamed = new(SpeakerId, Name, new("Баспасөз хатшысы", "Пресс-секретарь"), OtherId, Now.AddHours(1));
    public static readonly SpokespersonRetired Retired = new(SpeakerId, Now.AddHours(2));
    public static readonly PressEventView About = View(Filed, Announced);
    public static readonly PressEventView MovedAbout = View(Filed, Announced, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00"));
    public static readonly SpeakerInvited Invited = InvitationDecider.Invite(InvitationId, About, SpeakerId, Name, Post, Subject, null, Now);
    public static readonly InvitationConfirmed Yes = new(InvitationId, Filed.Start, Now.AddHours(2));
    public static readonly InvitationDeclined No = new(InvitationId, Item, Now.AddHours(2));
    public static readonly SubstituteSent Another = new(InvitationId, OtherId, Now.AddHours(2));
    public static readonly RecordingConsentStated Consents = new(InvitationId, true, Now.AddHours(2));
    public static readonly InvitationRevoked Revoked = new(InvitationId, Now.AddHours(2));

    public static Spokesperson Speaker(params object[] facts) => facts.Aggregate((Spokesperson?)null, SpokespersonDecider.Evolve)!;
    public static Invitation Invitation(params object[] facts) => facts.Aggregate((Invitation?)null, InvitationDecider.Evolve)!;
}

public class A_spokesperson
{
    static readonly RegisterSpokesperson Ask = new("min-emergency", GivenSpeakers.Name, GivenSpeakers.Post, "a@b.kz", "kk");
    static SpokespersonRegistered Register(RegisterSpokesperson ask) => SpokespersonDecider.Register(GivenSpeakers.SpeakerId, ask, GivenSpeakers.Subject, GivenSpeakers.Item, Now);
    static IReadOnlyList<object> Revise(ReviseSpokesperson ask, Guid? contact, params object[] facts) => SpokespersonDecider.Decide(GivenSpeakers.Speaker(facts), ask, contact, Now.AddHours(1));

    [Fact] public void Has_body_name_and_post() => Assert.Equal(GivenSpeakers.Registered, Register(Ask));
    [Fact] public void Speaks_for_a_body_that_is_known() => Refused("body-unknown", "body", () => Register(Ask with { Body = "min-nothing" }));
    [Fact] public void Is_named_in_both_languages() => Refused("language-missing", "name.kk", () => Register(Ask with { Name = new(null, "Айдос") }));
    [Fact] public void Has_a_post_in_both_languages() => Refused("language-missing", "post.kk post.ru", () => Register(Ask with { Post = null }));
    [Fact] public void Gets_another_post_and_address() => Same(GivenSpeakers.Renamed, Revise(new(null, GivenSpeakers.Renamed.Post, null, null), GivenSpeakers.OtherId, GivenSpeakers.Registered));
    [Fact] public void Is_the_same_when_nothing_changed() => Assert.Empty(Revise(new(GivenSpeakers.Name, null, null, null), null, GivenSpeakers.Registered));
    [Fact] public void Keeps_the_address_when_none_is_named() => Assert.Equal(GivenSpeakers.Item, ((SpokespersonRevised)Assert.Single(Revise(new(new("А", "Б"), null, null, null), null, GivenSpeakers.Registered))).ContactId);
    [Fact] public void Retires_once() => Assert.Empty(SpokespersonDecider.Retire(GivenSpeakers.Speaker(GivenSpeakers.Registered, GivenSpeakers.Retired), Now));
    [Fact] public void Does_not_change_afterwards() => Refused("retired", () => Revise(new(new("А", "Б"), null, null, null), null, GivenSpeakers.Registered, GivenSpeakers.Retired));
}

public class An_address
{
    [Theory, InlineData("a@b.kz"), InlineData("пресса@мемлекет.қаз")] public void Is_taken_as_it_is(string email) => Assert.Equal(email, Addresses.ByMail(email, "kk").Email);
    [Theory, InlineData(null), InlineData("  ")] public void Is_given(string? email) => Refused("email-missing", "email", () => Addresses.ByMail(email, "kk"));
    [Theory, InlineData("там же"), InlineData("a@b.kz, c@d.kz"), InlineData("A <a@b.kz>"), InlineData("a@b.kz\r\nBcc: c@d.kz")]
    public void Is_one_and_nothing_else(string email) => Refused("email-invalid", "email", () => Addresses.ByMail(email, "kk"));
    [Theory, InlineData(null), InlineData("en")] public void Comes_with_kk_or_ru(string? language) => Refused("language-invalid", "language", () => Addresses.ByMail("a@b.kz", language));
}

public class An_invitation
{
    static IReadOnlyList<object> Confirm(PressEventView about, params object[] facts) => InvitationDecider.Confirm(GivenSpeakers.Invitation(facts), about, Now.AddHours(2));
    static IReadOnlyList<object> Decline(PressEventView about, params object[] facts) => InvitationDecider.Decline(GivenSpeakers.Invitation(facts), about, GivenSpeakers.Item, Now.AddHours(2));
    static IReadOnlyList<object> Send(PressEventView about, params object[] facts) => InvitationDecider.SendSubstitute(GivenSpeakers.Invitation(facts), about, GivenSpeakers.OtherId, Now.AddHours(2));
    static IReadOnlyList<object> Consent(bool? said, PressEventView about, params object[] facts) => InvitationDecider.Consent(GivenSpeakers.Invitation(facts), about, said, Now.AddHours(2));
    static string StateOf(PressEventView about, params object[] facts) => GivenSpeakers.Invitation(facts).State(about.Start).ToString();

    static readonly SpeakerInvited Invited = GivenSpeakers.Invited;

    [Fact] public void Is_confirmed_for_the_time_that_stands() => Same(GivenSpeakers.Yes, Confirm(GivenSpeakers.About, Invited));
    [Fact] public void Is_confirmed_once() => Assert.Empty(Confirm(GivenSpeakers.About, Invited, GivenSpeakers.Yes));
    [Fact]
    public void Is_to_be_confirmed_again_after_a_move() => Assert.Equal(("Confirmed", "ToBeConfirmedAgain"),
        (StateOf(GivenSpeakers.About, Invited, GivenSpeakers.Yes), StateOf(GivenSpeakers.MovedAbout, Invited, GivenSpeakers.Yes)));
    [Fact] public void And_then_is_confirmed_for_the_new_time() => Same(GivenSpeakers.Yes with { Start = At("2026-12-08T11:00:00+05:00") }, Confirm(GivenSpeakers.MovedAbout, Invited, GivenSpeakers.Yes));
    [Fact] public void Moved_and_moved_back_stands_as_confirmed() => Assert.Equal("Confirmed", StateOf(GivenSpeakers.About, Invited, GivenSpeakers.Yes));
    [Fact] public void Is_not_asked_again_when_it_was_never_answered() => Assert.Equal("Invited", StateOf(GivenSpeakers.MovedAbout, Invited));

    [Fact] public void Is_declined_with_a_reason() => Same(GivenSpeakers.No, Decline(GivenSpeakers.About, Invited));
    [Fact] public void Is_declined_also_after_a_confirmation() => Same(GivenSpeakers.No, Decline(GivenSpeakers.About, Invited, GivenSpeakers.Yes));
    [Fact] public void Is_declined_once() => Assert.Empty(Decline(GivenSpeakers.About, Invited, GivenSpeakers.No));
    [Fact] public void Is_not_confirmed_after_that() => Refused("invitation-declined", () => Confirm(GivenSpeakers.About, Invited, GivenSpeakers.No));

    [Fact] public void Goes_to_a_substitute() => Same(GivenSpeakers.Another, Send(GivenSpeakers.About, Invited, GivenSpeakers.Yes));
    [Fact]
    public void Is_used_then() => Assert.All(new Func<object>[] { () => Confirm(GivenSpeakers.About, Invited, GivenSpeakers.Another), () => Send(GivenSpeakers.About, Invited, GivenSpeakers.Another),
        () => Decline(GivenSpeakers.About, Invited, GivenSpeakers.Another), () => Consent(true, GivenSpeakers.About, Invited, GivenSpeakers.Another) }, act => Refused("invitation-used", act));

    [Fact] public void Says_whether_a_recording_is_agreed_to() => Same(GivenSpeakers.Consents, Consent(true, GivenSpeakers.About, Invited));
    [Fact] public void Says_it_once() => Assert.Empty(Consent(true, GivenSpeakers.About, Invited, GivenSpeakers.Consents));
    [Fact] public void May_take_it_back_also_afterwards() => Same(GivenSpeakers.Consents with { Consents = false }, Consent(false, View(Filed, Announced, Started, Concluded), Invited, GivenSpeakers.Consents));
    [Fact] public void Says_yes_or_no() => Refused("consents-missing", "consents", () => Consent(null, GivenSpeakers.About, Invited));

    [Fact] public void Is_taken_back() => Same(GivenSpeakers.Revoked, InvitationDecider.Revoke(GivenSpeakers.Invitation(Invited), Now.AddHours(2)));
    [Fact] public void Is_taken_back_once() => Assert.Empty(InvitationDecider.Revoke(GivenSpeakers.Invitation(Invited, GivenSpeakers.Revoked), Now));
    [Fact] public void Opens_nothing_then() => Refused("invitation-revoked", () => Confirm(GivenSpeakers.About, Invited, GivenSpeakers.Revoked));
    [Fact] public void Is_not_taken_back_once_declined() => Refused("invitation-declined", () => InvitationDecider.Revoke(GivenSpeakers.Invitation(Invited, GivenSpeakers.No), Now));

    [Fact] public void Is_for_no_event_that_is_cancelled() => Refused("cancelled", () => Confirm(View(Filed, Announced, Cancelled), Invited));
    [Fact] public void Nor_for_one_that_began() => Refused("started", () => Confirm(View(Filed, Announced, Started), Invited));
    [Fact] public void Is_not_confirmed_while_there_is_no_date() => Refused("postponed", () => Confirm(View(Filed, Announced, Postponed), Invited));
    [Fact] public void Is_made_for_no_event_that_began() => Refused("started", () => InvitationDecider.Invite(GivenSpeakers.OtherId, View(Filed, Announced, Started), null, GivenSpeakers.Name, null, GivenSpeakers.Subject, null, Now));
}

public class The_code_of_a_link
{
    static readonly LinkCodes Codes = new(new Sealing("mac " + Convert.ToBase64String(new byte[32]) + "\n1 " + Convert.ToBase64String(new byte[32])));
    static readonly string Code = Codes.For(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, Noon);

    static Action Opening(LinkPurpose purpose, Guid about, Guid id, string? code, DateTimeOffset now) => () => Codes.Check(purpose, about, id, code, "Invitation-Code", now);
    static string CodeOf(Action act) => Refusal(act).Code;

    [Fact] public void Opens_its_own_thing() => Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, Code, Noon)();
    [Fact] public void Also_written_small() => Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, " " + Code.ToLowerInvariant(), Noon)();
    [Fact] public void Is_the_same_whenever_it_is_made() => Assert.Equal(Code, Codes.For(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, Noon.ToUniversalTime()));
    [Fact] public void Ends() => Assert.Equal("link-expired", CodeOf(Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, Code, Noon.AddSeconds(1))));
    [Fact] public void Is_for_one_purpose() => Assert.Equal("not-found", CodeOf(Opening(LinkPurpose.EndSubscription, Id, GivenSpeakers.InvitationId, Code, Now)));
    [Fact] public void And_one_thing() => Assert.Equal("not-found", CodeOf(Opening(LinkPurpose.Invitation, Id, GivenSpeakers.OtherId, Code, Now)));
    [Fact] public void Of_one_event() => Assert.Equal("not-found", CodeOf(Opening(LinkPurpose.Invitation, GivenSpeakers.OtherId, GivenSpeakers.InvitationId, Code, Now)));
    [Fact] public void Cannot_be_made_to_last_longer() => Assert.Equal("not-found", CodeOf(Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, "7fffffff-" + Code.Split('-')[1], Now)));
    [Theory, InlineData("x"), InlineData("1-2-3"), InlineData("zz-AAAA"), InlineData("-")]
    public void Is_no_other_text(string code) =>
        Assert.Equal("not-found", CodeOf(Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, code, Now)));
    [Theory, InlineData(null), InlineData(" ")] public void Is_given(string? code) => Assert.Equal("code-missing", CodeOf(Opening(LinkPurpose.Invitation, Id, GivenSpeakers.InvitationId, code, Now)));
    [Property]
    public bool Opens_no_thing_but_its_own(Guid about, Guid id, Guid another, PositiveInt seconds)
    {
        var code = Codes.For(LinkPurpose.Invitation, about, id, Now.AddSeconds(seconds.Get));
        Opening(LinkPurpose.Invitation, about, id, code, Now)();
        return another == id || CodeOf(Opening(LinkPurpose.Invitation, about, another, code, Now)) == "not-found";
    }

    [Fact] public void Has_a_hundred_bits() => Assert.Equal(20, Code.Split('-')[1].Length);
}

public class The_facts_about_speakers
{
    static readonly object[] OfSpokespersons = [GivenSpeakers.Registered, GivenSpeakers.Renamed, GivenSpeakers.Retired];
    static readonly object[] OfInvitations = [GivenSpeakers.Invited, GivenSpeakers.Yes, GivenSpeakers.No, GivenSpeakers.Another, GivenSpeakers.Consents, GivenSpeakers.Revoked];
    static readonly object[] Each = [.. OfSpokespersons, .. OfInvitations];

    [Fact]
    public void Walk_through_every_fold()
    {
        Assert.Equal(SpokespersonDecider.Facts, OfSpokespersons.Select(f => f.GetType()));
        Assert.Equal(InvitationDecider.Facts, OfInvitations.Select(f => f.GetType()));
        Assert.All(OfSpokespersons, fact => Assert.NotNull(SpokespersonViewFold.Evolve(SpokespersonViewFold.Evolve(null, GivenSpeakers.Registered), fact)));
        Assert.All(OfSpokespersons, fact => Assert.NotNull(SpokespersonDecider.Evolve(GivenSpeakers.Speaker(GivenSpeakers.Registered), fact)));
        Assert.All(OfInvitations, fact => Assert.NotNull(InvitationDecider.Evolve(GivenSpeakers.Invitation(GivenSpeakers.Invited), fact)));
        Assert.All(OfInvitations, fact => Assert.Equal(InvitationDecider.Evolve(GivenSpeakers.Invitation(GivenSpeakers.Invited), fact)!.Kept.ToString(),
            InvitationViewFold.Evolve(InvitationViewFold.Evolve(null, GivenSpeakers.Invited), fact)!.Kept));
        Assert.All(Each, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
    }

    [Fact]
    public void An_unknown_one_throws() => Assert.All(new Action[] { () => SpokespersonDecider.Evolve(null, new object()), () => SpokespersonViewFold.Evolve(null, new object()),
        () => InvitationDecider.Evolve(null, new object()), () => InvitationViewFold.Evolve(null, new object()) }, act => Assert.Throws<InvalidOperationException>(act));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));
}
