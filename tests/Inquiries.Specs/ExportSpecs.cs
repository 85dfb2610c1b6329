using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

/// <summary>An export of three facts under the roots of two days, made without a store.</summary>
public sealed class GivenExport : IDisposable
{
    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public string PublicKey => Key.ExportSubjectPublicKeyInfoPem();
    public void Dispose() => Key.Dispose();

    public ExportedInquiry Inquiry(string vault = "open")
    {
        object[] facts = [Received, Registered, Answered];
        var (link, stored) = (Chain.Start, new List<StoredFact>());
        foreach (var (fact, i) in facts.Select((f, i) => (f, i)))
        {
            var data = JsonSerializer.SerializeToElement(fact, fact.GetType(), Json.Options);
            link = Chain.Link(link, Id, i + 1, Store.NameOf(fact.GetType()), data);
            stored.Add(new(Id, i + 1, i + 5, Guid.NewGuid(), Store.NameOf(fact.GetType()), data, Noon.AddHours(i), "А. Серік", "akimat-75", link));
        }

        var first = Day(new(2026, 11, 23), stored[..2], Chain.Start, 2);
        var second = Day(new(2026, 11, 24), stored[2..], first.Root, 6);
        var view = facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!;
        return new(view, [.. stored.Select(f => new ExportedFact(f.Version, f.Fact, Noon, f.RecordedAt, f.By, f.ForBody, f.Data, f.Link))],
            new(Verification.Format, Id, 3, link, 3, [.. stored.Select(f => new ChainLink(f.Version, f.Fact, f.RecordedAt, f.Link))], [first, second]),
            RequestDeadline.Of(view, WorkingCalendar.Embedded, Noon),
            new(vault, vault == "open" ? [new(Other, "form", """{"applicant":{"surname":"<Қалиев>"},"text":"Сколько?","attachments":[{"name":"a.txt","contentBase64":"eA=="}]}"""), new(Id, "reason", "потому что")] : []),
            [new(Other, "a.txt", "request", 1, "actual", "clean", [], Noon)]);
    }

    private DayInclusion Day(DateOnly date, IReadOnlyList<StoredFact> covered, string previous, long from)
    {
        byte[][] leaves = [Merkle.Leaf("another"), ProofStore.LeafOf(covered).Hash(), Merkle.Leaf("one more")];
        var statement = new RootStatement(date, previous, Convert.ToHexStringLower(Merkle.Root(leaves)), 3, from, from + 9);
        return new(date, covered[0].Version, covered[^1].Version, 1, [.. Merkle.Path(leaves, 1).Select(Convert.ToHexStringLower)], statement.Root(), previous, statement.TreeRoot, 3, from, from + 9,
            RootSignature.Sign(Key, statement.Root()), RootSignature.IdOf(Key));
    }

    /// <summary>The same zip with one entry changed.</summary>
    public static byte[] With(byte[] zip, string entry, Action<JsonNode> change)
    {
        using var stream = new MemoryStream();
        stream.Write(zip);
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            JsonNode content;
            using (var old = archive.GetEntry(entry)!.Open())
            {
                content = JsonNode.Parse(old)!;
            }

            change(content);
            archive.GetEntry(entry)!.Delete();
            using var changed = archive.CreateEntry(entry).Open();
            changed.Write(Encoding.UTF8.GetBytes(content.ToJsonString()));
        }

        return stream.ToArray();
    }
}

public sealed class Verifying_an_export : IDisposable
{
    private readonly GivenExport _given = new();
    public void Dispose() => _given.Dispose();

    private Verified Check(byte[] zip, string? key = null) => Verification.Check(new MemoryStream(zip), key ?? _given.PublicKey);
    private byte[] Zip => ExportZip.Of(_given.Inquiry());
    private static JsonArray Facts(JsonNode content) => content["facts"]!.AsArray();

    private void Says(string words, byte[] zip)
    {
        var verified = Check(zip);
        Assert.Equal(1, verified.Code);
        Assert.Contains(verified.Says, line => line.Contains(words, StringComparison.Ordinal));
    }

    [Fact] public void proves_what_was_left_alone() => Assert.Equal((0, "3 facts, every one under a signed root; the last of 2026-11-24"), (Check(Zip).Code, Check(Zip).Says.Single()));
    [Fact] public void finds_an_altered_fact() => Says("Fact 2 (inquiry_registered)", GivenExport.With(Zip, "facts.json", c => Facts(c)[1]!["data"]!["due"] = "2026-12-31"));
    [Fact] public void finds_a_removed_fact() => Says("Fact 2 has version 3", GivenExport.With(Zip, "facts.json", c => Facts(c).RemoveAt(1)));
    [Fact] public void finds_a_removed_last_fact() => Says("The head of the proof", GivenExport.With(Zip, "facts.json", c => Facts(c).RemoveAt(2)));
    [Fact] public void finds_another_time_of_recording() => Says("Root of 2026-11-23: versions 1 to 2", GivenExport.With(Zip, "facts.json", c => Facts(c)[0]!["recordedAt"] = "2026-11-22T12:00:00+05:00"));
    [Fact] public void finds_another_path() => Says("Root of 2026-11-24: versions 3 to 3", GivenExport.With(Zip, "proof.json", c => c["days"]![1]!["path"]![0] = Chain.Start));
    [Fact] public void finds_another_place() => Says("Root of 2026-11-24: versions 3 to 3", GivenExport.With(Zip, "proof.json", c => c["days"]![1]!["position"] = 0));
    [Fact] public void finds_another_root() => Says("Root of 2026-11-24: the statement", GivenExport.With(Zip, "proof.json", c => c["days"]![1]!["root"] = Chain.Start));
    [Fact] public void finds_a_day_that_was_left_out() => Says("Root of 2026-11-24: it does not begin", GivenExport.With(Zip, "proof.json", c => c["days"]!.AsArray().RemoveAt(0)));

    [Fact]
    public void finds_swapped_facts() => Says("Fact 1 has version 2", GivenExport.With(Zip, "facts.json", c =>
    {
        var first = Facts(c)[0]!;
        Facts(c).RemoveAt(0);
        Facts(c).Insert(1, first);
    }));

    [Fact]
    public void finds_a_chain_that_was_made_anew()
    {
        var forged = Zip;
        var head = "";
        forged = GivenExport.With(forged, "facts.json", c =>
        {
            Facts(c)[1]!["data"]!["due"] = "2026-12-31";
            head = Chain.Start;
            foreach (var fact in Facts(c))
            {
                head = Chain.Link(head, Id, fact!["version"]!.GetValue<long>(), fact["fact"]!.ToString(), JsonDocument.Parse(fact["data"]!.ToJsonString()).RootElement);
                fact["link"] = head;
            }
        });
        forged = GivenExport.With(forged, "proof.json", c => c["head"] = head);
        Says("Root of 2026-11-23: versions 1 to 2 do not lead", forged);
    }

    [Fact]
    public void finds_another_key()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var verified = Check(Zip, other.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(1, verified.Code);
        Assert.All(verified.Says, line => Assert.Contains("the signature is not of this key", line, StringComparison.Ordinal));
    }

    [Fact]
    public void says_what_no_root_holds_yet()
    {
        var verified = Check(GivenExport.With(Zip, "proof.json", c => c["days"]!.AsArray().RemoveAt(1)));
        Assert.Equal((3, "All fits; versions 3 to 3 are under no signed root yet"), (verified.Code, verified.Says.Single()));
    }

    [Fact] public void refuses_what_is_no_export() => Assert.Equal(1, Check([1, 2, 3]).Code);
    [Fact] public void refuses_what_is_no_key() => Assert.Equal(1, Check(Zip, "no key").Code);
}

public sealed class An_export : IDisposable
{
    private readonly GivenExport _given = new();
    public void Dispose() => _given.Dispose();

    private static string Entry(byte[] zip, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    [Fact]
    public void has_its_entries_in_one_order_and_the_same_bytes_for_the_same_state()
    {
        var inquiry = _given.Inquiry();
        using var archive = new ZipArchive(new MemoryStream(ExportZip.Of(inquiry)));
        Assert.Equal(["facts.json", "proof.json", "deadlines.json", "vault.json", "attachments.json", "kk.html", "ru.html"], archive.Entries.Select(e => e.FullName));
        Assert.Equal(ExportZip.Of(inquiry), ExportZip.Of(inquiry));
    }

    [Theory, InlineData("kk", "Сұрау салу тіркелді", "Тіркелді"), InlineData("ru", "Запрос зарегистрирован", "Фамилия")]
    public void is_read_in_two_languages(string language, params string[] words)
    {
        var page = Entry(ExportZip.Of(_given.Inquiry()), language + ".html");
        Assert.All(words, w => Assert.Contains(w, page, StringComparison.Ordinal));
        Assert.Contains("&lt;Қалиев&gt;", page.Replace("&#1178;", "Қ", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("<Қалиев>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page, StringComparison.Ordinal);
    }

    [Fact] public void holds_no_file() => Assert.DoesNotContain("contentBase64", Entry(ExportZip.Of(_given.Inquiry()), "vault.json"), StringComparison.Ordinal);
    [Fact] public void says_that_words_are_blocked() => Assert.Contains("заблокированы", Entry(ExportZip.Of(_given.Inquiry("blocked")), "ru.html"), StringComparison.Ordinal);
    [Fact] public void says_that_words_are_erased() => Assert.Contains("жойылған", Entry(ExportZip.Of(_given.Inquiry("erased")), "kk.html"), StringComparison.Ordinal);
    [Fact] public void has_words_for_every_fact() => Assert.Empty(InquiryDecider.Facts.Select(f => "fact." + Store.NameOf(f)).Except(ExportPage.AllWords.Keys));
    [Fact] public void has_words_for_every_state_of_a_deadline() => Assert.Empty(new[] { "running", "met", "late", "overdue", "ended", "passed" }.Select(s => "deadline." + s).Except(ExportPage.AllWords.Keys));
    [Fact] public void has_words_for_every_rule() => Assert.Empty(Law.Deadlines.Rules.Select(r => "rule." + r.Name).Except(ExportPage.AllWords.Keys));
    [Fact] public void has_words_for_every_state_of_a_file() => Assert.Empty(new[] { StoredFile.Unscanned, StoredFile.UnscannedAllowed, StoredFile.Clean, StoredFile.HeldBack }.Select(s => "file." + s).Except(ExportPage.AllWords.Keys));
    [Fact] public void says_nothing_alike_in_both_languages() => Assert.Empty(ExportPage.AllWords.Where(w => w.Value.Kk == w.Value.Ru).Select(w => w.Key));
}
