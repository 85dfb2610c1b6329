using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Platform;

namespace Publications;

/// <summary>
/// One language of a publication as it stood on one channel, for how long, and since when that is recorded. <paramref name="Since"/> and <see cref="Until"/>: when it was so;
/// <paramref name="KnownAt"/> and <see cref="EndKnownAt"/>: when it was recorded. Hash and approval are those under which it went out.
/// </summary>
public sealed record PublicRow(Guid Id, Guid PublicationId, string Body, string Kind, string Channel, string Language, DateTimeOffset Since, DateTimeOffset KnownAt, string ContentHash, string? ApprovedBy,
    string? Title, string? Text)
{
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>The channel's own id of it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Null: it stands there.</summary>
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? EndKnownAt { get; init; }

    /// <summary>Its words are not repeated to everybody once they were taken back.</summary>
    public bool TakenBack { get; init; }
}

/// <summary>From facts to rows: what a fact adds to the public record, and what it ends. Pure.</summary>
public static class PublicRecord
{
    /// <summary>Our own doors and feeds, which are public when it is released.</summary>
    public const string OwnDoors = "platform";

    /// <summary>The facts by which something becomes public or ceases to be; each has its arm in <see cref="After"/>.</summary>
    public static readonly Type[] Facts = [typeof(DeliveryAccepted), typeof(PublicationReleased)];

    /// <summary>The rows that are to be stored after a fact, new ones and ended ones. <paramref name="state"/>: with the fact in it; <paramref name="rows"/>: what stands there.</summary>
    public static IReadOnlyList<PublicRow> After(Publication state, IReadOnlyList<PublicRow> rows, object fact, DateTimeOffset recordedAt) => fact switch
    {
        // what a read-back or a person found later stood there since its call
        DeliveryAccepted e => Stands(state, rows, e.Channel, e.From == "answer" ? e.At : state.Attempts.First(a => a.AttemptId == e.AttemptId).StartedAt, recordedAt, e.ExternalId),
        PublicationReleased e => Stands(state, rows, OwnDoors, e.At, recordedAt, null),
        _ => [],
    };

    /// <summary>Each language of the content on a channel, once for each content: the same again adds nothing, another one ends what stood there.</summary>
    private static IReadOnlyList<PublicRow> Stands(Publication state, IReadOnlyList<PublicRow> rows, string channel, DateTimeOffset from, DateTimeOffset recordedAt, string? externalId) =>
    [
        .. Languages.All.Where(l => !string.IsNullOrWhiteSpace(state.Content.Text.In(l))).Select(language => Row(state, channel, language, Later(from, state.Content.Embargo), recordedAt, externalId))
            .Where(row => rows.All(r => r.Id != row.Id)).SelectMany(row => rows.Where(r => r.Channel == channel && r.Language == row.Language && r.Until is null)
                .Select(before => before with { Until = row.Since, EndKnownAt = recordedAt }).Append(row)),
    ];

    private static PublicRow Row(Publication state, string channel, string language, DateTimeOffset from, DateTimeOffset recordedAt, string? externalId)
    {
        var approval = state.Approvals.LastOrDefault(a => a.Language == language);
        var hash = approval?.ContentHash ?? ContentHash.Of(state.Body, state.Content, language);
        return new(NamedId.Of(state.Id, $"{channel} {language} {hash}"), state.Id, state.Body, state.Content.Kind, channel, language, from.ToUniversalTime(), recordedAt.ToUniversalTime(), hash, approval?.By,
            state.Content.Title.In(language), state.Content.Text.In(language))
        { ApprovedAt = approval?.At, ExternalId = externalId };
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? embargo) => embargo > at ? embargo.Value : at;
}

/// <summary>The public record, kept beside the stream: written when something becomes public, never in the way of a release.</summary>
public sealed partial class PublicRows : EventProjection
{
    public PublicRows()
    {
        Name = "public-record";
        foreach (var fact in PublicRecord.Facts)
        {
            IncludeType(fact);
        }

        Options.DeleteViewTypeOnTeardown<PublicRow>(); // a rebuild begins with none
    }

    public override async ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        var state = (await operations.Events.FetchStreamAsync(e.StreamId, version: e.Version, token: cancellation)).Aggregate((Publication?)null, (p, fact) => PublicationFold.Evolve(p, fact.Data));
        var rows = await operations.Query<PublicRow>().Where(r => r.PublicationId == e.StreamId).ToListAsync(cancellation);
        operations.Store(PublicRecord.After(state!, rows, e.Data, e.Timestamp).ToArray());
    }
}
