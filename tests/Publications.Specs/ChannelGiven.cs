using System.Net;
using System.Text;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>One request as a channel saw it.</summary>
sealed record Asked(HttpMethod Method, Uri Url, string Body, string? Authorization);

/// <summary>A channel by recorded answers: each request is kept, and answered by the next of them.</summary>
sealed class Recorded(params Func<HttpRequestMessage, HttpResponseMessage>[] answers) : HttpMessageHandler
{
    public List<Asked> Requests { get; } = [];

    public HttpClient Client => new(this) { Timeout = Timeout.InfiniteTimeSpan };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(new(request.Method, request.RequestUri!, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken), request.Headers.Authorization?.ToString()));
        var answer = answers[Math.Min(Requests.Count, answers.Length) - 1](request);
        return answer.StatusCode == 0 ? await Never(cancellationToken) : answer;
    }

    static async Task<HttpResponseMessage> Never(CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        throw new InvalidOperationException();
    }

    public static Func<HttpRequestMessage, HttpResponseMessage> Says(int status, string body, string type = "application/json", (string Name, string Value)? header = null) => request =>
    {
        var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        _ = header is { } given && answer.Headers.TryAddWithoutValidation(given.Name, given.Value);
        return answer;
    };

    /// <summary>It took the request and never answers.</summary>
    public static readonly Func<HttpRequestMessage, HttpResponseMessage> Silence = _ => new() { StatusCode = 0 };
    public static readonly Func<HttpRequestMessage, HttpResponseMessage> NoConnection = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
    public static readonly Func<HttpRequestMessage, HttpResponseMessage> Broken = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded);
}

sealed class AtNoon : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => Noon;
}

/// <summary>Pictures and films by ids, of three bytes each.</summary>
sealed class SomeMedia : IMediaFiles
{
    public static readonly Guid Picture = new("0197f3a0-0000-7000-8000-0000000000b1"), Other = new("0197f3a0-0000-7000-8000-0000000000b2"), Film = new("0197f3a0-0000-7000-8000-0000000000b3");

    public Task<MediaFile?> Read(Guid mediaId, Crop? crop, CancellationToken ct) => Task.FromResult(mediaId == Picture || mediaId == Other ? File("image/jpeg", "a.jpg")
        : mediaId == Film ? File("video/mp4", "a.mp4") : null);

    static MediaFile File(string type, string name) => new(type, name, 3, _ => Task.FromResult<Stream>(new MemoryStream([1, 2, 3])));
}

static class ChannelGiven
{
    public static readonly Post Plain = new(Id, AttemptId, Body, "News", null, new("Тақырып", "Заголовок"), new("Мәтін", "Текст"), [], false, Due);
    public const string Whole = "Тақырып\n\nМәтін\n\nЗаголовок\n\nТекст";
    public static readonly ChannelOptions Options = new() { Url = new("https://channel.example/v1/"), Preview = new("https://preview.example/"), TimeoutSeconds = 3 };
    public static readonly SomeMedia Media = new();
    public static readonly TimeProvider Clock = new AtNoon();

    /// <summary>Signed by one key, at one time, under one address or none.</summary>
    public static MediaAddresses Addresses(TimeProvider? clock = null, string? at = "https://platform.example", byte key = 1) =>
        new(MediaAddressOptions.Checked(new() { PublicBase = at }, development: false), new("1 " + Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray())), clock ?? Clock);

    public static PictureHashes Hashes(HttpMessageHandler handler) => new(new(handler), TimeSpan.FromSeconds(1));
    public static PostMedia One(Guid id) => new(id, "", null, null, null);
    public static Post With(params Guid[] media) => Plain with { Media = [.. media.Select(One)] };
    public static ChannelAccount Account(string kind, params (string Name, string Value)[] settings) => new("acc-1", kind, Body, ["kk", "ru"], settings.ToDictionary(s => s.Name, s => s.Value));

    public static readonly Outcome Timeout = new Outcome.Unknown("timeout"), AnswerLost = new Outcome.Unknown("answer-lost"), NothingSent = new Outcome.Unavailable(null);
    public static Outcome Accepted(string id, string from = "answer") => new Outcome.Accepted(id, from);
}
