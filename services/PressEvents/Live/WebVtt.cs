using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Platform;

namespace PressEvents;

/// <summary>One cue of a transcript: when, its identifier, the question it answers (identifier <c>question:ID</c>), its text as written. Milliseconds.</summary>
public sealed record Cue(Span At, string? Id, string Text)
{
    private const string OfQuestion = "question:";

    public Guid? QuestionId => Id is not null && Id.StartsWith(OfQuestion, StringComparison.Ordinal) && Guid.TryParse(Id[OfQuestion.Length..], out var id) ? id : null;
}

/// <summary>
/// WebVTT (W3C), strictly: header, comments (which are dropped) and cues in order; style and region blocks, cue settings that position and tags that
/// nobody closes are refused with the number of their line. Nothing but words and times goes on from here.
/// </summary>
public static partial class WebVtt
{
    public const int MostCharacters = 4 * 1024 * 1024, MostCues = 20_000;
    private const int MostErrors = 20;

    public static IReadOnlyList<Cue> Parse(string text)
    {
        var lines = text.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n');
        List<(int Line, string Words)> wrong = [];
        List<Cue> cues = [];
        if (!Header().IsMatch(lines[0]))
        {
            wrong.Add((1, "It begins with WEBVTT."));
        }
        else if (lines.Length > 1 && lines[1].Length > 0)
        {
            wrong.Add((2, "A blank line follows the header."));
        }

        for (var i = 1; i < lines.Length && wrong.Count < MostErrors;)
        {
            var first = i;
            while (i < lines.Length && lines[i].Trim().Length > 0)
            {
                i++;
            }

            if (i > first && Block(lines, first, i, cues.LastOrDefault(), wrong) is { } cue)
            {
                cues.Add(cue);
            }

            i++;
        }

        return wrong.Count > 0 ? throw Invalid(wrong)
            : cues.Count is 0 or > MostCues ? throw Refused.Invalid("vtt-invalid", $"A transcript has 1 to {MostCues} cues.", "body")
            : cues;
    }

    /// <summary>The same cues as a file.</summary>
    public static string Write(IEnumerable<Cue> cues)
    {
        var text = new StringBuilder("WEBVTT\n");
        foreach (var cue in cues)
        {
            text.Append('\n').Append(cue.Id is null ? "" : cue.Id + "\n").Append(Time(cue.At.StartMs)).Append(" --> ").Append(Time(cue.At.EndMs)).Append('\n').Append(cue.Text).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The text in runs, each with the time from which it is spoken, by the timestamps within it; one run where there are none. Other tags are dropped.</summary>
    public static IReadOnlyList<(long FromMs, string Text)> Runs(Cue cue)
    {
        List<(long, string)> runs = [];
        var (from, at) = (cue.At.StartMs, 0);
        foreach (Match stamp in Stamp().Matches(cue.Text))
        {
            runs.Add((from, cue.Text[at..stamp.Index]));
            (from, at) = (Milliseconds(stamp.Groups[1].Value)!.Value, stamp.Index + stamp.Length);
        }

        return [.. runs.Append((from, cue.Text[at..])).Select(run => (run.Item1, Tag().Replace(run.Item2, "")))];
    }

    private static Cue? Block(string[] lines, int first, int end, Cue? before, List<(int, string)> wrong)
    {
        if (lines[first] == "NOTE" || lines[first].StartsWith("NOTE ", StringComparison.Ordinal))
        {
            return null;
        }

        if (lines[first].TrimEnd() is "STYLE" or "REGION")
        {
            return No(first, "Style and region blocks are not taken.");
        }

        var timing = lines[first].Contains("-->", StringComparison.Ordinal) ? first : first + 1;
        if (timing >= end || Timing().Match(lines[timing]) is not { Success: true } times)
        {
            return No(Math.Min(timing, end - 1), "Here a line of times is expected: hh:mm:ss.mmm --> hh:mm:ss.mmm, without settings.");
        }

        if ((Milliseconds(times.Groups[1].Value), Milliseconds(times.Groups[2].Value)) is not ({ } from, { } to) || to <= from || to > RecordDecider.LongestMs)
        {
            return No(timing, "A cue ends after it starts, within a day.");
        }

        var text = string.Join('\n', lines[(timing + 1)..end]);
        return timing + 1 == end ? No(timing, "A cue has text.")
            : before is not null && from < before.At.StartMs ? No(timing, "Cues stand in the order of their starts.")
            : text.Contains("-->", StringComparison.Ordinal) ? No(timing + 1, "The text of a cue holds no arrow.")
            : text.Contains('\0') || text.Count(c => c == '<') != Tag().Count(text) ? No(timing + 1, "A tag is closed, and a less-than sign that is none is written &lt;.")
            : !InOrder(text, from, to) ? No(timing + 1, "Times within the text go up, between the cue's start and end.")
            : new(new(from, to), timing > first ? lines[first].Trim() : null, text);

        Cue? No(int line, string words)
        {
            wrong.Add((line + 1, words));
            return null;
        }
    }

    private static bool InOrder(string text, long from, long to)
    {
        foreach (Match stamp in Stamp().Matches(text))
        {
            if (Milliseconds(stamp.Groups[1].Value) is not { } at || at <= from || at >= to)
            {
                return false;
            }

            from = at;
        }

        return true;
    }

    private static RefusedException Invalid(List<(int Line, string Words)> wrong) => new(RefusalKind.Invalid, "vtt-invalid", "It is not the WebVTT that this door takes.",
        wrong.GroupBy(w => w.Line).ToDictionary(line => $"line {line.Key.ToString(CultureInfo.InvariantCulture)}", line => line.Select(w => w.Words).ToArray()));

    private static long? Milliseconds(string time)
    {
        var parts = time.Split(':', '.').Select(long.Parse).ToArray();
        var (hours, minutes, seconds, rest) = parts.Length == 4 ? (parts[0], parts[1], parts[2], parts[3]) : (0, parts[0], parts[1], parts[2]);
        return minutes < 60 && seconds < 60 && hours < 100 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest : null;
    }

    private static string Time(long ms) => string.Create(CultureInfo.InvariantCulture, $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}.{ms % 1000:000}");

    [GeneratedRegex(@"^WEBVTT([ \t].*)?$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^((?:[0-9]{2,3}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})[ \t]+-->[ \t]+((?:[0-9]{2,3}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})[ \t]*$")]
    private static partial Regex Timing();

    [GeneratedRegex(@"<((?:[0-9]{2,3}:)?[0-9]{2}:[0-9]{2}\.[0-9]{3})>")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"</?[a-z0-9][^<>]*>|</>")]
    private static partial Regex Tag();
}
