using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Wire;

/// <summary>POST /v1/egov/forms: what comes of a form, once and however often it is sent.</summary>
public sealed class Forms_at_the_door(Ground.Wire wire)
{
    [Fact]
    public async Task Each_of_the_64_samples_comes_to_what_is_expected_of_it()
    {
        var gateway = wire.Gateway();
        Dictionary<string, string> first = [];
        List<string> wrong = [];
        foreach (var sample in Forms.Samples)
        {
            var reply = await gateway.Post("/v1/egov/forms", sample.Json);
            var came = reply.Status switch
            {
                201 => $"{reply.Text("outcome")},{Defects(reply)}",
                200 => "duplicate," + (reply.Body == first[sample.MessageId] ? "" : " with another body"),
                400 => "quarantined," + (reply.Code == "form-invalid" ? "schema" : reply.Code),
                _ => $"{reply.Status} {reply.Body}",
            };
            first.TryAdd(sample.MessageId, reply.Body);
            var expected = $"{sample.Outcome},{(sample.Outcome == "not-considered" ? "" : sample.Defect)}";
            if (came != expected)
            {
                wrong.Add($"{sample.MessageId}: {came}, not {expected}");
            }
        }

        Assert.Equal(64, Forms.Samples.Count);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_same_form_a_hundred_times_at_once_makes_one_request()
    {
        var form = Forms.For("min-health");
        var gateway = wire.Gateway();

        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => gateway.Post("/v1/egov/forms", form)));

        Assert.Equal([(200, 99), (201, 1)], replies.GroupBy(r => r.Status).Select(g => (g.Key, g.Count())).Order());
        var body = Assert.Single(replies.Select(r => r.Body).Distinct());
        var number = JsonDocument.Parse(body).RootElement.GetProperty("number").GetString()!;
        Assert.Single((await wire.Officer("min-health").Get($"/v1/inquiries?q={number}")).Items);
        Assert.Equal(1L, await Sql.One<long>(wire.Servers.Database("inquiries"),
            "select count(*) from mt_events where type = 'inquiry_registered' and data ->> 'number' = $1", number));
        var subject = Received.From(replies[0]).Id;
        await Eventually.So("its message is heard", () => wire.Heard.About(subject).Any());
        Assert.Single(wire.Heard.About(subject));
    }

    [Fact]
    public async Task A_message_id_with_other_content_is_refused_and_a_later_claim_of_sending_is_no_other_content()
    {
        var form = Forms.For("min-health");
        var gateway = wire.Gateway();
        var first = (await gateway.Post("/v1/egov/forms", form)).Is(201);
        form["sentAt"] = "2027-01-01T00:00:00+05:00";
        Assert.Equal(first.Body, (await gateway.Post("/v1/egov/forms", form)).Is(200).Body);

        form["text"] = "Совсем о другом";

        (await gateway.Post("/v1/egov/forms", form)).Is(422, "message-id-reused");
    }

    [Fact]
    public async Task A_quarantined_message_id_may_come_again_corrected()
    {
        var form = Forms.Invalid();
        var gateway = wire.Gateway();
        var refused = (await gateway.Post("/v1/egov/forms", form)).Is(400, "form-invalid");
        Assert.True(refused.Json.GetProperty("errors").TryGetProperty("language", out _));

        form["language"] = "kk";

        Assert.Equal("registered", (await gateway.Post("/v1/egov/forms", form)).Is(201).Text("outcome"));
    }

    [Fact]
    public async Task Numbers_have_no_gap_and_no_double_while_some_forms_are_bad_and_some_senders_hang_up()
    {
        string[] holders = ["akimat-15", "akimat-19", "akimat-23"]; // no sample and no other test names them
        var gateway = wire.Gateway();
        var bodies = Enumerable.Range(0, 200).Select(i => i % 10 == 7 ? Forms.Invalid() : Forms.For(holders[i % 3])).ToList();

        await Parallel.ForEachAsync(bodies.Index(), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (item, ct) =>
        {
            if (item.Index % 13 == 5)
            {
                // hung up before, while or after it was stored
                using var hangUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
                hangUp.CancelAfter(TimeSpan.FromMilliseconds(item.Index % 30));
                try
                {
                    await gateway.Post("/v1/egov/forms", item.Item, ct: hangUp.Token);
                }
                catch (OperationCanceledException)
                {
                    // that was the point
                }
            }

            var reply = await gateway.Post("/v1/egov/forms", item.Item, ct: ct);
            Assert.Contains(reply.Status, item.Index % 10 == 7 ? [400] : item.Index % 13 == 5 ? new[] { 200, 201 } : [201]);
        });

        foreach (var holder in holders)
        {
            Assert.Equal(Enumerable.Range(1, bodies.Count(b => b["holder"]!.ToString() == holder && b["language"]!.ToString() == "ru")), await Numbers(holder));
        }
    }

    private async Task<IEnumerable<int>> Numbers(string holder)
    {
        List<JsonElement> all = [];
        for (var path = $"/v1/inquiries?limit=200"; ;)
        {
            var page = await wire.Officer(holder).Get(path);
            all.AddRange(page.Items);
            if (page.Json.GetProperty("next").GetString() is not { } next)
            {
                return all.Select(i => int.Parse(i.GetProperty("number").GetString()![^6..], System.Globalization.CultureInfo.InvariantCulture)).Order();
            }

            path = $"/v1/inquiries?limit=200&cursor={next}";
        }
    }

    private static string Defects(Reply reply) => string.Join(' ', JsonNode.Parse(reply.Body)!["defects"]!.AsArray().Select(d => d!.ToString()));
}
