using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Publications;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class CrisisPlanFold : SingleStreamProjection<CrisisPlan, Guid>
{
    public override CrisisPlan? Evolve(CrisisPlan? snapshot, Guid id, IEvent e) => CrisisPlanDecider.Evolve(snapshot, e.Data);
}

/// <summary>One plan stored with what lists look at; written in the transaction of its facts.</summary>
public sealed record CrisisPlanView(Guid Id, CrisisPlan Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class CrisisPlanViewFold
{
    public static CrisisPlanView? Evolve(CrisisPlanView? view, Guid id, object fact) => new(id, CrisisPlanDecider.Evolve(view?.Now, fact)!);
}

public sealed partial class CrisisPlanViews : SingleStreamProjection<CrisisPlanView, Guid>
{
    public CrisisPlanViews()
    {
        foreach (var fact in CrisisPlanDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override CrisisPlanView? Evolve(CrisisPlanView? snapshot, Guid id, IEvent e) => CrisisPlanViewFold.Evolve(snapshot, id, e.Data);
}
