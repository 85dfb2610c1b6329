using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Publications.V1;
using Client = Publications.V1.Publications.PublicationsClient;

namespace Platform.Wire;

/// <summary>Publications' refusals, asked at both doors in one table.</summary>
[Collection(House.Collection)]
public sealed partial class Parity_of_publications(House house)
{
    private const string Body = "min-culture";
    private static readonly string Editor = Tokens.For(Roles.Editor, Body), Approver = Tokens.For(Roles.Approver, Body), OtherEditor = Tokens.For(Roles.Editor, "min-labour"),
        OtherApprover = Tokens.For(Roles.Approver, "min-labour"), Both = Dev.Token.Make(Repository.Secrets, [Roles.Editor, Roles.Approver], Body, "editor and approver", 3600);
    private static readonly string Hash = new('0', 64);

    [Fact]
    public async Task Every_refusal_has_the_same_code_by_REST_and_by_gRPC()
    {
        async Task<(Guid Id, string Kk)> Drafted(JsonObject content, string token, params string[] commands)
        {
            var draft = (await Ground.Wire.As(house.Publications, token).Post("/v1/publications", content)).Is(201);
            foreach (var command in commands)
            {
                (await Ground.Wire.As(house.Publications, token).Post($"/v1/publications/{draft.Text("id")}/{command}", new { }, 1)).Is(200);
            }

            return (draft.Json.GetProperty("id").GetGuid(), draft.Json.GetProperty("contentHash").GetProperty("kk").GetString()!);
        }

        var (draft, review, own) = (await Drafted(Content(), Editor), await Drafted(Content(), Editor, "submit"), await Drafted(Content(), Both, "submit"));
        var half = Content();
        half["text"]!.AsObject().Remove("kk");
        var (russian, cancelled, halfway) = (await Drafted(half, Editor), await Drafted(Content(), Editor, "cancel"), await Drafted(Content(), Editor, "submit"));
        (await house.Publishing(Roles.Approver, Body).Post($"/v1/publications/{halfway.Id}/approve", new { language = "kk", contentHash = halfway.Kk }, 2)).Is(200);

        DoorCase Submit(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version) => Command(name, status, code, grpc, token, "submit", id, version, new { }, new SubmitRequest(),
            (client, request, headers) => client.SubmitAsync(request, headers));
        DoorCase Approve(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version, string language, string hash) => Command(name, status, code, grpc, token,
            "approve", id, version, new { language, contentHash = hash }, new ApproveRequest { Language = language, ContentHash = hash }, (client, request, headers) => client.ApproveAsync(request, headers));
        DoorCase Draft(string name, int status, string code, StatusCode grpc, Action<JsonObject> change, string? token = null)
        {
            var content = Content();
            change(content);
            return new(name, status, code, grpc, token ?? Editor, "/v1/publications", content, null, (channel, headers) => new Client(channel).FileDraftAsync(Message(content), headers).ResponseAsync);
        }

        await DoorCase.Ask(house.Publications,
        [
            Submit("unknown id", 404, "not-found", StatusCode.NotFound, Guid.NewGuid(), Editor, 1),
            Submit("another body's id", 404, "not-found", StatusCode.NotFound, draft.Id, OtherEditor, 1),
            Submit("another body's id without a version", 404, "not-found", StatusCode.NotFound, draft.Id, OtherEditor, null),
            Submit("wrong role", 403, "forbidden", StatusCode.PermissionDenied, draft.Id, Tokens.For(Roles.Officer, Body), 1),
            Submit("an auditor reads and does not act", 403, "forbidden", StatusCode.PermissionDenied, draft.Id, Tokens.For(Roles.Auditor, Body), 1),
            Submit("no token", 401, "unauthenticated", StatusCode.Unauthenticated, draft.Id, null, 1),
            Submit("expired token", 401, "unauthenticated", StatusCode.Unauthenticated, draft.Id, Tokens.For(Roles.Editor, Body, seconds: -60), 1),
            Submit("missing version", 428, "version-required", StatusCode.FailedPrecondition, draft.Id, Editor, null),
            Submit("stale version", 412, "version-stale", StatusCode.Aborted, draft.Id, Editor, 7),
            Submit("one language", 409, "language-missing", StatusCode.FailedPrecondition, russian.Id, Editor, 1),
            Submit("cancelled", 409, "already-cancelled", StatusCode.FailedPrecondition, cancelled.Id, Editor, 2),
            Approve("an editor", 403, "forbidden", StatusCode.PermissionDenied, review.Id, Editor, 2, "kk", review.Kk),
            Approve("another body's id", 404, "not-found", StatusCode.NotFound, review.Id, OtherApprover, 2, "kk", review.Kk),
            Approve("missing version", 428, "version-required", StatusCode.FailedPrecondition, review.Id, Approver, null, "kk", review.Kk),
            Approve("stale version", 412, "version-stale", StatusCode.Aborted, review.Id, Approver, 1, "kk", review.Kk),
            Approve("its author", 409, "approver-is-author", StatusCode.FailedPrecondition, own.Id, Both, 2, "kk", own.Kk),
            Approve("another content", 409, "content-changed", StatusCode.FailedPrecondition, review.Id, Approver, 2, "kk", Hash),
            Approve("the other language's hash", 409, "content-changed", StatusCode.FailedPrecondition, review.Id, Approver, 2, "ru", review.Kk),
            Approve("not submitted", 409, "not-submitted", StatusCode.FailedPrecondition, draft.Id, Approver, 1, "kk", draft.Kk),
            Approve("a language without words", 409, "language-missing", StatusCode.FailedPrecondition, russian.Id, Approver, 1, "kk", russian.Kk),
            Approve("a third language", 400, "language-invalid", StatusCode.InvalidArgument, review.Id, Approver, 2, "de", review.Kk),
            Approve("no hash", 400, "content-hash-missing", StatusCode.InvalidArgument, review.Id, Approver, 2, "kk", ""),
            Draft("another body", 403, "body-not-own", StatusCode.PermissionDenied, c => c["body"] = "min-labour"),
            Draft("unknown body", 400, "holder-unknown", StatusCode.InvalidArgument, c => c["body"] = "min-404"),
            Draft("no kind", 400, "kind-missing", StatusCode.InvalidArgument, c => c.Remove("kind")),
            Draft("unknown kind", 400, "kind-invalid", StatusCode.InvalidArgument, c => c["kind"] = "Rumour"),
            Draft("unknown channel", 400, "channel-unknown", StatusCode.InvalidArgument, c => c["channels"] = new JsonArray("leaflet")),
            Draft("a lateness that is none", 400, "max-lateness-invalid", StatusCode.InvalidArgument, c => c["maxLateness"] = "soon"),
            Draft("another century", 400, "wanted-at-invalid", StatusCode.InvalidArgument, c => c["wantedAt"] = "2199-01-01T00:00:00Z"),
            Draft("U+0000", 400, "text-invalid", StatusCode.InvalidArgument, c => c["title"]!["kk"] = "a\0b"),
            Draft("wrong role", 403, "forbidden", StatusCode.PermissionDenied, c => { }, Approver),
            .. Of<DateTimeOffset?>(Schedule, Editor, ("without approval", 409, "not-approved", review.Id, 2, null), ("with one language approved", 409, "language-missing", halfway.Id, 3, null),
                ("at another time", 409, "content-changed", review.Id, 2, DateTimeOffset.UtcNow.AddDays(3)), ("cancelled", 409, "already-cancelled", cancelled.Id, 2, null)),
            .. Of(Reject, Approver, ("not submitted", 409, "not-submitted", draft.Id, 1, "Why"), ("without a reason", 400, "reason-missing", review.Id, 2, ""), ("U+0000", 400, "text-invalid", review.Id, 2, "a\0b")),
            .. Of(Cancel, Editor, ("U+0000", 400, "text-invalid", draft.Id, 1, "a\0b")),
            .. Of(DecideMissed, Editor, ("though it did not miss", 409, "not-missed", review.Id, 2, "publish"), ("otherwise", 400, "decision-invalid", review.Id, 2, "perhaps"), ("not at all", 400, "decision-invalid", review.Id, 2, "")),
            .. Of(DecideOutcome, Editor, ("though it is known", 409, "outcome-known", review.Id, 2, ("not-accepted", "", "")), ("of another attempt", 409, "outcome-known", review.Id, 2, ("not-accepted", "", Guid.NewGuid().ToString())),
                ("accepted without an id", 400, "external-id-missing", review.Id, 2, ("accepted", "", "")), ("otherwise", 400, "decision-invalid", review.Id, 2, ("perhaps", "", "")),
                ("of an attempt that is no id", 400, "body-invalid", review.Id, 2, ("not-accepted", "", "the last"))),
            .. Of(Edit, Editor, ("an empty kind", 400, "kind-invalid", draft.Id, 1, """{"kind": ""}"""), ("no channel", 400, "channels-missing", draft.Id, 1, """{"channels": []}"""),
                ("unknown channel", 400, "channel-unknown", draft.Id, 1, """{"channels": ["leaflet"]}"""), ("an empty lateness", 400, "max-lateness-invalid", draft.Id, 1, """{"maxLateness": ""}"""),
                ("an unknown miss", 400, "on-miss-invalid", draft.Id, 1, """{"onMiss": "hope"}"""), ("another century", 400, "wanted-at-invalid", draft.Id, 1, """{"wantedAt": "2199-01-01T00:00:00Z"}"""),
                ("too many words", 400, "words-too-long", draft.Id, 1, "{\"title\": {\"ru\": \"" + new string('я', 501) + "\"}}"), ("U+0000", 400, "text-invalid", draft.Id, 1, """{"text": {"kk": "a\u0000b"}}"""),
                ("cancelled", 409, "already-cancelled", cancelled.Id, 2, """{"kind": "News"}""")),
            .. Of(Hold, Editor, ("what is not armed", 409, "not-scheduled", review.Id, 2, "Why"), ("without a reason", 400, "reason-missing", review.Id, 2, "")),
            .. Of(Reschedule, Editor, ("to no time", 400, "wanted-at-missing", review.Id, 2, ("", "")), ("to the past", 400, "wanted-at-past", review.Id, 2, ("2020-01-01T10:00", "")),
                ("to an hour that is none", 400, "wanted-local-invalid", review.Id, 2, ("tomorrow", "")), ("in no zone", 400, "zone-unknown", review.Id, 2, ("2030-01-01T10:00", "Asia/Nowhere")),
                ("to an hour that is skipped", 400, "wall-time-skipped", review.Id, 2, ("2030-03-31T02:30", "Europe/Berlin")), ("cancelled", 409, "already-cancelled", cancelled.Id, 2, ("2030-01-01T10:00", ""))),
            .. Of(ReleaseNow, Editor, ("without a reason", 400, "reason-missing", review.Id, 2, ""), ("one language", 409, "language-missing", russian.Id, 1, "Why"), ("cancelled", 409, "already-cancelled", cancelled.Id, 2, "Why")),
            .. Of(Correct, Editor, ("what is not out", 409, "not-released", review.Id, 2, ("Т", "П", "Why")), ("without a notice", 400, "notice-missing", review.Id, 2, ("Т", "", "Why")), ("without a reason", 400, "reason-missing", review.Id, 2, ("Т", "П", ""))),
            .. Of(Withdraw, Editor, ("what is not out", 409, "not-released", review.Id, 2, ("Т", "П", "Why")), ("without a notice", 400, "notice-missing", review.Id, 2, ("", "П", "Why")), ("without a reason", 400, "reason-missing", review.Id, 2, ("Т", "П", ""))),
            .. Of(SettleFollowUp, Editor, ("where nothing follows", 400, "channel-unknown", review.Id, 2, ("site", "Seen to")), ("without a note", 400, "note-missing", review.Id, 2, ("site", ""))),
            Draft("no embargo before its end", 409, "embargoed", StatusCode.FailedPrecondition, c => { c["wantedAt"] = "2030-01-01T00:00:00Z"; c["embargo"] = "2030-01-02T00:00:00Z"; }),
            Draft("an unknown policy", 400, "language-policy-invalid", StatusCode.InvalidArgument, c => c["languagePolicy"] = "ru-first"),
            .. Manners(draft.Id),
        ]);
    }

    [Fact]
    public async Task What_one_door_did_the_other_shows()
    {
        var client = house.PublicationsGrpc();
        var content = Content();
        var filed = await client.FileDraftAsync(Message(content), Tokens.Headers(Editor));
        var submitted = (await house.Publishing(Roles.Editor, Body).Post($"/v1/publications/{filed.Id}/submit", new { }, filed.Version)).Is(200);

        var approved = await client.ApproveAsync(new() { PublicationId = filed.Id, Version = submitted.Version, Language = "kk", ContentHash = filed.ContentHash.Kk }, Tokens.Headers(Approver));

        var seen = (await house.Publication(Guid.Parse(filed.Id), Body)).Is(200);
        Assert.Equal((approved.Version, "InReview", content["title"]!["kk"]!.ToString()), (seen.Version, seen.Text("state"), seen.Json.GetProperty("title").GetProperty("kk").GetString()));
        Assert.Equal((filed.ContentHash.Kk, "kk"), (seen.Json.GetProperty("contentHash").GetProperty("kk").GetString(), Assert.Single(approved.ApprovedLanguages)));
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => client.GetAsync(new() { PublicationId = filed.Id }, Tokens.Headers(OtherEditor)).ResponseAsync)).StatusCode);
        (await Ground.Wire.As(house.Publications, OtherEditor).Get($"/v1/publications/{filed.Id}")).Is(404, "not-found");
    }

    [Fact]
    public async Task An_edit_by_gRPC_leaves_what_is_left_out_and_empties_what_is_empty()
    {
        var (client, door, editor, approver) = (house.PublicationsGrpc(), house.Publishing(Roles.Editor, Body), Tokens.Headers(Editor), Tokens.Headers(Approver));
        var filed = await client.FileDraftAsync(Message(Content()), editor);
        string? Words(Reply seen, string part, string language) => seen.Json.GetProperty(part).GetProperty(language).GetString();

        var edited = await client.EditAsync(new() { PublicationId = filed.Id, Version = 1, Title = new() { Ru = "Другая" }, Text = new() { Kk = "" }, MaxLateness = "PT2H" }, editor);

        var seen = (await house.Publication(Guid.Parse(filed.Id), Body)).Is(200);
        Assert.Equal((2L, "Жаңалық", "Другая", null, "Текст"), (seen.Version, Words(seen, "title", "kk"), Words(seen, "title", "ru"), Words(seen, "text", "kk"), Words(seen, "text", "ru")));
        Assert.Equal(("News", "site", "PT2H", "hold"), (edited.Kind, Assert.Single(edited.Channels), edited.MaxLateness, edited.OnMiss));
        // the same by REST is already so
        Assert.Equal(2, (await door.Post($"/v1/publications/{filed.Id}/edit", new { title = new { ru = "Другая" }, text = new { kk = "" }, maxLateness = "PT2H" }, 2)).Is(200).Version);

        var whole = await client.EditAsync(new() { PublicationId = filed.Id, Version = 2, Text = new() { Kk = "Мәтін" }, Channels = new() { Items = { "site" } } }, editor);
        var submitted = await client.SubmitAsync(new() { PublicationId = filed.Id, Version = whole.Version }, editor);
        var rejected = await client.RejectAsync(new() { PublicationId = filed.Id, Version = submitted.Version, Reason = "Короче" }, approver);
        Assert.Equal(("Drafted", "Короче"), (rejected.State, (await house.Publication(Guid.Parse(filed.Id), Body)).Text("returned")));

        var last = await client.SubmitAsync(new() { PublicationId = filed.Id, Version = rejected.Version }, editor);
        foreach (var (language, hash) in new[] { ("kk", last.ContentHash.Kk), ("ru", last.ContentHash.Ru) })
        {
            last = await client.ApproveAsync(new() { PublicationId = filed.Id, Version = last.Version, Language = language, ContentHash = hash }, approver);
        }

        var scheduled = await client.ScheduleAsync(new() { PublicationId = filed.Id, Version = last.Version, WantedAt = last.WantedAt }, editor);
        Assert.Equal(("Scheduled", last.WantedAt), (scheduled.State, scheduled.DueAt));
        await client.CancelAsync(new() { PublicationId = filed.Id, Version = scheduled.Version }, editor);
        Assert.Equal("Cancelled", (await house.Publication(Guid.Parse(filed.Id), Body)).Text("state"));
    }

    [Fact]
    public async Task A_miss_and_an_unknown_outcome_are_decided_by_gRPC_too()
    {
        var (client, editor) = (house.PublicationsGrpc(), Tokens.Headers(Editor));
        await house.SiteBehaves("refuse");
        try
        {
            var refused = await house.Soon(Body);
            var missed = await house.Becomes(refused, Body, "Missed");
            var dropped = await client.DecideMissedAsync(new() { PublicationId = refused.ToString(), Version = missed.Version, Decision = "drop" }, editor);
            Assert.Equal(((await house.Publication(refused, Body)).Text("state"), "Cancelled"), (dropped.State, dropped.State));

            await house.SiteBehaves("slow", 20_000);
            var id = await house.Soon(Body);
            // the reader of outcomes writes to the same stream: a stale version is looked at again
            var decided = await Eventually.Get("a person said what the site has", async () =>
            {
                var seen = await house.Publication(id, Body);
                try
                {
                    return await client.DecideOutcomeAsync(new() { PublicationId = id.ToString(), Version = seen.Version, Decision = "accepted", ExternalId = "by-phone" }, editor);
                }
                catch (RpcException early) when (early.StatusCode is StatusCode.Aborted or StatusCode.FailedPrecondition)
                {
                    return null;
                }
            }, d => d is not null, 15);
            Assert.Equal("Released", decided!.State);
            Assert.Contains(await house.Deliveries(id, Body), line => (line.State, line.ExternalId, line.KnownFrom) == ("Accepted", "by-phone", "decision"));
        }
        finally
        {
            await house.SiteBehaves("none");
        }
    }

    private static JsonObject Content() => JsonNode.Parse("""
        {"kind": "News", "body": "min-culture", "title": {"kk": "Жаңалық", "ru": "Новость"}, "text": {"kk": "Мәтін", "ru": "Текст"}, "wantedAt": "2027-01-11T10:00:00+05:00"}
        """)!.AsObject();

    private static FileDraftRequest Message(JsonObject content)
    {
        static Bilingual Words(JsonNode? words) => new() { Kk = words?["kk"]?.ToString() ?? "", Ru = words?["ru"]?.ToString() ?? "" };
        FileDraftRequest request = new()
        {
            Kind = content["kind"]?.ToString() ?? "",
            Body = content["body"]!.ToString(),
            Title = Words(content["title"]),
            Text = Words(content["text"]),
            WantedAt = DateTimeOffset.Parse(content["wantedAt"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).ToTimestamp(),
            Channels = { content["channels"]?.AsArray().Select(c => c!.ToString()) ?? [] },
            MaxLateness = content["maxLateness"]?.ToString() ?? "",
            Embargo = content["embargo"] is { } embargo ? DateTimeOffset.Parse(embargo.ToString(), System.Globalization.CultureInfo.InvariantCulture).ToTimestamp() : null,
        };
        if (content["languagePolicy"] is { } policy)
        {
            request.LanguagePolicy = policy.ToString();
        }

        return request;
    }
}
