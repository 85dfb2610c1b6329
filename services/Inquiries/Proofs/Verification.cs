using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Inquiries;

/// <summary>What came of a verification. <paramref name="Code"/>: 0 every fact stands under a signed root, 1 something is wrong, 3 all fits but some facts are under no root yet.</summary>
public sealed record Verified(int Code, IReadOnlyList<string> Says);

/// <summary>
/// Checks an export by itself and the public key alone, offline: every link from the stored facts, every day's leaf, path and root, and the signatures.
/// Nothing that the export says about itself is taken for granted but the key.
/// </summary>
public static class Verification
{
    public const string Format = "platform-inquiry-export-1";

    public static Verified Check(Stream zip, string publicKeyPem)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(publicKeyPem);
            using var archive = new ZipArchive(zip, ZipArchiveMode.Read);
            using var facts = Entry(archive, "facts.json");
            using var proof = Entry(archive, "proof.json");
            return Check(facts.RootElement, proof.RootElement, key);
        }
        catch (Exception fault) when (fault is InvalidDataException or JsonException or KeyNotFoundException or FormatException or ArgumentException or InvalidOperationException or CryptographicException)
        {
            return new(1, [$"It does not read as an export of this platform, or the key not as a public key: {fault.GetType().Name}"]);
        }
    }

    private static Verified Check(JsonElement facts, JsonElement proof, ECDsa key)
    {
        List<string> wrong = [];
        var stream = facts.GetProperty("inquiryId").GetGuid();
        var chain = Links(stream, [.. facts.GetProperty("facts").EnumerateArray()], wrong);
        if (Text(facts, "format") != Format || Text(proof, "format") != Format)
        {
            wrong.Add($"The format is not {Format}");
        }

        if (proof.GetProperty("inquiryId").GetGuid() != stream || Text(proof, "head") != (chain.Count > 0 ? chain[^1].Link : Chain.Start))
        {
            wrong.Add("The head of the proof is not the last link of the facts");
        }

        var covered = 0L;
        foreach (var day in proof.GetProperty("days").EnumerateArray())
        {
            covered = Day(stream, day, chain, covered, key, wrong);
        }

        return wrong.Count > 0 ? new(1, wrong)
            : covered < chain.Count ? new(3, [$"All fits; versions {covered + 1} to {chain.Count} are under no signed root yet"])
            : new(0, [$"{chain.Count} facts, every one under a signed root; the last of {Text(proof.GetProperty("days").EnumerateArray().Last(), "date")}"]);
    }

    private static List<(string Link, DateTimeOffset RecordedAt)> Links(Guid stream, IReadOnlyList<JsonElement> facts, List<string> wrong)
    {
        List<(string, DateTimeOffset)> chain = [];
        var link = Chain.Start;
        for (var i = 0; i < facts.Count; i++)
        {
            var (version, fact) = (facts[i].GetProperty("version").GetInt64(), Text(facts[i], "fact"));
            if (version != i + 1)
            {
                wrong.Add($"Fact {i + 1} has version {version}: one is missing, or their order is another");
            }

            link = Chain.Link(link, stream, version, fact, facts[i].GetProperty("data"));
            if (link != Text(facts[i], "link"))
            {
                wrong.Add($"Fact {i + 1} ({fact}): its content does not lead to its link");
            }

            chain.Add((link, facts[i].GetProperty("recordedAt").GetDateTimeOffset()));
        }

        return chain;
    }

    /// <summary>The version up to which this day and those before it cover the chain.</summary>
    private static long Day(Guid stream, JsonElement day, List<(string Link, DateTimeOffset RecordedAt)> chain, long covered, ECDsa key, List<string> wrong)
    {
        var date = DateOnly.ParseExact(Text(day, "date"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var (first, last) = (day.GetProperty("firstVersion").GetInt64(), day.GetProperty("version").GetInt64());
        if (first != covered + 1 || last < first || last > chain.Count)
        {
            wrong.Add($"Root of {date:yyyy-MM-dd}: it does not begin with the version after the last root's, or holds facts that are not here");
            return covered;
        }

        var leaf = new ProofLeaf(stream, first, last, chain[(int)last - 1].Link, [.. chain.Skip((int)first - 1).Take((int)(last - first + 1)).Select(f => f.RecordedAt)]);
        var count = day.GetProperty("count").GetInt64();
        var tree = Merkle.RootOf(leaf.Hash(), day.GetProperty("position").GetInt64(), count, [.. day.GetProperty("path").EnumerateArray().Select(p => Convert.FromHexString(p.GetString()!))]);
        if (tree is null || !Text(day, "treeRoot").Equals(Convert.ToHexStringLower(tree), StringComparison.Ordinal))
        {
            wrong.Add($"Root of {date:yyyy-MM-dd}: versions {first} to {last} do not lead by their path to the tree of that day");
        }

        var root = new RootStatement(date, Text(day, "previousRoot"), Text(day, "treeRoot"), count, day.GetProperty("fromSequence").GetInt64(), day.GetProperty("upToSequence").GetInt64()).Root();
        if (root != Text(day, "root"))
        {
            wrong.Add($"Root of {date:yyyy-MM-dd}: the statement does not lead to the root");
        }

        if (!RootSignature.Holds(key, root, Text(day, "signature")))
        {
            wrong.Add($"Root of {date:yyyy-MM-dd}: the signature is not of this key ({Text(day, "keyId")} signed, {RootSignature.IdOf(key)} was given)");
        }

        return last;
    }

    private static string Text(JsonElement parent, string name) => parent.GetProperty(name).GetString() ?? throw new FormatException(name);

    private static JsonDocument Entry(ZipArchive archive, string name)
    {
        using var stream = (archive.GetEntry(name) ?? throw new InvalidDataException(name)).Open();
        return JsonDocument.Parse(stream, new() { AllowDuplicateProperties = false });
    }
}
