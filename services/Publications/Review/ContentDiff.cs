using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Platform;

namespace Publications;

/// <summary>One text that changed, such as <c>text.kk</c>, word by word.</summary>
public sealed record TextDiff(string Field, string Language, IReadOnlyList<DiffPiece> Pieces);

/// <summary>One part that both languages share and that changed (<c>channels</c>, <c>wantedAt</c>, <c>media.{id}.crop</c>), as it was and as it is; absent: null.</summary>
public sealed record PartDiff(string Field, JsonNode? From, JsonNode? To);

/// <summary>What differs between the content of two versions of a publication.</summary>
public sealed record DiffReply(Guid Id, long From, long To, IReadOnlyList<TextDiff> Texts, IReadOnlyList<PartDiff> Parts);

public static class ContentDiff
{
    public static (IReadOnlyList<TextDiff> Texts, IReadOnlyList<PartDiff> Parts) Of(Content from, Content to) =>
        ([.. Texts("title", from.Title, to.Title), .. Texts("text", from.Text, to.Text)], [.. Parts(Json(from), Json(to), "").Concat(Media(from.Media ?? [], to.Media ?? []))]);

    private static IEnumerable<TextDiff> Texts(string field, Bilingual from, Bilingual to) => Languages.All.Where(l => from.In(l) != to.In(l))
        .Select(language => new TextDiff($"{field}.{language}", language, WordDiff.Of(from.In(language), to.In(language))));

    /// <summary>By its id: another picture in the same place is one gone and one come.</summary>
    private static IEnumerable<PartDiff> Media(IReadOnlyList<MediaUse> from, IReadOnlyList<MediaUse> to)
    {
        var ids = from.Concat(to).Select(m => m.MediaId).Distinct().ToList();
        foreach (var id in ids)
        {
            // one picture may be used twice, in two crops: the nth use is compared with the nth
            var (before, after) = (from.Where(m => m.MediaId == id).ToList(), to.Where(m => m.MediaId == id).ToList());
            for (var use = 0; use < Math.Max(before.Count, after.Count); use++)
            {
                var name = $"media.{id}{(use == 0 ? "" : $".{use + 1}")}";
                var (was, now) = (before.ElementAtOrDefault(use), after.ElementAtOrDefault(use));
                foreach (var part in was is null || now is null ? [new(name, Node(was), Node(now))] : Parts(Node(was)!, Node(now)!, name + "."))
                {
                    yield return part;
                }
            }
        }

        if (ids.SequenceEqual(to.Select(m => m.MediaId).Distinct()) is false && from.Select(m => m.MediaId).ToHashSet().SetEquals(to.Select(m => m.MediaId)))
        {
            yield return new("media", Node(from.Select(m => m.MediaId)), Node(to.Select(m => m.MediaId)));
        }
    }

    private static IEnumerable<PartDiff> Parts(JsonObject from, JsonObject to, string prefix) => from.Select(m => m.Key).Union(to.Select(m => m.Key))
        .Where(name => !JsonNode.DeepEquals(from[name], to[name])).Select(name => new PartDiff(prefix + name, from[name]?.DeepClone(), to[name]?.DeepClone()));

    /// <summary>The shared parts by their stored names: a part that comes with a later build is compared like the others.</summary>
    private static JsonObject Json(Content content)
    {
        var json = Node(content)!;
        foreach (var own in new[] { "title", "text", "media" })
        {
            json.Remove(own);
        }

        return json;
    }

    private static JsonObject? Node(object? value) => value is null ? null : JsonSerializer.SerializeToNode(value, value.GetType(), Platform.Json.Options) as JsonObject;
    private static JsonNode? Node(IEnumerable<Guid> ids) => JsonSerializer.SerializeToNode(ids.ToArray(), Platform.Json.Options);
}

public static class ContentDiffRest
{
    public static void MapContentDiff(this IEndpointRouteBuilder app) => app.MapGet("/v1/publications/{id:guid}/diff", Diff).ForRoles(ReviewReads.Readers).WithTags("Review")
        .WithSummary("What changed in the content between two versions, word by word for each text; to: now unless given, from: the content before that.");

    private static async Task<DiffReply> Diff(Guid id, long? from, long? to, IQuerySession session, Work work, CancellationToken ct)
    {
        var (_, current) = await session.UnderReview(work.Caller, id, null, ct);
        var contents = Contents(await session.Events.FetchStreamAsync(id, token: ct));
        var (newer, after) = At(contents, Version(to, current, "to") ?? current);
        var (older, before) = Version(from, current, "from") is { } asked ? At(contents, asked) : contents.LastOrDefault(c => c.Version < newer, contents[0]);
        var (texts, parts) = ContentDiff.Of(before, after);
        return new(id, older, newer, texts, parts);
    }

    /// <summary>The versions at which the content became another, in order.</summary>
    private static List<(long Version, Content Content)> Contents(IReadOnlyList<JasperFx.Events.IEvent> events)
    {
        Publication? state = null;
        List<(long Version, Content Content)> contents = [];
        foreach (var e in events)
        {
            state = PublicationFold.Evolve(state, e.Data);
            if (contents.Count == 0 || !ReferenceEquals(contents[^1].Content, state!.Content))
            {
                contents.Add((e.Version, state!.Content));
            }
        }

        return contents;
    }

    /// <summary>The content that stood at a version.</summary>
    private static (long Version, Content Content) At(List<(long Version, Content Content)> contents, long version) => contents.Last(c => c.Version <= version);

    private static long? Version(long? asked, long current, string field) => asked is < 1 || asked > current
        ? throw Refused.Invalid("version-unknown", $"A version of it is from 1 to {current}.", field) : asked;
}
