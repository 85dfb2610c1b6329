using System.Text;
using System.Text.Json;

namespace Platform.Wire;

/// <summary>The queue egov-forms: the same body as raw JSON, the same rules; what fails goes to the sealed quarantine.</summary>
public sealed class Forms_by_queue(Ground.Wire wire)
{
    [Fact]
    public async Task Valid_forms_become_requests_and_what_cannot_be_read_between_them_blocks_nothing()
    {
        var (one, other) = (Forms.For("akimat-39"), Forms.For("akimat-39"));
        var poison = Encoding.UTF8.GetBytes($"{{\"messageId\": \"{Guid.NewGuid()}\", ");
        var (invalid, dead) = (Forms.Invalid(), Encoding.UTF8.GetBytes("\0\u0001 nothing at all " + Guid.NewGuid()));
        var before = await Waiting();

        await Queues.Send(wire.Servers.Rabbit, Queues.Forms, one.Bytes(), poison, invalid.Bytes(), dead, other.Bytes());

        foreach (var form in new[] { one, other })
        {
            await Eventually.So("the form is a request", async () => (await Replied(form)).Status == 200);
        }

        var fresh = await Eventually.Get("three lie in the quarantine", async () => (await Waiting()).Except(before).ToList(), ids => ids.Count == 3);
        Assert.Equal(0u, await Queues.Count(wire.Servers.Rabbit, Queues.Forms));
        Assert.Null(await Queues.Count(wire.Servers.Rabbit, Heard.Errors(Queues.Forms)));
        Assert.Null(await Queues.Count(wire.Servers.Rabbit, Heard.DeadLetters(Queues.Forms)));
        Assert.Equal(3, fresh.Count);
    }

    [Fact]
    public async Task The_same_form_by_queue_and_by_REST_makes_one_request()
    {
        var form = Forms.For("akimat-39");
        var gateway = wire.Gateway();

        var sent = Queues.Send(wire.Servers.Rabbit, Queues.Forms, [.. Enumerable.Repeat(form.Bytes(), 10)]);
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => gateway.Post("/v1/egov/forms", form)));
        await sent;

        await Eventually.So("the queue is empty", async () => await Queues.Count(wire.Servers.Rabbit, Queues.Forms) == 0);
        Assert.Single(replies.Select(r => r.Body).Distinct());
        Assert.All(replies, r => Assert.Contains(r.Status, new[] { 200, 201 }));
        var number = replies[0].Json.GetProperty("number").GetString()!;
        Assert.Single((await wire.Officer("akimat-39").Get($"/v1/inquiries?q={number}")).Items);
    }

    [Fact]
    public async Task A_message_id_used_again_lies_in_the_quarantine()
    {
        var form = Forms.For("akimat-39");
        (await wire.Gateway().Post("/v1/egov/forms", form)).Is(201);
        form["text"] = "Другое";
        var before = await Waiting();

        await Queues.Send(wire.Servers.Rabbit, Queues.Forms, form.Bytes());

        var item = await Eventually.Get("it lies there", async () => (await Quarantined()).Where(q => !before.Contains(Id(q))).ToList(), found => found.Count == 1);
        Assert.Equal("message-id-reused", item[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task An_admin_lists_the_quarantine_without_content_and_replays_from_it()
    {
        var form = Forms.Invalid();
        var before = await Waiting();
        await Queues.Send(wire.Servers.Rabbit, Queues.Forms, form.Bytes());
        var item = (await Eventually.Get("it lies there", async () => (await Quarantined()).Where(q => !before.Contains(Id(q))).ToList(), found => found.Count == 1))[0];

        Assert.Equal(["language"], item.GetProperty("fields").EnumerateArray().Select(f => f.GetString()));
        Assert.DoesNotContain(form["applicant"]!["surname"]!.ToString(), item.GetRawText(), StringComparison.Ordinal);
        // nothing was mended, so it is refused again, and stays
        var admin = Ground.Wire.As(wire.Inquiries, Tokens.Admin());
        (await admin.Post($"/v1/egov/quarantine/{Id(item)}/replay", "{}")).Is(400, "form-invalid");
        Assert.Contains(Id(item), await Waiting());
        (await admin.Post($"/v1/egov/quarantine/{Guid.NewGuid()}/replay", "{}")).Is(404, "not-found");
        (await wire.Officer("scc").Get("/v1/egov/quarantine")).Is(403, "forbidden");
        (await wire.Anybody().Get("/v1/egov/quarantine")).Is(401, "unauthenticated");
    }

    private Task<Reply> Replied(object form) => wire.Gateway().Post("/v1/egov/forms", form);

    private async Task<IReadOnlyList<Guid>> Waiting() => [.. (await Quarantined()).Select(Id)];

    private async Task<IReadOnlyList<JsonElement>> Quarantined()
    {
        List<JsonElement> all = [];
        for (var path = "/v1/egov/quarantine?limit=200"; ;)
        {
            var page = (await Ground.Wire.As(wire.Inquiries, Tokens.Admin()).Get(path)).Is(200);
            all.AddRange(page.Items);
            if (page.Text("next") is not { Length: > 0 } next)
            {
                return all;
            }

            path = $"/v1/egov/quarantine?limit=200&cursor={next}";
        }
    }

    private static Guid Id(JsonElement item) => item.GetProperty("id").GetGuid();
}
