using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using Platform;

namespace Inquiries;

/// <summary>Rows of a file as the bodies of <c>POST /v1/inquiries</c>: JSONL as it stands, CSV (RFC 4180) by its column names.</summary>
public static class CaseloadRows
{
    public const string Csv = "csv", Jsonl = "jsonl";

    /// <summary>Column to the member of the body; the rest of the names are refused, for a misspelt one would be lost.</summary>
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["receivedAt"] = "receivedAt",
        ["signed"] = "signed",
        ["language"] = "language",
        ["answerForm"] = "answerForm",
        ["subject"] = "subject",
        ["text"] = "text",
        ["kind"] = "applicant.kind",
        ["iin"] = "applicant.iin",
        ["bin"] = "applicant.bin",
        ["surname"] = "applicant.surname",
        ["name"] = "applicant.name",
        ["patronymic"] = "applicant.patronymic",
        ["outgoingNumber"] = "applicant.outgoingNumber",
        ["outgoingDate"] = "applicant.outgoingDate",
        ["signerSurname"] = "applicant.signer.surname",
        ["signerPost"] = "applicant.signer.post",
        ["email"] = "contacts.email",
        ["phone"] = "contacts.phone",
        ["postalAddress"] = "contacts.postalAddress",
    };

    /// <summary>The rows, each with its number from 1; what does not parse is a row too, as its refusal.</summary>
    public static IEnumerable<(int Row, ReadOnlyMemory<byte> Json)> Of(string format, byte[] file) => format switch
    {
        Csv => FromCsv(file),
        Jsonl => FromLines(file),
        _ => throw Refused.Invalid("format-unknown", "format is csv or jsonl.", "format"),
    };

    private static IEnumerable<(int, ReadOnlyMemory<byte>)> FromLines(byte[] file)
    {
        using var lines = new StreamReader(new MemoryStream(file), new UTF8Encoding(false));
        for (var row = 1; lines.ReadLine() is { } line; row++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return (row, Encoding.UTF8.GetBytes(line));
            }
        }
    }

    private static IEnumerable<(int, ReadOnlyMemory<byte>)> FromCsv(byte[] file)
    {
        using var csv = new CsvReader(new StreamReader(new MemoryStream(file), new UTF8Encoding(false)), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, MissingFieldFound = null });
        if (!csv.Read() || !csv.ReadHeader())
        {
            throw Refused.Invalid("columns-missing", "The first line names the columns.", "columns");
        }

        if (csv.HeaderRecord!.FirstOrDefault(name => !Columns.ContainsKey(name)) is not null)
        {
            throw Refused.Invalid("column-unknown", $"Columns are of: {string.Join(", ", Columns.Keys)}.", "columns");
        }

        for (var row = 1; csv.Read(); row++)
        {
            yield return (row, JsonSerializer.SerializeToUtf8Bytes(Body(csv), Json.Options));
        }
    }

    private static JsonObject Body(CsvReader csv)
    {
        var body = new JsonObject();
        foreach (var name in csv.HeaderRecord!)
        {
            if (csv.GetField(name) is { Length: > 0 } cell)
            {
                Put(body, Columns[name].Split('.'), name == "signed" ? cell is "true" or "1" or "yes" : cell);
            }
        }

        return body;
    }

    private static void Put(JsonObject body, string[] path, JsonNode value)
    {
        foreach (var name in path[..^1])
        {
            body = (JsonObject)(body[name] ??= new JsonObject());
        }

        body[path[^1]] = value;
    }
}
