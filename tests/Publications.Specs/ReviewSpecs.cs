using System.Text.Json;
using FsCheck.Xunit;
using JasperFx.Events;
using Platform;
using Specs;
using static Publications.Specs.Given;
using static Publications.Specs.ReviewGiven;

namespace Publications.Specs;

public class Facts_of_review
{
    public static TheoryData<int> Each => [.. Enumerable.Range(0, ReviewGiven.Facts.Length)];

    [Theory, MemberData(nameof(Each))]
    public void are_what_they_were(int number) => Golden.Check(Store.NameOf(ReviewGiven.Facts[number].GetType()), ReviewGiven.Facts[number]);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var fact = ReviewGiven.Facts[number];
        var json = JsonSerializer.Serialize(fact, fact.GetType(), Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, fact.GetType(), Json.Options), fact.GetType(), Json.Options));
    }

    [Fact] public void each_have_a_sample() => Assert.Equal(ReviewThreadDecider.Facts.Concat(RestrictedEntryDecider.Facts).Select(t => t.Name).Order(), ReviewGiven.Facts.Select(f => f.GetType().Name).Order());

    [Fact]
    public void are_all_folded()
    {
        Assert.All(ReviewGiven.Facts.Where(f => ReviewThreadDecider.Facts.Contains(f.GetType())), fact => Assert.NotNull(ReviewThreadDecider.Evolve(fact is ReviewCommentMade ? null : ReviewThreadDecider.Evolve(null, ReviewGiven.Facts[0]), fact)));
        Assert.All(ReviewGiven.Facts.Where(f => RestrictedEntryDecider.Facts.Contains(f.GetType())), fact => Assert.NotNull(RestrictedEntryDecider.Evolve(null, fact)));
    }

    [Fact] public void that_are_unknown_throw() => Assert.All(new Action[] { () => ReviewThreadDecider.Evolve(null, new object()), () => RestrictedEntryDecider.Evolve(null, new object()) }, act => Assert.Throws<InvalidOperationException>(act));

    [Fact]
    public void have_words_in_two_languages_for_people() => Assert.All(
        Codes([.. ParityChecks.Of(Written with { Title = new(null, null) }), .. MediaWordChecks.Of(Good with { Media = [new(Photo, null, null, null)] })]), code =>
        {
            var words = CheckShown.Of(new(code, "x", null, false)).Words!;
            Assert.True(words.IsComplete && words.Kk != words.Ru);
        });
}

/// <summary>What officials say to each other about a publication.</summary>
public class Comments
{
    static readonly Publication About = State(InReviewFacts(Good));
    static ReviewThread? After(params object[] facts) => facts.Aggregate((ReviewThread?)null, ReviewThreadDecider.Evolve);
    static IReadOnlyList<object> Make(MakeComment ask, ReviewThread? state = null) => ReviewThreadDecider.Decide(state, About, 2, Comment, ask, Approver, Noon);
    static readonly object[] One = [.. Make(new("Нақтылау керек", "kk", "text", new(0, "Астанада")))];

    [Fact]
    public void quote_what_stands_there() =>
        Same([new ReviewCommentMade(Id, Comment, 2, "kk", "text", new(0, "Астанада"), "Нақтылау керек", Approver, Noon)], One);

    [Theory]
    [InlineData(1, "Астанада"), InlineData(0, "Алматыда"), InlineData(-1, "А"), InlineData(100_000, "А"), InlineData(0, ""), InlineData(0, null)]
    public void quote_nothing_that_does_not(int start, string? text) => Assert.Equal("quote-not-there", Refusal(() => Make(new("Сөз", "kk", "text", new(start, text)))));

    [Fact] public void quote_nothing_without_a_field() => Assert.Equal("quote-not-there", Refusal(() => Make(new("Сөз", Quote: new(0, "А")))));

    [Theory]
    [InlineData(" ", null, null, "text-missing"), InlineData("Сөз", "de", null, "language-invalid"), InlineData("Сөз", "kk", "colour", "field-invalid"), InlineData("Сөз", null, "media[1]", "field-invalid")]
    [InlineData("Ол +7 701 123 45 67 нөмірінде", null, null, "personal-data-left")]
    public void are_refused(string text, string? language, string? field, string code) => Assert.Equal(code, Refusal(() => Make(new(text, language, field))));

    [Theory, InlineData("title", "ru"), InlineData("media[0]", null), InlineData(null, null)]
    public void may_be_on_a_field_or_on_the_whole(string? field, string? language) => Assert.Single(Make(new("Сөз", language, field)));

    [Fact]
    public void are_answered_and_resolved_once()
    {
        var state = After(One)!;
        var answered = ReviewThreadDecider.Decide(state, Comment, Reply, new("Түзетілді"), Editor, Noon);
        Same([new ReviewCommentAnswered(Id, Comment, Reply, "Түзетілді", Editor, Noon)], answered);
        var resolved = ReviewThreadDecider.Resolve(state, Comment, Approver, Noon);
        Same([new ReviewCommentResolved(Id, Comment, Approver, Noon)], resolved);
        var closed = After([.. One, .. answered, .. resolved])!;
        Assert.Empty(ReviewThreadDecider.Resolve(closed, Comment, Approver, Noon));
        Assert.Equal("comment-resolved", Refusal(() => ReviewThreadDecider.Decide(closed, Comment, Reply, new("Тағы"), Editor, Noon)));
        Assert.Equal(("Resolved", "Түзетілді"), (closed.Comments[0].State, closed.Comments[0].Replies[0].Text));
    }

    [Fact] public void that_are_unknown_are_missing() => Assert.Equal("not-found", Refusal(() => ReviewThreadDecider.Resolve(After(One)!, Reply, Approver, Noon)));

    [Fact]
    public void are_a_finding_while_they_are_open_and_block_nothing()
    {
        Assert.Equal(("comments-open", false), ReviewThreadDecider.Check(After(One)!).Select(f => (f.Code, f.Blocking)).Single());
        Assert.Empty(ReviewThreadDecider.Check(After([.. One, new ReviewCommentResolved(Id, Comment, Approver, Noon)])!));
    }
}

/// <summary>The list of restricted words, as an admin keeps it.</summary>
public class Restricted_entries
{
    static readonly KeepRestrictedEntry Ask = new("жаңа сөз*", new("Себебі", "Причина"), "Решение комиссии", Language: "kk");

    [Fact]
    public void are_kept_and_kept_once()
    {
        var kept = RestrictedEntryDecider.Keep(null, "new", Ask, Noon);
        Same([new RestrictedEntryKept(RestrictedEntryDecider.StreamOf("new"), new("new", RestrictedKind.Words, "kk", "жаңа сөз*", true, new("Себебі", "Причина"), null), "Решение комиссии", Noon)], kept);
        Assert.Empty(RestrictedEntryDecider.Keep(((RestrictedEntryKept)kept[0]).Entry, "new", Ask, Noon));
    }

    [Fact]
    public void are_removed_and_removed_once()
    {
        Assert.Single(RestrictedEntryDecider.Remove(RestrictedList.Table[0], "x", new("Устарело"), Noon));
        Assert.Empty(RestrictedEntryDecider.Remove(null, "x", new("Устарело"), Noon));
        Assert.Equal("because-missing", Refusal(() => RestrictedEntryDecider.Remove(RestrictedList.Table[0], "x", new(null), Noon)));
    }

    public static TheoryData<KeepRestrictedEntry, string> Wrong => new()
    {
        { Ask with { Pattern = null }, "pattern-missing" }, { Ask with { Pattern = "а*" }, "pattern-invalid" }, { Ask with { Pattern = "сөз-бен" }, "pattern-invalid" }, { Ask with { Kind = "Colour" }, "kind-invalid" },
        { Ask with { Kind = "AllowedContact" }, "pattern-invalid" }, { Ask with { Language = "de" }, "language-invalid" }, { Ask with { Reason = new("Себебі", null) }, "language-missing" },
        { Ask with { Because = " " }, "because-missing" }, { Ask with { Pattern = new('а', 300) }, "words-too-long" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void are_refused(KeepRestrictedEntry ask, string code) => Assert.Equal(code, Refusal(() => RestrictedEntryDecider.Keep(null, "new", ask, Noon)));

    [Fact] public void may_be_a_contact_that_is_allowed() => Assert.False(((RestrictedEntryKept)RestrictedEntryDecider.Keep(null, "press", Ask with { Kind = "AllowedContact", Pattern = "press@mail.kz" }, Noon)[0]).Entry.Blocking);

    [Fact]
    public void of_the_table_are_whole() => Assert.All(RestrictedList.Table, entry =>
    {
        Assert.True(RestrictedList.IsPattern(entry.Pattern) && entry.Reason.IsComplete && entry.Reason.Kk != entry.Reason.Ru, entry.Code);
        Assert.NotEmpty(new RestrictedList([entry]).In("алды " + entry.Pattern.Replace("*", "тар", StringComparison.Ordinal) + " соңы", entry.Language!));
    });
}

public class A_diff_of_words
{
    static string Marked(string from, string to) => string.Concat(WordDiff.Of(from, to).Select(p => p.Op switch { DiffPiece.Removed => $"[-{p.Text}]", DiffPiece.Added => $"[+{p.Text}]", _ => p.Text }));

    [Theory]
    [InlineData("Көпір ертең ашылады.", "Көпір бүгін ашылады.", "Көпір [-ертең][+бүгін] ашылады.")]
    [InlineData("Сөз", "Сөз бен іс", "Сөз[+ бен іс]")]
    [InlineData("", "Сөз", "[+Сөз]")]
    [InlineData("Сөз", "", "[-Сөз]")]
    [InlineData("Бір\nекі\nүш", "Бір\nүш", "Бір\n[-екі\n]үш")]
    [InlineData("Сол", "Сол", "Сол")]
    public void shows_what_changed(string from, string to, string marked) => Assert.Equal(marked, Marked(from, to));

    [Property]
    public bool gives_both_texts_back(FsCheck.NonNull<string> from, FsCheck.NonNull<string> to)
    {
        var pieces = WordDiff.Of(from.Get, to.Get);
        return string.Concat(pieces.Where(p => p.Op != DiffPiece.Added).Select(p => p.Text)) == from.Get && string.Concat(pieces.Where(p => p.Op != DiffPiece.Removed).Select(p => p.Text)) == to.Get;
    }

    [Fact]
    public void of_two_long_strange_texts_is_quick()
    {
        static string Long(string word) => string.Join(' ', Enumerable.Range(0, 8000).Select(i => word + i));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal([DiffPiece.Removed, DiffPiece.Added], WordDiff.Of(Long("а"), Long("б")).Select(p => p.Op));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 3);
    }

    [Fact]
    public void of_content_names_texts_and_shared_parts()
    {
        var other = Good with { Title = new(Good.Title.Kk, "Другой"), Channels = ["site", "telegram"], AiMade = true, Media = [Good.Media![0] with { Crop = new(1, 2, 3, 4) }, new(Id, null, null, null)] };
        var (texts, parts) = ContentDiff.Of(Good, other);
        Assert.Equal(["title.ru"], texts.Select(t => t.Field));
        Assert.Equal(["aiMade", "channels", $"media.{Photo}.crop", $"media.{Id}"], parts.Select(p => p.Field).OrderBy(f => f.StartsWith("media", StringComparison.Ordinal)).ThenBy(f => f.EndsWith(Id.ToString(), StringComparison.Ordinal)).ThenBy(f => f));
        Assert.Empty(ContentDiff.Of(Good, Good).Texts);
        Assert.Empty(ContentDiff.Of(Good, Good).Parts);
    }

    [Fact]
    public void sees_pictures_change_places()
    {
        MediaUse[] two = [new(Photo, null, null, null), new(Id, null, null, null)];
        Assert.Equal(["media"], ContentDiff.Of(Good with { Media = two }, Good with { Media = [two[1], two[0]] }).Parts.Select(p => p.Field));
    }
}

public class Side_by_side
{
    [Fact]
    public void puts_paragraphs_beside_each_other_by_order()
    {
        var pairs = SideBySideReply.Pairs(new("Бірінші 5\n\nЕкінші", "Первый 6\n\nВторой\nТретий"));
        Assert.Equal([(1, "Бірінші 5", "Первый 6", "numbers-differ"), (2, "Екінші", "Второй", ""), (3, null, "Третий", "paragraph-missing")], pairs.Select(p => (p.Number, p.Kk, p.Ru, string.Join(',', p.Differs))));
    }

    [Fact]
    public void tells_hash_and_approval_of_each_language()
    {
        var shown = SideBySideReply.Of(State([.. InReviewFacts(), Given.Approved("kk")]), 3);
        Assert.Equal([("kk", Hash("kk"), Approver), ("ru", Hash("ru"), null)], shown.Sides.Select(s => (s.Language, s.ContentHash, s.Approval?.By)));
    }
}

public class A_preview
{
    sealed record Fixed(params ChannelAccount[] All) : IChannelAccounts
    {
        public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult(All.FirstOrDefault(a => a.Code == code));
    }

    static readonly ChannelCapabilities Small = new(false, false, false, false, false, 40, 0) { NeedsMedia = true };
    static Fitted Fit(Content c, ChannelCapabilities can) => Fitted.For(can, new(Id, AttemptId, Body, c.Kind, null, c.Title, c.Text, [.. (c.Media ?? []).Select(m => new PostMedia(m.MediaId, "", m.Crop, m.Caption, m.Alt))], c.AiMade == true, Due));
    static Task<PreviewReply> Of(Content c, string? channel = null, params ChannelAccount[] accounts) => new Previews([], new Fixed(accounts)).Of(State(Drafted(c)), 1, channel, TestContext.Current.CancellationToken);

    [Fact]
    public void names_what_a_channel_cuts_and_what_it_needs()
    {
        Assert.Equal("media-needed,media-too-many,over-limit", string.Join(',', Previews.Findings(Fit(Good, Small)).Select(f => f.Code).Distinct().Order()));
        Assert.Equal(["media-needed"], Codes([.. Previews.Findings(Fit(Written, Small))]));
        Assert.Empty(Previews.Findings(Fit(Written, Small with { NeedsMedia = false })));
    }

    [Fact]
    public void carries_the_label_of_a_machines_work_in_both_languages()
    {
        var text = Fit(Good with { AiMade = true }, CanAll).Text;
        Assert.Contains(Fitted.AiLabel.Kk!, text, StringComparison.Ordinal);
        Assert.Contains(Fitted.AiLabel.Ru!, text, StringComparison.Ordinal);
        Assert.DoesNotContain(Fitted.AiLabel.Ru!, Fit(Good, CanAll).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task gives_an_account_of_one_language_that_one()
    {
        var shown = await Of(Good with { Channels = ["site", "kk-only"] }, null, ConfiguredAccounts.Site, new ChannelAccount("kk-only", "telegram", Body, ["kk"], new Dictionary<string, string>()));
        Assert.Equal([("site", (string?)null), ("kk-only", "kk")], shown.Channels.SelectMany(c => c.Posts.Select(p => (c.Channel, p.Language))));
        Assert.DoesNotContain("мост", shown.Channels[1].Posts[0].Text, StringComparison.OrdinalIgnoreCase);
        Assert.Null(shown.Channels[1].Posts[0].Media[0].Caption!.Ru);
        Assert.Equal(["channel-unable"], shown.Channels[0].Findings.Select(f => f.Code));
    }

    [Fact] public async Task names_a_channel_that_is_no_more() => Assert.Equal(["channel-unknown"], (await Of(Good)).Channels.Single().Findings.Select(f => f.Code));
    [Fact] public async Task refuses_a_channel_that_it_does_not_go_to() => Assert.Equal("channel-unknown", (await Assert.ThrowsAsync<RefusedException>(() => Of(Good, "facebook"))).Code);

    [Fact]
    public void is_safe_as_HTML() => Assert.Equal("<p>&lt;img src=x onerror=alert(1)&gt; &amp; «сөз»<br>екінші</p><p>\"; үш</p>".Replace("\"", "&quot;", StringComparison.Ordinal), Previews.Html("<img src=x onerror=alert(1)> & «сөз»\nекінші\n\n\"; үш"));
}

/// <summary>What was public, on which channel, in which language.</summary>
public class The_public_record
{
    static readonly DateTimeOffset Later = Due.AddHours(5);
    static readonly DeliveryAccepted Taken = new(Id, AttemptId, "site", "ext-1", "answer", null, Due.AddSeconds(1));

    static List<PublicRow> Rows(params object[] facts) => Spoken(Languages.All, facts);

    static List<PublicRow> Spoken(IReadOnlyList<string> spoken, params object[] facts)
    {
        Dictionary<Guid, PublicRow> rows = [];
        Publication? state = null;
        foreach (var fact in facts)
        {
            state = PublicationFold.Evolve(state, fact);
            foreach (var row in PublicRecord.After(state!, [.. rows.Values], fact, spoken, Later))
            {
                rows[row.Id] = row;
            }
        }

        return [.. rows.Values.OrderBy(r => r.Channel, StringComparer.Ordinal).ThenBy(r => r.Language)];
    }

    [Fact]
    public void has_a_row_for_each_language_on_a_channel_that_took_it()
    {
        var rows = Rows([.. ReleasingFacts, Taken]);
        Assert.Equal([("site", "kk", Hash("kk"), Approver, "Мәтін"), ("site", "ru", Hash("ru"), Approver, "Текст")], rows.Select(r => (r.Channel, r.Language, r.ContentHash, r.ApprovedBy!, r.Text!)));
        Assert.All(rows, r => Assert.Equal((Taken.At, Later, (DateTimeOffset?)null, "ext-1"), (r.Since, r.KnownAt, r.Until, r.ExternalId)));
    }

    [Fact] public void has_a_row_for_the_languages_of_the_account_alone() => Assert.Equal(["kk"], Spoken(["kk"], [.. ReleasingFacts, Taken]).Select(r => r.Language));
    [Fact]
    public void has_both_on_our_own_doors_whatever_an_account_speaks() => Assert.Equal(["platform kk", "platform ru", "site ru"],
        Spoken(["ru"], [.. ReleasingFacts, Taken, new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due)]).Select(r => r.Channel + " " + r.Language));

    [Fact]
    public void asks_what_an_account_spoke_when_it_was_called()
    {
        static IEvent At<T>(long place, T fact) where T : class => new Event<T>(fact) { Sequence = place };
        IEvent[] account = [At(3, AccountGiven.Registered() with { Languages = ["kk"] }), At(8, new ChannelAccountEdited(Id, ["kk", "ru"], AccountGiven.Registered().Address, null, Noon))];
        var call = PublicRecord.Asks([At(5, Drafted()), At(7, AttemptStarted), At(9, Taken)])!.Value;
        Assert.Equal(("site", 7L), call);
        Assert.Equal((1, 2, 2), (PublicRecord.Spoken(account, call.Before).Count, PublicRecord.Spoken(account, 9).Count, PublicRecord.Spoken([], 9).Count));
        Assert.Equal(("site", 9L), PublicRecord.Asks([At(5, Drafted()), At(9, new FollowUpSettled(Id, CorrectionId, "site", null, "Қолмен", Editor, Due))]));
        Assert.Null(PublicRecord.Asks([At(5, Drafted())]));
    }

    [Fact]
    public void knows_since_the_call_what_a_read_back_found_later()
    {
        Assert.All(Rows([.. UnknownFacts, Taken with { From = "read-back", At = Later }]), r => Assert.Equal((Due, Later), (r.Since, r.KnownAt)));
    }

    [Fact]
    public void has_our_own_doors_once_it_is_released() => Assert.Equal(["platform", "platform", "site", "site"], Rows([.. ReleasingFacts, Taken, new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due.AddSeconds(2))]).Select(r => r.Channel));

    [Fact]
    public void takes_the_same_fact_twice_as_once() => Assert.Equal(2, Rows([.. ReleasingFacts, Taken, Taken]).Count);

    [Fact]
    public void begins_with_the_end_of_an_embargo() => Assert.All(Rows([.. new object[] { Drafted(Written with { Embargo = Later }) }, AttemptStarted, Taken]), r => Assert.Equal(Later, r.Since));

    [Fact]
    public void has_nothing_before_a_channel_took_it() => Assert.Empty(Rows(ReleasingFacts));

    [Fact]
    public void ends_what_stood_there_when_other_words_take_its_place()
    {
        var other = Written with { Text = new("Басқа мәтін", "Другой текст") };
        var rows = Rows([.. ReleasingFacts, Taken, new PublicationEdited(Id, other, Editor, ["kk", "ru"], null, null, Later), Taken with { At = Later }]);
        Assert.Equal(4, rows.Count);
        Assert.All(rows, r => Assert.Equal(r.Text!.Contains("ас", StringComparison.Ordinal) || r.Text.Contains("Друг", StringComparison.Ordinal) ? null : Later, r.Until));
    }

    [Fact]
    public void hides_who_approved_from_the_public_and_words_that_were_taken_back()
    {
        var row = Rows([.. ReleasingFacts, Taken])[0] with { TakenBack = true, Until = Later, EndKnownAt = Later };
        var (everybody, official) = (PublicRowShown.Of(row, false, Later), PublicRowShown.Of(row, true, Later));
        Assert.Equal((null, null, null, row.ContentHash), (everybody.ApprovedBy, everybody.Title, everybody.Text, everybody.ContentHash));
        Assert.Equal((Approver, "Мәтін", Later), (official.ApprovedBy, official.Text, official.Until!.Value));
    }

    [Fact] public void does_not_know_an_end_before_it_was_recorded() => Assert.Null(PublicRowShown.Of(Rows([.. ReleasingFacts, Taken])[0] with { Until = Due, EndKnownAt = Later }, true, Later.AddSeconds(-1)).Until);
    [Fact] public void names_its_facts() => Assert.All(PublicRecord.Facts, fact => Assert.Contains(fact, PublicationFold.Facts));
}

/// <summary>The same after corrections, withdrawals and emergencies.</summary>
public class The_public_record_of_what_changed
{
    static readonly Guid CorrectionId = new("0197f3a0-0000-7000-8000-0000000000d1");
    static readonly DateTimeOffset Later = Due.AddHours(5), Latest = Due.AddHours(6);
    static readonly Contracts.Bilingual Notice = new("Түзетілді", "Исправлено");
    static readonly Content Changed = Written with { Text = new("Басқа мәтін", "Другой текст") };
    static readonly object[] Out = [.. ReleasingFacts, new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "answer", null, Due), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due)];

    static CorrectionApproved Agreed(string language) => new(Id, CorrectionId, language, ContentHash.Of(Body, Changed, language, Notice), Approver, Later);
    static object[] Corrected(string how) => [.. Out, new CorrectionProposed(Id, CorrectionId, Changed, Notice, "Қате", Editor, Later), Agreed("kk"), Agreed("ru"),
        new PublicationCorrected(Id, CorrectionId, Body, "News", Changed, Notice, [new("site", null, "ext-1", how)], Later)];
    static object[] Withdrawn(string how) => [.. Out, new PublicationWithdrawn(Id, CorrectionId, Body, "News", Notice, "Қате", Approver, [new("site", null, "ext-1", how)], Later)];
    static object[] Followed(string how) => [new DeliveryAttemptStarted(Id, NextId, "site", 1, Lease, Later) { Purpose = how, CorrectionId = CorrectionId }, new DeliveryAccepted(Id, NextId, "site", "ext-1", "answer", null, Latest)];

    static string Standing(params object[] facts) => Spoken(Languages.All, facts);

    static string Spoken(IReadOnlyList<string> spoken, params object[] facts)
    {
        Dictionary<Guid, PublicRow> rows = [];
        Publication? state = null;
        foreach (var fact in facts)
        {
            state = PublicationFold.Evolve(state, fact);
            foreach (var row in PublicRecord.After(state!, [.. rows.Values], fact, spoken, Latest))
            {
                rows[row.Id] = row;
            }
        }

        return string.Join("; ", rows.Values.Where(r => r.Until is null && r.Language == "ru").OrderBy(r => r.Channel, StringComparer.Ordinal).Select(r => $"{r.Channel} {r.Text}{(r.TakenBack ? " taken back" : "")} by {r.ApprovedBy ?? "nobody, ordered by " + r.OrderedBy}"));
    }

    [Fact] public void is_at_once_another_on_our_own_doors() => Assert.Equal("platform Другой текст by approver-1; site Текст by approver-1", Standing(Corrected("edit")));
    [Fact] public void is_another_on_a_channel_that_was_edited() => Assert.Equal("platform Другой текст by approver-1; site Другой текст by approver-1", Standing([.. Corrected("edit"), .. Followed("edit")]));
    [Fact] public void is_the_same_under_a_reply() => Assert.Equal("platform Другой текст by approver-1; site Текст by approver-1", Standing([.. Corrected("reply"), .. Followed("reply")]));
    [Fact] public void is_another_where_a_person_saw_to_it() => Assert.Equal("platform Другой текст by approver-1; site Другой текст by approver-1", Standing([.. Corrected("nothing"), new FollowUpSettled(Id, CorrectionId, "site", null, "Қолмен", Editor, Latest)]));
    [Fact]
    public void is_another_only_in_the_languages_of_the_account() => Assert.Equal("platform Другой текст by approver-1; platform Другой текст by approver-1",
        string.Join("; ", new[] { (object[])[.. Corrected("edit"), .. Followed("edit")], [.. Corrected("nothing"), new FollowUpSettled(Id, CorrectionId, "site", null, "Қолмен", Editor, Latest)] }.Select(facts => Spoken(["kk"], facts))));
    [Fact] public void ends_on_our_own_doors_when_it_is_withdrawn() => Assert.Equal("site Текст taken back by approver-1", Standing(Withdrawn("delete")));
    [Theory, InlineData("delete"), InlineData("edit")] public void ends_on_a_channel_that_took_it_down(string how) => Assert.Equal("", Standing([.. Withdrawn(how), .. Followed(how)]));
    [Fact] public void stays_above_a_notice() => Assert.Equal("site Текст taken back by approver-1", Standing([.. Withdrawn("reply"), .. Followed("reply")]));
    [Fact] public void ends_where_a_person_took_it_down() => Assert.Equal("", Standing([.. Withdrawn("nothing"), new FollowUpSettled(Id, CorrectionId, "site", null, "Қолмен", Editor, Latest)]));

    [Fact]
    public void names_who_ordered_it_out_until_another_has_approved()
    {
        object[] ordered = [.. InReviewFacts(), new EmergencyReleaseOrdered(Id, Approver, "Су тасқыны", Hash("kk"), Hash("ru"), Due), ReleaseStarted, AttemptStarted, new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "answer", null, Due)];
        Assert.Equal("site Текст by nobody, ordered by approver-1", Standing(ordered));
        Assert.Equal("site Текст by approver-2", Standing([.. ordered, new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due), Given.Approved("ru", by: Other)]).Split("; ")[^1]);
    }

    [Fact]
    public void has_the_language_alone_that_is_out()
    {
        object[] kazakh = [.. ReleasingFacts.SkipLast(1), AttemptStarted with { Language = "kk" }, new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "answer", null, Due), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], null, Due) { Languages = ["kk"] }];
        Assert.Equal("", Standing(kazakh));
        Assert.Equal("platform Текст by approver-1", Standing([.. kazakh, new LanguageReleased(Id, Body, "News", "ru", Written.Title, ["site"], Later)]));
    }
}
