using Platform;

namespace Inquiries;

// The facts about one request for information. Their stored shape is for ever: add optional fields, never rename or reuse.
// No name, IIN, contact or free text stands in them: those live in the vault under SubjectId.

/// <summary>A form came in and was durably accepted <paramref name="At"/>; <paramref name="Holder"/> is who it counts for (scc when the form named nobody we know).</summary>
public sealed record InquiryReceived(Guid InquiryId, Guid SubjectId, string Holder, string Language, string AnswerForm, string Channel,
    string ApplicantKind, IReadOnlyList<string> Defects, int Attachments, DateTimeOffset At);

/// <summary>It got its number. <paramref name="RegisteredAt"/> is the lawful moment of registration (APPK 64(3)), <paramref name="Due"/> and <paramref name="SafeDue"/> the reply's days in Asia/Almaty (401-V art. 11(10)).</summary>
public sealed record InquiryRegistered(Guid InquiryId, string Number, DateTimeOffset RegisteredAt, DateOnly Due, DateOnly SafeDue,
    string Edition, string CalendarVersion, DateTimeOffset At);

/// <summary>The door proposes not to consider it, for it is anonymous (401-V art. 11(7)); an officer confirms.</summary>
public sealed record InquiryNotConsidered(Guid InquiryId, string Reason, DateTimeOffset At);

/// <summary>A unit, and perhaps an executor, of the holder has it.</summary>
public sealed record InquiryAssigned(Guid InquiryId, string Unit, string? Executor, DateTimeOffset At);

/// <summary>It went to the competent holder in full and goes on there as another request (401-V art. 11(11)). The reason is vault text.</summary>
public sealed record InquiryForwarded(Guid InquiryId, string ToHolder, Guid ForwardedInquiryId, Guid? ReasonId, DateTimeOffset At);

/// <summary>It came from another holder; this moment is the new holder's receipt.</summary>
public sealed record InquiryHandedOver(Guid InquiryId, Guid SubjectId, Guid FromInquiryId, string FromHolder, string Holder, string Language,
    string AnswerForm, string ApplicantKind, DateTimeOffset At);

/// <summary>It was answered. The words are vault text <paramref name="AnswerId"/>; <paramref name="TextMac"/> (keyed hash, base64) tells a repeat.</summary>
public sealed record InquiryAnswered(Guid InquiryId, Guid AnswerId, IReadOnlyList<string> Languages, string TextMac, DateTimeOffset At);

/// <summary>An official cleared masked words of the answer for everybody (401-V art. 16(3)).</summary>
public sealed record AnswerClearedForDisclosure(Guid InquiryId, Guid DisclosureId, Bilingual Title, Bilingual Text, DateTimeOffset At);

/// <summary>Where a request stands.</summary>
public enum InquiryState { Received, Registered, Assigned, Answered, Forwarded, NotConsidered }

/// <summary>One request as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record Inquiry(Guid Id, Guid SubjectId, string Holder, string Language, string AnswerForm, string ApplicantKind, InquiryState State) : IOfBody
{
    public string Body => Holder;
    public string? Number { get; init; }
    public string? Unit { get; init; }
    public string? Executor { get; init; }
    public InquiryForwarded? Forwarded { get; init; }
    public InquiryAnswered? Answer { get; init; }
    public AnswerClearedForDisclosure? Disclosure { get; init; }

    /// <summary>Waits for an act of its holder.</summary>
    public bool IsOpen => State is InquiryState.Registered or InquiryState.Assigned;
}

/// <summary>Every rule about one request, and nothing else: no clock, no store, no bus, no ids made here.</summary>
public static class InquiryDecider
{
    public static readonly Type[] Facts =
    [
        typeof(InquiryReceived), typeof(InquiryRegistered), typeof(InquiryNotConsidered), typeof(InquiryAssigned),
        typeof(InquiryForwarded), typeof(InquiryHandedOver), typeof(InquiryAnswered), typeof(AnswerClearedForDisclosure),
        typeof(DeadlinesRecalculated),
    ];

    public static Inquiry? Evolve(Inquiry? state, object fact) => fact switch
    {
        InquiryReceived e => new(e.InquiryId, e.SubjectId, e.Holder, e.Language, e.AnswerForm, e.ApplicantKind, InquiryState.Received),
        InquiryHandedOver e => new(e.InquiryId, e.SubjectId, e.Holder, e.Language, e.AnswerForm, e.ApplicantKind, InquiryState.Received),
        InquiryRegistered e => state! with { State = InquiryState.Registered, Number = e.Number },
        InquiryNotConsidered => state! with { State = InquiryState.NotConsidered },
        InquiryAssigned e => state! with { State = InquiryState.Assigned, Unit = e.Unit, Executor = e.Executor },
        InquiryForwarded e => state! with { State = InquiryState.Forwarded, Forwarded = e },
        InquiryAnswered e => state! with { State = InquiryState.Answered, Answer = e },
        AnswerClearedForDisclosure e => state! with { Disclosure = e },
        DeadlinesRecalculated => state,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an inquiry."),
    };

    public static IReadOnlyList<object> Decide(Inquiry state, AssignInquiry ask, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Unit))
        {
            throw Refused.Invalid("unit-missing", "Name the unit that works on it.", "unit");
        }

        return (state.Unit, state.Executor) == (ask.Unit, ask.Executor) && state.State == InquiryState.Assigned
            ? []
            : [new InquiryAssigned(Open(state).Id, ask.Unit, ask.Executor, now)];
    }

    public static IReadOnlyList<object> Decide(Inquiry state, ForwardInquiry ask, bool holderIsKnown, Guid forwardedId, Guid? reasonId, DateTimeOffset now)
    {
        if (!holderIsKnown)
        {
            throw Refused.Invalid("holder-unknown", "holder is a code of the list of holders.", "holder");
        }

        if (ask.Holder == state.Holder)
        {
            throw Refused.Invalid("holder-own", "It stands with this holder already.", "holder");
        }

        return state.Forwarded?.ToHolder == ask.Holder ? [] : [new InquiryForwarded(Open(state).Id, ask.Holder!, forwardedId, reasonId, now)];
    }

    public static IReadOnlyList<object> Decide(Inquiry state, AnswerInquiry ask, Guid answerId, string textMac, DateTimeOffset now)
    {
        var languages = ask.Languages(state.Language);
        return state.Answer switch
        {
            null => [new InquiryAnswered(Open(state).Id, answerId, languages, textMac, now)],
            var given when given.TextMac == textMac => [], // said twice, recorded once
            _ => throw Refused.Conflict("already-answered", "It is answered; correct that answer instead of giving a second one."),
        };
    }

    public static IReadOnlyList<object> Decide(Inquiry state, ClearForDisclosure ask, Guid disclosureId, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Text?.Kk) && string.IsNullOrWhiteSpace(ask.Text?.Ru))
        {
            throw Refused.Invalid("text-missing", "Give the masked words, in kk, ru or both.", "text");
        }

        if (string.IsNullOrWhiteSpace(ask.Title?.Kk) && string.IsNullOrWhiteSpace(ask.Title?.Ru))
        {
            throw Refused.Invalid("title-missing", "Give a title, in kk, ru or both.", "title");
        }

        return state switch
        {
            { Disclosure: { } cleared } when cleared.Text == ask.Text && cleared.Title == ask.Title => [],
            { Disclosure: not null } => throw Refused.Conflict("already-cleared", "It was cleared with other words."),
            { Answer: null } => throw Refused.Conflict("not-answered", "Only an answer can be cleared for disclosure."),
            _ => [new AnswerClearedForDisclosure(state.Id, disclosureId, ask.Title!, ask.Text!, now)],
        };
    }

    private static Inquiry Open(Inquiry state) => state.IsOpen ? state : throw Refused.Conflict("not-open",
        $"It waits for no act of the holder: it is {state.State}.");
}
