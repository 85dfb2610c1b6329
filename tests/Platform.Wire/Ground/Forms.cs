using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Wire.Ground;

/// <summary>Forms of the e-gov gateway: the samples with what must come of each, and as many others as a test needs.</summary>
public static class Forms
{
    public sealed record Sample(string Json, string MessageId, string Outcome, string Defect);

    public static IReadOnlyList<Sample> Samples { get; } = [.. File.ReadLines(Repository.Sample("egov-forms.jsonl"))
        .Zip(File.ReadLines(Repository.Sample("egov-forms.expected.csv")).Skip(1).Select(l => l.Split(',')), (json, row) => new Sample(json, row[0], row[1], row[2]))];

    /// <summary>A form without a defect, from a person of its own, so that the sweep for personal data knows what to look for.</summary>
    public static JsonObject For(string holder, string? messageId = null, string language = "ru")
    {
        var id = messageId ?? Guid.NewGuid().ToString();
        var mark = Guid.NewGuid().ToString("N")[..8];
        var form = JsonNode.Parse(Samples[0].Json)!.AsObject();
        form["messageId"] = id;
        form["holder"] = holder;
        form["language"] = language;
        form["subject"] = "Предмет " + mark;
        form["text"] = "Прошу сообщить о деле " + mark;
        form["applicant"]!["surname"] = "Фамилия" + mark;
        form["contacts"]!["email"] = mark + "@asker.example";
        form["contacts"]!["postalAddress"] = "г. Алматы, улица " + mark;
        Sent.Enqueue(form.ToJsonString());
        return form;
    }

    /// <summary>One that does not parse as a form: the language is no tag.</summary>
    public static JsonObject Invalid()
    {
        var form = For("min-culture");
        form["language"] = "по-русски";
        return form;
    }

    /// <summary>Every form made here.</summary>
    public static System.Collections.Concurrent.ConcurrentQueue<string> Sent { get; } = new();

    public static byte[] Bytes(this JsonNode form) => JsonSerializer.SerializeToUtf8Bytes(form);
}
