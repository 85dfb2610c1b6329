using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Marten.Schema;
using Platform;

namespace Inquiries;

/// <summary>An answer that an official cleared for everybody, in the masked words: all of it is public. Stored with what it is searched by.</summary>
public sealed record DisclosureView(Guid Id, Guid DisclosureId, string Holder, Bilingual Title, Bilingual Text, DateTimeOffset ClearedAt)
{
    /// <summary>Title and text of one language, for its index; empty where it was not given.</summary>
    public string WordsKk { get; init; } = $"{Title.Kk} {Text.Kk}".Trim();
    public string WordsRu { get; init; } = $"{Title.Ru} {Text.Ru}".Trim();
}

/// <summary>A disclosure as anybody sees it.</summary>
public sealed record DisclosureReply(Guid Id, string Holder, Bilingual HolderName, Bilingual Title, Bilingual Text, DateTimeOffset ClearedAt)
{
    public static DisclosureReply Of(DisclosureView view) => new(view.DisclosureId, view.Holder, Holders.Find(view.Holder) is { } holder ? new(holder.NameKk, holder.NameRu) : new(null, null),
        view.Title, view.Text, view.ClearedAt);
}

/// <summary>The fold: one fact makes one row. The holder is the body whose official cleared it.</summary>
public sealed partial class DisclosureViews : SingleStreamProjection<DisclosureView, Guid>
{
    public DisclosureViews() => IncludeType<AnswerClearedForDisclosure>();

    public override DisclosureView? Evolve(DisclosureView? snapshot, Guid id, IEvent e) => e.Data is AnswerClearedForDisclosure cleared
        ? new(id, cleared.DisclosureId, e.GetHeader(Sessions.Body)?.ToString() ?? "", cleared.Title, cleared.Text, cleared.At.ToUniversalTime()) : snapshot;
}

public static class DisclosureStore
{
    /// <summary>PostgreSQL knows Russian; Kazakh it takes letter by letter, and finds by the beginnings of words.</summary>
    public const string Russian = "to_tsvector('russian', d.data ->> 'wordsRu')", Kazakh = "to_tsvector('simple', d.data ->> 'wordsKk')";

    public static void Register(StoreOptions options)
    {
        options.Projections.Add<DisclosureViews>(ProjectionLifecycle.Inline);
        options.Schema.For<DisclosureView>()
            .Duplicate(v => v.Holder).Duplicate(v => v.ClearedAt)
            .UniqueIndex(UniqueIndexType.Computed, v => v.DisclosureId)
            .Index([v => v.ClearedAt, v => v.Id]).Index([v => v.Holder, v => v.ClearedAt, v => v.Id])
            .FullTextIndex("russian", v => v.WordsRu).FullTextIndex("simple", v => v.WordsKk);
    }
}
