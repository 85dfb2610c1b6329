using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>One person stored with what lists look for; written in the transaction of its facts.</summary>
public sealed record PersonView(Guid Id, RegisteredPerson Now) : IRevisioned
{
    public int Version { get; set; }

    /// <summary>See <see cref="LikeNames"/>.</summary>
    public IReadOnlyList<string> Keys { get; init; } = LikeNames.Keys(Now.Name);
    public IReadOnlyList<string> Words { get; init; } = LikeNames.Words(Now.Name);
    public int BirthYear { get; init; } = Now.BirthYear;
}

public sealed partial class PersonViews : SingleStreamProjection<PersonView, Guid>
{
    public PersonViews()
    {
        foreach (var fact in PersonDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override PersonView? Evolve(PersonView? snapshot, Guid id, IEvent e) => new(id, PersonDecider.Evolve(snapshot?.Now, e.Data)!);
}

public static class PersonStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(PersonDecider.Facts);
        options.Projections.Add<PersonFold>(ProjectionLifecycle.Live);
        options.Projections.Add<PersonViews>(ProjectionLifecycle.Inline);
        options.Schema.For<PersonView>().UseNumericRevisions(true).Duplicate(p => p.BirthYear).GinIndexJsonData();
    }
}
