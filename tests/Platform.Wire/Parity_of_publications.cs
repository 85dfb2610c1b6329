using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Client = Publications.V1.Publications.PublicationsClient;

namespace Platform.Wire;

/// <summary>Publications' refusals, asked at both doors in one table.</summary>
[Collection(House.Collection)]
public sealed class Parity_of_publications(House house)
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

        DoorCase Submit(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version) => new(name, status, code, grpc, token, $"/v1/publications/{id}/submit", new { }, version,
            (channel, headers) => new Client(channel).SubmitAsync(version is { } v ? new() { PublicationId = id.ToString(), Version = v } : new() { PublicationId = id.ToString() }, headers).ResponseAsync);
        DoorCase Approve(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version, string language, string hash) => new(name, status, code, grpc, token,
            $"/v1/publications/{id}/approve", new { language, contentHash = hash }, version, (channel, headers) => new Client(channel).ApproveAsync(version is { } v
                ? new() { PublicationId = id.ToString(), Version = v, Language = language, ContentHash = hash } : new() { PublicationId = id.ToString(), Language = language, ContentHash = hash }, headers).ResponseAsync);
        DoorCase Draft(string name, int status, string code, StatusCode grpc, Action<JsonObject> change, string? token = null)
        {
            var content = Content();
            change(content);
            return new(name, status, code, grpc, token ?? Editor, "/v1/publications", content, null, (channel, headers) => new Client(channel).FileDraftAsync(Message(content), headers).ResponseAsync);
        }

        // no gRPC call for these yet: akimats file, submit and approve
        DoorCase Rest(string name, string code, Guid id, long version, string command, object body, int status = 409) => new(name, status, code, StatusCode.OK, Editor, $"/v1/publications/{id}/{command}", body, version, null);

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
            Rest("to be scheduled without approval", "not-approved", review.Id, 2, "schedule", new { }),
            Rest("to be scheduled with one language approved", "language-missing", halfway.Id, 3, "schedule", new { }),
            Rest("to be scheduled at another time", "content-changed", review.Id, 2, "schedule", new { wantedAt = DateTimeOffset.UtcNow.AddDays(3) }),
            Rest("decided about though it did not miss", "not-missed", review.Id, 2, "decide-missed", new { decision = "publish" }),
            Rest("decided about though its outcome is known", "outcome-known", review.Id, 2, "decide-outcome", new { decision = "not-accepted" }),
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

    private static JsonObject Content() => JsonNode.Parse("""
        {"kind": "News", "body": "min-culture", "title": {"kk": "Жаңалық", "ru": "Новость"}, "text": {"kk": "Мәтін", "ru": "Текст"}, "wantedAt": "2027-01-11T10:00:00+05:00"}
        """)!.AsObject();

    private static Publications.V1.FileDraftRequest Message(JsonObject content)
    {
        static Publications.V1.Bilingual Words(JsonNode? words) => new() { Kk = words?["kk"]?.ToString() ?? "", Ru = words?["ru"]?.ToString() ?? "" };
        return new()
        {
            Kind = content["kind"]?.ToString() ?? "",
            Body = content["body"]!.ToString(),
            Title = Words(content["title"]),
            Text = Words(content["text"]),
            WantedAt = DateTimeOffset.Parse(content["wantedAt"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).ToTimestamp(),
            Channels = { content["channels"]?.AsArray().Select(c => c!.ToString()) ?? [] },
            MaxLateness = content["maxLateness"]?.ToString() ?? "",
        };
    }
}
