using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Publications.V1;
using Client = Publications.V1.Publications.PublicationsClient;

namespace Platform.Wire;

/// <summary>How each command is said at both doors.</summary>
public sealed partial class Parity_of_publications
{
    /// <summary>A command as both doors say it.</summary>
    private delegate DoorCase Said<in TBody>(string name, int status, string code, Guid id, string? token, long? version, TBody body);

    private static IEnumerable<DoorCase> Of<TBody>(Said<TBody> command, string token, params (string Name, int Status, string Code, Guid Id, long Version, TBody Body)[] cases) =>
        cases.Select(c => command(c.Name, c.Status, c.Code, c.Id, token, c.Version, c.Body));

    /// <summary>What is refused whatever is asked, by each of them.</summary>
    private static IEnumerable<DoorCase> Manners(Guid id)
    {
        (string Name, Func<string, int, string, Guid, string?, long?, DoorCase> Ask, string Token, string Other)[] commands =
        [
            ("edit", (n, s, c, i, t, v) => Edit(n, s, c, i, t, v, "{}"), Editor, OtherEditor), ("reject", (n, s, c, i, t, v) => Reject(n, s, c, i, t, v, "Why"), Approver, OtherApprover),
            ("schedule", (n, s, c, i, t, v) => Schedule(n, s, c, i, t, v, null), Editor, OtherEditor), ("cancel", (n, s, c, i, t, v) => Cancel(n, s, c, i, t, v, ""), Editor, OtherEditor),
            ("decide-missed", (n, s, c, i, t, v) => DecideMissed(n, s, c, i, t, v, "drop"), Editor, OtherEditor),
            ("hold", (n, s, c, i, t, v) => Hold(n, s, c, i, t, v, "Why"), Editor, OtherEditor), ("reschedule", (n, s, c, i, t, v) => Reschedule(n, s, c, i, t, v, ("2030-01-01T10:00", "")), Editor, OtherEditor),
            ("release-now", (n, s, c, i, t, v) => ReleaseNow(n, s, c, i, t, v, "Why"), Editor, OtherEditor), ("correct", (n, s, c, i, t, v) => Correct(n, s, c, i, t, v, ("Түзету", "Поправка", "Why")), Editor, OtherEditor),
            ("withdraw", (n, s, c, i, t, v) => Withdraw(n, s, c, i, t, v, ("Хабарлама", "Извещение", "Why")), Editor, OtherEditor),
            ("settle-follow-up", (n, s, c, i, t, v) => SettleFollowUp(n, s, c, i, t, v, ("site", "Seen to")), Editor, OtherEditor),
            ("decide-outcome", (n, s, c, i, t, v) => DecideOutcome(n, s, c, i, t, v, ("not-accepted", "", "")), Editor, OtherEditor),
        ];
        return commands.SelectMany(c => (DoorCase[])
        [
            c.Ask(c.Name + ": unknown id", 404, "not-found", Guid.NewGuid(), c.Token, 1), c.Ask(c.Name + ": another body's id", 404, "not-found", id, c.Other, 1),
            c.Ask(c.Name + ": wrong role", 403, "forbidden", id, Tokens.For(Roles.Officer, Body), 1), c.Ask(c.Name + ": no token", 401, "unauthenticated", id, null, 1),
            c.Ask(c.Name + ": missing version", 428, "version-required", id, c.Token, null), c.Ask(c.Name + ": stale version", 412, "version-stale", id, c.Token, 7),
        ]);
    }

    private static DoorCase Edit(string name, int status, string code, Guid id, string? token, long? version, string json) => Command(name, status, code, null, token, "edit", id, version,
        JsonNode.Parse(json)!, Edited(JsonNode.Parse(json)!), (client, request, headers) => client.EditAsync(request, headers));
    private static DoorCase Reject(string name, int status, string code, Guid id, string? token, long? version, string reason) => Command(name, status, code, null, token, "reject", id, version,
        new { reason }, new RejectRequest { Reason = reason }, (client, request, headers) => client.RejectAsync(request, headers));
    private static DoorCase Schedule(string name, int status, string code, Guid id, string? token, long? version, DateTimeOffset? wantedAt) => Command(name, status, code, null, token, "schedule", id, version,
        new { wantedAt }, new ScheduleRequest { WantedAt = wantedAt?.ToTimestamp() }, (client, request, headers) => client.ScheduleAsync(request, headers));
    private static DoorCase Cancel(string name, int status, string code, Guid id, string? token, long? version, string reason) => Command(name, status, code, null, token, "cancel", id, version,
        new { reason }, new CancelRequest { Reason = reason }, (client, request, headers) => client.CancelAsync(request, headers));
    private static DoorCase DecideMissed(string name, int status, string code, Guid id, string? token, long? version, string decision) => Command(name, status, code, null, token, "decide-missed", id, version,
        new { decision }, new DecideMissedRequest { Decision = decision }, (client, request, headers) => client.DecideMissedAsync(request, headers));
    private static DoorCase Hold(string name, int status, string code, Guid id, string? token, long? version, string reason) => Command(name, status, code, null, token, "hold", id, version,
        new { reason }, new HoldRequest { Reason = reason }, (client, request, headers) => client.HoldAsync(request, headers));
    private static DoorCase Reschedule(string name, int status, string code, Guid id, string? token, long? version, (string Local, string Zone) ask) => Command(name, status, code, null, token, "reschedule", id, version,
        new { wantedLocal = Null(ask.Local), zone = Null(ask.Zone) }, new RescheduleRequest { WantedLocal = ask.Local, Zone = ask.Zone }, (client, request, headers) => client.RescheduleAsync(request, headers));
    private static DoorCase ReleaseNow(string name, int status, string code, Guid id, string? token, long? version, string reason) => Command(name, status, code, null, token, "release-now", id, version,
        new { reason }, new ReleaseNowRequest { Reason = reason }, (client, request, headers) => client.ReleaseNowAsync(request, headers));
    private static DoorCase Correct(string name, int status, string code, Guid id, string? token, long? version, (string Kk, string Ru, string Reason) ask) => Command(name, status, code, null, token, "correct", id, version,
        new { text = new { ru = "Иначе" }, notice = new { kk = Null(ask.Kk), ru = Null(ask.Ru) }, reason = ask.Reason },
        new CorrectRequest { Text = new() { Ru = "Иначе" }, Notice = new() { Kk = ask.Kk, Ru = ask.Ru }, Reason = ask.Reason }, (client, request, headers) => client.CorrectAsync(request, headers));
    private static DoorCase Withdraw(string name, int status, string code, Guid id, string? token, long? version, (string Kk, string Ru, string Reason) ask) => Command(name, status, code, null, token, "withdraw", id, version,
        new { notice = new { kk = Null(ask.Kk), ru = Null(ask.Ru) }, reason = ask.Reason }, new WithdrawRequest { Notice = new() { Kk = ask.Kk, Ru = ask.Ru }, Reason = ask.Reason }, (client, request, headers) => client.WithdrawAsync(request, headers));
    private static DoorCase SettleFollowUp(string name, int status, string code, Guid id, string? token, long? version, (string Channel, string Note) ask) => Command(name, status, code, null, token, "settle-follow-up", id, version,
        new { channel = ask.Channel, note = ask.Note }, new SettleFollowUpRequest { Channel = ask.Channel, Note = ask.Note }, (client, request, headers) => client.SettleFollowUpAsync(request, headers));
    private static string? Null(string text) => text.Length == 0 ? null : text;

    private static DoorCase DecideOutcome(string name, int status, string code, Guid id, string? token, long? version, (string Decision, string ExternalId, string Attempt) ask) =>
        Command(name, status, code, null, token, "decide-outcome", id, version, new { decision = ask.Decision, externalId = ask.ExternalId, attemptId = ask.Attempt is "" ? null : ask.Attempt },
            new DecideOutcomeRequest { Decision = ask.Decision, ExternalId = ask.ExternalId, AttemptId = ask.Attempt }, (client, request, headers) => client.DecideOutcomeAsync(request, headers));

    /// <summary>A command with its id and version put into the message; a status that is not told is the one that belongs to HTTP's.</summary>
    private static DoorCase Command<TRequest>(string name, int status, string code, StatusCode? grpc, string? token, string command, Guid id, long? version, object json, TRequest request,
        Func<Client, TRequest, Metadata, AsyncUnaryCall<Publications.V1.Publication>> call) where TRequest : IMessage
    {
        request.Descriptor.FindFieldByName("publication_id").Accessor.SetValue(request, id.ToString());
        if (version is { } seen)
        {
            request.Descriptor.FindFieldByName("version").Accessor.SetValue(request, seen);
        }

        return new($"{command}: {name}", status, code, grpc ?? ByStatus[status], token, $"/v1/publications/{id}/{command}", json, version, (channel, headers) => call(new Client(channel), request, headers).ResponseAsync);
    }

    private static readonly Dictionary<int, StatusCode> ByStatus = new()
    {
        [400] = StatusCode.InvalidArgument,
        [401] = StatusCode.Unauthenticated,
        [403] = StatusCode.PermissionDenied,
        [404] = StatusCode.NotFound,
        [409] = StatusCode.FailedPrecondition,
        [412] = StatusCode.Aborted,
        [428] = StatusCode.FailedPrecondition,
    };

    private static EditRequest Edited(JsonNode ask)
    {
        static BilingualEdit? Words(JsonNode? words)
        {
            var edit = words is null ? null : new BilingualEdit();
            if (words?["kk"] is { } kk)
            {
                edit!.Kk = kk.ToString();
            }

            if (words?["ru"] is { } ru)
            {
                edit!.Ru = ru.ToString();
            }

            return edit;
        }

        var request = new EditRequest { Title = Words(ask["title"]), Text = Words(ask["text"]), Channels = ask["channels"] is JsonArray channels ? new() { Items = { channels.Select(c => c!.ToString()) } } : null };
        request.WantedAt = ask["wantedAt"] is { } at ? DateTimeOffset.Parse(at.ToString(), System.Globalization.CultureInfo.InvariantCulture).ToTimestamp() : null;
        foreach (var (json, field) in new[] { ("kind", "kind"), ("maxLateness", "max_lateness"), ("onMiss", "on_miss") }.Where(f => ask[f.Item1] is not null))
        {
            EditRequest.Descriptor.FindFieldByName(field).Accessor.SetValue(request, ask[json]!.ToString());
        }

        return request;
    }
}
