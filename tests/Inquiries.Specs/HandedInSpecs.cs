using System.Text;
using JasperFx.Events;
using Platform;
using Specs;
using static Inquiries.Specs.Given;
using Origin = Contracts.Inquiries.Origin;

namespace Inquiries.Specs;

public class What_another_service_hands_in
{
    private static readonly Origin Question = new("press-question", Other);
    private const string Asked = """{"applicant":{"kind":"individual","iin":"990101300013","surname":"Ахметова","name":"Динара"},"holder":"akimat-75","language":"ru","answerForm":"electronic","text":"Сколько?"}""";

    private static ReceiveForm Read(string json, string kind = "press-question") => HandedIn.Read(kind, Other, Encoding.UTF8.GetBytes(json));
    private static Form Form(string json)
    {
        using var parsed = CanonicalJson.Parse(Read(json).Json);
        return FormReader.Read(parsed.RootElement);
    }

    [Fact] public void has_its_origin_for_its_id() => Assert.Equal($"press-question:{Other}", Form(Asked).MessageId);
    [Fact] public void whatever_id_it_claims() => Assert.Equal($"press-question:{Other}", Form(Asked.Insert(1, "\"messageId\":\"mine\",")).MessageId);
    [Fact] public void says_by_which_door_it_came() => Assert.Equal(("press-question", Question), Read(Asked) is var form ? (form.Channel, form.Origin) : default);
    [Fact] public void may_have_come_to_an_account_of_a_body() => Assert.Equal(new Origin("inbox", Other), Read(Asked, "inbox").Origin);
    [Fact] public void goes_to_no_quarantine() => Assert.False(Read(Asked).IsQuarantined);
    [Fact] public void of_another_kind_is_unknown() => Refuses("not-found", () => Read(Asked, "love-letter"), RefusalKind.Missing);
    [Fact] public void is_a_form() => Refuses("form-invalid", () => Read("[]"), RefusalKind.Invalid, "body");
    [Fact] public void names_who_asks() => Refuses("particulars-missing", () => HandedIn.Named(Form("""{"applicant":{"kind":"individual"},"language":"ru","answerForm":"electronic"}"""), Question), RefusalKind.Invalid, "applicant");
    [Fact] public void by_any_other_door_an_anonymous_one_is_kept() => Assert.True(HandedIn.Named(Form("""{"applicant":{"kind":"individual"},"language":"ru","answerForm":"electronic"}"""), null).IsAnonymous);

    [Fact] public void to_clarify_a_statement_has_two_working_days() => Assert.Equal("media-statement-clarification", Law.Regimes.All[HandedIn.Proposed(new("statement-clarification", Other))!].Reply);
    [Fact] public void of_the_press_has_the_term_that_its_words_point_to() => Assert.Null(HandedIn.Proposed(Question));
    [Fact] public void shows_its_origin() => Assert.Equal(Question, InquiryViewFold.Evolve(InquiryViewFold.Evolve(null, Received), Registered with { Origin = Question })!.Origin);

    [Fact]
    public void tells_its_origin_to_whoever_hears_of_it()
    {
        var message = (Contracts.Inquiries.InquiryRegistered)Leaves.List.For(new Event<InquiryRegistered>(Registered with { Origin = Question }) { Version = 2 })!.Message;
        Assert.Equal(Question, message.Origin);
        Golden.Check("messages/Contracts.Inquiries.InquiryRegistered.origin", message);
    }
}
