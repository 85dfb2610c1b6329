using System.Text;
using System.Text.Json;
using Contracts.Inquiries;
using Contracts.PressEvents;
using JasperFx.Events;
using Platform;
using Specs;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>Events and messages are for ever: what is stored or sent today can be read in ten years.</summary>
public class Stored_shapes
{
    static readonly AnnouncedEvent Announces = new("RoundTable", new("Тақырып", "Тема"), new("Мазмұны", "Содержание"), Due, Due.AddHours(1), "hall-2", [new(new("Аты", "Имя"), new("Лауазымы", "Должность"))]);

    /// <summary>Content with every part that may be left out.</summary>
    static readonly Content Whole = Written with
    {
        Media = [PictureUse],
        SubjectPersonId = PersonId,
        Embargo = Noon,
        LanguagePolicy = "kk-first",
        Tags = ["aza"],
        AiMade = true,
        WantedWall = new("2026-12-01T14:00:00", "Asia/Almaty"),
    };

    static readonly object[] Facts =
    [
        new PublicationDrafted(Id, Body, Written, Editor, "press-event:x", 2, Announces, Noon), new PublicationEdited(Id, Written, Editor, ["kk"], 3, Announces, Noon) { Body = Body }, Submitted,
        new PublicationApproved(Id, "kk", "00ff", Approver, Noon), new PublicationRejected(Id, Approver, "Себеп", Noon), Scheduled, new PublicationCancelled(Id, Editor, "Себеп", Noon) { Body = Body },
        new CauseChanged(Id, 4, "rescheduled", Announces, Noon) { Body = Body }, new PublicationReturned(Id, "cause-rescheduled", Noon) { Body = Body }, new PublicationReleaseStarted(Id, Due, "00aa", "00bb", Due),
        AttemptStarted, new DeliveryAccepted(Id, AttemptId, "site", "ext-1", "decision", Approver, Due), new DeliveryRejected(Id, AttemptId, "site", "unavailable", 503, Lease, Approver, Due),
        Unknown, new DeliveryReadBackStarted(Id, AttemptId, "site", Lease, Due), new PublicationReleased(Id, Body, "News", Written.Title, ["site"], "press-event:x", Due),
        new PublicationMissed(Id, Body, Due, "late", Lease), new MissedPublicationDecided(Id, "publish", Approver, Lease) { Body = Body },
        new ChannelGivenUp(Id, AttemptId, "site", Approver, Due), new RetryDecided(Id, AttemptId, "site", Approver, Due), new PublicationHeld(Id, Editor, "Себеп", Noon),
        new EmergencyReleaseOrdered(Id, Editor, "Себеп", "00aa", "00bb", Due), new LanguageReleased(Id, Body, "News", "ru", new(null, "Заголовок"), ["site"], Due),
        Proposed with { Content = Whole }, CorrectionApproved("kk"), new CorrectionRejected(Id, CorrectionId, "Себеп", Approver, Due), CorrectionTaken(),
        new PublicationWithdrawn(Id, CorrectionId, Body, "News", Notice, "Себеп", Editor, [new("site", "ru", "ext-1", Purposes.Delete)], Due), new FollowUpSettled(Id, CorrectionId, "site", null, "Қолмен", Editor, Due),
    ];

    static readonly object[] Messages =
    [
        new PressEventAnnounced(Id, 2, "RoundTable", Body, new("Тақырып", "Тема"), new("Мазмұны", "Содержание"), Due, Due.AddHours(1), "hall-2", Announces.Speakers, ["khabar24"], Noon),
        new PressEventRescheduled(Id, 3, Body, Due, Due.AddHours(1), Due.AddDays(1), Due.AddDays(1), "hall-1", Noon), new PressEventCancelled(Id, 4, Body, new("Себеп", "Причина"), Noon),
        new AnswerDisclosed(Id, 5, AttemptId, Body, new("Тақырып", "Заголовок"), new("Мәтін", "Текст"), Noon),
        new Contracts.Publications.PublicationReleased(Id, 9, Body, "News", Written.Title, ["site"], "press-event:x", Due), new Contracts.Publications.PublicationMissed(Id, 9, Body, Due, Lease),
        new Contracts.Publications.LanguageReleased(Id, 10, Body, "News", "ru", new(null, "Заголовок"), ["site"], Due), new Contracts.Publications.PublicationCorrected(Id, 11, Body, "News", Notice, Due),
        new Contracts.Publications.PublicationWithdrawn(Id, 12, Body, "News", Notice, Due),
        new Contracts.Publications.PublicationMoved(Id, 4, Body, "approved", ["kk"], Due, Noon),
    ];

    public static TheoryData<int> Each => [.. Enumerable.Range(0, Facts.Length + Messages.Length)];
    static object Sample(int number) => number < Facts.Length ? Facts[number] : Messages[number - Facts.Length];

    static readonly object[][] Lives =
    [
        [Drafted(Whole)], ScheduledFacts(Whole), UnknownFacts, MissedFacts, ReleasedFacts, CorrectedFacts, [.. ReleasedFacts, Proposed with { Content = Whole }],
        [.. ApprovedFacts(), new EmergencyReleaseOrdered(Id, Editor, "Себеп", "00aa", "00bb", Due)], [.. ScheduledFacts(), new PublicationHeld(Id, Editor, "Себеп", Noon)],
    ];

    public static TheoryData<int> EachLife => [.. Enumerable.Range(0, Lives.Length)];

    /// <summary>A claim decides on the stored view, so nothing may be lost on the way through it: not a tick of a time, nor a hash.</summary>
    [Theory, MemberData(nameof(EachLife))]
    public void of_views_lose_nothing(int number)
    {
        var state = State(Lives[number]);
        var read = JsonSerializer.Deserialize<PublicationView>(JsonSerializer.Serialize(new PublicationView(Id, state), Json.Options), Json.Options)!.Now;
        Assert.Equal(Stored(state), Stored(read));
        Assert.Equal(Languages.All.Select(l => Hash(l, state.Content)), Languages.All.Select(l => Hash(l, read.Content)));
        Assert.Equal(state.Attempts.Select(a => a.NextLookAt?.UtcTicks), read.Attempts.Select(a => a.NextLookAt?.UtcTicks));
    }

    [Theory, MemberData(nameof(Each))]
    public void are_what_they_were(int number) =>
        Golden.Check(Sample(number) is var sample && number < Facts.Length ? Store.NameOf(sample.GetType()) : "message_" + Store.NameOf(sample.GetType()), sample);

    [Theory, MemberData(nameof(Each))]
    public void are_read_back_whole(int number)
    {
        var json = JsonSerializer.Serialize(Sample(number), Sample(number).GetType(), Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize(json, Sample(number).GetType(), Json.Options), Sample(number).GetType(), Json.Options));
    }

    [Fact] public void exist_for_every_fact() => Assert.Equal(PublicationFold.Facts.Select(t => t.Name).Order(), Facts.Select(f => f.GetType().Name).Order());
    [Fact]
    public void exist_for_every_message_that_leaves() => Assert.Equal(Messages.Skip(4).Select(m => m.GetType().Name).Order(),
        Facts.Select(fact => Out(fact)?.Message.GetType().Name).OfType<string>().Distinct().Order());

    /// <summary>What leaves for a fact that an official of a body recorded; of none: this service.</summary>
    static Platform.Outgoing? Out(object fact, string? actor = Body)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        if (actor is not null)
        {
            e.SetHeader(Sessions.Body, actor);
        }

        return Leaves.List.For(e);
    }

    static string? Step(object fact, string? actor = Body) => Out(fact, actor) is { Message: Contracts.Publications.PublicationMoved moved, Body: { } body }
        ? $"{moved.Step} {string.Join(",", moved.Languages ?? [])} {moved.DueAt:HH:mm} {body}" : null;

    [Fact]
    public void tell_the_bodys_own_officials_each_step() => Assert.Equal(
        ["drafted   min-emergency", "edited kk  min-emergency", "submitted   min-emergency", "approved kk  min-emergency", "rejected   min-emergency", "scheduled  14:00 min-emergency",
            "cancelled   min-emergency", "cause-changed   min-emergency", "returned   min-emergency", "release-decided   min-emergency", "held   min-emergency", "release-ordered  14:00 min-emergency",
            "correction-proposed   min-emergency", "correction-approved kk  min-emergency", "correction-rejected   min-emergency"], Facts.Select(fact => Step(fact)).OfType<string>());

    [Fact] public void tell_what_is_dropped() => Assert.Equal("dropped   min-emergency", Step(new MissedPublicationDecided(Id, Decisions.Drop, "service:publications", Due) { Body = Body }, null));

    [Fact] // the words of what is not out are not public, nor are reasons and people's ids
    public void tell_of_a_step_no_word() => Assert.All(Facts.Select(fact => Out(fact)?.Message).OfType<Contracts.Publications.PublicationMoved>(), moved =>
        Assert.DoesNotMatch("[А-Яа-яӘәҒғҚқҢңӨөҰұҮүҺһІі]|editor-|approver-", System.Text.RegularExpressions.Regex.Unescape(JsonSerializer.Serialize(moved, Json.Options))));

    [Fact]
    public void of_this_services_own_steps_say_whose_they_are() => Assert.Equal(["edited kk  min-emergency", "cancelled   min-emergency", "cause-changed   min-emergency", "returned   min-emergency"],
        new[] { "PublicationEdited", "PublicationCancelled", "CauseChanged", "PublicationReturned" }.Select(name => Step(Facts.Single(f => f.GetType().Name == name), null)));

    [Fact]
    public void that_are_old_and_say_not_whose_they_are_tell_nobody_but_the_body_that_acted()
    {
        object[] old = [new PublicationEdited(Id, Written, ReleaseDecider.Service, [], 3, null, Noon), new PublicationReturned(Id, "cause-rescheduled", Noon), Submitted];
        Assert.All(old, fact => Assert.Null(Out(fact, null)));
        Assert.All(old, fact => Assert.Equal("akim-05", Out(fact, "akim-05")!.Body));
    }

    [Fact]
    public void of_every_fact_are_folded() => Assert.All(Facts, fact =>
        Assert.NotNull(PublicationFold.Evolve(fact is PublicationDrafted ? null : State([.. UnknownFacts, Proposed]), fact)));

    [Fact] public void that_are_unknown_throw() => Assert.Throws<InvalidOperationException>(() => PublicationFold.Evolve(State(Drafted()), new object()));

    [Fact]
    public void of_the_state_survive_its_own_document()
    {
        var view = new PublicationView(Id, State(UnknownFacts)) { Version = 7 };
        var json = JsonSerializer.Serialize(view, Json.Options);
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<PublicationView>(json, Json.Options), Json.Options));
    }
}

public class Standard_Webhooks_signatures
{
    [Fact] // the vector that the standard's own libraries are tested with
    public void are_as_in_the_published_vector() => Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        new StandardWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("{\"test\": 2432232314}")));

    [Theory, InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), InlineData("whsec_!"), InlineData("whsec_c2hvcnQ=")]
    public void need_a_secret_of_the_standards_form(string secret) => Assert.Throws<FormatException>(() => new StandardWebhook(secret));
}

public class The_feed
{
    static readonly Publication Released = State([.. ReleasingFacts, .. Releasing.Accepted()]);

    [Fact]
    public void is_Atom_with_author_and_self_link()
    {
        System.Xml.Linq.XNamespace atom = "http://www.w3.org/2005/Atom";
        var feed = Feeds.Document("kk", "https://example.kz/feeds/publications.kk.atom", [Released]).Root!;
        Assert.Equal("https://example.kz/feeds/publications.kk.atom", feed.Elements(atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        var entry = feed.Element(atom + "entry")!;
        Assert.Equal(("urn:uuid:" + Id, "Тақырып", "Мәтін"), (entry.Element(atom + "id")!.Value, entry.Element(atom + "title")!.Value, entry.Element(atom + "content")!.Value));
        Assert.All([feed, entry], e => Assert.NotEmpty(e.Element(atom + "author")!.Element(atom + "name")!.Value));
        Assert.Equal(feed.Element(atom + "updated")!.Value, entry.Element(atom + "updated")!.Value);
    }

    [Fact] public void replaces_what_XML_cannot_hold() => Assert.Contains("a\uFFFDb", Feeds.Document("ru", "x", [Released with { Content = Written with { Title = new("к", "a\u0001b") } }]).ToString(), StringComparison.Ordinal);
    [Fact] public void is_valid_when_empty() => Assert.Contains("<updated>1970-01-01T00:00:00.000Z</updated>", Feeds.Document("ru", "x", []).ToString(), StringComparison.Ordinal);
}
