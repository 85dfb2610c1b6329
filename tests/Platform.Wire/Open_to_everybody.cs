namespace Platform.Wire;

/// <summary>What anybody may read of requests: cleared answers, and numbers that point to nobody.</summary>
public sealed class Open_to_everybody(Ground.Wire wire)
{
    private const string Many = "akimat-11", Few = "min-finance", Cleared = "min-education";

    /// <summary>A request received three days ago on paper and answered now.</summary>
    private async Task<Guid> Answered(string body)
    {
        var form = Forms.For(body);
        form.Remove("messageId");
        form.Remove("signature");
        (form["receivedAt"], form["signed"]) = (DateTimeOffset.UtcNow.AddDays(-3).ToString("O", System.Globalization.CultureInfo.InvariantCulture), true);
        var id = (await wire.Officer(body).Post("/v1/inquiries", form)).Is(201).Json.GetProperty("inquiryId").GetGuid();
        (await wire.Officer(body).Post($"/v1/inquiries/{id}/answer", new { text = "Ответ" }, (await wire.Officer(body).Get($"/v1/inquiries/{id}")).Version)).Is(200);
        return id;
    }

    [Fact]
    public async Task Timeliness_hides_small_numbers_and_repeats_to_the_byte()
    {
        for (var i = 0; i < 5; i++)
        {
            await Answered(Many);
        }

        await Answered(Few);
        static System.Text.Json.JsonElement? Cell(Reply r, string holder) => r.Json.GetProperty("items").EnumerateArray().Where(c => c.GetProperty("holder").GetString() == holder)
            .Select(c => (System.Text.Json.JsonElement?)c).LastOrDefault();
        var told = await Eventually.Get("both stand in the statistics", () => wire.Anybody().Get("/v1/statistics/timeliness?by=holder"),
            r => Cell(r.Is(200), Many) is { } cell && !cell.GetProperty("hidden").GetBoolean() && Cell(r, Few) is not null);
        var many = Cell(told, Many)!.Value;
        Assert.Equal((5, 3, 1m), (many.GetProperty("n").GetInt32(), many.GetProperty("medianDays").GetInt32(), many.GetProperty("shareInTime").GetDecimal()));
        var few = Cell(told, Few)!.Value;
        Assert.Equal((true, System.Text.Json.JsonValueKind.Null), (few.GetProperty("hidden").GetBoolean(), few.GetProperty("n").ValueKind));

        var position = told.Text("position");
        await Answered(Many);
        await Eventually.Get("the sixth counts", () => wire.Anybody().Get("/v1/statistics/timeliness"), r => Cell(r, Many)!.Value.GetProperty("n").GetInt32() == 6);
        Assert.Equal(told.Body, (await wire.Anybody().Get($"/v1/statistics/timeliness?by=holder&position={position}")).Is(200).Body);

        (await wire.Anybody().Get("/v1/statistics/timeliness?by=person")).Is(400, "by-unknown");
        (await wire.Anybody().Get("/v1/statistics/timeliness?from=2026-13")).Is(400, "date-invalid");
        (await wire.Anybody().Get("/v1/statistics/timeliness?from=2026-05&to=2026-04")).Is(400, "period-invalid");
        (await wire.Anybody().Get("/v1/statistics/timeliness?position=999999999999")).Is(400, "position-invalid");
        (await wire.Anybody().Get("/v1/statistics/topics")).Is(200);
    }

    [Fact]
    public async Task A_cleared_answer_is_found_by_its_words_and_stands_in_the_feeds()
    {
        var (id, mark) = (await Answered(Cleared), "жаңалық" + Guid.NewGuid().ToString("N")[..8]);
        var before = DateTimeOffset.UtcNow;
        (await wire.Officer(Cleared).Post($"/v1/inquiries/{id}/clear-for-disclosure", new { title = new { kk = $"Жолдардың жөнделуі {mark}", ru = $"Ремонт дорог {mark}" }, text = new { kk = "Үш көше жөнделді.", ru = "Отремонтированы три улицы." } },
            (await wire.Officer(Cleared).Get($"/v1/inquiries/{id}")).Version)).Is(200);
        async Task<List<string>> Found(string query) => [.. (await wire.Anybody().Get("/v1/disclosures?limit=200&" + query)).Is(200).Items.Select(d => d.GetProperty("id").GetString()!)];
        var one = Assert.Single(await Found($"q={mark[..^2]}"));
        Assert.Contains(one, await Found($"q=жол&holder={Cleared}")); // the beginning of a Kazakh word
        Assert.Contains(one, await Found("q=отремонтированный&language=ru")); // another form of a Russian one
        Assert.DoesNotContain(one, await Found($"holder={Few}"));
        Assert.DoesNotContain(one, await Found("q=" + Uri.EscapeDataString("несуществующее & ':*")));
        var shown = (await wire.Anybody().Get("/v1/disclosures/" + one)).Is(200);
        Assert.Equal(Cleared, shown.Text("holder"));
        Assert.DoesNotContain(id.ToString(), shown.Body, StringComparison.Ordinal);
        (await wire.Anybody().Get($"/v1/disclosures/{one}?asOf={Uri.EscapeDataString(before.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}")).Is(404, "not-found");
        (await wire.Anybody().Get("/v1/disclosures?language=en")).Is(400, "language-unknown");

        var feed = (await wire.Anybody().Get("/feeds/disclosures.kk.atom")).Is(200);
        Assert.Contains($"Жолдардың жөнделуі {mark}", feed.Body, StringComparison.Ordinal);
        Assert.Equal(304, (await wire.Anybody().Get("/feeds/disclosures.kk.atom", ("If-None-Match", feed.ETag!))).Status);
    }
}
