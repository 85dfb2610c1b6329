using System.Text.Json;
using System.Text.Json.Serialization;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>
/// Answer a request. <paramref name="Text"/> is a string in the language of the request, or <c>{kk, ru}</c>; a request in a third
/// language is answered in both (401-V art. 11(12)).
/// </summary>
public sealed record AnswerInquiry([property: JsonConverter(typeof(WordsOrOneLanguage))] AnswerWords? Text)
{
    /// <summary>The languages it is given in, or the refusal.</summary>
    public IReadOnlyList<string> Languages(string requestLanguage)
    {
        var asked = requestLanguage.Split('-')[0].ToLowerInvariant();
        string[] needed = asked is "kk" or "ru" ? [asked] : ["kk", "ru"];
        var given = (Text ?? new(null, null)).ByLanguage(asked);
        return given.Count == 0
            ? throw Refused.Invalid("answer-empty", "An answer needs words.", "text")
            : needed.Except(given.Keys).FirstOrDefault() is { } missing
                ? throw Refused.Invalid("answer-language-missing", $"This request is answered in: {string.Join(", ", needed)}; {missing} is missing.", "text")
                : [.. given.Keys];
    }
}

/// <summary>Words in one language, not named, or by language.</summary>
public sealed record AnswerWords(string? Plain, Bilingual? Both)
{
    public IReadOnlyDictionary<string, string> ByLanguage(string requestLanguage) =>
        new (string Key, string? Words)[] { (requestLanguage, requestLanguage is "kk" or "ru" ? Plain : null), ("kk", Both?.Kk), ("ru", Both?.Ru) }
            .Where(x => !string.IsNullOrWhiteSpace(x.Words)).DistinctBy(x => x.Key).ToDictionary(x => x.Key, x => x.Words!);
}

public sealed class AnswerInquiryHandler(IDocumentSession session, Vault vault, Sealing sealing, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, AnswerInquiry ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var found = await session.Find<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve, ct);
        var state = found.State;
        var words = JsonSerializer.Serialize((ask.Text ?? new(null, null)).ByLanguage(state.Language.Split('-')[0].ToLowerInvariant()), Json.Options);
        var mac = Convert.ToBase64String(sealing.Mac("answer", id + words));
        var facts = InquiryDecider.Decide(state, ask, Guid.Empty, mac, clock.GetUtcNow());
        if (facts is [InquiryAnswered answered])
        {
            facts = [answered with { AnswerId = await vault.Keep(state.SubjectId, "answer", words, ct) }];
        }

        var done = await found.Save(facts, ct);
        return new(id, done.Version, done.State.State.ToString());
    }
}

public static class AnswerInquiryRest
{
    public static void MapAnswerInquiry(this IEndpointRouteBuilder app) => app.MapCommand<AnswerInquiry>("answer",
        "Answers it, in the language of the request.", (id, seen, ask, services, ct) => services.GetRequiredService<AnswerInquiryHandler>().Handle(id, seen, ask, ct));
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> Answer(AnswerRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<AnswerInquiryHandler>(context).Handle(id, seen, new(new AnswerWords(request.Text, Words(request.Texts))), context.CancellationToken));

    private static Bilingual? Words(V1.Bilingual? words) => words is null ? null : new(Given(words.Kk), Given(words.Ru));
    private static string? Given(string text) => text.Length == 0 ? null : text;
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
