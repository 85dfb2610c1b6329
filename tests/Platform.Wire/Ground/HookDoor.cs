using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Wire.Ground;

/// <summary>A webhook as it came.</summary>
public sealed record Hook(string Id, string Timestamp, string Signature, byte[] Body)
{
    public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");
    public string Type => JsonDocument.Parse(Body).RootElement.GetProperty("type").GetString()!;

    public bool IsSignedBy(string secret) => new StandardWebhook(secret).Sign(Id, DateTimeOffset.FromUnixTimeSeconds(long.Parse(Timestamp, System.Globalization.CultureInfo.InvariantCulture)), Body) == Signature;
}

/// <summary>Somebody's door for webhooks, at <c>/hooks</c>; <paramref name="answer"/> says the status.</summary>
public sealed class HookDoor(int port, Func<Hook, int> answer) : IAsyncDisposable
{
    private WebApplication? _app;

    public Uri Url { get; } = new($"http://127.0.0.1:{port}/hooks");
    public ConcurrentQueue<Hook> Hooks { get; } = new();

    public async Task Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.MapPost("/hooks", async (HttpContext http) =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var hook = new Hook(http.Request.Headers["webhook-id"].ToString(), http.Request.Headers["webhook-timestamp"].ToString(), http.Request.Headers["webhook-signature"].ToString(), body.ToArray());
            Hooks.Enqueue(hook);
            return Results.StatusCode(answer(hook));
        });
        await _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app is null ? ValueTask.CompletedTask : _app.DisposeAsync();
}
