using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class StatementFold : SingleStreamProjection<Statement, Guid>
{
    public override Statement? Evolve(Statement? snapshot, Guid id, IEvent e) => StatementDecider.Evolve(snapshot, e.Data);
}

/// <summary>A correction: when, and why in kk and ru.</summary>
public sealed record StatementCorrection(DateTimeOffset At, Bilingual Reason);

/// <summary>A statement as its list and page show it: Drafted, Submitted, Approved (these for its body), Released, Withdrawn. Instants in UTC, shown with Almaty's offset.</summary>
public sealed record StatementView(Guid Id, string Kind, string Body, string State, Bilingual Title, Bilingual? Text) : IRevisioned
{
    public int Version { get; set; }

    /// <summary>Anybody may see it: it was released.</summary>
    public bool IsOpen { get; init; }
    public string? Region { get; init; }
    public DateTimeOffset? ReleasedAt { get; init; }
    public IReadOnlyList<StatementCorrection> Corrections { get; init; } = [];
    public DateTimeOffset? WithdrawnAt { get; init; }
    public Bilingual? WithdrawnBecause { get; init; }

    public StatementView Shown() => this with
    {
        ReleasedAt = ReleasedAt?.InAlmaty(),
        WithdrawnAt = WithdrawnAt?.InAlmaty(),
        Corrections = [.. Corrections.Select(c => c with { At = c.At.InAlmaty() })],
    };
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class StatementViewFold
{
    public static StatementView? Evolve(StatementView? view, object fact) => fact switch
    {
        StatementDrafted e => new(e.StatementId, e.Kind, e.Body, nameof(StatementState.Drafted), e.Title, e.Text) { Region = Holders.Find(e.Body)?.Kato },
        StatementRevised e => view! with { Title = e.Title, Text = e.Text, State = nameof(StatementState.Drafted) },
        StatementSubmitted => view! with { State = nameof(StatementState.Submitted) },
        StatementApproved => view! with { State = nameof(StatementState.Approved) },
        StatementReleased e => view! with { State = nameof(StatementState.Released), IsOpen = true, ReleasedAt = e.At.ToUniversalTime() },
        StatementCorrected e => view! with { Title = e.Title, Text = e.Text, Corrections = [.. view.Corrections, new(e.At.ToUniversalTime(), e.Reason)] },
        // what was taken back is not handed on; as of an earlier instant it reads as it did
        StatementWithdrawn e => view! with { State = nameof(StatementState.Withdrawn), Text = null, WithdrawnAt = e.At.ToUniversalTime(), WithdrawnBecause = e.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a statement."),
    };
}

public sealed partial class StatementViews : SingleStreamProjection<StatementView, Guid>
{
    public StatementViews()
    {
        foreach (var fact in StatementDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override StatementView? Evolve(StatementView? snapshot, Guid id, IEvent e) => StatementViewFold.Evolve(snapshot, e.Data);
}
