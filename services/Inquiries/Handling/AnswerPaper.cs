using System.Text.Json;
using System.Text.Json.Serialization;
using Platform;

namespace Inquiries;

/// <summary>Who signs for the holder (401-V art. 11(14)), and the digital signature: a detached CMS, base64, over <see cref="SignedAct"/>. Vault text.</summary>
public sealed record Signer(string? Name, string? Post, string? Cms = null);

/// <summary>
/// The words of a final act as the vault keeps them and the asker reads them: by language, with who signed, which parts are withheld and
/// how a publication is found. Absent members are left out, so that the same words give the same text.
/// </summary>
public sealed record AnswerPaper
{
    public string? Kk { get; init; }
    public string? Ru { get; init; }
    public Signer? Signer { get; init; }
    public IReadOnlyList<string?>? Withheld { get; init; }
    public string? How { get; init; }

    /// <summary>Ids of the files that go with it; they tell a repeat as the words do.</summary>
    public IReadOnlyList<Guid>? Files { get; init; }

    public static string Words(AnswerWords? text = null, string requestLanguage = "", Signer? signer = null, IReadOnlyList<string?>? withheld = null, string? how = null,
        IReadOnlyList<Guid>? files = null)
    {
        var words = (text ?? new(null, null)).ByLanguage(LanguageOf(requestLanguage));
        return JsonSerializer.Serialize(new AnswerPaper
        {
            Kk = words.GetValueOrDefault("kk"),
            Ru = words.GetValueOrDefault("ru"),
            Signer = signer,
            Withheld = withheld,
            How = how,
            Files = files is { Count: > 0 } ? [.. files.Distinct().Order()] : null,
        }, Json.WithoutAbsent);
    }

    public static AnswerPaper Read(string words) => JsonSerializer.Deserialize<AnswerPaper>(words, Json.Options)!;

    /// <summary>The language's own subtag: kk of kk-KZ.</summary>
    public static string LanguageOf(string tag) => tag.Split('-')[0].ToLowerInvariant();
}

/// <summary>Words in one language, not named, or by language.</summary>
public sealed record AnswerWords(string? Plain, Bilingual? Both)
{
    public IReadOnlyDictionary<string, string> ByLanguage(string requestLanguage) =>
        new (string Key, string? Words)[] { (requestLanguage, requestLanguage is "kk" or "ru" ? Plain : null), ("kk", Both?.Kk), ("ru", Both?.Ru) }
            .Where(x => !string.IsNullOrWhiteSpace(x.Words)).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Words!);

    /// <summary>The languages they are given in: that of the request, both for a third one (401-V art. 11(12)); or the refusal.</summary>
    public static IReadOnlyList<string> Languages(AnswerWords? text, string requestLanguage, string field, string emptyCode)
    {
        var asked = AnswerPaper.LanguageOf(requestLanguage);
        string[] needed = asked is "kk" or "ru" ? [asked] : ["kk", "ru"];
        var given = (text ?? new(null, null)).ByLanguage(asked);
        return given.Count == 0
            ? throw Refused.Invalid(emptyCode, "It needs words.", field)
            : needed.Except(given.Keys).FirstOrDefault() is { } missing
                ? throw Refused.Invalid("answer-language-missing", $"This request is answered in: {string.Join(", ", needed)}; {missing} is missing.", field)
                : [.. given.Keys];
    }
}

/// <summary>Reads <c>"words"</c> or <c>{"kk": "…", "ru": "…"}</c>.</summary>
public sealed class WordsOrOneLanguage : JsonConverter<AnswerWords>
{
    public override AnswerWords Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? new(JsonSerializer.Deserialize<string>(ref reader, options), null)
                : new(null, JsonSerializer.Deserialize<Bilingual>(ref reader, options));
        }
        catch (JsonException inner)
        {
            // the inner path begins here; a new one without a path gets the path from the body's root
            var outer = new JsonException();
            foreach (var key in inner.Data.Keys)
            {
                outer.Data[key] = inner.Data[key];
            }

            throw outer;
        }
    }

    public override void Write(Utf8JsonWriter writer, AnswerWords value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, (object?)value.Both ?? value.Plain, options);
}
