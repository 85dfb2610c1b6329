namespace Platform.Wire;

/// <summary>Idempotency-Key: the same reply for the same key and body, whatever happened in between.</summary>
public sealed class Idempotency_keys(Ground.Wire wire)
{
    private const string Body = "akimat-35";

    [Fact]
    public async Task The_same_key_and_body_twenty_times_at_once_get_one_reply_and_make_one_fact()
    {
        var request = await wire.Receive(Body);
        var (officer, key) = (wire.Officer(Body), Guid.NewGuid().ToString());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => officer.Post($"/v1/inquiries/{request.Id}/assign", new { unit = "Отдел" }, seen: 2, key)));

        Assert.All(replies, r => Assert.Equal((200, replies[0].Body, "\"3\""), (r.Status, r.Body, r.ETag)));
        Assert.Equal(3, (await officer.Get($"/v1/inquiries/{request.Id}")).Version);
        await Eventually.So("its message is heard", () => wire.Heard.About(request.Id).Any(m => m.Version == 3));
    }

    [Fact]
    public async Task A_key_goes_before_the_version_and_another_body_is_refused()
    {
        var request = await wire.Receive(Body);
        var (officer, key, path) = (wire.Officer(Body), Guid.NewGuid().ToString(), $"/v1/inquiries/{request.Id}/assign");
        var first = (await officer.Post(path, new { unit = "Отдел" }, seen: 2, key)).Is(200);
        (await officer.Post(path, new { unit = "Другой отдел" }, seen: 3)).Is(200);

        // version 2 is stale by now, and none at all would be 428
        Assert.Equal((200, first.Body, first.ETag), Parts(await officer.Post(path, new { unit = "Отдел" }, seen: 2, key)));
        Assert.Equal((200, first.Body, first.ETag), Parts(await officer.Post(path, new { unit = "Отдел" }, seen: null, key)));
        (await officer.Post(path, new { unit = "Третий отдел" }, seen: 4, key)).Is(422, "idempotency-key-reused");
    }

    [Fact]
    public async Task A_refused_command_does_not_keep_its_key()
    {
        var request = await wire.Receive(Body);
        var (officer, key, path) = (wire.Officer(Body), Guid.NewGuid().ToString(), $"/v1/inquiries/{request.Id}/answer");
        (await officer.Post(path, new { text = "Ответ" }, seen: 1, key)).Is(412, "version-stale");

        (await officer.Post(path, new { text = "Ответ" }, seen: 2, key)).Is(200);

        var late = Guid.NewGuid().ToString();
        (await officer.Post(path, new { text = "Второй ответ" }, seen: 3, late)).Is(409, "already-answered");
        (await officer.Post(path, new { text = "Ответ" }, seen: 3, late)).Is(200);
    }

    [Fact]
    public async Task A_key_is_its_callers_own_and_its_paths()
    {
        var (one, other) = (await wire.Receive(Body), await wire.Receive(Body));
        var (officer, key) = (wire.Officer(Body), Guid.NewGuid().ToString());
        (await officer.Post($"/v1/inquiries/{one.Id}/assign", new { unit = "Отдел" }, seen: 2, key)).Is(200);

        (await officer.Post($"/v1/inquiries/{other.Id}/assign", new { unit = "Канцелярия" }, seen: 2, key)).Is(200);
        var head = Ground.Wire.As(wire.Inquiries, Tokens.For(Roles.Head, Body));
        (await head.Post($"/v1/inquiries/{one.Id}/assign", new { unit = "Канцелярия" }, seen: 3, key)).Is(200);
    }

    [Fact]
    public async Task A_form_with_a_key_makes_one_request_and_the_same_reply()
    {
        var (form, key, gateway) = (Forms.For(Body), Guid.NewGuid().ToString(), wire.Gateway());

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => gateway.Post("/v1/egov/forms", form, key: key)));

        Assert.All(replies, r => Assert.Equal((201, replies[0].Body), (r.Status, r.Body)));
        (await gateway.Post("/v1/egov/forms", Forms.For(Body), key: key)).Is(422, "idempotency-key-reused");
        Assert.Equal(replies[0].Body, (await gateway.Post("/v1/egov/forms", form)).Is(200).Body);
    }

    [Fact]
    public async Task An_invalid_form_is_quarantined_though_its_key_is_not_kept()
    {
        var (form, key, gateway) = (Forms.Invalid(), Guid.NewGuid().ToString(), wire.Gateway());
        var before = await Sql.One<long>(wire.Servers.Database("inquiries"), "select count(*) from quarantine");

        (await gateway.Post("/v1/egov/forms", form, key: key)).Is(400, "form-invalid");

        Assert.Equal(before + 1, await Sql.One<long>(wire.Servers.Database("inquiries"), "select count(*) from quarantine"));
        form["language"] = "kk";
        (await gateway.Post("/v1/egov/forms", form, key: key)).Is(201);
    }

    private static (int, string, string?) Parts(Reply reply) => (reply.Status, reply.Body, reply.ETag);
}
