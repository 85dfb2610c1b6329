using NodaTime;
using Platform;

namespace Inquiries;

/// <summary>Where a request stands. Open from Registered to ForwardedInPart; Complained after a final one.</summary>
public enum InquiryState
{
    Received, Registered, Assigned, ClarificationAsked, Extended, ForwardedInPart, Answered, AnsweredPartly, PointedToPublication, Refused, Forwarded,
    Returned, Withdrawn, NotConsidered, Complained,
}

/// <summary>One request as its facts leave it. Live state of the stream; never stored.</summary>
public sealed record Inquiry(Guid Id, Guid SubjectId, string Holder, string Language, string AnswerForm, string ApplicantKind, InquiryState State, Times Times) : IOfBody
{
    public string Body => Holder;
    public string? Number { get; init; }
    public string? Unit { get; init; }
    public string? Executor { get; init; }
    public IReadOnlyList<string> Defects { get; init; } = [];
    public IReadOnlyList<int> Tags { get; init; } = [];
    public bool AnonymityConfirmed { get; init; }

    /// <summary>Came from another holder, and not yet acknowledged (false) or acknowledged (true); null when it came from outside.</summary>
    public bool? Accepted { get; init; }

    /// <summary>A repeat of what was pointed to a publication.</summary>
    public bool MustAnswerInFull { get; init; }
    public ClarificationAsked? Clarification { get; init; }
    public ClarificationGiven? Clarified { get; init; }
    public DeadlineExtended? Extension { get; init; }
    public InquiryForwarded? Forwarded { get; init; }
    public IReadOnlyList<ForwardedPart> Parts { get; init; } = [];
    public GivenAnswer? Answer { get; init; }
    public InquiryRefused? Refusal { get; init; }
    public PointedToPublication? Pointed { get; init; }
    public Guid? NextInquiryId { get; init; }
    public AnswerDispatched? Dispatched { get; init; }
    public Guid? DuplicateOf { get; init; }
    public AnswerClearedForDisclosure? Disclosure { get; init; }
    public Complaint? Complaint { get; init; }
    public IReadOnlyList<StoredFile> Files { get; init; } = [];
    public string? Signature { get; init; }
    public PersonalData PersonalData { get; init; } = PersonalData.Untouched;

    /// <summary>Waits for an act of its holder.</summary>
    public bool IsOpen => State.IsOpen();

    /// <summary>An act of the holder ended it.</summary>
    public bool IsFinal => State is InquiryState.Answered or InquiryState.AnsweredPartly or InquiryState.PointedToPublication or InquiryState.Refused
        or InquiryState.Returned;
}

/// <summary>An answer, in full or in part, that stands: its vault text and what tells a repeat.</summary>
public sealed record GivenAnswer(Guid AnswerId, string TextMac, bool InFull, IReadOnlyList<Guid>? Files);

/// <summary>A complaint and where it is: with the holder, with its superior, or decided.</summary>
public sealed record Complaint(string Body, string TextMac, DateTimeOffset FiledAt)
{
    public bool PassedUp { get; init; }
    public ComplaintDecided? Decision { get; init; }
}

/// <summary>When a command is decided, and by which calendar: values, no clock.</summary>
public sealed record Act(DateTimeOffset Now, WorkingCalendar Calendar)
{
    public LocalDate Today => Registration.AlmatyDate(Now);
}

public static class InquiryStates
{
    public static bool IsOpen(this InquiryState state) => state is InquiryState.Registered or InquiryState.Assigned or InquiryState.ClarificationAsked
        or InquiryState.Extended or InquiryState.ForwardedInPart;
}

/// <summary>Every rule about one request, and nothing else: no clock, no store, no bus, no ids made here. The rules of each capability stand in its folder.</summary>
public static partial class InquiryDecider
{
    public static readonly Type[] Facts =
    [
        typeof(InquiryReceived), typeof(InquiryRegistered), typeof(InquiryNotConsidered), typeof(AnonymityConfirmed), typeof(AnonymityRejected),
        typeof(InquiryAssigned), typeof(RegimeConfirmed), typeof(TopicsTagged), typeof(ClarificationAsked), typeof(ClarificationGiven),
        typeof(DeadlineExtended), typeof(AskerNotified), typeof(InquiryForwarded), typeof(InquiryForwardedInPart), typeof(InquiryHandedOver),
        typeof(HandOverAccepted), typeof(InquiryAnswered), typeof(InquiryAnsweredPartly), typeof(PointedToPublication), typeof(FullAnswerAsked),
        typeof(InquiryRepeated), typeof(InquiryRefused), typeof(InquiryReturned), typeof(InquiryWithdrawn), typeof(AnswerDispatched),
        typeof(ViolationRecorded), typeof(AnswerClearedForDisclosure), typeof(ComplaintFiled), typeof(ComplaintPassedUp), typeof(ComplaintDecided),
        typeof(AttachmentAdded), typeof(AttachmentHeldBack), typeof(SignatureChecked),
        typeof(DeadlineApproaching), typeof(DeadlineMissed), typeof(DeadlinesRecalculated), typeof(DuplicateConfirmed), typeof(DuplicateUndone),
        .. PersonalDataRules.Facts,
    ];

    public static Inquiry? Evolve(Inquiry? state, object fact)
    {
        var next = fact switch
        {
            InquiryReceived e => Begin(e.InquiryId, e.SubjectId, e.Holder, e.Language, e.AnswerForm, e.ApplicantKind, e) with { Defects = e.Defects },
            InquiryHandedOver e => Begin(e.InquiryId, e.SubjectId, e.Holder, e.Language, e.AnswerForm, e.ApplicantKind, e) with { Accepted = false },
            InquiryRepeated e => Begin(e.InquiryId, e.SubjectId, e.Holder, e.Language, e.AnswerForm, e.ApplicantKind, e) with { MustAnswerInFull = true },
            _ => state!,
        };
        return (fact switch
        {
            InquiryRegistered e => next with { Number = e.Number },
            AnonymityConfirmed => next with { AnonymityConfirmed = true },
            InquiryAssigned e => next with { Unit = e.Unit, Executor = e.Executor },
            TopicsTagged e => next with { Tags = e.Tags },
            ClarificationAsked e => next with { Clarification = e, Clarified = null },
            ClarificationGiven e => next with { Clarified = e },
            DeadlineExtended e => next with { Extension = e },
            InquiryForwarded e => next with { Forwarded = e },
            InquiryForwardedInPart e => next with { Parts = [.. next.Parts, .. e.Parts] },
            HandOverAccepted => next with { Accepted = true },
            InquiryAnswered e => next with { Answer = new(e.AnswerId, e.TextMac, InFull: true, e.Files) },
            InquiryAnsweredPartly e => next with { Answer = new(e.AnswerId, e.TextMac, InFull: false, e.Files) },
            PointedToPublication e => next with { Pointed = e },
            FullAnswerAsked e => next with { NextInquiryId = e.NextInquiryId },
            InquiryRefused e => next with { Refusal = e },
            AnswerDispatched e => next with { Dispatched = e },
            DuplicateConfirmed e => next with { DuplicateOf = e.Of },
            DuplicateUndone => next with { DuplicateOf = null },
            AnswerClearedForDisclosure e => next with { Disclosure = e },
            ComplaintFiled e => next with { Complaint = new(next.Holder, e.TextMac, e.At) },
            AttachmentAdded or AttachmentHeldBack => next with { Files = AttachmentDecider.Evolve(next.Files, fact) },
            SignatureChecked e => next with { Signature = e.Outcome },
            IPersonalDataFact e => next with { PersonalData = PersonalDataRules.Evolve(next.PersonalData, e) },
            ComplaintPassedUp e => next with { Complaint = next.Complaint! with { Body = e.ToBody, PassedUp = true } },
            ComplaintDecided e => (Reopens(e) ? next with { Answer = null, Refusal = null, Pointed = null } : next) with { Complaint = next.Complaint! with { Decision = e } },
            _ => next,
        }) with
        { State = Next(state?.State ?? InquiryState.Received, state, fact), Times = TimesFold.Evolve(state?.Times, fact) };
    }

    /// <summary>The state after a fact, for the stream and for its view alike; what does not move it leaves it.</summary>
    public static InquiryState Next(InquiryState now, object fact, bool isAssigned) => fact switch
    {
        InquiryReceived or InquiryHandedOver or InquiryRepeated => InquiryState.Received,
        InquiryRegistered => InquiryState.Registered,
        InquiryNotConsidered => InquiryState.NotConsidered,
        InquiryAssigned => now == InquiryState.Registered ? InquiryState.Assigned : now,
        ClarificationAsked => InquiryState.ClarificationAsked,
        ClarificationGiven => now == InquiryState.ClarificationAsked ? isAssigned ? InquiryState.Assigned : InquiryState.Registered : now,
        DeadlineExtended => InquiryState.Extended,
        InquiryForwarded => InquiryState.Forwarded,
        InquiryForwardedInPart => InquiryState.ForwardedInPart,
        InquiryAnswered => InquiryState.Answered,
        InquiryAnsweredPartly => InquiryState.AnsweredPartly,
        PointedToPublication => InquiryState.PointedToPublication,
        InquiryRefused => InquiryState.Refused,
        InquiryReturned => InquiryState.Returned,
        InquiryWithdrawn => InquiryState.Withdrawn,
        ComplaintFiled => now.IsOpen() ? now : InquiryState.Complained,
        ComplaintDecided e when Reopens(e) && !now.IsOpen() => isAssigned ? InquiryState.Assigned : InquiryState.Registered,
        AnonymityConfirmed or AnonymityRejected or RegimeConfirmed or TopicsTagged or AskerNotified or HandOverAccepted or FullAnswerAsked or AnswerDispatched
            or ViolationRecorded or AnswerClearedForDisclosure or ComplaintPassedUp or ComplaintDecided or AttachmentAdded or AttachmentHeldBack or SignatureChecked
            or DeadlineApproaching or DeadlineMissed or DeadlinesRecalculated or DuplicateConfirmed or DuplicateUndone
            or IPersonalDataFact => now,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an inquiry."),
    };

    private static InquiryState Next(InquiryState now, Inquiry? state, object fact) => Next(now, fact, state?.Unit is not null);

    /// <summary>A complaint that was satisfied, in full or in part, opens the request again.</summary>
    public static bool Reopens(ComplaintDecided decided) => decided.Outcome != ComplaintOutcomes.Denied;

    private static Inquiry Begin(Guid id, Guid subjectId, string holder, string language, string answerForm, string applicantKind, object fact) =>
        new(id, subjectId, holder, language, answerForm, applicantKind, InquiryState.Received, TimesFold.Evolve(null, fact));

    /// <summary>The request, if it waits for an act of its holder.</summary>
    private static Inquiry Open(Inquiry state) => state.IsOpen ? state : throw Refused.Conflict("not-open",
        $"It waits for no act of the holder: it is {state.State}.");

    /// <summary>The act, and beside it the violation if its term has passed: late acts stand, and are told.</summary>
    private static IReadOnlyList<object> Timely(Inquiry state, Act act, object fact, params IEnumerable<string> rules) =>
        [fact, .. Terms.Of(state.Times, act.Calendar).Where(t => rules.Contains(t.Rule) && t.EndedBy(act.Now)).Select(t => new ViolationRecorded(state.Id, t.Rule, t.Due.ToDateOnly(), act.Now))];
}
