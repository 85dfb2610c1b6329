using System.Security.Cryptography;
using Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Adding_a_file
{
    private static readonly NewFile File = new("request", "name", "content", 3, "unscanned", []);
    private static readonly NewFile ForAnswer = File with { Direction = "answer" };
    private static IReadOnlyList<object> When(NewFile file, params object[] given) => AttachmentDecider.Decide(State(given), file, Other, Subject, Noon);

    [Fact] public void records_it() => Assert.Equal([Added with { Defects = File.Defects }], When(File, Received, Registered));
    [Fact]
    public void records_that_its_hash_is_another_one() => Assert.Equal(["attachment-hash-mismatch"],
        Assert.IsType<AttachmentAdded>(Assert.Single(When(File with { Defects = [AttachmentDecider.HashMismatch] }, Received, Registered))).Defects);
    [Fact] public void the_same_name_and_bytes_twice_is_recorded_once() => Assert.Empty(When(File, Received, Registered, Added));
    [Fact] public void other_bytes_under_its_name_are_refused() => Refuses("attachment-name-reused", () => When(File with { ContentMac = "other" }, Received, Registered, Added), RefusalKind.Reused, "name");
    [Fact] public void the_same_bytes_under_another_name_are_another_file() => Assert.Single(When(File with { NameMac = "other" }, Received, Registered, Added));
    [Fact] public void an_answers_file_may_bear_the_name_of_an_askers() => Assert.Single(When(ForAnswer, Received, Registered, Added));
    [Fact] public void the_askers_files_are_taken_in_every_state() => Assert.All((object[][])[[Received, NotConsidered], [Received, Registered, Answered], [Received, Registered, Forwarded]], given => Assert.Single(When(File, given)));
    [Fact] public void a_file_for_the_answer_is_refused_once_it_is_given() => Refuses("not-open", () => When(ForAnswer, Received, Registered, Answered), RefusalKind.Conflict);
    [Fact] public void a_file_for_the_answer_said_twice_is_known_also_then() => Assert.Empty(When(ForAnswer, Received, Registered, Added with { Direction = "answer" }, Answered));

    [Fact]
    public void a_request_holds_a_hundred()
    {
        var many = Enumerable.Range(0, AttachmentDecider.MostFiles).Select(i => (object)(Added with { AttachmentId = Guid.NewGuid(), NameMac = $"{i}" }));
        Refuses("attachments-too-many", () => When(File, [Received, Registered, .. many]), RefusalKind.Conflict);
    }

    [Fact]
    public void an_infected_one_is_held_back_once()
    {
        var state = State(Received, Registered, Added);
        Assert.Equal([HeldBack], AttachmentDecider.HoldBack(state, Other, "Eicar-Test-Signature", Noon));
        Assert.Empty(AttachmentDecider.HoldBack(State(Received, Registered, Added, HeldBack), Other, "Eicar-Test-Signature", Noon));
        Assert.Empty(AttachmentDecider.HoldBack(state, Guid.NewGuid(), "Eicar-Test-Signature", Noon));
    }
}

public class Files_of_an_answer
{
    private static readonly AttachmentAdded File = Added with { Direction = "answer" };

    [Fact] public void are_those_that_were_uploaded_for_it() => AnswerFiles.Check(State(Received, Registered, File), [Other]);
    [Fact] public void may_be_none() => AnswerFiles.Check(State(Received, Registered), null);
    [Fact] public void are_none_of_another_request() => Refuses("answer-file-unknown", () => AnswerFiles.Check(State(Received, Registered, File), [Guid.NewGuid()]), RefusalKind.Invalid, "answerFiles");
    [Fact] public void are_none_of_the_askers_own() => Refuses("answer-file-unknown", () => AnswerFiles.Check(State(Received, Registered, Added), [Other]), RefusalKind.Invalid, "answerFiles");
    [Fact] public void are_none_that_is_held_back() => Refuses("attachment-held", () => AnswerFiles.Check(State(Received, Registered, File, HeldBack), [Other]), RefusalKind.Conflict);
    [Fact] public void are_not_for_the_asker_before_the_answer() => Assert.Empty(AnswerFiles.Given(State(Received, Registered, File)));
    [Fact] public void are_for_the_asker_after_it() => Assert.Equal(Other, Assert.Single(AnswerFiles.Given(State(Received, Registered, Added with { AttachmentId = Id }, File, Answered with { Files = [Other] }))).Id);
}

public class A_sealed_file
{
    private static readonly byte[] Key = SealedFile.Key(new(Subject, RandomNumberGenerator.GetBytes(32)), Id);

    private static async Task<byte[]> Sealed(byte[] plain)
    {
        using var box = new MemoryStream();
        var done = await SealedFile.Seal(Key, new MemoryStream(plain), box, 1 << 20, default);
        Assert.Equal(plain.Length, done!.Value.Size);
        Assert.Equal(SHA256.HashData(plain), done.Value.Sha256);
        return box.ToArray();
    }

    private static async Task<byte[]> Opened(byte[] key, byte[] box)
    {
        using var plain = new MemoryStream();
        await SealedFile.Open(key, new MemoryStream(box), plain, default);
        return plain.ToArray();
    }

    [Theory, InlineData(0), InlineData(1), InlineData(65535), InlineData(65536), InlineData(65537), InlineData(131072), InlineData(200_000)]
    public async Task opens_to_what_it_was(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        Assert.Equal(plain, await Opened(Key, await Sealed(plain)));
    }

    [Fact]
    public async Task opens_by_its_subjects_key_and_its_own_id_alone()
    {
        var box = await Sealed([1, 2, 3]);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Opened(SealedFile.Key(new(Subject, new byte[32]), Id), box));
        var subject = new SubjectKey(Subject, new byte[32]);
        Assert.NotEqual(SealedFile.Key(subject, Id), SealedFile.Key(subject, Other));
    }

    [Fact]
    public async Task does_not_open_changed_cut_or_reordered()
    {
        const int chunk = 65536 + 16;
        var box = await Sealed(RandomNumberGenerator.GetBytes(150_000));
        byte[] changed = [.. box], swapped = [.. box[chunk..(2 * chunk)], .. box[..chunk], .. box[(2 * chunk)..]];
        changed[70_000] ^= 1;
        foreach (var bad in (byte[][])[changed, swapped, box[..^1], box[..(2 * chunk)], box[..chunk], [], box[chunk..]])
        {
            await Assert.ThrowsAnyAsync<CryptographicException>(() => Opened(Key, bad));
        }
    }

    [Fact] public async Task is_none_past_its_limit() => Assert.Null(await SealedFile.Seal(Key, new MemoryStream(new byte[70_000]), Stream.Null, 69_999, TestContext.Current.CancellationToken));
}

public class A_scanners_answer
{
    [Fact] public void may_be_clean() => Assert.IsType<ScanResult.Clean>(Clamd.Read("stream: OK"));
    [Fact] public void may_name_a_threat() => Assert.Equal(new ScanResult.Infected("Eicar-Test-Signature"), Clamd.Read("stream: Eicar-Test-Signature FOUND"));
    [Fact] public void brings_no_text_into_a_fact() => Assert.Equal(new ScanResult.Infected("Win.Testname"), Clamd.Read("stream: Win.Test\u202E name\u0007 FOUND"));
    [Theory, InlineData("INSTREAM size limit exceeded. ERROR"), InlineData(""), InlineData("stream: OK "), InlineData("x: FOUND")]
    public void may_be_no_verdict(string line) => Assert.IsType<ScanResult.Unsaid>(Clamd.Read(line));
    [Fact] public async Task is_none_when_nobody_answers() => Assert.IsType<ScanResult.Unsaid>(await new Clamd("127.0.0.1", 1, TimeSpan.FromSeconds(2)).Scan((_, _) => Task.CompletedTask, TestContext.Current.CancellationToken));
}

public sealed class A_storage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("inquiries-files").FullName;
    private readonly Dictionary<string, byte[]> _objects = [];
    private WebApplication? _store;

    private string Spooled(byte[] bytes)
    {
        var path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<byte[]?> Read(IFileStorage storage, Guid id)
    {
        using var read = new MemoryStream();
        return await storage.Read(id, (s, ct) => s.CopyToAsync(read, ct), default) ? read.ToArray() : null;
    }

    private async Task Keeps(IFileStorage storage)
    {
        var (id, bytes, spooled) = (Guid.NewGuid(), RandomNumberGenerator.GetBytes(300_000), "");
        await storage.Keep(id, spooled = Spooled(bytes), default);
        Assert.Equal(bytes, await Read(storage, id));
        Assert.False(File.Exists(spooled));
        await storage.Remove(id, default);
        Assert.Null(await Read(storage, id));
        await storage.Remove(id, default);
    }

    [Fact] public Task may_be_a_folder() => Keeps(new FolderStorage(Path.Combine(_folder, "kept")));

    [Fact]
    public Task may_be_a_store_that_speaks_S3() =>
        Keeps(S3Storage.From(new() { Endpoint = new Uri(_store!.Urls.Single()).Authority, Bucket = "files", AccessKey = "key", SecretKey = "secret-of-the-test", Secure = false }));

    /// <summary>An S3 store as far as files need one: objects of one bucket; it looks for a signature of version 4 and does not verify it.</summary>
    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _store = builder.Build();
        _store.Urls.Add("http://127.0.0.1:0");
        _store.MapMethods("/files/{name}", ["PUT", "GET", "HEAD", "DELETE"], async (string name, HttpContext http) =>
        {
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=key/", http.Request.Headers.Authorization.ToString(), StringComparison.Ordinal);
            switch (http.Request.Method)
            {
                case "PUT":
                    using (var body = new MemoryStream())
                    {
                        await http.Request.Body.CopyToAsync(body);
                        _objects[name] = body.ToArray();
                    }

                    return Results.Ok();
                case "DELETE":
                    _objects.Remove(name);
                    return Results.NoContent();
                default:
                    http.Response.Headers.ETag = "\"1\"";
                    http.Response.Headers.LastModified = "Wed, 25 Nov 2026 00:00:00 GMT";
                    return _objects.TryGetValue(name, out var found) ? Results.Bytes(found)
                        : Results.Text("<Error><Code>NoSuchKey</Code></Error>", "application/xml", statusCode: 404);
            }
        });
        _store.MapMethods("/files", ["HEAD"], () => Results.Ok());
        await _store.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
