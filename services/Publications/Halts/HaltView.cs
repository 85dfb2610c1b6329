using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Publications;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class HaltFold : SingleStreamProjection<Halt, Guid>
{
    public override Halt? Evolve(Halt? snapshot, Guid id, IEvent e) => HaltDecider.Evolve(snapshot, e.Data);
}

/// <summary>One halt stored with what lists look at; written in the transaction of its facts. Lifted ones stay: claims judge due times by them.</summary>
public sealed record HaltView(Guid Id, Halt Now) : IRevisioned
{
    public int Version { get; set; }
    public bool IsActive { get; init; } = Now.LiftedAt is null;
    public string? Within { get; init; } = Now.Within;
    public DateTimeOffset PlacedAt { get; init; } = Now.PlacedAt.ToUniversalTime();
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class HaltViewFold
{
    public static HaltView? Evolve(HaltView? view, Guid id, object fact) => new(id, HaltDecider.Evolve(view?.Now, fact)!);
}

public sealed partial class HaltViews : SingleStreamProjection<HaltView, Guid>
{
    public HaltViews()
    {
        foreach (var fact in HaltDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override HaltView? Evolve(HaltView? snapshot, Guid id, IEvent e) => HaltViewFold.Evolve(snapshot, id, e.Data);
}

/// <summary>A halt as officials see it: Active or Lifted; PlacedBy and LiftedBy are callers' ids.</summary>
public sealed record HaltReply(Guid Id, long Version, string State, HaltTarget Scope, string? Within, string? Except, string Reason, string PlacedBy, DateTimeOffset PlacedAt,
    string? LiftedBy, string? LiftReason, DateTimeOffset? LiftedAt)
{
    /// <summary>Accounts, counted in each replica, with sends that may be of its scope and had begun before it, not over when it was asked; null: not looked for.</summary>
    public int? UnderWay { get; init; }
    public const string Active = "Active", Lifted = "Lifted";

    public static HaltReply Of(Halt h, long version) => new(h.Id, version, h.LiftedAt is null ? Active : Lifted, h.Scope, h.Within, h.Except, h.Reason, h.PlacedBy, h.PlacedAt,
        h.LiftedBy, h.LiftReason, h.LiftedAt);
}
