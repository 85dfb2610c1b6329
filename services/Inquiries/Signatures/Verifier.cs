using System.Net;
using System.Text.Json;

namespace Inquiries;

/// <summary>How signatures of forms are treated: not looked at, recorded and shown, or required (an invalid one is a defect, which never stops registration).</summary>
public enum SignatureMode { Off, Record, Require }

/// <summary>Where the verifier (NCANode's HTTP contract) is, and how long intake waits for it.</summary>
public sealed record SignatureOptions
{
    public SignatureMode Mode { get; init; }
    public Uri? Url { get; init; }
    public double TimeoutSeconds { get; init; } = 3;

    /// <summary>The first wait after a verifier that was away; doubled up to an hour.</summary>
    public double RetrySeconds { get; init; } = 10;
    public IReadOnlyList<string> RevocationCheck { get; init; } = ["OCSP"];
    public bool Required => Mode == SignatureMode.Require;
}

/// <summary>Has signatures checked by the outside verifier: <c>POST /cms/verify {cms, data, revocationCheck}</c>.</summary>
public sealed class SignatureVerifier(HttpClient http, SignatureOptions options, TimeProvider clock)
{
    public static readonly SignatureVerdict Away = new(SignatureVerdict.Unchecked, "verifier-away");
    private static readonly SignatureVerdict Unreadable = new(SignatureVerdict.Invalid, "cms-unreadable");
    private static readonly SignatureVerdict NotLookedAt = new(SignatureVerdict.Unchecked, "off");

    public bool Required => options.Required;

    /// <summary>Null where signatures are not looked at, or there is none (which the intake's own rule names).</summary>
    public async Task<SignatureVerdict?> Check(Form form, JsonElement json, CancellationToken ct)
    {
        if (options.Mode == SignatureMode.Off || form.Cms is null)
        {
            return null;
        }

        return IsBase64(form.Cms) ? await Ask(form.Cms, SignedText.Of(json), answer => SignatureRules.Judge(answer, form.Applicant, clock.GetUtcNow()), ct) : Unreadable;
    }

    /// <summary>An official's, over these bytes; unchecked where signatures are not looked at.</summary>
    public async Task<SignatureVerdict> Check(string cms, byte[] data, CancellationToken ct) => !IsBase64(cms) ? Unreadable : options.Mode == SignatureMode.Off ? NotLookedAt
        : await Ask(cms, data, answer => SignatureRules.Judge(answer, clock.GetUtcNow()), ct);

    private static bool IsBase64(string cms) => Convert.TryFromBase64String(cms, new byte[cms.Length], out _);

    private async Task<SignatureVerdict> Ask(string cms, byte[] data, Func<CmsAnswer, SignatureVerdict> judge, CancellationToken ct)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var answer = await http.PostAsJsonAsync(new Uri(options.Url!, "cms/verify"),
                new { cms, data = Convert.ToBase64String(data), revocationCheck = options.RevocationCheck }, ending.Token);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => judge(Read(await answer.Content.ReadFromJsonAsync<JsonElement>(ending.Token))),
                HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => Unreadable,
                _ => new(SignatureVerdict.Unchecked, "verifier-refused"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Away;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return new(SignatureVerdict.Unchecked, "verifier-unreadable");
        }
    }

    /// <summary>NCANode's answer: <c>valid</c>, and per signer the chain with its own certificate first.</summary>
    public static CmsAnswer Read(JsonElement answer)
    {
        var signers = answer.TryGetProperty("signers", out var all) && all.ValueKind == JsonValueKind.Array ? all.EnumerateArray().Select(Signer).ToList() : [];
        return new(answer.GetProperty("valid").GetBoolean(), signers);
    }

    private static CmsSigner Signer(JsonElement signer)
    {
        var certificate = signer.GetProperty("certificates").EnumerateArray().First();
        var subject = certificate.GetProperty("subject");
        var roles = certificate.TryGetProperty("keyUser", out var users) && users.ValueKind == JsonValueKind.Array ? users.EnumerateArray().Select(u => u.GetString()!).ToList() : [];
        var revoked = certificate.TryGetProperty("revocations", out var found) && found.ValueKind == JsonValueKind.Array
            && found.EnumerateArray().Any(r => r.TryGetProperty("revoked", out var yes) && yes.ValueKind == JsonValueKind.True);
        return new(Text(subject, "iin"), Text(subject, "bin"), roles, revoked, DateTimeOffset.TryParse(Text(certificate, "notAfter"), System.Globalization.CultureInfo.InvariantCulture, out var end) ? end : null);
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() is { Length: > 0 } text ? text : null;
}
