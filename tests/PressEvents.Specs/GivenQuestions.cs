using static PressEvents.Specs.Given;

namespace PressEvents.Specs;

/// <summary>A question of a citizen at a press conference that goes on, and what becomes of it.</summary>
static class GivenQuestions
{
    public static readonly Guid QuestionId = new("01a20000-0000-7000-8000-00000000b001"), OtherId = new("01a20000-0000-7000-8000-00000000b002"), ThirdId = new("01a20000-0000-7000-8000-00000000b003");
    public static readonly Guid Subject = new("01a20000-0000-7000-8000-00000000b0a1"), TextId = new("01a20000-0000-7000-8000-00000000b0a2"), AskerId = new("01a20000-0000-7000-8000-00000000b0a3");
    public static readonly Guid SegmentId = new("01a20000-0000-7000-8000-00000000b0a4");

    /// <summary>Monday, while the event goes on.</summary>
    public static readonly DateTimeOffset During = At("2026-12-07T11:30:00+05:00");

    public static readonly PressEventView Announced_ = View(Filed, Announced);
    public static readonly PressEventView Live = Announced_ with { State = "Live" };

    public static readonly QuestionAsked QAsked = new(QuestionId, Id, "min-emergency", "Site", "ru", Subject, TextId, AskerId, "bWFj", true, null, false, During);
    public static readonly Bilingual Worded = new("Бөгет қашан жөнделеді?", "Когда починят плотину?");
    public static readonly QuestionModerated QModerated = new(QuestionId, Worded, During);
    public static readonly QuestionDeclined QDeclined = new(QuestionId, "OffTopic", During);
    public static readonly QuestionMerged QMerged = new(QuestionId, OtherId, During);
    public static readonly QuestionPutToSpeaker QPut = new(QuestionId, Filed.Speakers[0], "00:12:05.000", SegmentId, false, During);
    public static readonly Bilingual Summary = new("Наурызда жөнделеді.", "Починят в марте.");
    public static readonly QuestionAnswered QAnswered = new(QuestionId, Summary, "00:13:00.250", During);
    public static readonly WrittenAnswerPromised QPromised = new(QuestionId, Id, "min-emergency", Filed.Speakers[0], new(2026, 12, 7), 5, "press-2026", During);
    public static readonly QuestionAnsweredInWriting QWritten = new(QuestionId, Id, "min-emergency", new("Жауап", "Ответ"), "https://gov.kz/answer", During.AddDays(3));

    public static readonly object[] OfQuestions = [QAsked, QModerated, QDeclined, QMerged, QPut, QAnswered, QPromised, QWritten];

    public static Question Ask(params object[] more) => more.Aggregate(QuestionDecider.Evolve(null, QAsked)!, (state, fact) => QuestionDecider.Evolve(state, fact)!);
    public static Question Another(Guid id, params object[] more) => more.Aggregate(QuestionDecider.Evolve(null, QAsked with { QuestionId = id })!, (state, fact) => QuestionDecider.Evolve(state, fact)!);

    public static QuestionView Seen(params object[] more) => more.Prepend(QAsked).Aggregate((QuestionView?)null, QuestionViewFold.Evolve)!;
}
