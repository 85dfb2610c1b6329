using System.Globalization;
using System.Text.Json.Nodes;
using Marten;
using Platform;

namespace Publications;

/// <summary>One publication as IPTC ninjs 3.1, for machines: usable, or canceled once it is withdrawn, and a correction under a new version.</summary>
public static class Ninjs
{
    private const string Schema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json";

    public static void MapNinjs(this IEndpointRouteBuilder app) => app.MapGet("/v1/publications/{id:guid}.ninjs.json", async (Guid id, HttpRequest request, IQuerySession session, TimeProvider clock, CancellationToken ct) =>
            await session.LoadAsync<PublicationView>(id, ct) is { } view && view.Now.IsPublic(clock.GetUtcNow())
                ? Results.Text(Item(view.Now, view.Version, $"{request.Scheme}://{request.Host}/v1/publications/{id}").ToJsonString(Json.Options), "application/json; charset=utf-8")
                : throw Refused.Missing(nameof(Publication)))
        .WithTags("Feeds").WithSummary("What is public of it as ninjs 3.1; pubStatus canceled once it is withdrawn.");

    public static JsonObject Item(Publication p, long version, string address)
    {
        var (shown, out_) = (PublicationReply.Public(p, version), p.ReleasedLanguages);
        var changed = p.ChangedAt ?? p.ReleasedAt!.Value;
        return new()
        {
            ["standard"] = new JsonObject { ["name"] = "ninjs", ["version"] = "3.1", ["schema"] = Schema },
            ["uri"] = address,
            ["type"] = "text",
            ["representationType"] = p.State == PublicationState.Withdrawn ? "partial" : "full",
            ["version"] = version.ToString(CultureInfo.InvariantCulture),
            ["firstCreated"] = Time(p.ReleasedAt!.Value),
            ["versionCreated"] = Time(changed),
            ["pubStatus"] = p.State == PublicationState.Withdrawn ? "canceled" : "usable",
            ["edNote"] = p.Notice is { } notice ? string.Join('\n', out_.Select(l => notice.In(l))) : null,
            ["language"] = out_.Count == 1 ? out_[0] : null,
            ["title"] = shown.Title.Kk ?? shown.Title.Ru,
            ["headlines"] = Words(shown.Title),
            ["bodies"] = Words(shown.Text),
            ["organisations"] = new JsonArray(new JsonObject { ["name"] = Feeds.Name(p.Body, out_[0]), ["rel"] = "author", ["literal"] = p.Body }),
            ["genres"] = new JsonArray(new JsonObject { ["name"] = p.Content.Kind, ["literal"] = p.Content.Kind }),
            ["altIds"] = new JsonArray(new JsonObject { ["role"] = "uuid", ["value"] = p.Id.ToString() }),
        };
    }

    private static JsonArray Words(Bilingual words) =>
        [.. Languages.All.Where(l => words.In(l) is not null).Select(l => (JsonNode)new JsonObject { ["role"] = l, ["value"] = words.In(l) })];

    private static string Time(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
