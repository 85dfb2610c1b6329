using System.Text;
using System.Text.Json;

namespace Inquiries;

/// <summary>
/// What the asker signs: the form without <c>signature</c> and <c>sentAt</c>, as canonical JSON (RFC 8785: members by UTF-16 code units, no white space,
/// the shortest escapes, UTF-8). A form holds no numbers; where one stands all the same it is taken as written.
/// </summary>
public static class SignedText
{
    public static byte[] Of(JsonElement form)
    {
        var text = new StringBuilder();
        Write(text, form, name => name is not ("signature" or "sentAt"));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder to, JsonElement value, Func<string, bool>? only = null)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                List(to, '{', '}', value.EnumerateObject().Where(m => only?.Invoke(m.Name) ?? true).OrderBy(m => m.Name, StringComparer.Ordinal), m =>
                {
                    Write(to, m.Name);
                    to.Append(':');
                    Write(to, m.Value);
                });
                break;
            case JsonValueKind.Array:
                List(to, '[', ']', value.EnumerateArray(), item => Write(to, item));
                break;
            case JsonValueKind.String:
                Write(to, value.GetString()!);
                break;
            default:
                to.Append(value.GetRawText());
                break;
        }
    }

    private static void List<T>(StringBuilder to, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        to.Append(open);
        foreach (var (i, item) in items.Index())
        {
            to.Append(i > 0 ? "," : "");
            write(item);
        }

        to.Append(close);
    }

    private static void Write(StringBuilder to, string text)
    {
        to.Append('"');
        foreach (var c in text)
        {
            to.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\f' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        to.Append('"');
    }
}
