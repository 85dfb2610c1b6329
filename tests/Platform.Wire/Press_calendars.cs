using System.Text.RegularExpressions;

namespace Platform.Wire;

/// <summary>The public calendars of press events: functions of what happened, byte for byte.</summary>
[Collection(House.Collection)]
public sealed partial class Press_calendars(House house)
{
    private const string Body = "akimat-63";

    [Fact]
    public async Task Count_the_changes_of_an_event_and_keep_it_when_it_is_cancelled()
    {
        var (door, filed) = (house.Press(), house.Event(Body));
        var id = (await door.Post("/v1/press-events", filed)).Is(201).Text("id");
        Assert.DoesNotContain(id!, await Calendar("kk"));
        (await door.Post($"/v1/press-events/{id}/announce", new { }, 1)).Is(200);
        List<string> seen = [Sequence(await Calendar("kk"), id!)];
        var slot = house.Slot();
        for (var version = 2; version <= 3; version++, slot = house.Slot())
        {
            (await door.Post($"/v1/press-events/{id}/reschedule", new { start = House.Text(slot.Start), end = House.Text(slot.End) }, version)).Is(200);
            seen.Add(Sequence(await Calendar("kk"), id!));
        }

        Assert.Equal(["0", "1", "2"], seen);
        var (kk, ru) = (Entry(await Calendar("kk"), id!), Entry(await Calendar("ru"), id!));
        Assert.Contains("SUMMARY:" + filed["title"]!["kk"], kk, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:" + filed["title"]!["ru"], ru, StringComparison.Ordinal);
        Assert.Contains("STATUS:CONFIRMED", kk, StringComparison.Ordinal);

        (await door.Post($"/v1/press-events/{id}/cancel", new { reason = new { kk = "Сырқаттанып қалды", ru = "Заболел" } }, 4)).Is(200);

        (kk, ru) = (Entry(await Calendar("kk"), id!), Entry(await Calendar("ru"), id!));
        Assert.Equal(("3", true, true), (Sequence(kk, id!), kk.Contains("STATUS:CANCELLED", StringComparison.Ordinal), ru.Contains("STATUS:CANCELLED", StringComparison.Ordinal)));
        Assert.Contains("Сырқаттанып қалды", kk, StringComparison.Ordinal);
        Assert.Contains("Заболел", ru, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_304_to_whoever_has_them_and_are_the_same_bytes_after_a_restart()
    {
        await house.Announced(Body);
        Dictionary<string, Reply> before = [];
        foreach (var language in new[] { "kk", "ru" })
        {
            var whole = before[language] = (await Get(language)).Is(200);
            Assert.Equal("text/calendar; charset=utf-8", whole.ContentType);
            Assert.Equal("", (await Get(language, whole.ETag)).Is(304).Body);
        }

        Assert.NotEqual(before["kk"].ETag, before["ru"].ETag);
        await house.PressEvents.Kill();
        await House.Up(house.PressEvents);

        foreach (var (language, was) in before)
        {
            Assert.Equal(was.Body, (await Get(language)).Is(200).Body);
            (await Get(language, was.ETag)).Is(304);
        }

        await house.Announced(Body);
        Assert.NotEqual(before["kk"].ETag, (await Get("kk", before["kk"].ETag)).Is(200).ETag);
    }

    private Task<Reply> Get(string language, string? tag = null) => tag is null ? Public.Get($"/feeds/press-events.{language}.ics?body={Body}")
        : Public.Get($"/feeds/press-events.{language}.ics?body={Body}", ("If-None-Match", tag));

    private Door Public => Ground.Wire.As(house.PressEvents, null);

    /// <summary>The calendar with its folded lines made whole.</summary>
    private async Task<string> Calendar(string language) => (await Get(language)).Is(200).Body.Replace("\r\n ", "", StringComparison.Ordinal);

    private static string Entry(string calendar, string id) => calendar.Split("BEGIN:VEVENT").Single(e => e.Contains("UID:" + id, StringComparison.Ordinal));

    private static string Sequence(string calendar, string id) => Number().Match(Entry(calendar, id)).Groups[1].Value;

    [GeneratedRegex(@"SEQUENCE:(\d+)")]
    private static partial Regex Number();
}
