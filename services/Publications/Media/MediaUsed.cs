using JasperFx.Events;
using Marten;
using Marten.Events.Projections;

namespace Publications;

/// <summary>A publication whose content holds or once held a picture; by this its uses are found, whatever became of the content later.</summary>
public sealed record MediaUsed(string Id, Guid MediaId, Guid PublicationId)
{
    public static MediaUsed Of(Guid mediaId, Guid publicationId) => new($"{mediaId:N}_{publicationId:N}", mediaId, publicationId);
}

/// <summary>One row for each picture and publication that ever met; it only grows.</summary>
public sealed partial class MediaUsing : EventProjection
{
    public MediaUsing()
    {
        foreach (var fact in PublicationFold.Facts)
        {
            IncludeType(fact);
        }

        Options.DeleteViewTypeOnTeardown<MediaUsed>(); // a rebuild begins with none
    }

    /// <summary>The content that a fact brings; null for those that bring none.</summary>
    public static Content? ContentOf(object fact) => fact switch
    {
        PublicationDrafted e => e.Content,
        PublicationEdited e => e.Content,
        CorrectionProposed e => e.Content,
        PublicationCorrected e => e.Content,
        _ => null,
    };

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        foreach (var media in (ContentOf(e.Data)?.Media ?? []).Select(use => use.MediaId).Distinct())
        {
            operations.Store(MediaUsed.Of(media, e.StreamId));
        }

        return ValueTask.CompletedTask;
    }
}
