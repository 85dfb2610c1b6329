using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using NodaTime;

namespace Inquiries;

/// <summary>An export as a page that people read, in kk or ru: times in Asia/Almaty, every word escaped, nothing loaded from anywhere.</summary>
public static class ExportPage
{
    private static readonly FrozenDictionary<string, (string Kk, string Ru)> Words = Read();

    public static IReadOnlyDictionary<string, (string Kk, string Ru)> AllWords => Words;

    public static string Of(ExportedInquiry inquiry, string language)
    {
        var page = new StringBuilder();
        string Say(string key) => Words.TryGetValue(key, out var words) ? language == "kk" ? words.Kk : words.Ru : key;
        var (view, holder) = (inquiry.View, Law.Holders.Find(inquiry.View.Holder)!);
        var state = StateNames.Of(Enum.Parse<InquiryState>(view.State));
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{language}\"><meta charset=\"utf-8\"><title>{Safe(view.Number ?? view.Id.ToString())}</title>\n");
        page.Append("<style>body{font:16px/1.5 sans-serif;max-width:70em;margin:2em auto;padding:0 1em}table{border-collapse:collapse;width:100%}td,th{border:1px solid;padding:.3em .6em;text-align:left;vertical-align:top}code{overflow-wrap:anywhere}pre{white-space:pre-wrap}</style>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Safe(Say("title"))} {Safe(view.Number ?? "")}</h1>\n");
        Table(page, [Say("holder"), Say("state"), Say("received"), Say("registered"), Say("due")],
            [[language == "kk" ? holder.NameKk : holder.NameRu, (language == "kk" ? state.Kk : state.Ru) ?? view.State, Time(view.ReceivedAt), view.RegisteredAt is { } at ? Time(at) : "", Day(view.Due)]]);
        Heading(page, Say("facts"));
        Table(page, ["№", Say("what"), Say("when-so"), Say("when-recorded"), Say("who"), Say("link")],
            inquiry.Facts.Select(f => (string[])[$"{f.Version}", Say("fact." + f.Fact), Time(f.At), Time(f.RecordedAt), $"{f.By} {f.ForBody}".Trim(), f.Link]));
        Heading(page, Say("deadlines"));
        Table(page, [Say("rule"), Say("due"), Say("state"), Say("trace")],
            inquiry.Deadlines.Select(d => (string[])[$"{Say("rule." + d.Rule)} ({d.Article})", Day(d.Due), Say("deadline." + d.State), string.Join("\n", d.Trace.Select(t => language == "kk" ? t.Kk : t.Ru))]));
        Heading(page, Say("vault"));
        page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("vault." + inquiry.Vault.State))}</p>\n");
        Table(page, [Say("what"), Say("words")], inquiry.Vault.Items.SelectMany(i => Shown(i).Select(w => (string[])[$"{Say("kind." + i.Kind)}{(w.Field.Length > 0 ? ": " : "")}{Say(w.Field.Length > 0 ? "field." + w.Field : "")}", w.Words])));
        Heading(page, Say("attachments"));
        Table(page, [Say("file"), "SHA-256", Say("size"), Say("state")], inquiry.Attachments.Select(a => (string[])[a.Name ?? a.Id.ToString(), a.Sha256 ?? "", $"{a.Size}", Say("file." + a.State)]));
        Heading(page, Say("proof"));
        page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("head"))} <code>{inquiry.Proof.Head}</code></p>\n");
        Table(page, [Say("day"), Say("root"), Say("signature")], inquiry.Proof.Days.Select(d => (string[])[Day(d.Date), d.Root, d.Signature]));
        return page.Append("</html>\n").ToString();
    }

    /// <summary>A form field by field, an answer language by language, other words as they are; files and signatures are not words.</summary>
    private static IEnumerable<(string Field, string Words)> Shown(VaultItem item)
    {
        JsonDocument json;
        try
        {
            json = JsonDocument.Parse(item.Words);
        }
        catch (JsonException)
        {
            return [("", item.Words)];
        }

        using (json)
        {
            return [.. Leaves("", json.RootElement).Where(l => !l.Field.StartsWith("attachments", StringComparison.Ordinal) && !l.Field.StartsWith("signature", StringComparison.Ordinal))];
        }
    }

    private static List<(string Field, string Words)> Leaves(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(m => Leaves(path.Length == 0 ? m.Name : path + "." + m.Name, m.Value)).ToList(),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Leaves(path, item)).ToList(),
        JsonValueKind.Null => [],
        _ => [(path, value.ToString())],
    };

    private static void Heading(StringBuilder page, string words) => page.Append(CultureInfo.InvariantCulture, $"<h2>{Safe(words)}</h2>\n");

    private static void Table(StringBuilder page, IEnumerable<string> head, IEnumerable<string[]> rows)
    {
        page.Append("<table><tr>").AppendJoin("", head.Select(h => $"<th>{Safe(h)}")).Append("</tr>\n");
        foreach (var row in rows)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Safe(cell).Replace("\n", "<br>", StringComparison.Ordinal)}")).Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Safe(string words) => WebUtility.HtmlEncode(words);

    private static string Time(DateTimeOffset at) => Instant.FromDateTimeOffset(at).InZone(Law.Registration.Almaty).ToString("dd.MM.yyyy HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Day(DateOnly? day) => day?.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) ?? "";

    private static FrozenDictionary<string, (string, string)> Read()
    {
        using var reader = new StringReader(Platform.Store.Script(typeof(ExportPage).Assembly, "export-words.csv"));
        return Law.Tables.Read(reader).ToFrozenDictionary(row => row["key"], row => (row["kk"], row["ru"]));
    }
}
