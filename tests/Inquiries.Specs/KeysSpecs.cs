using System.Security.Cryptography;
using System.Text;
using Platform;

namespace Inquiries.Specs;

public class Master_keys
{
    private static readonly string One = Key(1), Two = Key(2), Mac = Key(3);
    private static string Key(byte fill) => Convert.ToBase64String(Enumerable.Repeat(fill, 32).ToArray());
    private static readonly byte[] Words = Encoding.UTF8.GetBytes("слова");

    [Fact]
    public void the_last_seals_and_each_opens()
    {
        var (before, after) = (new Sealing($"1 {One}"), new Sealing($"1 {One}\n2 {Two}"));
        Assert.Equal(Words, after.Open("x", before.Seal("x", Words)));
        Assert.Equal((2, 2), (after.Current, BitConverter.ToInt32(after.Seal("x", Words))));
    }

    [Fact]
    public void an_old_one_can_be_removed_once_nothing_hangs_on_it()
    {
        var (before, after) = (new Sealing($"mac {Mac}\n1 {One}\n2 {Two}"), new Sealing($"mac {Mac}\n2 {Two}\n"));
        Assert.Equal(before.Mac("x", Words), after.Mac("x", Words));
        Assert.Equal(Words, after.Open("x", before.Seal("x", Words)));
        Assert.True(after.HasMacKey);
    }

    [Fact] public void without_a_line_for_hashes_these_hang_on_the_oldest() => Assert.Equal(new Sealing($"1 {One}").Mac("x", Words), new Sealing($"1 {One}\n2 {Two}").Mac("x", Words));
    [Fact] public void hashes_and_seals_share_no_key() => Assert.NotEqual(new Sealing($"1 {One}").Mac("x", Words), new Sealing($"mac {Mac}\n1 {One}").Mac("x", Words));
    [Fact] public void another_purpose_opens_nothing() => Assert.ThrowsAny<CryptographicException>(() => new Sealing($"1 {One}").Open("y", new Sealing($"1 {One}").Seal("x", Words)));
}

public sealed class The_ledger_of_erased_subjects : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ledger").FullName;
    private static readonly DateTimeOffset Noon = Given.Noon;
    private ErasedLedger Ledger(byte key = 1) => new(_folder, new Sealing("mac " + Convert.ToBase64String(Enumerable.Repeat(key, 32).ToArray()) + "\n1 " + Convert.ToBase64String(new byte[32])));
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact] public void is_empty_at_first() => Assert.Empty(Ledger().Subjects());

    [Fact]
    public void keeps_a_line_for_each()
    {
        Ledger().Append(Given.Subject, Noon);
        Ledger().Append(Given.Other, Noon);
        Ledger().Append(Given.Subject, Noon.AddDays(1));
        Assert.Equal([Given.Subject, Given.Other], Ledger().Subjects());
        Assert.Equal(2, File.ReadAllLines(Ledger().File).Length);
    }

    [Fact]
    public void forgets_a_line_that_a_crash_cut_off()
    {
        Ledger().Append(Given.Subject, Noon);
        File.AppendAllText(Ledger().File, "01a20000-0000-7000");
        Assert.Equal([Given.Subject], Ledger().Subjects());
        Ledger().Append(Given.Other, Noon);
        Assert.Equal([Given.Subject, Given.Other], Ledger().Subjects());
    }

    [Theory, InlineData("01a20000-0000-7000-8000-000000000009 2026-11-23T07:00:00.000000Z AAAA\n"), InlineData("nonsense\n")]
    public void stops_at_a_line_of_somebody_else(string line)
    {
        Ledger().Append(Given.Subject, Noon);
        File.AppendAllText(Ledger().File, line);
        Assert.Contains("Line 2", Assert.Throws<InvalidOperationException>(() => Ledger().Subjects()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void stops_under_another_key()
    {
        Ledger().Append(Given.Subject, Noon);
        Assert.Throws<InvalidOperationException>(() => Ledger(2).Subjects());
    }
}
