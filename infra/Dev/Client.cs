using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Grpc.Net.Client;

namespace Dev;

/// <summary>The three services' doors as a client sees them, each call with the token of the role that may make it.</summary>
public sealed class Client(string secretsFolder, int portBase) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };

    public Uri Inquiries { get; } = new($"http://127.0.0.1:{portBase + 1}");
    public Uri PressEvents { get; } = new($"http://127.0.0.1:{portBase + 11}");
    public Uri Publications { get; } = new($"http://127.0.0.1:{portBase + 21}");
    public Uri Site { get; } = new($"http://127.0.0.1:{portBase + 30}");

    public GrpcChannel InquiriesGrpc { get; } = GrpcChannel.ForAddress($"http://127.0.0.1:{portBase + 2}");

    public string Token(string role, string? body, string name) => Dev.Token.Make(secretsFolder, [role], body, name, 3600);

    public Metadata Bearer(string role, string body, string name) => new() { { "Authorization", "Bearer " + Token(role, body, name) } };

    /// <summary>Status, body (null when empty) and the version of the ETag.</summary>
    public async Task<(int Status, JsonNode? Body, long Version)> Send(HttpMethod method, Uri address, string? token, string? json = null, long? version = null)
    {
        using var request = new HttpRequestMessage(method, address);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, new MediaTypeHeaderValue("application/json"));
        }

        using var reply = await _http.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        var seen = long.TryParse(reply.Headers.ETag?.Tag.Trim('"'), out var tag) ? tag : 0;
        return ((int)reply.StatusCode, text.Length > 0 && (text[0] is '{' or '[') ? JsonNode.Parse(text) : null, seen);
    }

    public Task<(int Status, JsonNode? Body, long Version)> Post(Uri service, string path, string token, object body, long? version = null) =>
        Send(HttpMethod.Post, new(service, path), token, body as string ?? JsonSerializer.Serialize(body, Platform.Json.Options), version);

    public Task<(int Status, JsonNode? Body, long Version)> Get(Uri service, string path, string? token) => Send(HttpMethod.Get, new(service, path), token);

    public void Dispose()
    {
        _http.Dispose();
        InquiriesGrpc.Dispose();
    }
}
