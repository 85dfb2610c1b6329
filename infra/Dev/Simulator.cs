using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Dev;

/// <summary>How a simulated channel behaves from now on, for requests whose path holds <paramref name="At"/> (all without).</summary>
public sealed record Faults(string Mode, int Ms, string? At = null)
{
    public static readonly string[] Modes = ["none", "slow", "refuse", "unavailable", "rate-limit", "timeout-after-accept", "lose-answer", "forget"];
    public static readonly Faults None = new("none", 0);
}

/// <summary>What the simulators of channels share: a port, what they are told, faults before and after something was taken, and signatures.</summary>
public sealed class Simulator
{
    /// <summary>Seconds that a rate limit asks to wait.</summary>
    public const int RetryAfter = 2;

    public Faults Faults { get; private set; } = Faults.None;

    public Faults FaultsOf(HttpRequest request) => Faults.At is null || request.Path.Value!.Contains(Faults.At, StringComparison.Ordinal) ? Faults : Faults.None;

    /// <summary>A web server on SIMULATOR_PORT, listening on SIMULATOR_LISTEN (127.0.0.1), with <c>/faults</c> and <c>/health/ready</c>.</summary>
    public WebApplication Build()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Parse(Environment.GetEnvironmentVariable("SIMULATOR_LISTEN") ?? "127.0.0.1"), int.Parse(Variable("SIMULATOR_PORT"), CultureInfo.InvariantCulture)));
        var app = builder.Build();
        app.MapGet("/faults", () => Faults);
        app.MapPost("/faults", (Faults faults) => Faults.Modes.Contains(faults.Mode) ? Results.Json(Faults = faults) : Results.BadRequest(new { modes = Faults.Modes }));
        app.MapGet("/health/ready", () => new { state = "ok" });
        return app;
    }

    /// <summary>Slow goes on and takes it, also when the caller has left.</summary>
    public Task Before(HttpContext http) => FaultsOf(http.Request) is { Mode: "slow", Ms: var ms } ? Task.Delay(ms) : Task.CompletedTask;

    /// <summary>It was taken; whether the caller hears of it is another matter. Forget: it is answered, and yet nothing stands there.</summary>
    public async Task After(HttpContext http)
    {
        var faults = FaultsOf(http.Request);
        if (faults.Mode == "timeout-after-accept")
        {
            await Task.Delay(faults.Ms == 0 ? 60_000 : faults.Ms, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (faults.Mode == "lose-answer")
        {
            http.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
        }
    }

    /// <summary>Standard Webhooks: any of the signatures fits, and the timestamp is of these five minutes.</summary>
    public static bool IsSigned(HttpRequest request, string id, byte[] body, byte[] key, DateTimeOffset now)
    {
        var timestamp = request.Headers["webhook-timestamp"].ToString();
        if (id.Length == 0 || !long.TryParse(timestamp, CultureInfo.InvariantCulture, out var seconds) || Math.Abs(now.ToUnixTimeSeconds() - seconds) > 300)
        {
            return false;
        }

        var expected = HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body]);
        return request.Headers["webhook-signature"].ToString().Split(' ').Where(s => s.StartsWith("v1,", StringComparison.Ordinal)).Any(s =>
            Convert.TryFromBase64String(s[3..], new byte[64], out _) && CryptographicOperations.FixedTimeEquals(Convert.FromBase64String(s[3..]), expected));
    }

    public static async Task<byte[]> Body(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    public static string Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value
        : throw new InvalidOperationException($"{name} is not set.");
}
