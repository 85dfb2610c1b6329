using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>
/// Somebody asked to clarify a statement (mass-media law 35). Last days are Asia/Almaty's, by the edition and calendar named; the words and who asks went to the
/// vault and from there to Inquiries. <paramref name="StatementVersion"/>: what the asker read.
/// </summary>
public sealed record ClarificationRequested(Guid RequestId, Guid StatementId, string Body, long StatementVersion, string Language, DateOnly RegisteredOn, DateOnly Due, DateOnly SafeDue, string Edition,
    string CalendarVersion, DateTimeOffset At);

/// <summary>One request to clarify; what becomes of it stands in its hand-over and in Inquiries.</summary>
public sealed record ClarificationRequest(Guid Id, Guid StatementId, string Body) : IOfBody;

/// <summary>The rules about a request to clarify: values in, values out.</summary>
public static class ClarificationDecider
{
    private const string Rule = "media-statement-clarification";

    public static readonly Type[] Facts = [typeof(ClarificationRequested)];

    public static ClarificationRequest? Evolve(ClarificationRequest? state, object fact) => fact switch
    {
        ClarificationRequested e => new(e.RequestId, e.StatementId, e.Body),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a request to clarify."),
    };

    /// <summary>Two working days from the day of registration, which may come after closing time.</summary>
    public static (ClarificationRequested Fact, Deadline Deadline) Request(Guid id, Statement about, long version, string language, WorkingCalendar calendar, DateTimeOffset now)
    {
        var statement = StatementDecider.Standing(about);
        var registered = Registration.AlmatyDate(Registration.RegisteredAt(now, Holders.Find(statement.Body)!, calendar));
        var deadline = Deadlines.Compute(Rule, registered, Registration.AlmatyDate(now), calendar);
        return (new(id, statement.Id, statement.Body, version, language, registered.ToDateOnly(), deadline.Due.ToDateOnly(), deadline.SafeDue.ToDateOnly(), deadline.Edition, deadline.CalendarVersion, now),
            deadline);
    }
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class ClarificationFold : SingleStreamProjection<ClarificationRequest, Guid>
{
    public override ClarificationRequest? Evolve(ClarificationRequest? snapshot, Guid id, IEvent e) => ClarificationDecider.Evolve(snapshot, e.Data);
}

/// <summary>A request to clarify as lists show it: no words, no names.</summary>
public sealed record ClarificationView(Guid Id, Guid StatementId, long StatementVersion, string Language, DateOnly Due, DateOnly SafeDue, DateTimeOffset RequestedAt) : IRevisioned
{
    public int Version { get; set; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class ClarificationViewFold
{
    public static ClarificationView? Evolve(ClarificationView? view, object fact) => fact switch
    {
        ClarificationRequested e => new(e.RequestId, e.StatementId, e.StatementVersion, e.Language, e.Due, e.SafeDue, e.At.ToUniversalTime()),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a request to clarify."),
    };
}

public sealed partial class ClarificationViews : SingleStreamProjection<ClarificationView, Guid>
{
    public ClarificationViews()
    {
        foreach (var fact in ClarificationDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override ClarificationView? Evolve(ClarificationView? snapshot, Guid id, IEvent e) => ClarificationViewFold.Evolve(snapshot, e.Data);
}
