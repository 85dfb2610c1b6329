using System.Text.Json;

namespace Publications;

/// <summary>The Graph API, which Facebook's pages and Instagram's accounts share. The token goes in a header: addresses are written down by many.</summary>
public sealed class GraphCalls(HttpClient http, ChannelOptions options, TimeProvider clock)
{
    private readonly ChannelDoor _door = new(http, clock, Judge);

    public Task<ChannelAnswer> Get(ChannelAccount account, string path, CancellationToken ct) => Send(HttpMethod.Get, account, path, null, false, ct);

    public Task<ChannelAnswer> Delete(ChannelAccount account, string path, CancellationToken ct) => Send(HttpMethod.Delete, account, path, null, false, ct);

    public Task<ChannelAnswer> Post(ChannelAccount account, string path, IEnumerable<KeyValuePair<string, string>> fields, bool preparing, CancellationToken ct) =>
        Send(HttpMethod.Post, account, path, new FormUrlEncodedContent(fields), preparing, ct);

    public async Task<ChannelAnswer> Upload(ChannelAccount account, string path, MediaFile file, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken ct)
    {
        await using var bytes = await file.Open(ct);
        var form = new MultipartFormDataContent { { new StreamContent(bytes) { Headers = { ContentType = new(file.MediaType) } }, "source", file.Name } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return await Send(HttpMethod.Post, account, path, form, true, ct);
    }

    private Task<ChannelAnswer> Send(HttpMethod method, ChannelAccount account, string path, HttpContent? content, bool preparing, CancellationToken ct) =>
        _door.Send(new HttpRequestMessage(method, new Uri(options.Url, path)) { Content = content, Headers = { Authorization = new("Bearer", account.Settings[ChannelKinds.Token]) } }, preparing, ct);

    /// <summary>
    /// Graph's error codes: 4, 9, 17, 32, 341, 613 and 80001 to 80014 are limits of use, 9007 a container that is not ready; 100 with subcode 33 is "no such object"; 506 is "the same
    /// was posted just now", which may have been us; 1 and 2 are its own trouble, after which nobody knows.
    /// </summary>
    private static Outcome? Judge(int status, JsonElement body) => int.TryParse(body.Text("error.code"), out var code) ? code switch
    {
        4 or 9 or 9007 or 17 or 32 or 341 or 613 or (>= 80001 and <= 80014) => new Outcome.Unavailable(status),
        100 when body.Text("error.error_subcode") == "33" => new Outcome.Refused(404),
        506 => new Outcome.Unknown("posted-just-now"),
        1 or 2 => new Outcome.Unknown("code-" + body.Text("error.code")),
        _ => null,
    } : null;
}
