using System.Text.Json.Nodes;
using HandingOver;
using static PressEvents.Specs.Given;
using static PressEvents.Specs.GivenQuestions;

namespace PressEvents.Specs;

static class GivenHandOvers
{
    public static readonly Guid HandOverId = HandOvers.IdOf(HandOverKinds.PressQuestion, QuestionId), InquiryId = new("01a20000-0000-7000-8000-00000000d001");
    public static readonly HandOverAsked HAsked = new(HandOverId, "press-question", QuestionId, "min-emergency", "min-water", Subject, TextId, "bWFj", During);
    public static readonly HandOverLeftUnknown HUnknown = new(HandOverId, "timeout", During);
    public static readonly HandOverTaken HTaken = new(HandOverId, "press-question", QuestionId, "min-emergency", Subject, InquiryId, "min-water-2026-000007", ["signature-missing"], "reply", During);
    public static readonly HandOverRefused HRefused = new(HandOverId, Subject, "form-invalid", ["applicant.kind"], During);
    public static readonly object[] OfHandOvers = [HAsked, HUnknown, HTaken, HRefused];
    public static readonly CallOutcome.Taken Taken = new(InquiryId, "min-water-2026-000007", ["signature-missing"]);

    public static HandOver Given_(params object[] facts) => facts.Aggregate((HandOver?)null, HandOverDecider.Evolve)!;
}

public class Handing_over
{
    static IReadOnlyList<object> When(CallOutcome outcome, params object[] given) => HandOverDecider.Decide(GivenHandOvers.Given_([GivenHandOvers.HAsked, .. given]), outcome, During);
    static IReadOnlyList<object> Hear(params object[] given) => HandOverDecider.Hear(GivenHandOvers.Given_([GivenHandOvers.HAsked, .. given]), GivenHandOvers.InquiryId, "min-water-2026-000007", During);

    [Fact] public void One_thing_has_one_id() => Assert.Equal(HandOvers.IdOf("press-question", QuestionId), HandOvers.IdOf("press-question", QuestionId));
    [Fact] public void Another_kind_has_another() => Assert.NotEqual(HandOvers.IdOf("press-question", QuestionId), HandOvers.IdOf("statement-clarification", QuestionId));

    [Fact] public void Is_not_said_before() => Assert.False(HandOverDecider.IsSaid(null, "bWFj"));
    [Fact] public void Said_twice_it_is_so_already() => Assert.True(HandOverDecider.IsSaid(GivenHandOvers.Given_(GivenHandOvers.HAsked), "bWFj"));
    [Fact] public void Also_once_it_was_taken() => Assert.True(HandOverDecider.IsSaid(GivenHandOvers.Given_(GivenHandOvers.HAsked, GivenHandOvers.HTaken), "bWFj"));
    [Fact] public void Other_particulars_come_too_late() => Refused("hand-over-running", () => HandOverDecider.IsSaid(GivenHandOvers.Given_(GivenHandOvers.HAsked, GivenHandOvers.HUnknown), "b3RoZXI="));

    [Fact]
    public void And_once_it_is_a_request_say_which()
    {
        var refused = Refusal(() => HandOverDecider.IsSaid(GivenHandOvers.Given_(GivenHandOvers.HAsked, GivenHandOvers.HTaken), "b3RoZXI="));
        Assert.Equal(("handed-over", "min-water-2026-000007"), (refused.Code, refused.Details["number"]));
    }

    [Fact] public void After_a_refusal_it_may_be_said_again() => Assert.False(HandOverDecider.IsSaid(GivenHandOvers.Given_(GivenHandOvers.HAsked, GivenHandOvers.HRefused), "bWFj"));

    [Fact] public void A_reply_makes_the_link() => Same(GivenHandOvers.HTaken, When(GivenHandOvers.Taken));
    [Fact] public void Also_after_it_was_unknown() => Same(GivenHandOvers.HTaken, When(GivenHandOvers.Taken, GivenHandOvers.HUnknown));
    [Fact] public void A_refusal_is_kept_with_its_code_and_fields() => Same(GivenHandOvers.HRefused, When(new CallOutcome.Refused("form-invalid", ["applicant.kind"])));
    [Fact] public void What_nobody_knows_is_kept_as_that() => Same(GivenHandOvers.HUnknown, When(new CallOutcome.Unknown("timeout")));
    [Fact] public void But_once() => Assert.Empty(When(new CallOutcome.Unknown("http-503"), GivenHandOvers.HUnknown));
    [Fact] public void The_message_was_quicker() => Assert.Empty(When(GivenHandOvers.Taken, GivenHandOvers.HTaken with { KnownFrom = "message" }));
    [Fact] public void A_lost_reply_is_known_from_the_message() => Same(GivenHandOvers.HTaken with { KnownFrom = "message", Defects = [] }, Hear(GivenHandOvers.HUnknown));
    [Fact] public void Known_already_it_is_recorded_once() => Assert.Empty(Hear(GivenHandOvers.HTaken));
}

public class The_form_that_is_handed_over
{
    static readonly Particulars Person = new(null, "Ахметова", "Динара", null, "990101300013", null, "d@example.kz", "+77011234567", null, null);
    static JsonNode Form(Particulars? who, string? holder = "min-water") => JsonNode.Parse(HandOverForm.Of(who, holder, "ru", "Сколько?"))!;

    [Fact]
    public void Is_the_one_of_the_gateway()
    {
        var form = Form(Person);
        Assert.Equal(("information-request", "individual", "990101300013", "Ахметова", "min-water", "ru", "electronic", "Сколько?"),
            ((string)form["form"]!, (string)form["applicant"]!["kind"]!, (string)form["applicant"]!["iin"]!, (string)form["applicant"]!["surname"]!, (string)form["holder"]!,
                (string)form["language"]!, (string)form["answerForm"]!, (string)form["text"]!));
        Assert.Null(form["messageId"]); // its origin is its id
    }

    [Fact] public void Is_the_same_text_for_the_same_content() => Assert.Equal(HandOverForm.Of(Person, "min-water", "ru", "Сколько?"), HandOverForm.Of(Person with { Name = " Динара " }, "min-water", "ru", "Сколько?"));
    [Fact] public void Says_who_asks() => Refused("particulars-missing", "particulars", () => Form(null));
    [Fact] public void A_persons_are_needed() => Refused("particulars-missing", "particulars.surname particulars.name particulars.iin particulars.phone particulars.email", () => Form(new(null, null, null, null, null, null, null, null, null, null)));
    [Fact] public void A_postal_address_does_for_an_e_mail() => Assert.Equal("Астана", (string)Form(Person with { Email = null, PostalAddress = "Астана" })["contacts"]!["postalAddress"]!);

    [Fact]
    public void A_legal_entitys_are_others()
    {
        Refused("particulars-missing", "particulars.bin particulars.outgoingNumber particulars.outgoingDate particulars.signerSurname particulars.signerPost", () => Form(Person with { Kind = "legalEntity" }));
        var form = Form(Person with { Kind = "legalEntity", Name = "ТОО «Вода»", Bin = "990140000385", OutgoingNumber = "7", OutgoingDate = "2026-12-07", SignerSurname = "Ким", SignerPost = "Директор" });
        Assert.Equal(("990140000385", "Ким"), ((string)form["applicant"]!["bin"]!, (string)form["applicant"]!["signer"]!["surname"]!));
    }

    [Fact] public void A_holder_is_one_of_the_list() => Refused("holder-unknown", "holder", () => Form(Person, "nobody"));
    [Fact] public void A_kind_is_one_of_two() => Refused("kind-unknown", "particulars.kind", () => Form(Person with { Kind = "crowd" }));
    [Fact] public void An_answer_comes_by_wire_or_on_paper() => Refused("answer-form-unknown", "particulars.answerForm", () => Form(Person with { AnswerForm = "by pigeon" }));
}
