using Platform;
using Specs;
using static PressEvents.Specs.AccreditationGiven;
using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

public class A_journalist_who_is_suspended
{
    static IReadOnlyList<object> Suspend(string? reason, string at, Journalist? state = null) => Journalists.Suspend(state ?? Person(), new(reason), "А. Нұрланов", Data.Calendar, At(at));
    static readonly Accreditation Granted2026 = Application(AccreditationGiven.Granted with { At = At("2026-05-10T10:00:00+05:00"), ValidUntil = At("2027-05-11T00:00:00+05:00") }) with { AppliedAt = At("2026-05-05T10:00:00+05:00") };
    static bool Accredited(string at) => JournalistStanding.Of(Person(Suspended), [Granted2026], null, false, At(at)).Accredited;

    [Fact] public void On_31_august_is_so_to_the_end_of_february() => Same(Suspended, Suspend("RulesBroken", "2026-08-31T10:00:00+05:00"));
    [Theory, InlineData("2027-08-31T10:00:00+05:00", "2028-02-29"), InlineData("2026-11-28T09:00:00+05:00", "2027-05-28"), InlineData("2026-08-30T20:00:00+00:00", "2027-02-28")]
    public void Is_so_for_six_months_to_the_day(string at, string last) => Assert.Equal(DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture), ((JournalistSuspended)Suspend("BadgeLent", at)[0]).LastDay);

    [Fact]
    public void Is_accredited_again_by_the_clock_alone() => Assert.Equal([true, false, false, true],
        new[] { "2026-08-31T09:59:59+05:00", "2026-08-31T10:00:00+05:00", "2027-02-28T23:59:59+05:00", "2027-03-01T00:00:00+05:00" }.Select(Accredited));

    [Fact] public void Said_twice_is_suspended_once() => Assert.Empty(Suspend("RulesBroken", "2026-09-10T10:00:00+05:00", Person(Suspended)));
    [Fact] public void Is_not_suspended_for_something_else_meanwhile() => Refused("suspended", () => Suspend("BadgeLent", "2026-09-10T10:00:00+05:00", Person(Suspended)));
    [Fact] public void But_may_be_when_it_is_over() => Assert.Single(Suspend("BadgeLent", "2027-03-01T00:00:00+05:00", Person(Suspended)));
    [Theory, InlineData(null), InlineData("Annoying")] public void Only_for_a_reason_of_the_list(string? reason) => Refused("reason-unknown", "reason", () => Suspend(reason, "2026-09-10T10:00:00+05:00"));
    [Fact] public void Applies_again_when_it_is_over() => Assert.NotNull(Request(new("Permanent"), Applicant(Person(Suspended)), At("2027-03-01T00:00:00+05:00")));
}

public class A_suspension_that_is_lifted
{
    static IReadOnlyList<object> Lift(string? reason, string at, params object[] given) => Journalists.Lift(Person(given), new(reason), Words, "А. Нұрланов", At(at));
    static Suspension? Running(string at) => Person(Suspended, Lifted).SuspendedAt(At(at));

    [Fact] public void Is_over_before_its_day() => Same(Lifted, Lift("CourtDecision", "2026-11-02T10:00:00+05:00", Suspended));
    [Fact] public void Said_twice_is_lifted_once() => Assert.Empty(Lift("CourtDecision", "2026-11-03T10:00:00+05:00", Suspended, Lifted));
    [Fact] public void Is_not_lifted_for_something_else_afterwards() => Refused("not-suspended", () => Lift("AppealUpheld", "2026-11-03T10:00:00+05:00", Suspended, Lifted));
    [Fact] public void Nor_where_none_runs() => Refused("not-suspended", () => Lift("AppealUpheld", "2026-11-03T10:00:00+05:00"));
    [Fact] public void Nor_when_it_ended_by_itself() => Refused("not-suspended", () => Lift("CourtDecision", "2027-03-01T00:00:00+05:00", Suspended));
    [Theory, InlineData(null), InlineData("Regretted")] public void Only_for_a_reason_of_the_list(string? reason) => Refused("reason-unknown", "reason", () => Lift(reason, "2026-11-02T10:00:00+05:00", Suspended));
    [Fact]
    public void Ran_up_to_that_moment_and_not_longer() => Assert.Equal([false, true, true, false, false],
        new[] { "2026-08-31T09:59:59+05:00", "2026-08-31T10:00:00+05:00", "2026-11-02T09:59:59+05:00", "2026-11-02T10:00:00+05:00", "2027-01-10T10:00:00+05:00" }.Select(at => Running(at) is not null));
    [Fact] public void May_be_followed_by_another() => Assert.Single(Journalists.Suspend(Person(Suspended, Lifted), new("RulesBroken"), "А. Нұрланов", Data.Calendar, At("2026-11-05T10:00:00+05:00")));

    [Fact]
    public void Lets_an_accreditation_stand_again()
    {
        var granted = Application(AccreditationGiven.Granted with { At = At("2026-05-10T10:00:00+05:00"), ValidUntil = At("2027-05-11T00:00:00+05:00") }) with { AppliedAt = At("2026-05-05T10:00:00+05:00") };
        Assert.Equal([false, true], new[] { "2026-11-02T09:00:00+05:00", "2026-11-02T10:00:00+05:00" }.Select(at => JournalistStanding.Of(Person(Suspended, Lifted), [granted], null, false, At(at)).Accredited));
    }
}

public class What_the_service_hears_of_accreditation
{
    static Platform.Outgoing? When(object fact) => Leaves.List.For(Wrap((dynamic)fact));
    static JasperFx.Events.Event<T> Wrap<T>(T fact) where T : notnull => new(fact) { Version = 3 };

    static readonly AccreditationScope ForOne = new("Temporary", Id, OutletId);
    static readonly object[] Told = [AccreditationGiven.Granted, Rejected with { Scope = ForOne }, new AccreditationAppealDecided(One, JournalistId, false, Words, "Б. Серік", Applied, ForOne),
        new AccreditationLapsed(One, JournalistId, "documents-edited", Applied, AccreditationGiven.Scope), Suspended with { OutletId = OutletId }, Lifted];

    [Fact] public void Is_for_it_alone_and_carries_the_version() => Assert.All(Told, (object fact) => Assert.Equal(("scc", 3L), When(fact) is { } leaves ? (leaves.Body, (long)((dynamic)leaves.Message).Version) : default));
    [Fact] public void An_upheld_appeal_is_told_by_its_grant() => Assert.Null(When(new AccreditationAppealDecided(One, JournalistId, true, Words, "Б. Серік", Applied, ForOne)));
    [Fact] public void What_was_recorded_before_there_was_a_scope_is_not_told() => Assert.Null(When(AccreditationGiven.Granted with { Scope = null }));
    [Fact] public void Nothing_else_of_accreditation_leaves() => Assert.All([Requested, Appealed, Freelancer], (object fact) => Assert.Null(When(fact)));
    [Fact]
    public void Names_nobody_and_no_item_of_the_vault() => Assert.All(Told, (object fact) => Assert.All(new[] { "Нұрланов", "Серік", Words.ToString(), Subject.ToString() },
        said => Assert.DoesNotContain(said, Stored(When(fact)!.Message), StringComparison.Ordinal)));

    [Theory, InlineData(0, ""), InlineData(1, "_refused"), InlineData(2, "_refusal_upheld"), InlineData(3, ""), InlineData(4, ""), InlineData(5, "")]
    public void Keeps_its_shape(int number, string how)
    {
        var message = When(Told[number])!.Message;
        Golden.CheckText($"message_{Platform.Store.NameOf(message.GetType())}{how}.json", Stored(message));
    }
}

public class A_journalists_record
{
    static string Category(string? asked, Guid? id = null, Outlet? outlet = null) => Journalists.Category(asked, id, outlet);
    static IReadOnlyList<object> Edit(Guid? outlet = null, string language = "kk", int version = 1) => Journalists.Edit(Person(), "Freelancer", outlet, language, Item, [new("identity", Words, version)], Tomorrow);

    [Theory, InlineData("Freelancer"), InlineData("Blogger")] public void Is_without_an_outlet_for(string category) => Assert.Equal(category, Category(category));
    [Theory, InlineData("Staff"), InlineData("Foreign")] public void Has_one_for(string category) => Refused("outlet-missing", "outletId", () => Category(category));
    [Theory, InlineData(null), InlineData("0"), InlineData("staff")] public void Is_of_a_known_category(string? category) => Refused("category-unknown", "category", () => Category(category));
    [Fact] public void Names_an_outlet_of_the_list() => Refused("outlet-unknown", "outletId", () => Category("Staff", OutletId));
    [Fact] public void Names_no_closed_one() => Refused("outlet-closed", () => Category("Staff", OutletId, Medium(new OutletClosed(OutletId, Applied))));
    [Fact] public void Of_a_foreign_outlet_is_foreign() => Refused("category-mismatch", "category", () => Category("Staff", OutletId, Medium() with { Foreign = true }));
    [Theory, InlineData(null), InlineData("en")] public void Has_a_language_of_the_state(string? language) => Refused("language-unknown", "language", () => Journalists.Language(language));

    [Fact] public void Edited_as_it_is_changes_nothing() => Assert.Empty(Edit());
    [Fact] public void In_another_language_nothing_lapses() => Same(new JournalistLanguageChosen(JournalistId, "ru", Tomorrow), Edit(language: "ru"));
    [Fact] public void With_a_new_document_is_edited() => Same(new JournalistDocumentsEdited(JournalistId, "Freelancer", null, Item, [new("identity", Words, 2)], Tomorrow), Edit(version: 2));
    [Fact] public void In_both_is_two_facts() => Assert.Equal([typeof(JournalistDocumentsEdited), typeof(JournalistLanguageChosen)], Edit(OutletId, "ru").Select(f => f.GetType()));

    [Theory]
    [InlineData(null, "Әлия", "a@b.kz", null, "name-missing", "person.surname"), InlineData("Нұр", " ", "a@b.kz", null, "name-missing", "person.name")]
    [InlineData("Нұр", "Әлия", null, null, "email-missing", "person.email"), InlineData("Нұр", "Әлия", "a b@c", null, "email-invalid", "person.email")]
    [InlineData("Нұр", "Әлия", "a@b.kz", "12", "phone-invalid", "person.phone"), InlineData("Нұр\0", "Әлия", "a@b.kz", null, "text-invalid", "person.surname")]
    public void Has_names_and_addresses_that_can_be(string? surname, string? name, string? email, string? phone, string code, string field) =>
        Refused(code, field, () => JournalistParticulars.Checked(new(surname, name, null, email, phone)));

    [Theory]
    [InlineData("passport", "1", "document-unknown", "documents[0].kind"), InlineData("identity", " ", "document-empty", "documents[0].words")]
    public void Has_documents_of_known_kinds(string kind, string words, string code, string field) => Refused(code, field, () => JournalistItems.Checked([new(kind, words)]));
    [Fact] public void Has_each_document_once() => Refused("document-twice", "documents", () => JournalistItems.Checked([new("photo", "1"), new("photo", "2")]));
}

public class An_outlet
{
    static readonly DescribeOutlet Ask = new(new("Дала үні", "Голос степи"), "Newspaper", ["kk", "ru"], "71", false, "office@dala.kz");

    [Fact] public void Is_put_on_the_list() => Same(Paper, [Outlets.Register(OutletId, Ask, Applied)]);
    [Fact] public void Revised_as_it_is_changes_nothing() => Assert.Empty(Outlets.Revise(Medium(), Ask, Tomorrow));
    [Fact] public void Revised_otherwise_is_all_of_it_anew() => Assert.Equal("75", Assert.IsType<OutletRevised>(Assert.Single(Outlets.Revise(Medium(), Ask with { Region = "75" }, Tomorrow))).Region);
    [Fact] public void Closed_twice_is_closed_once() => Assert.Empty(Outlets.Close(Medium(new OutletClosed(OutletId, Applied)), Tomorrow));
    [Fact] public void Closed_is_not_revised() => Refused("outlet-closed", () => Outlets.Revise(Medium(new OutletClosed(OutletId, Applied)), Ask, Tomorrow));

    public static TheoryData<string, string> Wrong => new()
    {
        { "name-missing", "name.ru" }, { "kind-unknown", "kind" }, { "language-missing", "languages" }, { "language-unknown", "languages[1]" }, { "region-unknown", "region" }, { "email-invalid", "email" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void Is_refused_by_field(string code, string field) => Refused(code, field, () => Outlets.Register(OutletId, field switch
    {
        "name.ru" => Ask with { Name = new("Дала үні", null) },
        "kind" => Ask with { Kind = "Wall" },
        "languages" => Ask with { Languages = [] },
        "languages[1]" => Ask with { Languages = ["kk", "?"] },
        "region" => Ask with { Region = "99" },
        _ => Ask with { Email = "office" },
    }, Applied));
}

public class A_call_for_accreditation
{
    static readonly CallForAccreditation Ask = new(Called.Title, Called.Text);
    static AccreditationCalled Publish(CallForAccreditation ask) => AccreditationCalls.Publish(CallId, ask, Data.Calendar, Called.At);

    [Fact] public void Stands_ten_working_days() => Same(Called, [Publish(Ask)]);
    [Fact] public void May_open_later() => Assert.Equal((new DateOnly(2026, 12, 14), new DateOnly(2026, 12, 29)), Publish(Ask with { OpensOn = new(2026, 12, 14) }) is var c ? (c.OpensOn, c.ClosesOn) : default);
    [Fact] public void Does_not_open_yesterday() => Refused("opens-past", "opensOn", () => Publish(Ask with { OpensOn = new(2026, 11, 22) }));
    [Fact] public void Is_in_both_languages() => Assert.Equal(["title.kk", "text.ru"], Refusal(() => Publish(new(new(null, "А"), new("Б", null)))).Errors.Keys);
    [Theory, InlineData("2026-11-22", "Upcoming"), InlineData("2026-11-23", "Open"), InlineData("2026-12-07", "Open"), InlineData("2026-12-08", "Closed")]
    public void Is_open_by_the_day(string day, string state) => Assert.Equal(state, AccreditationCalls.Evolve(null, Called)!.StateOn(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value));
}

public class The_facts_of_accreditation
{
    static readonly object[] OfOutlets = [Paper, new OutletRevised(OutletId, Paper.Name, Paper.Kind, ["kk"], null, true, null, Applied), new OutletClosed(OutletId, Applied)];
    static readonly object[] OfJournalists = [Freelancer, new JournalistDocumentsEdited(JournalistId, "Staff", OutletId, Item, [new("identity", Words, 2)], Applied), new JournalistLanguageChosen(JournalistId, "ru", Applied), Suspended, Lifted];
    static readonly object[] OfAccreditations = [Requested, Granted, Rejected, Appealed, new AccreditationAppealDecided(One, JournalistId, true, Words, "Б. Серік", Applied, Scope), new AccreditationLapsed(One, JournalistId, "documents-edited", Applied, Scope)];
    static readonly object[] Each = [.. OfOutlets, .. OfJournalists, .. OfAccreditations, Called];

    [Fact]
    public void Every_registered_type_walks_through_its_fold()
    {
        Assert.Equal(Outlets.Facts, OfOutlets.Select(f => f.GetType()));
        Assert.Equal(Journalists.Facts, OfJournalists.Select(f => f.GetType()));
        Assert.Equal(Accreditations.Facts, OfAccreditations.Select(f => f.GetType()));
        Assert.Equal(AccreditationCalls.Facts, [Called.GetType()]);
        Assert.All(OfOutlets, f => Assert.NotNull(Outlets.Evolve(Medium(), f)));
        Assert.All(OfJournalists, f => Assert.NotNull(Journalists.Evolve(Person(Suspended), f)));
        Assert.All(OfAccreditations, f => Assert.NotNull(Accreditations.Evolve(Application(), f)));
        Assert.All(Each, f => Assert.NotEqual(default, HistoryEntry.AtOf(f)));
    }

    [Fact]
    public void An_unknown_one_throws()
    {
        Assert.Throws<InvalidOperationException>(() => Outlets.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => Journalists.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => Accreditations.Evolve(null, new object()));
        Assert.Throws<InvalidOperationException>(() => AccreditationCalls.Evolve(null, new object()));
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

    [Fact]
    public void Reasons_stand_in_both_languages_and_never_alike() => Assert.All([.. AccreditationLists.Refusals.Values, .. AccreditationLists.Deprivations.Values, .. AccreditationLists.Liftings.Values],
        (ListedReason r) => Assert.True(r.Words.Kk.Length > 0 && r.Words.Ru.Length > 0 && r.Words.Kk != r.Words.Ru && r.Article.Length > 0));
    [Fact] public void How_to_appeal_is_told_in_both() => Assert.True(AccreditationLists.HowToAppeal is { Kk.Length: > 50, Ru.Length: > 50 } how && how.Kk != how.Ru);
}
