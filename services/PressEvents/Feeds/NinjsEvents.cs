using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;

namespace PressEvents;

/// <summary>
/// The events as IPTC ninjs 3.1: one composite item whose associations are event items with their planned coverage. Words stand in both languages, told apart
/// by role; what was postponed has no dates; what is on air or to come is said by IPTC's vocabularies of event and coverage status.
/// </summary>
public static class NinjsEvents
{
    public const string ContentType = "application/json; charset=utf-8";
    private const string Schema = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json", NewsCodes = "http://cv.iptc.org/newscodes/";
    public static readonly byte[] Foot = "]}"u8.ToArray();

    public static byte[] Head(string self, Catalogue catalogue, string version, DateTimeOffset updated)
    {
        var head = new JsonObject
        {
            ["standard"] = new JsonObject { ["name"] = "ninjs", ["version"] = "3.1", ["schema"] = Schema },
            ["uri"] = self,
            ["type"] = "composite",
            ["representationType"] = "full",
            ["version"] = version,
            ["versionCreated"] = Time(updated),
            ["title"] = catalogue.Feed("name").Kk,
            ["headlines"] = Both(catalogue.Feed("name")),
            ["associations"] = new JsonArray(),
        }.ToJsonString(Json.Options);
        return Encoding.UTF8.GetBytes(head[..^2]);
    }

    public static byte[] Item(PressEventView view, Catalogue catalogue, FeedAddress address) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["name"] = view.Title.Kk ?? view.Title.Ru,
        ["uri"] = address.Of(view.Id),
        ["type"] = "event",
        ["version"] = view.Version.ToString(CultureInfo.InvariantCulture),
        ["firstCreated"] = Time(view.AnnouncedAt!.Value),
        ["versionCreated"] = Time(view.ChangedAt),
        ["pubStatus"] = "usable",
        ["title"] = view.Title.Kk ?? view.Title.Ru,
        ["headlines"] = Both(view.Title),
        ["descriptions"] = Both(new(EventWords.Description(view, Language.Kk, catalogue), EventWords.Description(view, Language.Ru, catalogue))),
        ["people"] = new JsonArray([.. view.Speakers.SelectMany(s => Names(s.Name)).Select(name => new JsonObject { ["name"] = name, ["rel"] = "speaker" })]),
        ["organisations"] = new JsonArray([.. Organisation(view.Body)]),
        ["places"] = new JsonArray([.. Names(new(EventWords.Place(view, Language.Kk, catalogue), EventWords.Place(view, Language.Ru, catalogue))).Select(name => new JsonObject { ["name"] = name, ["rel"] = "venue" })]),
        ["genres"] = new JsonArray(new JsonObject { ["name"] = EventWords.Format(view, Language.Kk, catalogue), ["literal"] = view.Format }),
        ["altIds"] = new JsonArray(new JsonObject { ["role"] = "uuid", ["value"] = view.Id.ToString() }),
        ["eventDetails"] = Details(view),
        ["plannedCoverage"] = Coverage(view, catalogue, address),
    }, Json.Options);

    private static JsonObject Details(PressEventView view)
    {
        var details = new JsonObject
        {
            // planned and certain, planned and may occur, planned and then cancelled
            ["eventStatus"] = NewsCodes + "eventoccurstatus/" + view.State switch { nameof(PressEventState.Cancelled) => "eos6", nameof(PressEventState.Postponed) => "eos3", _ => "eos5" },
            ["plannedCoverageStatus"] = NewsCodes + "newscoveragestatus/" + (view.State == nameof(PressEventState.Cancelled) ? "notint" : "int"),
            ["organiser"] = Organisation(view.Body).FirstOrDefault(),
        };
        if (view.State != nameof(PressEventState.Postponed))
        {
            details["dates"] = new JsonObject { ["startDate"] = Time(view.Start), ["endDate"] = Time(view.End) };
        }

        return details;
    }

    /// <summary>The broadcast of each channel, then transcripts and photos by the day they are due.</summary>
    private static JsonArray Coverage(PressEventView view, Catalogue catalogue, FeedAddress address)
    {
        var status = view.State == nameof(PressEventState.Cancelled) ? "canceled" : "usable";
        var due = (view.MaterialsDue ?? MaterialsDeadline.Term(view.End, catalogue.Calendar).Due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        JsonObject Planned(string what, string type) => new() { ["uri"] = $"{address.Of(view.Id)}#{what}", ["title"] = what, ["type"] = type, ["pubStatus"] = status };
        var all = new JsonArray([.. view.Channels.Select(channel => Planned(channel, "video"))]);
        if (view.State == nameof(PressEventState.Postponed))
        {
            return all;
        }

        foreach (var item in all)
        {
            item!["dates"] = new JsonObject { ["startDate"] = Time(view.Start), ["endDate"] = Time(view.End) };
        }

        foreach (var language in Language.All)
        {
            var transcript = Planned("transcript-" + language.Code, "text");
            (transcript["language"], transcript["dates"]) = (language.Code, new JsonObject { ["expectedEndDate"] = due });
            all.Add(transcript);
        }

        var photos = Planned("photos", "picture");
        photos["dates"] = new JsonObject { ["expectedEndDate"] = due };
        all.Add(photos);
        return all;
    }

    private static IEnumerable<JsonObject> Organisation(string code) => EventWords.Body(code, Language.Kk) is { } name ? [new JsonObject { ["name"] = name, ["literal"] = code }] : [];

    private static IEnumerable<string> Names(Bilingual words) => new[] { words.Kk, words.Ru }.OfType<string>().Distinct();

    private static JsonArray Both(Bilingual words) =>
        new([.. new[] { ("kk", words.Kk), ("ru", words.Ru) }.Where(side => side.Item2 is not null).Select(side => new JsonObject { ["role"] = side.Item1, ["value"] = side.Item2 })]);

    private static string Time(DateTimeOffset at) => at.InAlmaty().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
