using System.Text.Json;
using Platform;

namespace Inquiries;

/// <summary>One text for one content: keys sorted, no white space; so that the same form again is told from another one.</summary>
public static class CanonicalJson
{
    /// <summary>Parses strictly: no key twice, no U+0000, no half surrogates (<c>text-invalid</c>); what does not parse is <c>form-invalid</c>.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            var parsed = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, new() { AllowDuplicateProperties = false, MaxDepth = 16 });
            CheckText(parsed.RootElement, "");
            return parsed;
        }
        catch (JsonException)
        {
            throw Refused.Invalid("form-invalid", "It does not parse as JSON in UTF-8.", "body");
        }
        catch (InvalidOperationException)
        {
            throw Json.TextInvalid("body"); // half a surrogate pair in a member's name
        }
    }

    /// <param name="root">What to write.</param>
    /// <param name="leaveOut">A member of the root that is no content (the sender's clock).</param>
    public static byte[] Write(JsonElement root, string leaveOut)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(writer, root, leaveOut);
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, string? leaveOut)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().Where(m => m.Name != leaveOut).OrderBy(m => m.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value, null);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item, null);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void CheckText(JsonElement value, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    CheckText(member.Value, path.Length == 0 ? member.Name : path + "." + member.Name);
                }

                break;
            case JsonValueKind.Array:
                foreach (var (item, i) in value.EnumerateArray().Select((item, i) => (item, i)))
                {
                    CheckText(item, $"{path}[{i}]");
                }

                break;
            case JsonValueKind.String:
                CheckText(() => value.GetString()!, path);
                break;
        }
    }

    private static void CheckText(Func<string> read, string path)
    {
        try
        {
            if (!read().Contains('\0'))
            {
                return;
            }
        }
        catch (InvalidOperationException)
        {
            // half a surrogate pair
        }

        throw Json.TextInvalid(path);
    }
}
