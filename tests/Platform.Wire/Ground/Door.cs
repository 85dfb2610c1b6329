using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Platform.Wire.Ground;

/// <summary>What a REST door said.</summary>
public sealed record Reply(int Status, string Body, string? ContentType, string? ETag, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
    public string? Code => ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) == true ? Text("code") : null;
    public long Version => ETag is { } tag ? long.Parse(tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : -1;
    public string? Text(string member) => Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public IEnumerable<JsonElement> Items => Json.GetProperty("items").EnumerateArray();

    /// <summary>For messages of failing tests: not every reply is JSON with items.</summary>
    public override string ToString() => $"{Status} {Body}";

    public Reply Is(int status, string? code = null)
    {
        Assert.True((Status, Code) == (status, code ?? Code), $"expected {status} {code}, got {Status}: {Body}");
        return this;
    }
}

/// <summary>A service's REST port with one caller's token.</summary>
public sealed class Door(Uri service, string? token)
{
    // one per process: connections are shared, and a hundred at once is a hundred connections
    private static readonly HttpClient Http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { Timeout = TimeSpan.FromSeconds(100) };

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send(HttpMethod.Get, path, null, headers);

    public Task<Reply> Post(string path, object? body, long? seen = null, string? key = null, CancellationToken ct = default) =>
        Post(path, Encoding.UTF8.GetBytes(body as string ?? JsonSerializer.Serialize(body, Platform.Json.Options)), seen, key, ct);

    public Task<Reply> Post(string path, byte[] json, long? seen = null, string? key = null, CancellationToken ct = default)
    {
        List<(string, string)> headers = [];
        if (seen is not null)
        {
            headers.Add(("If-Match", $"\"{seen}\""));
        }

        if (key is not null)
        {
            headers.Add(("Idempotency-Key", key));
        }

        return Send(HttpMethod.Post, path, new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } }, headers, ct);
    }

    public async Task<Reply> Send(HttpMethod method, string path, HttpContent? body, IEnumerable<(string Name, string Value)> headers, CancellationToken ct = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(service, path)) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = await Http.SendAsync(request, ct);
        return new((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(ct), reply.Content.Headers.ContentType?.ToString(), reply.Headers.ETag?.ToString(), reply.Headers);
    }
}
