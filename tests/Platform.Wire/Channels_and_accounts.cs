extern alias publications;
using System.Text;
using Dev;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using publications::Publications;

namespace Platform.Wire;

/// <summary>Accounts over HTTP, what stands on them unplanned, and the real adapters against the channel simulator.</summary>
public sealed class Channels_and_accounts(Ground.Wire wire) : IAsyncLifetime
{
    private const string Body = "akimat-59", Foreign = "akimat-62", Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Token = "123456:AAwireWireWireWireWireWireWireWireWi";
    private static readonly Uri At = new($"http://127.0.0.1:{Ground.Wire.ChannelsPort}/");
    private readonly ServiceProcess _channels = new(wire.Servers, "Dev", "", Ground.Wire.ChannelsPort, "channel-simulator");
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };

    private Guid _picture;

    private Door Simulator => Ground.Wire.As(_channels, null);
    private Door As(string role, string body = Body) => Ground.Wire.As(wire.Publications, Tokens.For(role, body));
    private static string Code() => "wire-" + Guid.NewGuid().ToString("N")[..10];

    public async ValueTask InitializeAsync()
    {
        await _channels.Start();
        await _channels.Ready();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _channels.DisposeAsync();
    }

    [Fact]
    public async Task An_account_is_registered_given_its_credentials_edited_and_closed_and_no_secret_is_shown()
    {
        var (head, code) = (As(Roles.Head), Code());
        var ask = new { code, kind = "telegram", settings = new { chat = "@wire_news" }, official = new { post = new { kk = "Әкім", ru = "Аким" }, from = "2026-01-01", delegates = new[] { "press" } } };
        (await As(Roles.Editor).Post("/v1/channels", ask)).Is(403);
        (await head.Post("/v1/channels", new { code, kind = "telegram", settings = new { chat = "@wire_news", token = Token } })).Is(400, "settings-invalid");
        (await head.Post("/v1/channels", new { code, kind = "telegram", body = Foreign, settings = new { chat = "@wire_news" } })).Is(403, "body-not-own");
        (await head.Post("/v1/channels", new { code, kind = "telegram\0" })).Is(400, "text-invalid");
        var made = (await head.Post("/v1/channels", ask)).Is(201);
        Assert.Equal(("CredentialsMissing", 1, $"/v1/channels/{code}"), (made.Text("state"), made.Version, made.Headers.Location?.ToString()));
        (await head.Post("/v1/channels", ask)).Is(409, "code-taken");

        var path = $"/v1/channels/{code}";
        (await head.Post(path + "/set-credentials", new { credentials = new { token = Token } })).Is(428, "version-required");
        (await head.Post(path + "/set-credentials", new { credentials = new { token = Token } }, 7)).Is(412, "version-stale");
        (await As(Roles.Head, Foreign).Post(path + "/set-credentials", new { credentials = new { token = Token } }, 1)).Is(404, "not-found");
        var told = (await head.Post(path + "/set-credentials", new { credentials = new { token = Token } }, 1)).Is(200);
        var before = DateTimeOffset.UtcNow;
        var edited = (await head.Post(path + "/edit", new { languages = new[] { "ru" } }, 2)).Is(200);
        var shown = (await As(Roles.Approver).Get(path)).Is(200);
        Assert.Equal(("Open", 3), (shown.Text("state"), shown.Version));
        Assert.True(shown.Json.GetProperty("can").GetProperty("delete").GetBoolean());
        Assert.Equal(2, (await head.Get($"{path}?asOf={Uri.EscapeDataString(before.ToString("O"))}")).Is(200).Version);
        (await As(Roles.Editor, Foreign).Get(path)).Is(404, "not-found");
        var list = (await As(Roles.Editor).Get("/v1/channels?kind=telegram")).Is(200);
        Assert.Contains(list.Items, a => a.GetProperty("code").GetString() == code);

        var history = (await head.Get(path + "/history")).Is(200);
        Assert.All([told, edited, shown, list, history], reply => Assert.DoesNotContain(Token, reply.Body, StringComparison.Ordinal));
        Assert.Equal(0L, await Stored($"select count(*) from mt_events where data::text like '%{Token}%'"));
        Assert.Equal(0L, await Stored($"select count(*) from mt_doc_channelaccountview where data::text like '%{Token}%'"));
        Assert.Equal(0L, await Stored($"select count(*) from channel_credentials where position('\\x{Convert.ToHexString(Encoding.UTF8.GetBytes(Token))}'::bytea in sealed) > 0"));

        var id = made.Json.GetProperty("id").GetGuid();
        Assert.Equal(1L, await Stored($"select count(*) from channel_credentials where account_id = '{id}'"));
        Assert.Equal("Closed", (await head.Post(path + "/close", new { reason = "Сынақ бітті" }, 3)).Is(200).Text("state"));
        Assert.Equal(0L, await Stored($"select count(*) from channel_credentials where account_id = '{id}'"));
        (await head.Post(path + "/edit", new { languages = new[] { "kk" } }, 4)).Is(409, "account-closed");
    }

    [Fact]
    public async Task A_post_that_nobody_released_is_found_once_and_decided_by_a_person()
    {
        var (code, channel) = (Code(), "wire" + Guid.NewGuid().ToString("N")[..8]);
        var head = As(Roles.Head);
        (await head.Post("/v1/channels", new { code, kind = "telegram", settings = new { chat = "@" + channel } })).Is(201);
        (await head.Post($"/v1/channels/{code}/set-credentials", new { credentials = new { token = Token } }, 1)).Is(200);
        (await Simulator.Post("/posts", new { door = "telegram", account = "@" + channel, text = "Көңіл айтамыз\nСоболезнуем", pictures = 0 })).Is(200);
        var path = $"/v1/channels/{code}/unplanned";
        var found = (await Eventually.Get("it was found", () => As(Roles.Editor).Get(path), l => l.Status == 200 && l.Items.Any(), 30)).Items.Single();
        Assert.Equal(("Көңіл айтамыз\nСоболезнуем", "Found"), (found.GetProperty("text").GetString(), found.GetProperty("state").GetString()));
        (await As(Roles.Editor, Foreign).Get(path)).Is(404, "not-found");

        var one = $"{path}/{found.GetProperty("id").GetString()}";
        (await As(Roles.Editor).Post(one + "/decide", new { decision = "ignore" }, 1)).Is(400, "reason-missing");
        (await As(Roles.Editor, Foreign).Post(one + "/decide", new { decision = "report" }, 1)).Is(404, "not-found");

        // a condolence that does not say for whom: against the checks it takes a reason, and two
        Assert.Equal(["subject-missing"], found.GetProperty("findings").EnumerateArray().Select(f => f.GetProperty("code").GetString()));
        (await As(Roles.Editor).Post(one + "/decide", new { decision = "adopt" }, 1)).Is(409, "subject-missing");
        var asked = (await As(Roles.Editor).Post(one + "/decide", new { decision = "adopt", reason = "Отбасының өтініші" }, 1)).Is(200);
        Assert.Equal(("Found", 2, 2), (asked.Text("state"), asked.Version, (await As(Roles.Editor).Post(one + "/decide", new { decision = "adopt", reason = "Отбасының өтініші" }, 2)).Is(200).Version));
        var stranger = Ground.Wire.As(wire.Publications, Dev.Token.Make(Repository.Secrets, [Roles.Editor], Foreign, "press", 3600));
        (await stranger.Post(one + "/decide", new { decision = "adopt" }, 2)).Is(404, "not-found");
        var term = new { post = new { kk = "Әкім", ru = "Аким" }, from = "2026-01-01", delegates = new[] { "press" } };
        (await head.Post($"/v1/channels/{code}/edit", new { official = term }, 2)).Is(200);
        var adopted = (await stranger.Post(one + "/decide", new { decision = "adopt" }, 2)).Is(200); // whom the account names as a delegate
        Assert.Equal(("Decided", "press", "True"), (adopted.Text("state"), adopted.Text("decidedBy"), adopted.Text("byOfficial")));
        Assert.Equal("Decided", (await As(Roles.Editor).Post(one + "/decide", new { decision = "report" }, 3)).Is(200).Text("state"));
        await Task.Delay(2500); // it is read again, several times
        Assert.Equal(4, (await As(Roles.Editor).Get(one)).Is(200).Version);
        Assert.Single((await As(Roles.Editor).Get(path + "?decided=true")).Is(200).Items);
    }

    /// <summary>Four quarters of colours, with labels in its file.</summary>
    private static byte[] Photograph()
    {
        using var bitmap = new SkiaSharp.SKBitmap(40, 20);
        bitmap.Pixels = [.. Enumerable.Range(0, 800).Select(i => new SkiaSharp.SKColor((byte)i, (byte)(i >> 2), (byte)Random.Shared.Next(256)))];
        var plain = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 90).ToArray();
        return [.. plain[..2], 0xFF, 0xFE, 0, 12, .. "GPS 43 N  "u8, .. plain[2..]];
    }

    private async Task<Guid> Uploaded(byte[] file)
    {
        var (witness, content) = (Ground.Wire.As(wire.Publications, Dev.Token.Make(Repository.Secrets, [Roles.Editor], Body, "witness", 3600)), new ByteArrayContent(file));
        content.Headers.ContentType = new("application/octet-stream");
        var id = (await As(Roles.Editor).Send(HttpMethod.Post, "/v1/media?credit=Kazinform&category=agency", content, [])).Is(201).Json.GetProperty("id").GetGuid();
        var said = (await witness.Post($"/v1/media/{id}/depictions", new { nobody = "landscape", evidence = "Көріп тұрмын" }, 2)).Is(201).Text("id");
        (await As(Roles.Approver).Post($"/v1/media/{id}/depictions/{said}/confirm", new { }, 3)).Is(200);
        return id;
    }

    /// <summary>Written, approved and out; where a busy machine took longer than that to arm it, another one with more time.</summary>
    private async Task<string> Released(string code, Guid media, Crop crop)
    {
        for (var seconds = 2.0; ; seconds *= 2)
        {
            var draft = (await As(Roles.Editor).Post("/v1/publications", new { kind = "News", title = new { kk = "Көрініс", ru = "Вид" }, text = new { kk = "Мәтін", ru = "Текст" }, channels = new[] { code }, media = new[] { new { mediaId = media, crop } }, wantedAt = DateTimeOffset.UtcNow.AddSeconds(seconds) })).Is(201);
            var path = $"/v1/publications/{draft.Text("id")}";
            var seen = (await As(Roles.Editor).Post(path + "/submit", new { }, draft.Version)).Is(200);
            foreach (var language in new[] { "kk", "ru" })
            {
                seen = (await As(Roles.Approver).Post(path + "/approve", new { language, contentHash = draft.Json.GetProperty("contentHash").GetProperty(language).GetString() }, seen.Version)).Is(200);
            }

            if (await As(Roles.Editor).Post(path + "/schedule", new { }, seen.Version) is { Status: 200 })
            {
                await Eventually.Get("it is out", () => As(Roles.Editor).Get(path), p => p.Text("state") == "Released", seconds + 20);
                return path;
            }
        }
    }

    [Fact]
    public async Task Instagram_fetches_what_goes_out_and_what_others_put_there_is_known_by_its_bytes()
    {
        await Behave("none");
        var (head, code, user) = (As(Roles.Head), Code(), Random.Shared.NextInt64(1_000_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture));
        var term = new { post = new { kk = "Әкім", ru = "Аким" }, from = "2026-01-01", delegates = new[] { "press" } };
        (await head.Post("/v1/channels", new { code, kind = "instagram", settings = new { user }, official = term })).Is(201);
        (await head.Post($"/v1/channels/{code}/set-credentials", new { credentials = new { token = "EAAwire" } }, 1)).Is(200);
        var (file, crop) = (Photograph(), new Crop(4, 2, 20, 10));
        var media = await Uploaded(file);
        var path = await Released(code, media, crop);

        var post = Assert.Single((await Simulator.Get("/received")).Is(200).Json.EnumerateArray(), p => p.GetProperty("account").GetString() == user);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(RegistryMedia.Cut(file, crop, "image/jpeg").Bytes!)), post.GetProperty("pictureSha256").GetString());
        var finding = Assert.Single((await As(Roles.Approver).Get(path + "/checks")).Is(200).Items, f => f.GetProperty("code").GetString() == "not-a-delegate");
        Assert.False(finding.GetProperty("blocking").GetBoolean());
        var row = await Eventually.Get("it stands on record", () => As(Roles.Editor).Get($"/v1/public-record?channel={code}&language=kk"), r => r.Status == 200 && r.Items.Any(), 20);
        Assert.Equal("not-a-delegate", row.Items.Single().GetProperty("findings")[0].GetProperty("code").GetString());

        // nobody else gets it by that address, or by one that was changed; the bytes of the whole carry no labels
        var (anybody, at) = (Ground.Wire.As(wire.Publications, null), Addresses.Of(media, null).PathAndQuery);
        var fetched = (await anybody.Get(at)).Is(200);
        Assert.Equal(("image/jpeg", true, false), (fetched.ContentType, fetched.Headers.CacheControl!.NoStore, fetched.Body.Contains("GPS", StringComparison.Ordinal)));
        foreach (var wrong in new[] { at + "0", at + "&crop=0,0,5,5", at.Replace(media.ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal), at.Replace("expires=", "expires=9", StringComparison.Ordinal), at[..at.IndexOf('?', StringComparison.Ordinal)] })
        {
            (await anybody.Get(wrong)).Is(404, "not-found");
        }

        (await Simulator.Post("/posts", new { door = "instagram", account = user, text = "Біздің аула", pictures = 1, picture = Convert.ToBase64String(file) })).Is(200);
        var unplanned = $"/v1/channels/{code}/unplanned";
        var found = (await Eventually.Get("the other one was found", () => As(Roles.Editor).Get(unplanned), l => l.Status == 200 && l.Items.Any(), 30)).Items.Single();
        Assert.Equal((media, 0), (found.GetProperty("knownMedia")[0].GetGuid(), found.GetProperty("findings").GetArrayLength()));
        (await As(Roles.Editor).Post($"/v1/media/{media}/set-rights", new { leaseUntil = DateTimeOffset.UtcNow.AddMinutes(-1) }, 4)).Is(200);
        var one = $"{unplanned}/{found.GetProperty("id").GetString()}/decide";
        (await As(Roles.Editor).Post(one, new { decision = "adopt" }, 1)).Is(409, "rights-missing");
        (await As(Roles.Editor).Post($"/v1/media/{media}/set-rights", new { noLease = true }, 5)).Is(200);
        Assert.Equal("Decided", (await As(Roles.Editor).Post(one, new { decision = "adopt" }, 1)).Is(200).Text("state"));
    }

    private static MediaAddresses Addresses => new(MediaAddressOptions.Checked(new() { PublicBase = "http://127.0.0.1:5821" }, development: true), Sealing.FromFolder(Repository.Secrets, development: true), TimeProvider.System);

    [Fact]
    public async Task Every_replica_knows_of_a_change_at_once()
    {
        var (head, code) = (As(Roles.Head), Code());
        await using var provider = InProcess.Publications(wire.Servers.Database("publications"));
        var sealing = new SealedCredentials(Sealing.FromFolder(Repository.Secrets, development: true));
        using KnownAccounts one = Replica(provider, sealing), other = Replica(provider, sealing);
        await Task.WhenAll(one.StartAsync(default), other.StartAsync(default));
        (await head.Post("/v1/channels", new { code, kind = "telegram", settings = new { chat = "@wire_news" } })).Is(201);
        Assert.Null(await one.Find(code, default)); // without credentials nothing goes out by it
        (await head.Post($"/v1/channels/{code}/set-credentials", new { credentials = new { token = Token } }, 1)).Is(200);
        foreach (var replica in new[] { one, other })
        {
            var account = await replica.Find(code, default);
            Assert.Equal((Token, "@wire_news", 2), (account!.Settings["token"], account.Settings["chat"], account.Languages.Count));
        }

        (await head.Post($"/v1/channels/{code}/edit", new { languages = new[] { "ru" } }, 2)).Is(200);
        await Eventually.So("both replicas heard of the edit", async () => (await one.Find(code, default))!.Languages.Count == 1 && (await other.Find(code, default))!.Languages.Count == 1, seconds: 3);
        (await head.Post($"/v1/channels/{code}/close", new { }, 3)).Is(200);
        await Eventually.So("both replicas heard that it is closed", async () => await one.Find(code, default) is null && await other.Find(code, default) is null, seconds: 3);
        Assert.NotNull(await one.Find("site", default));
        await Task.WhenAll(one.StopAsync(default), other.StopAsync(default));
    }

    private static KnownAccounts Replica(IServiceProvider provider, SealedCredentials credentials) => new(provider.GetRequiredService<Marten.IDocumentStore>(), provider.GetRequiredService<NpgsqlDataSource>(),
        credentials, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<KnownAccounts>.Instance);

    public static TheoryData<string> Kinds => ["telegram", "facebook", "instagram", "youtube", "webhook"];

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_adapter_says_what_came_of_each_call(string kind)
    {
        var (channel, account) = Adapter(kind);
        await Behave("none");
        _picture = kind == "instagram" ? await Uploaded(Photograph()) : Guid.CreateVersion7();
        var taken = Assert.IsType<Outcome.Accepted>(await Publish(channel, account, out _));
        Assert.Equal(1, await Standing(kind));

        await Behave("rate-limit");
        var limited = Assert.IsType<Outcome.Unavailable>(await Publish(channel, account, out _));
        Assert.Equal(kind is "telegram" or "webhook", limited.RetryAt > DateTimeOffset.UtcNow);
        await Behave("refuse");
        Assert.IsType<Outcome.Refused>(await Publish(channel, account, out _));
        await Behave("unavailable");
        Assert.IsType<Outcome.Unavailable>(await Publish(channel, account, out _));
        Assert.Equal(1, await Standing(kind));

        foreach (var (mode, reason) in new[] { ("timeout-after-accept", "timeout"), ("lose-answer", "answer-lost") })
        {
            await Behave(mode, LastStep(kind));
            var since = DateTimeOffset.UtcNow;
            Assert.Equal(new Outcome.Unknown(reason), await Publish(channel, account, out var post));
            await Behave("none");
            var read = await channel.ReadBack(account, post, since, default);
            Assert.True(kind == "webhook" ? read is Outcome.NotFound : read is Outcome.Accepted { From: "read-back" }, $"{mode}: {read}");
            if (kind == "webhook")
            {
                Assert.IsType<Outcome.Accepted>(await channel.Publish(account, post, default)); // said again under the same id
            }
        }

        Assert.Equal(3, await Standing(kind));
        await Behave("forget", LastStep(kind));
        var at = DateTimeOffset.UtcNow;
        Assert.IsType<Outcome.Accepted>(await Publish(channel, account, out var forgotten));
        Assert.IsType<Outcome.NotFound>(await channel.ReadBack(account, forgotten, at, default));

        await Behave("none");
        await LaterOn(channel, account, taken.ExternalId);
    }

    /// <summary>Edit, reply and delete, where the channel offers them.</summary>
    private static async Task LaterOn(IChannel channel, ChannelAccount account, string externalId)
    {
        var corrected = Words("Түзетілді");
        Assert.Equal(channel.Can.Edit, await channel.Edit(account, externalId, corrected, default) is Outcome.Accepted);
        Assert.IsType<Outcome.Accepted>(await channel.Reply(account, externalId, corrected with { AttemptId = Guid.CreateVersion7() }, default));
        Assert.Equal(channel.Can.Delete, await channel.Delete(account, externalId, Guid.CreateVersion7(), default) is Outcome.Accepted);
        if (channel.Can.Delete && channel.Kind != "webhook")
        {
            Assert.IsType<Outcome.NotFound>(await channel.Delete(account, externalId, Guid.CreateVersion7(), default));
        }
    }

    [Fact]
    public async Task A_list_gets_one_letter_and_an_answer_that_was_lost_is_for_a_person()
    {
        await using var server = new SmtpSimulator(System.Net.IPAddress.Loopback, 5851);
        var email = new EmailChannel(new global::Outgoing.MailOptions { Host = "127.0.0.1", Port = 5851, From = "press@akimat.example", Security = MailKit.Security.SecureSocketOptions.None }, Options("") with { TimeoutSeconds = 8 });
        var account = new ChannelAccount("list", "email", Body, ["kk", "ru"], new Dictionary<string, string> { ["list"] = "news@list.example" });
        var taken = Assert.IsType<Outcome.Accepted>(await email.Publish(account, Words("Хат"), default));
        Assert.EndsWith("@akimat.example", taken.ExternalId, StringComparison.Ordinal);
        Assert.Contains("To: news@list.example", Assert.Single(server.Letters), StringComparison.Ordinal);
        server.Behaves = SmtpSimulator.Ways.Busy;
        Assert.Equal(new Outcome.Unavailable(451), await email.Publish(account, Words("Хат"), default));
        server.Behaves = SmtpSimulator.Ways.Refuse;
        Assert.Equal(new Outcome.Refused(550), await email.Publish(account, Words("Хат"), default));
        server.Behaves = SmtpSimulator.Ways.LoseAnswer;
        Assert.IsType<Outcome.Unknown>(await email.Publish(account, Words("Хат"), default));
        Assert.Equal(new Outcome.Unknown("no-read-back"), await email.ReadBack(account, Words("Хат"), DateTimeOffset.UtcNow, default));
    }

    private (IChannel, ChannelAccount) Adapter(string kind)
    {
        var (files, hashes, clock) = (new OneFilm(kind == "youtube"), new PictureHashes(_http, TimeSpan.FromSeconds(2)), TimeProvider.System);
        return kind switch
        {
            "telegram" => (new TelegramChannel(_http, Options("") with { Preview = At }, files, hashes, clock), Account(kind, ("chat", "@wire_" + kind), ("token", Token))),
            "facebook" => (new FacebookChannel(_http, Options("facebook/"), files, hashes, clock), Account(kind, ("page", "1001"), ("token", Token))),
            "instagram" => (new InstagramChannel(_http, Options("instagram/"), files, Addresses, hashes, clock), Account(kind, ("user", "1784"), ("token", Token))),
            "youtube" => (new YouTubeChannel(_http, new() { Url = new(At, "youtube/"), TokenUrl = new(At, "youtube/token"), TimeoutSeconds = 3 }, files, clock),
                Account(kind, ("channel", "UC1"), ("uploads", "uploads"), ("clientId", "c"), ("clientSecret", "s"), ("refreshToken", "r"))),
            "webhook" => (new WebhookChannel(_http, Options(""), clock), Account(kind, ("url", new Uri(At, "hooks/wire").AbsoluteUri), ("secret", Secret))),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private sealed class OneFilm(bool film) : IMediaFiles
    {
        public Task<MediaFile?> Read(Guid mediaId, Crop? crop, CancellationToken ct) => Task.FromResult<MediaFile?>(
            new(film ? "video/mp4" : "image/jpeg", film ? "a.mp4" : "a.jpg", 3, _ => Task.FromResult<Stream>(new MemoryStream([1, 2, 3]))));
    }

    /// <summary>The call after which something stands there; a fault before it is certain to have brought nothing.</summary>
    private static string? LastStep(string kind) => kind switch { "instagram" => "media_publish", "youtube" => "sessions", _ => null };

    private static ChannelOptions Options(string path) => new() { Url = new(At, path), TimeoutSeconds = 3 };
    private static ChannelAccount Account(string kind, params (string Name, string Value)[] settings) => new("wire", kind, Body, ["kk", "ru"], settings.ToDictionary(s => s.Name, s => s.Value));
    private static Post Words(string title) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), Body, "News", null, new(title, "Новость"), new("Мәтін <b> & 1", "Текст"), [], false, DateTimeOffset.UtcNow);

    private Task<Outcome> Publish(IChannel channel, ChannelAccount account, out Post post)
    {
        post = Words("Жаңалық " + Guid.NewGuid().ToString("N")[..8]);
        post = channel.Can.NeedsMedia ? post with { Media = [new(_picture, "", null, null, null)] } : post;
        return channel.Publish(account, post, default);
    }

    private async Task Behave(string mode, string? at = null) => (await Simulator.Post("/faults", new { mode, ms = mode == "timeout-after-accept" ? 6000 : 0, at })).Is(200);

    private async Task<int> Standing(string kind) => (await Simulator.Get("/counts")).Is(200).Json.GetProperty("posts").TryGetProperty(kind, out var posts) ? posts.GetInt32() : 0;

    private async Task<long> Stored(string sql)
    {
        await using var connection = new NpgsqlConnection(wire.Servers.Database("publications"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
