using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class QuestionFold : SingleStreamProjection<Question, Guid>
{
    public override Question? Evolve(Question? snapshot, Guid id, IEvent e) => QuestionDecider.Evolve(snapshot, e.Data);
}

/// <summary>One question as it is stored for lists; without the asker's words. What is shown of it is a <see cref="QuestionShown"/>. Instants in UTC, for columns take no other.</summary>
public sealed record QuestionView(Guid Id, Guid PressEventId, string Body, string Source, string Language, string State, bool Anonymous, bool Late, Guid SubjectId,
    Guid TextId, Guid? AskerId, DateTimeOffset AskedAt) : IRevisioned
{
    public int Version { get; set; }
    public string? AskingBody { get; init; }
    public Bilingual? Wording { get; init; }
    public string? DeclineReason { get; init; }
    public Guid? MergedInto { get; init; }
    public Speaker? Speaker { get; init; }
    public string? Timecode { get; init; }
    public Guid? SegmentId { get; init; }
    public bool OffRecord { get; init; }
    public Bilingual? Summary { get; init; }
    public string? AnswerTimecode { get; init; }
    public Speaker? PromisedBy { get; init; }

    /// <summary>The day (Asia/Almaty) after which a promise's working days run, how many, and by which edition of the rule.</summary>
    public DateOnly? PromisedOn { get; init; }
    public int? WorkingDays { get; init; }
    public string? PromiseEdition { get; init; }
    public Bilingual? WrittenAnswer { get; init; }
    public string? WrittenUrl { get; init; }
    public DateTimeOffset? KeptAt { get; init; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class QuestionViewFold
{
    public static QuestionView? Evolve(QuestionView? view, object fact) => Fold(view, fact) with
    {
        State = QuestionDecider.Next(view is null ? QuestionState.Asked : Enum.Parse<QuestionState>(view.State), fact).ToString(),
    };

    private static QuestionView Fold(QuestionView? view, object fact) => fact switch
    {
        QuestionAsked e => new(e.QuestionId, e.PressEventId, e.Body, e.Source, e.Language, "", e.Anonymous, e.Late, e.SubjectId, e.TextId, e.AskerId, e.At.ToUniversalTime())
        { AskingBody = e.AskingBody },
        QuestionModerated e => view! with { Wording = e.Wording },
        QuestionDeclined e => view! with { DeclineReason = e.Reason },
        QuestionMerged e => view! with { MergedInto = e.IntoQuestionId },
        QuestionPutToSpeaker e => view! with { Speaker = e.Speaker, Timecode = e.Timecode, SegmentId = e.SegmentId, OffRecord = e.OffRecord },
        QuestionAnswered e => view! with { Summary = e.Summary, AnswerTimecode = e.Timecode },
        WrittenAnswerPromised e => view! with { PromisedBy = e.By, PromisedOn = e.From, WorkingDays = e.WorkingDays, PromiseEdition = e.Edition },
        QuestionAnsweredInWriting e => view! with { WrittenAnswer = e.Text, WrittenUrl = e.Url, KeptAt = e.At.ToUniversalTime() },
        _ => view!, // the state's own fold stops at what is no fact
    };
}

public sealed partial class QuestionViews : SingleStreamProjection<QuestionView, Guid>
{
    public QuestionViews()
    {
        foreach (var fact in QuestionDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override QuestionView? Evolve(QuestionView? snapshot, Guid id, IEvent e) => QuestionViewFold.Evolve(snapshot, e.Data);
}

public static class QuestionStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(QuestionDecider.Facts);
        options.Projections.Add<QuestionFold>(ProjectionLifecycle.Live);
        options.Projections.Add<QuestionViews>(ProjectionLifecycle.Inline);
        options.Schema.For<QuestionView>()
            .UseNumericRevisions(true)
            .Duplicate(q => q.PressEventId)
            .Duplicate(q => q.State)
            .Duplicate(q => q.Body)
            .Duplicate(q => q.AskedAt)
            .Duplicate(q => q.PromisedOn)
            .Duplicate(q => q.WorkingDays)
            .Index([q => q.PressEventId, q => q.AskedAt])
            .Index([q => q.State, q => q.PromisedOn!]);
    }
}
