using System.Security.Cryptography;
using System.Text.Json;
using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class The_canonical_text_of_a_fact
{
    private static string Of(string json) => Canonical.Text(JsonDocument.Parse(json).RootElement);

    [Theory]
    [InlineData("""{ "b": 1, "a": [true, false, {"d": "x", "c": 2}] }""", """{"a":[true,false,{"c":2,"d":"x"}],"b":1}""")]
    [InlineData("""{"a": null, "b": [null]}""", """{"b":[null]}""")]
    [InlineData("""{"\u0436": "\u0416ол \u20ac"}""", """{"ж":"Жол €"}""")]
    [InlineData("""["\u000f\n\"\\/\u007f"]""", "[\"\\u000f\\n\\\"\\\\/\u007f\"]")]
    [InlineData("{}", "{}"), InlineData("[]", "[]"), InlineData("-12", "-12")]
    public void is_one(string json, string text) => Assert.Equal(text, Of(json));

    [Fact] public void knows_no_fractions() => Assert.Throws<FormatException>(() => Of("1.5"));
    [Fact] public void of_an_instant_is_in_UTC_with_microseconds() => Assert.Equal("2026-11-23T07:00:00.000001Z", Canonical.Instant(Noon.AddTicks(10)));
    [Fact] public void sorts_by_code_units() => Assert.Equal("""{"A":1,"_":2,"a":3}""", Of("""{"a":3,"_":2,"A":1}"""));
}

public class The_chain_of_a_request
{
    private static string Link(string previous, long version, object fact) => Chain.Link(previous, Id, version, Store.NameOf(fact.GetType()), JsonSerializer.SerializeToElement(fact, fact.GetType(), Json.Options));

    // computed by another program from the rule's text and the golden files of both facts
    private const string First = "abf55cdbcebb3a0fdf9bac1b7e665023f7a20fa25afbdffcd72e7cc64e394125", Second = "b6136328b50039025f842865ef5d28be21679c101d0fce9b676141bf5bdacc04";

    [Fact] public void begins_with_the_first_fact() => Assert.Equal(First, Link(Chain.Start, 1, Received));
    [Fact] public void goes_on_from_link_to_link() => Assert.Equal(Second, Link(First, 2, Registered));
    [Fact] public void differs_for_another_version() => Assert.NotEqual(Second, Link(First, 3, Registered));
    [Fact] public void differs_for_another_content() => Assert.NotEqual(Second, Link(First, 2, Registered with { Due = Registered.Due.AddDays(1) }));
    [Fact] public void stands_on_the_slip_with_its_day() => Assert.Equal(new SlipProof(Second, new(2026, 11, 23)), SlipProof.Of(Id, Noon, Received, Registered));
    [Fact] public void counts_the_day_in_Almaty() => Assert.Equal(new(2026, 11, 24), SlipProof.Of(Id, new(2026, 11, 23, 19, 0, 0, TimeSpan.Zero), Received).Day);
}

public class The_tree_of_a_day
{
    // the test vectors of Certificate Transparency
    private static readonly byte[][] Leaves = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }
        .Select(hex => SHA256.HashData([0, .. Convert.FromHexString(hex)]))];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void has_the_root_of_RFC_6962(int count, string root) => Assert.Equal(root, Convert.ToHexStringLower(Merkle.Root(Leaves[..count])));

    [Fact]
    public void leads_from_every_leaf_to_its_root_and_from_no_other_place()
    {
        for (var count = 1; count <= 40; count++)
        {
            byte[][] leaves = [.. Enumerable.Range(0, count).Select(i => Merkle.Leaf($"{i}"))];
            var root = Merkle.Root(leaves);
            for (var i = 0; i < count; i++)
            {
                var path = Merkle.Path(leaves, i);
                Assert.Equal(root, Merkle.RootOf(leaves[i], i, count, path));
                Assert.False(root.SequenceEqual(Merkle.RootOf(Merkle.Leaf("another"), i, count, path) ?? []));
                Assert.Null(Merkle.RootOf(leaves[i], i, count, [.. path, root]));
                Assert.All(Enumerable.Range(0, count).Where(other => other != i), other => Assert.False(root.SequenceEqual(Merkle.RootOf(leaves[i], other, count, path) ?? [])));
            }
        }
    }

    [Fact] public void knows_no_place_outside() => Assert.Null(Merkle.RootOf(Leaves[0], 1, 1, []));
    [Fact] public void tells_leaves_from_nodes() => Assert.NotEqual(Merkle.Leaf("x"), Merkle.Node("x"u8, ""u8));

    [Fact]
    public void finds_a_stream_by_its_id()
    {
        Guid[] ids = [.. Enumerable.Range(0, 9).Select(_ => Guid.NewGuid()).OrderBy(g => Convert.ToHexString(g.ToByteArray(bigEndian: true)), StringComparer.Ordinal)];
        var day = new ProofDay(Signed(), [.. ids.SelectMany(i => i.ToByteArray(bigEndian: true))], []);
        Assert.Equal(Enumerable.Range(0, 9).Select(i => (int?)i), ids.Select(day.PlaceOf));
        Assert.Null(day.PlaceOf(Guid.NewGuid()));
    }

    private static DailyRootSigned Signed() => new(new(2026, 11, 23), "", Chain.Start, "", 9, 0, 18, "", "", Noon);
}

public class The_root_of_a_day
{
    private static readonly RootStatement Statement = new(new(2026, 11, 23), Chain.Start, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0, 0, 17);

    // computed by another program from the rule's text
    [Fact] public void is_the_hash_of_its_statement() => Assert.Equal("f3d6a1563a429eb0cfea66f35df09288982bd40dfeadcd05b2fd58da65422113", Statement.Root());
    [Fact] public void of_a_leaf_holds_when_it_was_recorded() => Assert.Equal("1db7c744fa9058f69b73651442f95258d02e6258f9ab0ce8bc6bd28e973964e5", Convert.ToHexStringLower(new ProofLeaf(Id, 1, 2, Chain.Start, [Noon, Noon.AddSeconds(1)]).Hash()));

    [Fact]
    public void holds_the_one_before_and_every_figure()
    {
        RootStatement[] others = [Statement with { PreviousRoot = Statement.TreeRoot }, Statement with { Count = 1 }, Statement with { UpToSequence = 18 }, Statement with { FromSequence = 1 }, Statement with { Date = new(2026, 11, 24) }];
        Assert.All(others, other => Assert.NotEqual(Statement.Root(), other.Root()));
    }

    [Fact]
    public void is_signed_by_one_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signature = RootSignature.Sign(key, Statement.Root());
        Assert.True(RootSignature.Holds(key, Statement.Root(), signature));
        Assert.False(RootSignature.Holds(other, Statement.Root(), signature));
        Assert.False(RootSignature.Holds(key, (Statement with { Count = 1 }).Root(), signature));
        Assert.False(RootSignature.Holds(key, Statement.Root(), "no base64"));
        Assert.NotEqual(RootSignature.IdOf(key), RootSignature.IdOf(other));
    }

    [Fact] public void closes_ten_minutes_after_midnight_in_Almaty() => Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 10, 0, TimeSpan.FromHours(5)), DailyRoots.ClosesAt(new(2026, 11, 23)));
    [Fact] public void follows_the_last() => Assert.Equal(new(2026, 11, 24), DailyRoots.Next(new(2026, 11, 23), Noon, Noon.AddDays(9)));
    [Fact] public void begins_with_the_first_fact() => Assert.Equal(new(2026, 11, 23), DailyRoots.Next(null, Noon, Noon.AddDays(9)));
    [Fact] public void begins_yesterday_where_the_store_is_older_than_the_proofs() => Assert.Equal(new(2027, 11, 22), DailyRoots.Next(null, Noon, Noon.AddYears(1)));
    [Fact]
    public void keeps_its_stored_shape() => global::Specs.Golden.Check("facts/" + Store.NameOf(typeof(DailyRootSigned)),
        new DailyRootSigned(Statement.Date, Statement.Root(), Statement.PreviousRoot, Statement.TreeRoot, 0, 0, 17, "MEUCIQ==", "0123456789abcdef", Noon));
}
