using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Serialization.SystemTextJson;

namespace Platform;

/// <summary>The one JSON of the doors and the stores: camelCase, enums as strings, no text that a database cannot hold.</summary>
public static class Json
{
    public static readonly JsonSerializerOptions Options = Configure(new(JsonSerializerDefaults.Web));

    /// <summary>The same, with what is absent left out, where a text is compared, signed or read by people.</summary>
    public static readonly JsonSerializerOptions WithoutAbsent = new(Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new StorableText());
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.ConfigureForNodaTime(NodaTime.DateTimeZoneProviders.Tzdb);
        options.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        return options;
    }

    /// <summary>The refusal for a body that does not parse, naming the field by its JSON path; null when something else was wrong.</summary>
    public static RefusedException? Unparsable(Exception exception) => exception switch
    {
        JsonException { Data: var data } json when data.Contains(StorableText.Mark) => TextInvalid(Field(json)),
        JsonException json => new(RefusalKind.Invalid, "body-invalid", "It does not parse as the JSON that this door takes.",
            Fields(json).ToDictionary(field => field, _ => new[] { "missing, or not of the form that the schema gives" })),
        BadHttpRequestException { InnerException: JsonException inner } => Unparsable(inner),
        _ => null,
    };

    public static RefusedException TextInvalid(string? field) =>
        Refused.Invalid("text-invalid", "Text is UTF-8 and holds neither U+0000 nor half a surrogate pair.", field);

    private static string Field(JsonException json) => json.Path is null or "$" ? "body" : json.Path.TrimStart('$').TrimStart('.');

    /// <summary>The field by its path; for properties that are missing, their names, which the serialiser gives in quotes (schema words, never input).</summary>
    private static IEnumerable<string> Fields(JsonException json) => json.Message.Split("required properties including: ") is [_, var names]
        ? names.Split('\'', '"').Where((_, i) => i % 2 == 1).Select(name => (Field(json) is "body" ? "" : Field(json) + ".") + name).Distinct()
        : [Field(json)];

    /// <summary>PostgreSQL stores no U+0000 and UTF-8 knows no lone surrogate: both are refused by field at the door.</summary>
    private sealed class StorableText : JsonConverter<string>
    {
        public const string Mark = "text-invalid";

        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            {
                throw new JsonException();
            }

            try
            {
                return reader.GetString() is { } text && text.Contains('\0') ? throw Bad() : reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw Bad();
            }
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
        public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader, typeToConvert, options)!;
        public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
        private static JsonException Bad() => new(null) { Data = { [Mark] = true } };
    }
}
