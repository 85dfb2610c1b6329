using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Platform.Wire;

/// <summary>
/// After all other tests: what citizens wrote stands in no table, message or log in a form that can be read, and never as plain bytes.
/// Looked for is every personal value of every form that was sent.
/// </summary>
public sealed class No_personal_data_at_the_end(Ground.Wire wire, ITestOutputHelper output)
{
    private static readonly string[] Personal =
    [
        "applicant.iin", "applicant.bin", "applicant.surname", "applicant.name", "applicant.patronymic", "applicant.signer.surname",
        "contacts.email", "contacts.phone", "contacts.postalAddress", "subject", "text",
    ];

    // five digits of a false phone stand in any id or time; bytes are compared as Latin-1 text, one character a byte, so that one search does for tables, messages and logs
    private static readonly string[] Values = [.. Forms.Samples.Select(s => s.Json).Concat(Forms.Sent).SelectMany(ValuesOf)
        .Where(v => v.Length > (v.All(char.IsAsciiHexDigit) ? 7 : 3)).Distinct().Select(v => Latin(Encoding.UTF8.GetBytes(v)))];

    private static readonly SearchValues<string> Any = SearchValues.Create(Values, StringComparison.Ordinal);

    [Fact]
    public async Task Stands_in_no_table()
    {
        var bytes = 0L;
        List<string> found = [];
        foreach (var database in Servers.Databases)
        {
            await foreach (var (where, text) in Dump.Of(wire.Servers.Database(database)))
            {
                bytes += text.Length;
                found.AddRange(Hits($"{database} {where}", text));
            }
        }

        output.WriteLine($"{Values.Length} values looked for in {bytes / 1024} KiB of tables");
        Assert.InRange(bytes, 100_000, long.MaxValue);
        Assert.Empty(found);
    }

    [Fact]
    public async Task Stands_in_no_message()
    {
        var archive = await Queues.Read(wire.Servers.Rabbit, Queues.Archive);
        var others = new List<byte[]>();
        foreach (var queue in Queues.All.SelectMany(q => new[] { Heard.Errors(q), Heard.DeadLetters(q), q + "_skipped" }))
        {
            others.AddRange(await Queues.Read(wire.Servers.Rabbit, queue));
        }

        output.WriteLine($"{archive.Count} published messages, {others.Count} in error and dead-letter queues");
        Assert.True(archive.Count > 20, "the archive holds what was published");
        Assert.Empty(archive.Concat(others).SelectMany(m => Hits("message", Latin(m))));
        Assert.Empty(others);
    }

    [Fact]
    public async Task Stands_in_no_log()
    {
        var files = Directory.GetFiles(Repository.Logs).Concat(Directory.Exists(Repository.Own("state", "logs")) ? Directory.GetFiles(Repository.Own("state", "logs")) : []).ToList();
        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(f => Hits(Path.GetFileName(f), Latin(File.ReadAllBytes(f)))));
        var lines = (await Task.WhenAll(Directory.GetFiles(Repository.Logs).Select(f => File.ReadAllTextAsync(f)))).SelectMany(t => t.Split('\n')).ToList();
        Assert.DoesNotContain(lines, l => l.Contains("ended abnormally", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Would_be_found_if_it_stood_there()
    {
        var known = ValuesOf(Forms.Samples[0].Json).First(v => v.Length > 10);
        foreach (var (type, value) in new (string, object)[] { ("text", known), ("jsonb", JsonSerializer.Serialize(new { deep = new[] { known } })), ("bytea", Encoding.UTF8.GetBytes("before " + known + " after")) })
        {
            var database = wire.Servers.Database("inquiries");
            await Sql.One<object>(database, $"create table planted (value {type}); select 1");
            try
            {
                await Sql.One<int>(database, type == "jsonb" ? "with i as (insert into planted select $1::jsonb returning 1) select 1" : "with i as (insert into planted select $1 returning 1) select 1", value);
                var hits = new List<string>();
                await foreach (var (where, text) in Dump.Of(wire.Servers.Database("inquiries")))
                {
                    hits.AddRange(Hits(where, text));
                }

                Assert.Contains(hits, h => h.Contains("planted", StringComparison.Ordinal));
            }
            finally
            {
                await Sql.One<object>(database, "drop table planted; select 1");
            }
        }

        Assert.NotEmpty(Hits("log", Latin(Encoding.UTF8.GetBytes($"info: {known}"))));
        Assert.Empty(Hits("log", Latin(Encoding.UTF8.GetBytes($"info: {known[1..]}"))));
    }

    private static IEnumerable<string> Hits(string where, string latin) => !latin.AsSpan().ContainsAny(Any) ? []
        : Values.Where(v => latin.Contains(v, StringComparison.Ordinal)).Select(v => $"{where}: {Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(v))}");

    private static IEnumerable<string> ValuesOf(string json)
    {
        using var form = JsonDocument.Parse(json);
        foreach (var path in Personal)
        {
            var at = form.RootElement;
            if (path.Split('.').All(name => at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out at)) && at.ValueKind == JsonValueKind.String)
            {
                yield return at.GetString()!;
            }
        }
    }

    private static string Latin(byte[] bytes) => Dump.Latin(bytes);
}
