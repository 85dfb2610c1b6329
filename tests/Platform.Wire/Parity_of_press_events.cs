using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using PressEvents.V1;
using Client = PressEvents.V1.PressEvents.PressEventsClient;

namespace Platform.Wire;

/// <summary>PressEvents' refusals, asked at both doors in one table.</summary>
[Collection(House.Collection)]
public sealed class Parity_of_press_events(House house)
{
    private const string Body = "min-foreign";
    private static readonly string Mine = Tokens.For(Roles.Editor, Body), Others = Tokens.For(Roles.Editor, "min-labour");

    [Fact]
    public async Task Every_refusal_has_the_same_code_by_REST_and_by_gRPC()
    {
        var door = house.Press(body: Body);
        async Task<Guid> Filed(JsonObject e) => Guid.Parse((await door.Post("/v1/press-events", e)).Is(201).Text("id")!);
        var (at, until) = house.Slot();
        var (open, cancelled) = (await Filed(house.Event(Body, (at, until))), await Filed(house.Event(Body)));
        (await door.Post($"/v1/press-events/{cancelled}/cancel", new { reason = new { kk = "Жоқ", ru = "Нет" } }, 1)).Is(200);
        var russian = house.Event(Body);
        russian["summary"] = new JsonObject { ["ru"] = "Только по-русски" };
        var soon = DateTimeOffset.UtcNow.AddMinutes(5).ToOffset(TimeSpan.FromHours(5));
        soon = soon.AddTicks(-(soon.Ticks % TimeSpan.TicksPerSecond));
        var doorstep = house.Event(Body, (soon, soon.AddHours(1)), hall: null);
        doorstep["format"] = "DoorstepBriefing";
        var (half, now) = (await Filed(russian), await Filed(doorstep));

        DoorCase Announce(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version) => new(name, status, code, grpc, token,
            $"/v1/press-events/{id}/announce", new { }, version, (channel, headers) => new Client(channel).AnnounceAsync(version is { } v ? new() { PressEventId = id.ToString(), Version = v } : new() { PressEventId = id.ToString() }, headers).ResponseAsync);
        DoorCase Move(string name, int status, string code, StatusCode grpc, Guid id, (DateTimeOffset Start, DateTimeOffset End) to, string? hall = null) => new(name, status, code, grpc, Mine,
            $"/v1/press-events/{id}/reschedule", new { start = House.Text(to.Start), end = House.Text(to.End), hall }, id == cancelled ? 2 : 1, (channel, headers) => new Client(channel).RescheduleAsync(new()
            { PressEventId = id.ToString(), Version = id == cancelled ? 2 : 1, Start = to.Start.ToTimestamp(), End = to.End.ToTimestamp(), Hall = hall ?? "" }, headers).ResponseAsync);
        DoorCase Cancel(string name, int status, string code, StatusCode grpc, Guid id, string? russianWords) => new(name, status, code, grpc, Mine,
            $"/v1/press-events/{id}/cancel", new { reason = new { kk = "Неге", ru = russianWords } }, id == cancelled ? 2 : 1, (channel, headers) => new Client(channel).CancelAsync(new()
            { PressEventId = id.ToString(), Version = id == cancelled ? 2 : 1, Reason = new() { Kk = "Неге", Ru = russianWords ?? "" } }, headers).ResponseAsync);
        DoorCase Life(string name, int status, string code, StatusCode grpc, string command, Guid id, object ask, Func<Client, Metadata, string, long, AsyncUnaryCall<CommandReply>> call) => new(name, status, code, grpc, Mine,
            $"/v1/press-events/{id}/{command}", ask, id == cancelled ? 2 : 1, (channel, headers) => call(new(channel), headers, id.ToString(), id == cancelled ? 2 : 1).ResponseAsync);
        DoorCase File(string name, int status, string code, StatusCode grpc, Action<JsonObject> change, string? token = null)
        {
            var e = house.Event(Body);
            change(e);
            return new(name, status, code, grpc, token ?? Mine, "/v1/press-events", e, null, (channel, headers) => new Client(channel).FileAsync(Message(e), headers).ResponseAsync);
        }

        await DoorCase.Ask(house.PressEvents,
        [
            Announce("unknown id", 404, "not-found", StatusCode.NotFound, Guid.NewGuid(), Mine, 1),
            Announce("another body's id", 404, "not-found", StatusCode.NotFound, open, Others, 1),
            Announce("another body's id without a version", 404, "not-found", StatusCode.NotFound, open, Others, null),
            Announce("wrong role", 403, "forbidden", StatusCode.PermissionDenied, open, Tokens.For(Roles.Officer, Body), 1),
            Announce("an auditor reads and does not act", 403, "forbidden", StatusCode.PermissionDenied, open, Tokens.For(Roles.Auditor, Body), 1),
            Announce("no token", 401, "unauthenticated", StatusCode.Unauthenticated, open, null, 1),
            Announce("expired token", 401, "unauthenticated", StatusCode.Unauthenticated, open, Tokens.For(Roles.Editor, Body, seconds: -60), 1),
            Announce("missing version", 428, "version-required", StatusCode.FailedPrecondition, open, Mine, null),
            Announce("stale version", 412, "version-stale", StatusCode.Aborted, open, Mine, 7),
            Announce("notice too short", 409, "notice-too-short", StatusCode.FailedPrecondition, now, Mine, 1),
            Announce("one language", 409, "language-missing", StatusCode.FailedPrecondition, half, Mine, 1),
            Announce("cancelled", 409, "cancelled", StatusCode.FailedPrecondition, cancelled, Mine, 2),
            Move("a taken hall", 409, "hall-taken", StatusCode.FailedPrecondition, half, (at, until)),
            Move("cancelled", 409, "cancelled", StatusCode.FailedPrecondition, cancelled, house.Slot()),
            Move("into the past", 400, "start-past", StatusCode.InvalidArgument, open, (at.AddYears(-1), until.AddYears(-1))),
            Move("end before start", 400, "end-before-start", StatusCode.InvalidArgument, open, (until, at)),
            Move("beyond all calendars", 400, "calendar-unknown", StatusCode.InvalidArgument, open, (at.AddYears(40), until.AddYears(40))),
            Move("unknown hall", 400, "hall-unknown", StatusCode.InvalidArgument, open, house.Slot(), "hall-404"),
            Cancel("a reason in one language", 400, "reason-missing", StatusCode.InvalidArgument, open, null),
            Cancel("cancelled for another reason", 409, "cancelled", StatusCode.FailedPrecondition, cancelled, "Иначе"),
            Life("postponed for a reason in one language", 400, "reason-missing", StatusCode.InvalidArgument, "postpone", open, new { reason = new { kk = "Неге" } }, (c, h, id, v) => c.PostponeAsync(new() { PressEventId = id, Version = v, Reason = new() { Kk = "Неге" } }, h)),
            Life("postponed after cancelling", 409, "cancelled", StatusCode.FailedPrecondition, "postpone", cancelled, new { reason = new { kk = "Неге", ru = "Почему" } }, (c, h, id, v) => c.PostponeAsync(new() { PressEventId = id, Version = v, Reason = new() { Kk = "Неге", Ru = "Почему" } }, h)),
            Life("revised after cancelling", 409, "cancelled", StatusCode.FailedPrecondition, "revise", cancelled, new { capacity = 5 }, (c, h, id, v) => c.ReviseAsync(new() { PressEventId = id, Version = v, Capacity = 5 }, h)),
            Life("room for nobody", 400, "capacity-invalid", StatusCode.InvalidArgument, "revise", open, new { capacity = 0 }, (c, h, id, v) => c.ReviseAsync(new() { PressEventId = id, Version = v, Capacity = 0 }, h)),
            Life("an unknown interpreter", 400, "interpreter-unknown", StatusCode.InvalidArgument, "revise", open, new { interpreters = new[] { "klingon" } }, (c, h, id, v) => c.ReviseAsync(new() { PressEventId = id, Version = v, Interpreters = new() { Items = { "klingon" } } }, h)),
            Life("begun before it was announced", 409, "not-announced", StatusCode.FailedPrecondition, "start", open, new { }, (c, h, id, v) => c.StartAsync(new() { PressEventId = id, Version = v }, h)),
            Life("begun tomorrow", 400, "at-ahead", StatusCode.InvalidArgument, "start", open, new { at = House.Text(until) }, (c, h, id, v) => c.StartAsync(new() { PressEventId = id, Version = v, At = until.ToTimestamp() }, h)),
            Life("ended before it began", 409, "not-live", StatusCode.FailedPrecondition, "conclude", open, new { }, (c, h, id, v) => c.ConcludeAsync(new() { PressEventId = id, Version = v }, h)),
            Life("materials before the end", 409, "not-concluded", StatusCode.FailedPrecondition, "publish-materials", open, new { }, (c, h, id, v) => c.PublishMaterialsAsync(new() { PressEventId = id, Version = v }, h)),
            File("a taken hall", 409, "hall-taken", StatusCode.FailedPrecondition, e => (e["start"], e["end"]) = (House.Text(at), House.Text(until))),
            File("another body", 403, "body-forbidden", StatusCode.PermissionDenied, e => { }, Others),
            File("unknown body", 400, "body-unknown", StatusCode.InvalidArgument, e => e["body"] = "min-404"),
            File("unknown format", 400, "format-unknown", StatusCode.InvalidArgument, e => e["format"] = "Rally"),
            File("no title", 400, "title-missing", StatusCode.InvalidArgument, e => e["title"] = new JsonObject()),
            File("no start", 400, "time-invalid", StatusCode.InvalidArgument, e => e["start"] = null),
            File("no hall", 400, "hall-missing", StatusCode.InvalidArgument, e => e["hall"] = null),
            File("a hall where none is", 400, "hall-not-allowed", StatusCode.InvalidArgument, e => e["format"] = "DoorstepBriefing"),
            File("too few speakers", 400, "speakers-too-few", StatusCode.InvalidArgument, e => e["speakers"] = new JsonArray()),
            File("a nameless speaker", 400, "name-missing", StatusCode.InvalidArgument, e => e["speakers"]![0]!["name"] = new JsonObject()),
            File("unknown channel", 400, "channel-unknown", StatusCode.InvalidArgument, e => e["channels"] = new JsonArray("radio")),
            File("U+0000 in a list", 400, "text-invalid", StatusCode.InvalidArgument, e => e["speakers"]![0]!["name"]!["kk"] = "a\0b"),
            File("U+0000", 400, "text-invalid", StatusCode.InvalidArgument, e => e["note"] = "a\0b"),
        ]);
    }

    [Fact]
    public async Task A_taken_hall_names_the_same_collisions_and_free_places_and_what_one_door_did_the_other_shows()
    {
        var (client, editor) = (house.PressGrpc(), Tokens.Headers(Mine));
        var e = house.Event(Body);
        var filed = await client.FileAsync(Message(e), editor);

        var rest = (await house.Press(body: Body).Post("/v1/press-events", e)).Is(409, "hall-taken");
        var grpc = (await Assert.ThrowsAsync<RpcException>(() => client.FileAsync(Message(e), editor).ResponseAsync)).GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!;
        foreach (var member in new[] { "collidesWith", "free" })
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(rest.Json.GetProperty(member).GetRawText()), JsonNode.Parse(grpc.Metadata[member])), $"{member}: {rest.Body} {grpc}");
        }

        var announced = (await house.Press(body: Body).Post($"/v1/press-events/{filed.PressEventId}/announce", new { }, filed.Version)).Is(200);
        var seen = await client.GetAsync(new() { PressEventId = filed.PressEventId }, Tokens.Headers(Others));
        Assert.Equal(("Announced", announced.Version, e["title"]!["kk"]!.ToString(), e["start"]!.ToString()),
            (seen.State, seen.Version, seen.Title.Kk, House.Text(seen.Start.ToDateTimeOffset().ToOffset(TimeSpan.FromHours(5)))));
    }

    private static FileRequest Message(JsonObject e)
    {
        static PressEvents.V1.Bilingual Words(JsonNode? words) => new() { Kk = words?["kk"]?.ToString() ?? "", Ru = words?["ru"]?.ToString() ?? "" };
        static Timestamp? Time(JsonNode? at) => at is null ? null : DateTimeOffset.Parse(at.ToString(), System.Globalization.CultureInfo.InvariantCulture).ToTimestamp();
        return new()
        {
            Format = e["format"]!.ToString(),
            Body = e["body"]!.ToString(),
            Hall = e["hall"]?.ToString() ?? "",
            Title = Words(e["title"]),
            Summary = Words(e["summary"]),
            Start = Time(e["start"]),
            End = Time(e["end"]),
            Speakers = { e["speakers"]!.AsArray().Select(s => new PressEvents.V1.Speaker { Name = Words(s!["name"]), Post = Words(s["post"]) }) },
            Channels = { e["channels"]!.AsArray().Select(c => c!.ToString()) },
            Note = e["note"]?.ToString() ?? "",
        };
    }
}
