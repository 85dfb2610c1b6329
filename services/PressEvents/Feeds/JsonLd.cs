using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;

namespace PressEvents;

/// <summary>An event as JSON-LD of schema.org, in both languages, with a BroadcastEvent for each broadcast and every earlier start in order.</summary>
public static class JsonLd
{
    public const string ContentType = "application/ld+json; charset=utf-8";
    private const string Vocabulary = "https://schema.org/";

    public static byte[] Write(PressEventView view, IReadOnlyList<BroadcastView> broadcasts, Catalogue catalogue, FeedAddress address)
    {
        var uri = address.Of(view.Id);
        var page = new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "Event",
            ["@id"] = uri,
            ["identifier"] = view.Id.ToString(),
            ["url"] = uri,
            ["name"] = Both(view.Title),
            ["description"] = Both(new(EventWords.Description(view, Language.Kk, catalogue), EventWords.Description(view, Language.Ru, catalogue))),
            ["inLanguage"] = new JsonArray("kk", "ru"),
            ["eventStatus"] = Vocabulary + Status(view),
            ["startDate"] = Time(view.Start),
            ["endDate"] = Time(view.End),
        };
        if (view.PreviousStarts.Count > 0)
        {
            page["previousStartDate"] = new JsonArray([.. view.PreviousStarts.Select(at => JsonValue.Create(Time(at)))]);
        }

        page["location"] = Place(view, broadcasts, catalogue);
        page["organizer"] = new JsonObject { ["@type"] = "GovernmentOrganization", ["identifier"] = view.Body, ["name"] = Both(new(EventWords.Body(view.Body, Language.Kk), EventWords.Body(view.Body, Language.Ru))) };
        page["performer"] = new JsonArray([.. view.Speakers.Select(Person)]);
        page["subEvent"] = new JsonArray([.. broadcasts.Select(b => Broadcast(b, view, uri, catalogue))]);
        return JsonSerializer.SerializeToUtf8Bytes(page, Json.Options);
    }

    private static string Status(PressEventView view) => view.State switch
    {
        nameof(PressEventState.Cancelled) => "EventCancelled",
        nameof(PressEventState.Postponed) => "EventPostponed",
        _ when view.PreviousStarts.Count > 0 => "EventRescheduled",
        _ => "EventScheduled",
    };

    private static JsonObject Place(PressEventView view, IReadOnlyList<BroadcastView> broadcasts, Catalogue catalogue)
    {
        var (kk, ru) = (EventWords.Place(view, Language.Kk, catalogue), EventWords.Place(view, Language.Ru, catalogue));
        return (kk, broadcasts.Count) is (null, > 0)
            ? new() { ["@type"] = "VirtualLocation", ["url"] = broadcasts[0].Url }
            : new()
            {
                ["@type"] = "Place",
                ["name"] = Both(new(kk ?? EventWords.Body(view.Body, Language.Kk), ru ?? EventWords.Body(view.Body, Language.Ru))),
                ["address"] = new JsonObject { ["@type"] = "PostalAddress", ["addressCountry"] = "KZ", ["addressRegion"] = Regions.Find(view.Region)?.Iso ?? "KZ-71" },
            };
    }

    private static JsonObject Person(Speaker speaker)
    {
        var person = new JsonObject { ["@type"] = "Person", ["name"] = Both(speaker.Name) };
        if (speaker.Post is { } post)
        {
            person["jobTitle"] = Both(post);
        }

        return person;
    }

    private static JsonObject Broadcast(BroadcastView view, PressEventView of, string uri, Catalogue catalogue) => new()
    {
        ["@type"] = "BroadcastEvent",
        ["@id"] = $"{uri}/broadcasts/{view.Id}",
        ["name"] = Both(of.Title),
        ["isLiveBroadcast"] = true,
        ["url"] = view.Url,
        ["startDate"] = Time(view.OnAirAt ?? view.PlannedStart),
        ["endDate"] = Time(view.OverAt ?? view.PlannedEnd),
        ["eventStatus"] = Vocabulary + (view.State == nameof(BroadcastState.Failed) ? "EventCancelled" : Status(of with { PreviousStarts = [] })),
        ["location"] = new JsonObject { ["@type"] = "VirtualLocation", ["url"] = view.Url },
        ["publishedOn"] = new JsonObject { ["@type"] = "BroadcastService", ["name"] = catalogue.Channel(view.Channel) ?? view.Channel, ["broadcastDisplayName"] = catalogue.Channel(view.Channel) ?? view.Channel },
        ["broadcastOfEvent"] = new JsonObject { ["@id"] = uri },
    };

    private static JsonArray Both(Bilingual words) =>
        new([.. new[] { ("kk", words.Kk), ("ru", words.Ru) }.Where(side => side.Item2 is not null).Select(side => new JsonObject { ["@language"] = side.Item1, ["@value"] = side.Item2 })]);

    private static string Time(DateTimeOffset at) => at.InAlmaty().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
