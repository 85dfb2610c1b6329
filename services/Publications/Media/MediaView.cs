using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>One picture stored with what lists and gates look for; written in the transaction of its facts.</summary>
public sealed record MediaView(Guid Id, MediaItem Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
    public string Sha256 { get; init; } = Now.Sha256;
    public string? BareSha256 { get; init; } = Now.BareSha256;

    /// <summary>Everybody whom anybody says to be in it, confirmed or not; withdrawn assertions left out.</summary>
    public IReadOnlyList<Guid> Persons { get; init; } = [.. Now.Depictions.Where(d => !d.Withdrawn).SelectMany(d => d.Persons).Select(p => p.PersonId).Distinct()];

    /// <summary>An open dispute about it halts people.</summary>
    public bool Halting { get; init; } = Now.Disputes.Any(d => d is { Outcome: null, Halted.Count: > 0 });

    /// <summary>Whom open disputes halt.</summary>
    public static IEnumerable<Guid> Halted(MediaItem media) => media.Disputes.Where(d => d.Outcome is null).SelectMany(d => d.Halted);
}

public sealed partial class MediaViews : SingleStreamProjection<MediaView, Guid>
{
    public MediaViews()
    {
        foreach (var fact in MediaFold.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override MediaView? Evolve(MediaView? snapshot, Guid id, IEvent e) => new(id, MediaFold.Evolve(snapshot?.Now, e.Data)!);
}

public static class MediaStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(MediaFold.Facts);
        options.Projections.Add<MediaItemFold>(ProjectionLifecycle.Live);
        options.Projections.Add<MediaViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<MediaUsing>(ProjectionLifecycle.Inline);
        options.Schema.For<MediaView>()
            .UseNumericRevisions(true)
            .Duplicate(m => m.Body)
            .Duplicate(m => m.Sha256)
            .Duplicate(m => m.BareSha256!)
            .Duplicate(m => m.Halting, configure: index => index.Predicate = "halting")
            .Index([m => m.Body, m => m.Sha256])
            .GinIndexJsonData();
        options.Schema.For<MediaUsed>()
            .Duplicate(u => u.MediaId)
            .Duplicate(u => u.PublicationId)
            .Index([u => u.MediaId, u => u.PublicationId]);
    }
}
