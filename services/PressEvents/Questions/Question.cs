using Platform;

namespace PressEvents;

public enum QuestionState { Asked, Moderated, Declined, Merged, PutToSpeaker, Answered, PromisedInWriting, AnsweredInWriting }

/// <summary>One question as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record Question(QuestionAsked Asked, QuestionState State) : IOfBody
{
    public Guid Id => Asked.QuestionId;
    public Guid PressEventId => Asked.PressEventId;
    public string Body => Asked.Body;
    public Bilingual? Wording { get; init; }
    public QuestionDeclined? Declined { get; init; }
    public Guid? MergedInto { get; init; }
    public QuestionPutToSpeaker? Put { get; init; }
    public QuestionAnswered? Answered { get; init; }
    public WrittenAnswerPromised? Promise { get; init; }
    public QuestionAnsweredInWriting? Written { get; init; }
}

/// <summary>Every rule about a question, and nothing else: no clock, no store, no ids made here.</summary>
public static partial class QuestionDecider
{
    public static readonly Type[] Facts =
    [
        typeof(QuestionAsked), typeof(QuestionModerated), typeof(QuestionDeclined), typeof(QuestionMerged), typeof(QuestionPutToSpeaker),
        typeof(QuestionAnswered), typeof(WrittenAnswerPromised), typeof(QuestionAnsweredInWriting),
    ];

    public static Question? Evolve(Question? state, object fact) => (fact switch
    {
        QuestionAsked e => new(e, QuestionState.Asked),
        QuestionModerated e => state! with { Wording = e.Wording },
        QuestionDeclined e => state! with { Declined = e },
        QuestionMerged e => state! with { MergedInto = e.IntoQuestionId },
        QuestionPutToSpeaker e => state! with { Put = e },
        QuestionAnswered e => state! with { Answered = e },
        WrittenAnswerPromised e => state! with { Promise = e },
        QuestionAnsweredInWriting e => state! with { Written = e },
        _ => throw Unknown(fact),
    }) with
    { State = Next(state?.State ?? QuestionState.Asked, fact) };

    /// <summary>The state after a fact, for the stream and for its view alike; a wording may be corrected later and moves nothing then.</summary>
    public static QuestionState Next(QuestionState now, object fact) => fact switch
    {
        QuestionAsked => QuestionState.Asked,
        QuestionModerated => now == QuestionState.Asked ? QuestionState.Moderated : now,
        QuestionDeclined => QuestionState.Declined,
        QuestionMerged => QuestionState.Merged,
        QuestionPutToSpeaker => QuestionState.PutToSpeaker,
        QuestionAnswered => QuestionState.Answered,
        WrittenAnswerPromised => QuestionState.PromisedInWriting,
        QuestionAnsweredInWriting => QuestionState.AnsweredInWriting,
        _ => throw Unknown(fact),
    };

    private static InvalidOperationException Unknown(object fact) => new($"{fact.GetType().Name} is not a fact about a question.");
}
