using Grpc.Core;
using Inquiries.V1;
using Client = Inquiries.V1.Inquiries.InquiriesClient;

namespace Platform.Wire;

/// <summary>One table of refusals, asked at both doors: a rule that only one of them knows would show here.</summary>
public sealed class Parity_of_doors(Ground.Wire wire)
{
    private const string Body = "akimat-31";

    /// <summary>A command as REST and as gRPC say it.</summary>
    private sealed record Case(string Name, int Status, string Code, StatusCode Grpc, string? Token, string Path, object Json, long? Version, Func<Client, Metadata, Task> Call);

    [Fact]
    public async Task Every_refusal_has_the_same_code_by_REST_and_by_gRPC()
    {
        List<string> wrong = [];
        var client = wire.Grpc();
        foreach (var c in await Cases())
        {
            var rest = await Ground.Wire.As(wire.Inquiries, c.Token).Post(c.Path, c.Json, c.Version);
            var grpc = await Assert.ThrowsAsync<RpcException>(() => c.Call(client, Tokens.Headers(c.Token)));
            // without a token ASP.NET answers before any interceptor: the status is all there is
            var reason = grpc.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason ?? (grpc.StatusCode == StatusCode.Unauthenticated ? "unauthenticated" : null);
            var (came, expected) = ((rest.Status, rest.Code, grpc.StatusCode, reason), (c.Status, (string?)c.Code, c.Grpc, (string?)c.Code));
            if (came != expected)
            {
                wrong.Add($"{c.Name}: {came}, not {expected}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task What_one_door_did_the_other_shows()
    {
        var request = await wire.Receive(Body);
        var (client, officer) = (wire.Grpc(), Tokens.Headers(Tokens.Officer(Body)));

        var assigned = await client.AssignAsync(new() { InquiryId = request.Id.ToString(), Version = 2, Unit = "Канцелярия" }, officer);
        var answered = (await wire.Officer(Body).Post($"/v1/inquiries/{request.Id}/answer", new { text = "Вот ответ" }, assigned.Version)).Is(200);

        var seen = await client.GetAsync(new() { InquiryId = request.Id.ToString() }, officer);
        Assert.Equal(("Answered", answered.Version, "Канцелярия", request.Number), (seen.State, seen.Version, seen.Unit, seen.Number));
        Assert.DoesNotContain((await client.ListAssignedAsync(new() { Limit = 200 }, officer)).Items, i => i.Id == seen.Id);
    }

    private async Task<IEnumerable<Case>> Cases()
    {
        var open = await wire.Receive(Body);
        var third = await wire.Receive(Body, language: "de");
        var answered = await wire.Receive(Body);
        await wire.Officer(Body).Post($"/v1/inquiries/{answered.Id}/answer", new { text = "Первый" }, 2);
        var (mine, others) = (Tokens.Officer(Body), Tokens.Officer("akimat-33"));

        Case Answer(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version, string text) => new(name, status, code, grpc, token,
            $"/v1/inquiries/{id}/answer", new { text }, version, (client, headers) => client.AnswerAsync(Versioned(new AnswerRequest { InquiryId = id.ToString(), Text = text }, version, (r, v) => r.Version = v), headers).ResponseAsync);
        Case Assign(string name, int status, string code, StatusCode grpc, Guid id, string? token, long? version, string unit) => new(name, status, code, grpc, token,
            $"/v1/inquiries/{id}/assign", new { unit }, version, (client, headers) => client.AssignAsync(Versioned(new AssignRequest { InquiryId = id.ToString(), Unit = unit }, version, (r, v) => r.Version = v), headers).ResponseAsync);
        Case Forward(string name, int status, string code, StatusCode grpc, string holder) => new(name, status, code, grpc, mine,
            $"/v1/inquiries/{open.Id}/forward", new { holder }, 2, (client, headers) => client.ForwardAsync(new() { InquiryId = open.Id.ToString(), Holder = holder, Version = 2 }, headers).ResponseAsync);
        Case Clear(string name, int status, string code, StatusCode grpc, Guid id, long version, string? title, string? text) => new(name, status, code, grpc, mine,
            $"/v1/inquiries/{id}/clear-for-disclosure", new { title = new { ru = title }, text = new { ru = text } }, version, (client, headers) => client.ClearForDisclosureAsync(new()
            { InquiryId = id.ToString(), Version = version, Title = new() { Ru = title ?? "" }, Text = new() { Ru = text ?? "" } }, headers).ResponseAsync);

        return
        [
            Answer("unknown id", 404, "not-found", StatusCode.NotFound, Guid.NewGuid(), mine, 2, "x"),
            Answer("another body's id", 404, "not-found", StatusCode.NotFound, open.Id, others, 2, "x"),
            Answer("another body's id without a version", 404, "not-found", StatusCode.NotFound, open.Id, others, null, "x"),
            Answer("wrong role", 403, "forbidden", StatusCode.PermissionDenied, open.Id, Tokens.For(Roles.Egov), 2, "x"),
            Answer("an auditor reads and does not act", 403, "forbidden", StatusCode.PermissionDenied, open.Id, Tokens.For(Roles.Auditor, Body), 2, "x"),
            Answer("no token", 401, "unauthenticated", StatusCode.Unauthenticated, open.Id, null, 2, "x"),
            Answer("expired token", 401, "unauthenticated", StatusCode.Unauthenticated, open.Id, Tokens.For(Roles.Officer, Body, seconds: -60), 2, "x"),
            Answer("missing version", 428, "version-required", StatusCode.FailedPrecondition, open.Id, mine, null, "x"),
            Answer("stale version", 412, "version-stale", StatusCode.Aborted, open.Id, mine, 1, "x"),
            Answer("already answered", 409, "already-answered", StatusCode.FailedPrecondition, answered.Id, mine, 3, "Второй"),
            Answer("answer empty", 400, "answer-empty", StatusCode.InvalidArgument, open.Id, mine, 2, "  "),
            Answer("a third language is answered in both", 400, "answer-empty", StatusCode.InvalidArgument, third.Id, mine, 2, "только одно"),
            Answer("U+0000", 400, "text-invalid", StatusCode.InvalidArgument, open.Id, mine, 2, "a\0b"),
            Assign("U+0000", 400, "text-invalid", StatusCode.InvalidArgument, open.Id, mine, 2, "a\0b"),
            Assign("unit missing", 400, "unit-missing", StatusCode.InvalidArgument, open.Id, mine, 2, ""),
            Assign("not open any more", 409, "not-open", StatusCode.FailedPrecondition, answered.Id, mine, 3, "Отдел"),
            Forward("holder unknown", 400, "holder-unknown", StatusCode.InvalidArgument, "akimat-404"),
            Forward("holder own", 400, "holder-own", StatusCode.InvalidArgument, Body),
            Clear("not answered", 409, "not-answered", StatusCode.FailedPrecondition, open.Id, 2, "Название", "Слова"),
            Clear("title missing", 400, "title-missing", StatusCode.InvalidArgument, answered.Id, 3, null, "Слова"),
            Clear("text missing", 400, "text-missing", StatusCode.InvalidArgument, answered.Id, 3, "Название", null),
        ];
    }

    private static TRequest Versioned<TRequest>(TRequest request, long? version, Action<TRequest, long> set)
    {
        if (version is { } seen)
        {
            set(request, seen);
        }

        return request;
    }
}
