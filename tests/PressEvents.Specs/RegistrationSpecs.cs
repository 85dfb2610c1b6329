using Platform;
using Specs;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

/// <summary>What the specs of registrations share: an announced talk, its terms, and one registration.</summary>
static class GivenSeats
{
    public static readonly PressEventView Talk = View(Filed with { Format = "KazTalks" }, Announced with { Format = "KazTalks" });
    public static readonly DateTimeOffset Day = Now.AddDays(1);
    public static readonly Dictionary<SeatCategory, int> Bloggers = new() { [SeatCategory.Blogger] = 10 };

    public static readonly RegistrationOpened Opened = new(Id, Filed.Body, 100, Bloggers, Day, Filed.Start, Now, true);
    public static readonly RegistrationCapacityChanged Resized = new(Id, Filed.Body, 100, 120, Day);
    public static readonly RegistrationQuotasChanged Requoted = new(Id, Filed.Body, new Dictionary<SeatCategory, int> { [SeatCategory.Freelancer] = 5 }, Day);
    public static readonly RegistrationClosed Closed = new(Id, Filed.Body, Day);
    public static readonly Guid Journalist = new("01a20000-0000-7000-8000-00000000000c");
    public static readonly JournalistInvited Invited = new(Id, Filed.Body, Journalist, Day);

    public static readonly Guid One = new("01a20000-0000-7000-8000-00000000000d");
    public static readonly RegistrationTaken Waits = new(One, Id, Filed.Body, new("01a20000-0000-7000-8000-00000000000e"), null, SeatCategory.Student, "kk", 101, false, Day);
    public static readonly RegistrationTaken Sits = Waits with { IsSeated = true };
    public static readonly RegistrationSeated MovedUp = new(One, Id, "seat-given-up", Day.AddHours(1));
    public static readonly RegistrationWithdrawn Withdrew = new(One, Id, RegistrationDecider.ByRegistrant, true, Day.AddHours(2));

    public static readonly BadgeScanned Scanned = new(Attendance.StreamOf(One), Id, Filed.Body, One, "Student", "door-1", ScanDirection.In, "phone-3", 17, null, Noon);

    public static Seating Terms(params object[] facts) => facts.Aggregate((Seating?)null, SeatingDecider.Evolve)!;
    public static RegistrationView Seat(params object[] facts) => facts.Aggregate((RegistrationView?)null, RegistrationDecider.Evolve)!;
    public static readonly RegisterForEvent Ask = new("Айша Серік", "Aisha@example.kz", "+7 701 234 56 78", "kk", "Student", true);
}

public class Opening_a_registration
{
    static IReadOnlyList<object> Open(OpenRegistration ask, Seating? terms = null, PressEventView? press = null, RegistrationKind kind = RegistrationKind.Public) =>
        SeatingDecider.Decide(terms, press ?? GivenSeats.Talk, kind, ask, Now);

    static readonly OpenRegistration Asked = new(100, new Dictionary<string, int> { ["Blogger"] = 10 }, "2026-11-24T09:00:00+05:00", null);

    [Fact] public void States_the_terms() => Same(GivenSeats.Opened, Open(Asked));
    [Fact] public void Said_twice_is_once() => Assert.Empty(Open(Asked, GivenSeats.Terms(GivenSeats.Opened)));
    [Fact] public void Opens_again_what_was_closed() => Assert.Single(Open(Asked, GivenSeats.Terms(GivenSeats.Opened, GivenSeats.Closed)));
    [Fact] public void Needs_a_capacity() => Refused("capacity-invalid", "capacity", () => Open(new()));
    [Fact] public void Takes_the_planned_capacity() => Assert.Equal(70, ((RegistrationOpened)Open(new(), press: GivenSeats.Talk with { Capacity = 70 })[0]).Capacity);
    [Fact] public void Quotas_fit_in_it() => Refused("quotas-too-large", "quotas", () => Open(Asked with { Capacity = 9 }));
    [Fact] public void A_quota_is_for_a_known_category() => Refused("category-unknown", "quotas", () => Open(Asked with { Quotas = new Dictionary<string, int> { ["Guest"] = 1 } }));
    [Fact] public void A_quota_is_no_debt() => Refused("quota-invalid", "quotas.Blogger", () => Open(Asked with { Quotas = new Dictionary<string, int> { ["Blogger"] = -1 } }));
    [Fact] public void It_closes_before_the_event_ends() => Refused("closes-invalid", "closes", () => Open(Asked with { Closes = "2026-12-08T12:00:00+05:00" }));
    [Fact] public void A_cancelled_event_has_none() => Refused("cancelled", () => Open(Asked, press: View(Filed, Announced, Cancelled)));
    [Fact] public void Nor_one_that_is_over() => Refused("concluded", () => Open(Asked, press: View(Filed, Announced, Started, Concluded)));
    [Fact] public void Nor_a_doorstep_briefing() => Refused("registration-not-foreseen", () => Open(Asked, kind: RegistrationRules.KindOf(Data.Format("DoorstepBriefing"))));

    [Fact]
    public void Each_format_says_who_may_register() => Assert.Equal(
        [RegistrationKind.Media, RegistrationKind.None, RegistrationKind.Public, RegistrationKind.Invited, RegistrationKind.Media, RegistrationKind.Public],
        new[] { "PressConference", "DoorstepBriefing", "Lectorium", "MeetingWithoutTies", "RoundTable", "FailUpNights" }.Select(code => RegistrationRules.KindOf(Data.Format(code))));
}

public class Changing_the_terms
{
    static readonly Seating Terms = GivenSeats.Terms(GivenSeats.Opened);

    [Fact] public void More_seats() => Same(GivenSeats.Resized, SeatingDecider.Decide(Terms, new ChangeCapacity(120), GivenSeats.Day));
    [Fact] public void As_many_as_before_is_nothing() => Assert.Empty(SeatingDecider.Decide(Terms, new ChangeCapacity(100), GivenSeats.Day));
    [Fact] public void Not_fewer_than_the_quotas() => Refused("quotas-too-large", "capacity", () => SeatingDecider.Decide(Terms, new ChangeCapacity(9), GivenSeats.Day));
    [Fact] public void Not_none() => Refused("capacity-invalid", "capacity", () => SeatingDecider.Decide(Terms, new ChangeCapacity(0), GivenSeats.Day));
    [Fact] public void Other_quotas() => Same(GivenSeats.Requoted, SeatingDecider.Decide(Terms, new ChangeQuotas(new Dictionary<string, int> { ["Freelancer"] = 5 }), GivenSeats.Day));
    [Fact] public void The_same_quotas_are_nothing() => Assert.Empty(SeatingDecider.Decide(Terms, new ChangeQuotas(new Dictionary<string, int> { ["Blogger"] = 10 }), GivenSeats.Day));
    [Fact] public void Closing() => Same(GivenSeats.Closed, SeatingDecider.Decide(Terms, new CloseRegistration(), GivenSeats.Day));
    [Fact] public void Closing_twice_is_once() => Assert.Empty(SeatingDecider.Decide(GivenSeats.Terms(GivenSeats.Opened, GivenSeats.Closed), new CloseRegistration(), GivenSeats.Day));

    [Fact]
    public void The_row_of_seats_follows_the_facts()
    {
        var seats = SeatingDecider.Count(null, [GivenSeats.Opened]).Take(SeatCategory.Public).Seats;
        Assert.Equal((120, 5, 1, true), SeatingDecider.Count(seats, [GivenSeats.Resized, GivenSeats.Requoted, GivenSeats.Closed]) is var after
            ? (after.Capacity, after.Quotas[SeatCategory.Freelancer], after.AllSeated, after.IsClosed) : default);
    }

    static IReadOnlyList<object> Invite(Guid? whom, RegistrationKind kind = RegistrationKind.Invited, params object[] more) =>
        SeatingDecider.Decide(GivenSeats.Terms([GivenSeats.Opened, .. more]), kind, new InviteJournalist(whom), GivenSeats.Day);

    [Fact] public void Inviting() => Same(GivenSeats.Invited, Invite(GivenSeats.Journalist));
    [Fact] public void Inviting_twice_is_once() => Assert.Empty(Invite(GivenSeats.Journalist, more: GivenSeats.Invited));
    [Fact] public void Inviting_nobody() => Refused("journalist-missing", "journalistId", () => Invite(null));
    [Fact] public void Inviting_where_all_may_come() => Refused("invitation-not-needed", () => Invite(GivenSeats.Journalist, RegistrationKind.Media));
}

public class Registering
{
    static Seating Admit(DateTimeOffset? at = null, PressEventView? press = null, Seating? terms = null, RegistrationKind kind = RegistrationKind.Public) =>
        RegistrationRules.Admit(press ?? GivenSeats.Talk, terms ?? GivenSeats.Terms(GivenSeats.Opened), kind, at ?? GivenSeats.Day);

    [Fact] public void Is_let_in_from_the_moment_it_opens() => Assert.IsType<Seating>(Admit());
    [Fact] public void Not_before() => Refused("registration-not-open", () => Admit(GivenSeats.Day.AddSeconds(-1)));
    [Fact] public void Nor_where_it_was_never_opened() => Refused("registration-not-open", () => RegistrationRules.Admit(GivenSeats.Talk, null, RegistrationKind.Public, GivenSeats.Day));
    [Fact] public void Nor_from_the_moment_it_closes() => Refused("registration-closed", () => Admit(Filed.Start));
    [Fact] public void Nor_after_it_was_closed() => Refused("registration-closed", () => Admit(terms: GivenSeats.Terms(GivenSeats.Opened, GivenSeats.Closed)));
    static readonly PressEventView Later = View(Filed with { Format = "KazTalks" }, Announced with { Format = "KazTalks" }, Moved("2026-12-08T11:00:00+05:00", "2026-12-08T12:00:00+05:00"));
    static readonly Seating Fixed = GivenSeats.Terms(GivenSeats.Opened with { Closes = Filed.End, UntilStart = false });
    [Fact] public void Goes_on_to_the_start_when_that_is_moved() => Assert.IsType<Seating>(Admit(Filed.Start, Later));
    [Fact] public void And_ends_with_it() => Refused("registration-closed", () => Admit(Later.Start, Later));
    [Fact] public void An_hour_that_was_given_stays() => Refused("registration-closed", () => Admit(Filed.End, Later, Fixed));
    [Fact]
    public void But_is_never_past_the_end() => Refused("registration-closed", () => Admit(At("2026-12-03T12:00:00+05:00"),
        View(Filed, Announced, Moved("2026-12-03T11:00:00+05:00", "2026-12-03T12:00:00+05:00")), Fixed));
    [Fact] public void What_ended_early_takes_nobody() => Refused("registration-closed", () => Admit(press: View(Filed, Announced, Started, Concluded)));
    [Fact] public void What_has_no_date_goes_on() => Assert.IsType<Seating>(Admit(press: View(Filed, Announced, Postponed)));
    [Fact] public void A_cancelled_event_has_no_seats() => Refused("cancelled", () => Admit(press: View(Filed, Announced, Cancelled)));
    [Fact] public void A_plan_is_unknown() => Refused("not-found", () => Admit(press: View(Filed)));
    [Fact] public void So_is_what_is_not_public() => Refused("not-found", () => Admit(press: View(Filed, Announced with { Public = false })));
    [Fact] public void But_not_to_the_invited() => Assert.IsType<Seating>(Admit(press: View(Filed, Announced with { Public = false }), kind: RegistrationKind.Invited));

    static Registrant Person(RegisterForEvent ask) => RegistrationRules.Person(ask);

    static readonly JournalistStanding Standing = new(GivenSeats.Journalist, GivenSeats.One, "Blogger", "kk", null, true, null, GivenSeats.One, "Permanent", null);
    static readonly Seating Uninvited = GivenSeats.Terms(GivenSeats.Opened), WithInvitation = GivenSeats.Terms(GivenSeats.Opened, GivenSeats.Invited);

    [Theory, InlineData("Blogger", SeatCategory.Blogger), InlineData("Freelancer", SeatCategory.Freelancer), InlineData("Staff", SeatCategory.Journalist), InlineData("Foreign", SeatCategory.Journalist)]
    public void A_journalist_sits_in_the_category_of_the_register(string category, SeatCategory seat) =>
        Assert.Equal((GivenSeats.Journalist, seat), RegistrationRules.Accredited(Standing with { Category = category }, RegistrationKind.Media, Uninvited));

    [Fact] public void Who_is_not_accredited_has_none() => Refused("not-accredited", () => RegistrationRules.Accredited(Standing with { Accredited = false, WhyNot = "suspended" }, RegistrationKind.Media, Uninvited));
    [Fact] public void Nor_who_is_not_in_the_register() => Refused("not-accredited", () => RegistrationRules.Accredited(null, RegistrationKind.Media, Uninvited));
    [Fact] public void A_meeting_without_ties_is_for_the_invited() => Refused("not-invited", () => RegistrationRules.Accredited(Standing, RegistrationKind.Invited, Uninvited));
    [Fact] public void The_invited_come() => Assert.Equal(GivenSeats.Journalist, RegistrationRules.Accredited(Standing, RegistrationKind.Invited, WithInvitation).JournalistId);

    [Fact] public void Takes_the_particulars() => Assert.Equal(new Registrant("Айша Серік", "Aisha@example.kz", "+7 701 234 56 78"), Person(GivenSeats.Ask));
    [Fact] public void One_mailbox_is_one_person() => Assert.Equal("aisha@example.kz", RegistrationRules.PersonOf(RegistrationRules.Person(GivenSeats.Ask)));
    [Fact] public void A_phone_may_be_left_out() => Assert.Null(Person(GivenSeats.Ask with { Phone = " " }).Phone);
    [Fact] public void A_name_may_not() => Refused("name-missing", "name", () => Person(GivenSeats.Ask with { Name = null }));
    [Theory, InlineData(null), InlineData("aisha"), InlineData("Aisha <a@example.kz>"), InlineData("@example.kz")]
    public void Nor_an_address(string? email) => Refused("email-invalid", "email", () => Person(GivenSeats.Ask with { Email = email }));
    [Fact] public void A_phone_is_a_phone() => Refused("phone-invalid", "phone", () => Person(GivenSeats.Ask with { Phone = "тел." }));
    [Fact] public void Text_is_storable() => Refused("text-invalid", "name", () => Person(GivenSeats.Ask with { Name = "А\0" }));
    [Fact] public void Consent_is_given() => Refused("consent-missing", "consent", () => { RegistrationRules.Consented(GivenSeats.Ask with { Consent = false }); return 0; });
    [Fact] public void A_language_is_one_we_write() => Refused("language-unknown", "language", () => RegistrationRules.Language("fr"));
    [Fact] public void Nobody_says_he_is_a_journalist() => Refused("category-unknown", "category", () => RegistrationRules.OpenCategory("Journalist"));
    [Fact] public void A_number_is_no_category() => Refused("category-unknown", "category", () => RegistrationRules.OpenCategory("1"));
    [Fact] public void Without_a_category_one_is_the_public() => Assert.Equal(SeatCategory.Public, RegistrationRules.OpenCategory(null));
}

public class Withdrawing
{
    static IReadOnlyList<object> Withdraw(RegistrationView state, DateTimeOffset? at = null) =>
        RegistrationDecider.Withdraw(state, RegistrationDecider.ByRegistrant, GivenSeats.Talk, at ?? GivenSeats.Day.AddHours(2));

    [Fact] public void Gives_the_seat_up() => Same(GivenSeats.Withdrew, Withdraw(GivenSeats.Seat(GivenSeats.Sits)));
    [Fact] public void Or_the_place() => Same(GivenSeats.Withdrew with { WasSeated = false }, Withdraw(GivenSeats.Seat(GivenSeats.Waits)));
    [Fact] public void Said_twice_is_once() => Assert.Empty(Withdraw(GivenSeats.Seat(GivenSeats.Sits, GivenSeats.Withdrew)));
    [Fact] public void Not_after_the_event() => Refused("concluded", () => Withdraw(GivenSeats.Seat(GivenSeats.Sits), Filed.End));
    [Fact] public void Makes_the_badge_void() => Assert.True(GivenSeats.Seat(GivenSeats.Waits, GivenSeats.MovedUp, GivenSeats.Withdrew).IsRevoked);
    [Fact] public void There_was_none_while_waiting() => Assert.False(GivenSeats.Seat(GivenSeats.Waits, GivenSeats.Withdrew with { WasSeated = false }).IsRevoked);
    [Fact] public void Moving_up_is_a_seat() => Assert.Equal(("Seated", GivenSeats.MovedUp.At), GivenSeats.Seat(GivenSeats.Waits, GivenSeats.MovedUp) is var v ? (v.State, v.SeatedAt) : default);
}

public class Who_moves_up
{
    static readonly PressEventView Talk = GivenSeats.Talk with { Hall = "hall-2" };

    [Fact]
    public void Is_told_once_of_his_seat() => Assert.Equal(new Outgoing.NewNotice(Id, "e-mail", "seat/registrant/moved-up", GivenSeats.One, $"moved-up:{GivenSeats.One}"),
        SeatNotices.For(GivenSeats.Seat(GivenSeats.Waits)));
    [Fact]
    public void A_journalist_is_reached_by_the_register() => Assert.Equal(("seat/journalist/moved-up", (Guid?)GivenSeats.Journalist, $"moved-up:{GivenSeats.One}"),
        SeatNotices.For(GivenSeats.Seat(GivenSeats.Waits with { SubjectId = null, JournalistId = GivenSeats.Journalist })) is var n ? (n.What, n.Recipient, n.Cause) : default);

    [Theory, InlineData("kk", "Сізге орын берілді: Су тасқынына дайындық", "Орны: "), InlineData("ru", "Место за вами: О подготовке к паводкам", "Место: ")]
    public void Reads_when_and_where_in_his_language(string language, string subject, string place)
    {
        var letter = SeatNotices.Mail(Talk, new(language, "a@b.kz"), "http://there/x", Data);
        Assert.Equal(subject, letter.Subject);
        Assert.Contains(place, letter.Text, StringComparison.Ordinal);
        Assert.Contains("07.12.2026 11:00", letter.Text, StringComparison.Ordinal);
        Assert.Contains("http://there/x", letter.Text, StringComparison.Ordinal);
    }

    [Fact] public void Reads_of_no_hall_where_there_is_none() => Assert.DoesNotContain("Орны", SeatNotices.Mail(Talk with { Hall = null }, new("kk", "a@b.kz"), "", Data).Text, StringComparison.Ordinal);
}

public class The_facts_of_registrations
{
    static readonly object[] Each =
        [GivenSeats.Opened, GivenSeats.Resized, GivenSeats.Requoted, GivenSeats.Closed, GivenSeats.Invited, GivenSeats.Waits, GivenSeats.MovedUp, GivenSeats.Withdrew, GivenSeats.Scanned];

    [Fact]
    public void Every_registered_type_walks_through_its_fold()
    {
        Assert.Equal([.. SeatingDecider.Facts, .. RegistrationDecider.Facts, .. AttendanceDecider.Facts], Each.Select(fact => fact.GetType()));
        Assert.All(SeatingDecider.Facts, type => Assert.NotNull(SeatingDecider.Evolve(GivenSeats.Terms(GivenSeats.Opened), Each.Single(f => f.GetType() == type))));
        Assert.All(RegistrationDecider.Facts, type => Assert.NotNull(RegistrationDecider.Evolve(GivenSeats.Seat(GivenSeats.Waits), Each.Single(f => f.GetType() == type))));
        Assert.NotNull(AttendanceDecider.Evolve(null, GivenSeats.Scanned));
        Assert.All(Each, fact => Assert.NotEqual(default, HistoryEntry.AtOf(fact)));
    }

    [Fact]
    public void An_unknown_one_throws()
    {
        Assert.Throws<InvalidOperationException>(() => SeatingDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => RegistrationDecider.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => AttendanceDecider.Evolve(null, new object()));
    }

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Each.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Keep_their_stored_shape(int number) => Golden.CheckText(Platform.Store.NameOf(Each[number].GetType()) + ".json", Stored(Each[number]));

    [Theory, MemberData(nameof(Numbers))]
    public void Come_back_from_the_store_as_they_were(int number)
    {
        using var json = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Stored(Each[number])));
        Assert.Equal(Stored(Each[number]), Stored(Given.Store.FromJson(Each[number].GetType(), json)));
    }
}
