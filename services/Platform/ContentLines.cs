using System.Globalization;
using System.Text;

namespace Platform;

/// <summary>Content lines of RFC 5545: CRLF, folded at 75 octets between characters, text escaped.</summary>
public sealed class ContentLines
{
    public const string ContentType = "text/calendar; charset=utf-8";
    private const int MostOctets = 75;
    private readonly StringBuilder _out = new();

    public ContentLines Add(string name, string value)
    {
        var octets = 0;
        foreach (var rune in $"{name}:{value}".EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > MostOctets)
            {
                _out.Append("\r\n ");
                octets = 1;
            }

            _out.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        _out.Append("\r\n");
        return this;
    }

    public ContentLines Text(string name, string? value) => Add(name, Escape(value ?? ""));

    /// <summary>UTC, so that no reader needs a zone block (libraries' own for Asia/Almaty carry a rule that is not so).</summary>
    public ContentLines Instant(string name, DateTimeOffset at) => Add(name, at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));

    public override string ToString() => _out.ToString();

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in text.ReplaceLineEndings("\n"))
        {
            escaped.Append(c switch
            {
                '\\' or ';' or ',' => "\\" + c,
                '\n' => "\\n",
                '\t' => "\t",
                _ when char.IsControl(c) => "",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
