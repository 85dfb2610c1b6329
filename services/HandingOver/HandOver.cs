namespace HandingOver;

// The facts about one hand-over: a thing of this service becomes a request in Inquiries. Their stored shape is for ever. The form that is handed
// over is vault text until it was taken, under a subject of its own that is erased then.

/// <summary>
/// It was asked for, and is stored before anything is sent. <paramref name="Kind"/>: press-question, statement-clarification, inbox; <paramref name="OriginId"/>: its
/// id here. <paramref name="FormId"/>: the vault item; <paramref name="FormMac"/> (keyed hash, base64) tells a repeat. <paramref name="Body"/>: who answers for it here.
/// </summary>
public sealed record HandOverAsked(Guid HandOverId, string Kind, Guid OriginId, string Body, string Holder, Guid SubjectId, Guid FormId, string FormMac, DateTimeOffset At);

/// <summary>It was sent, or could not be, and nobody knows what came of it; it is sent again under the same key until somebody does.</summary>
public sealed record HandOverLeftUnknown(Guid HandOverId, string Code, DateTimeOffset At);

/// <summary>It is a request now. <paramref name="Defects"/>: what the other service found missing (its closed list). <paramref name="KnownFrom"/>: reply, or message where the reply was lost.</summary>
public sealed record HandOverTaken(Guid HandOverId, string Kind, Guid OriginId, string Body, Guid SubjectId, Guid InquiryId, string Number, IReadOnlyList<string> Defects,
    string KnownFrom, DateTimeOffset At);

/// <summary>The other service refused it, with a code and the fields concerned; it may be asked for again with other particulars.</summary>
public sealed record HandOverRefused(Guid HandOverId, Guid SubjectId, string Code, IReadOnlyList<string> Fields, DateTimeOffset At);

public enum HandOverState { Asked, OutcomeUnknown, HandedOver, Refused }

/// <summary>One hand-over as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record HandOver(HandOverAsked Asked, HandOverState State)
{
    public Guid Id => Asked.HandOverId;
    public HandOverTaken? Taken { get; init; }
    public HandOverRefused? Refused { get; init; }
}

/// <summary>What came of a call.</summary>
public abstract record CallOutcome
{
    private CallOutcome() { }

    public sealed record Taken(Guid InquiryId, string Number, IReadOnlyList<string> Defects) : CallOutcome;

    public sealed record Refused(string Code, IReadOnlyList<string> Fields) : CallOutcome;

    /// <summary>Nobody knows, or nobody was there: the same again later.</summary>
    public sealed record Unknown(string Code) : CallOutcome;
}

/// <summary>Every rule about a hand-over: values in, values out.</summary>
public static class HandOverDecider
{
    public const string Reply = "reply", Message = "message";

    public static readonly Type[] Facts = [typeof(HandOverAsked), typeof(HandOverLeftUnknown), typeof(HandOverTaken), typeof(HandOverRefused)];

    public static HandOver? Evolve(HandOver? state, object fact) => fact switch
    {
        HandOverAsked e => new(e, HandOverState.Asked),
        HandOverLeftUnknown => state! with { State = HandOverState.OutcomeUnknown },
        HandOverTaken e => state! with { State = HandOverState.HandedOver, Taken = e },
        HandOverRefused e => state! with { State = HandOverState.Refused, Refused = e },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a hand-over."),
    };

    /// <summary>Whether the same was asked for already; one thing becomes one request, so other particulars come too late unless the first were refused.</summary>
    public static bool IsSaid(HandOver? state, string formMac) => state switch
    {
        null or { State: HandOverState.Refused } => false,
        _ when state.Asked.FormMac == formMac => true,
        { State: HandOverState.HandedOver } => throw Platform.Refused.Conflict("handed-over", "It is a request already.",
            new Dictionary<string, object?> { ["inquiryId"] = state.Taken!.InquiryId, ["number"] = state.Taken.Number }),
        _ => throw Platform.Refused.Conflict("hand-over-running", "It is being handed over with other particulars."),
    };

    public static IReadOnlyList<object> Decide(HandOver state, CallOutcome outcome, DateTimeOffset now) => (state.State, outcome) switch
    {
        (HandOverState.HandedOver or HandOverState.Refused, _) => [], // the message was quicker than the reply
        (_, CallOutcome.Taken e) => [TakenBy(state, e, Reply, now)],
        (_, CallOutcome.Refused e) => [new HandOverRefused(state.Id, state.Asked.SubjectId, e.Code, e.Fields, now)],
        (HandOverState.Asked, CallOutcome.Unknown e) => [new HandOverLeftUnknown(state.Id, e.Code, now)],
        _ => [], // unknown it was before
    };

    /// <summary>The other service tells of the request it made of it; the reply may have been lost.</summary>
    public static IReadOnlyList<object> Hear(HandOver state, Guid inquiryId, string number, DateTimeOffset now) =>
        state.State == HandOverState.HandedOver ? [] : [TakenBy(state, new(inquiryId, number, []), Message, now)];

    private static HandOverTaken TakenBy(HandOver state, CallOutcome.Taken taken, string knownFrom, DateTimeOffset now) =>
        new(state.Id, state.Asked.Kind, state.Asked.OriginId, state.Asked.Body, state.Asked.SubjectId, taken.InquiryId, taken.Number, taken.Defects, knownFrom, now);
}
