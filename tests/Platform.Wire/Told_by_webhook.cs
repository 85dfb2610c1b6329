using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Wire;

/// <summary>Subscriptions: changes as signed webhooks, in order, again after a failure and after a replay, and only what the subscriber may see.</summary>
public sealed class Told_by_webhook(Ground.Wire wire) : IAsyncLifetime
{
    private const string Body = "akimat-27", Foreign = "akimat-33";
    private const int Port = 5844;
    private readonly ConcurrentQueue<(string Id, string Timestamp, string Signature, byte[] Body)> _told = new();
    private WebApplication? _subscriber;
    private int _answer = 204;

    private static Door Officer(ServiceProcess service) => Ground.Wire.As(service, Tokens.Officer(Body));
    private IEnumerable<JsonElement> Told => _told.Select(t => JsonDocument.Parse(t.Body).RootElement);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, Port));
        _subscriber = builder.Build();
        _subscriber.MapPost("/told", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _told.Enqueue((http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(), http.Request.Headers["webhook-signature"].ToString(), body.ToArray()));
            return Results.StatusCode(_answer);
        });
        await _subscriber.StartAsync();
    }

    public async ValueTask DisposeAsync() => await _subscriber!.DisposeAsync();

    [Fact]
    public async Task A_subscriber_is_told_in_order_signed_and_again_until_it_takes_it()
    {
        var made = (await Officer(wire.Inquiries).Post("/v1/subscriptions", new { url = $"http://127.0.0.1:{Port}/told" })).Is(201);
        var (id, secret) = (made.Text("id"), made.Text("secret")!);
        Assert.Null((await Officer(wire.Inquiries).Get($"/v1/subscriptions/{id}")).Is(200).Text("secret"));
        (await wire.Officer(Foreign).Get($"/v1/subscriptions/{id}")).Is(404, "not-found");

        _answer = 503;
        var (mine, foreign) = (await wire.Receive(Body), await wire.Receive(Foreign));
        (await wire.Officer(Body).Post($"/v1/inquiries/{mine.Id}/assign", new { unit = "Отдел" }, 2)).Is(200);
        await Eventually.So("it was tried", () => !_told.IsEmpty);
        await Eventually.Get("the failure is shown", () => Officer(wire.Inquiries).Get($"/v1/subscriptions/{id}"), s => s.Text("lastCode") == "503");
        _answer = 204;
        await Eventually.So("both were taken, in order", () => Taken().SequenceEqual(["Contracts.Inquiries.InquiryRegistered", "Contracts.Inquiries.InquiryAssigned"]), 30);
        Assert.DoesNotContain(Told, t => t.GetProperty("data").GetProperty("inquiryId").GetGuid() == foreign.Id);

        var (webhookId, timestamp, signature, body) = _told.Last();
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Assert.Equal("v1," + Convert.ToBase64String(HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{webhookId}.{timestamp}."), .. body])), signature);

        var before = _told.Count;
        var position = Told.First(t => t.GetProperty("data").GetProperty("inquiryId").GetGuid() == mine.Id).GetProperty("position").GetInt64();
        var now = await Officer(wire.Inquiries).Get($"/v1/subscriptions/{id}");
        (await Officer(wire.Inquiries).Post($"/v1/subscriptions/{id}/replay", new { after = $"{position - 1}" })).Is(428, "version-required");
        (await Officer(wire.Inquiries).Post($"/v1/subscriptions/{id}/replay", new { after = $"{position - 1}" }, now.Version + 5)).Is(412, "version-stale");
        (await Officer(wire.Inquiries).Post($"/v1/subscriptions/{id}/replay", new { after = $"{position - 1}" }, now.Version)).Is(200);
        await Eventually.So("both came again, under their ids", () => _told.Skip(before).Select(t => t.Id).ToHashSet().IsSupersetOf(_told.Take(before).Where(Mine).Select(t => t.Id)));

        (await Officer(wire.Inquiries).Send(HttpMethod.Delete, $"/v1/subscriptions/{id}", null, [])).Is(204);
        (await Officer(wire.Inquiries).Get($"/v1/subscriptions/{id}")).Is(404, "not-found");

        bool Mine((string, string, string, byte[] Body) t) => JsonDocument.Parse(t.Body).RootElement.GetProperty("data").GetProperty("inquiryId").GetGuid() == mine.Id;
        IEnumerable<string> Taken() => Told.Where(t => t.GetProperty("data").GetProperty("inquiryId").GetGuid() == mine.Id).Select(t => t.GetProperty("type").GetString()!).Distinct();
    }

    [Fact]
    public async Task It_stands_on_every_service_and_refuses_alike()
    {
        foreach (var service in new[] { wire.Inquiries, wire.PressEvents, wire.Publications })
        {
            (await Ground.Wire.As(service, null).Post("/v1/subscriptions", new { url = $"http://127.0.0.1:{Port}/told" })).Is(401);
            (await Officer(service).Post("/v1/subscriptions", new { url = "ftp://127.0.0.1/told" })).Is(400, "url-invalid");
            (await Officer(service).Post("/v1/subscriptions", new { url = "http://user:secret@127.0.0.1/told" })).Is(400, "url-invalid");
            (await Officer(service).Post("/v1/subscriptions", new { url = $"http://127.0.0.1:{Port}/told", types = new[] { " " } })).Is(400, "types-invalid");
            (await Officer(service).Post("/v1/subscriptions", new { url = $"http://127.0.0.1:{Port}/told", after = "x" })).Is(400, "position-invalid");
            var made = (await Officer(service).Post("/v1/subscriptions", new { url = $"http://127.0.0.1:{Port}/gone", types = new[] { "None" } })).Is(201);
            Assert.Contains((await Officer(service).Get("/v1/subscriptions")).Is(200).Items, s => s.GetProperty("id").GetString() == made.Text("id"));
            (await Officer(service).Send(HttpMethod.Delete, $"/v1/subscriptions/{made.Text("id")}", null, [])).Is(204);
        }
    }
}
