extern alias publications;

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using JasperFx.Events.Daemon;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using publications::Publications;

namespace Platform.Wire;

/// <summary>
/// The worker of replies in this process, with a channel that counts what it was told and may lose its answer. The running replicas know no such channel
/// and would find nobody there: they are killed while it works.
/// </summary>
public sealed class Counting : IChannel, IChannelAccounts
{
    public ConcurrentQueue<(Guid Item, string To, string? Words)> Told { get; } = new();
    private readonly ConcurrentDictionary<Guid, string> _held = new();

    public string Kind => "webhook";
    public ChannelCapabilities Can { get; } = new(false, false, true, true, true, 1000, 0);
    public TimeSpan Settle => TimeSpan.FromSeconds(1);
    public TimeSpan LongestCall => TimeSpan.FromSeconds(5);

    public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult<ChannelAccount?>(new(code, Kind, What_people_write_back.Body, ["kk", "ru"], new Dictionary<string, string>()));

    /// <summary>Taken, and the answer is lost.</summary>
    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        Told.Enqueue((post.PublicationId, externalId, post.Text.Kk));
        _held[post.AttemptId] = "r-" + post.AttemptId;
        return Task.FromResult<Outcome>(new Outcome.Unknown("timeout"));
    }

    public Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct) =>
        Task.FromResult<Outcome>(_held.TryGetValue(post.AttemptId, out var id) ? new Outcome.Accepted(id, "read-back") : new Outcome.NotFound());

    public Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct) => throw new InvalidOperationException("Replies alone.");
    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) => throw new InvalidOperationException("Replies alone.");
    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) => throw new InvalidOperationException("Replies alone.");
    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>([]);
}

/// <summary>An approved reply stands under what was written exactly once, whatever answer was lost.</summary>
[Collection(House.Collection)]
public sealed class Replies_go_out(House house, Answering answering) : IClassFixture<Answering>
{
    private async Task<WebApplication> Worker(Counting channel)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:Keys"] = house.Wire.Servers.Database("publications_keys") });
        builder.Services.AddHttpContextAccessor().AddSingleton(TimeProvider.System).AddSingleton(Sealing.FromFolder(Repository.Secrets, development: true))
            .AddSingleton(new PlatformOptions { RestPort = 1, GrpcPort = 2, SecretsFolder = Repository.Secrets }).AddSingleton(new ReleaseOptions { LeaseSeconds = 5 })
            .AddSingleton<IChannel>(channel).AddSingleton<IChannelAccounts>(channel).AddSingleton<IHalts, HaltBook>().AddSingleton<SendLocks>().AddScoped<ChannelBook>();
        builder.Services.AddMassTransit(bus => bus.UsingInMemory()); // never asked: nothing is relayed from here
        builder.Services.AddStore(house.Wire.Servers.Database("publications"), DaemonMode.Disabled, Leaves.List, PublicationStore.Register);
        builder.AddPersonalData();
        builder.AddDialogue();
        var app = builder.Build();
        await app.StartAsync();
        return app;
    }

    [Fact]
    public async Task Once_also_where_the_answer_was_lost()
    {
        var channel = new Counting();
        await using var worker = await Worker(channel);
        Door As(string role) => Ground.Wire.As(answering.Publications, Tokens.For(role, What_people_write_back.Body));
        var body = JsonSerializer.SerializeToUtf8Bytes(new { externalId = "lost-" + Guid.NewGuid(), kind = "comment", text = "Сәлем", replyTo = "post-7" });
        var (now, call) = (DateTimeOffset.UtcNow, Guid.NewGuid().ToString());
        var came = (await Ground.Wire.As(answering.Publications, null).Send(HttpMethod.Post, "/v1/inbox/akimat-62-web", new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
            [("webhook-id", call), ("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)), ("webhook-signature", new StandardWebhook(Answering.Secret).Sign(call, now, body))])).Is(200);
        var id = came.Items.Single().GetProperty("id").GetGuid();
        var drafted = (await As(Roles.Editor).Post($"/v1/inbox/{id}/reply", new { language = "kk", text = "Сәлем!" }, 1)).Is(200);
        drafted = await Sent_back(As, id, drafted);
        (await As(Roles.Approver).Post($"/v1/inbox/{id}/approve-reply", new { contentHash = Hash(drafted) }, drafted.Version)).Is(200);

        var replicas = new[] { answering.Publications, house.Publications, house.SecondPublications }.Where(r => r.Runs).ToArray();
        await Task.WhenAll(replicas.Select(r => r.Kill()));
        await Eventually.So("it is answered", async () => (await View(worker, id)).Now.State == InboxState.Answered, 60);
        await House.Up(replicas);
        var answered = (await As(Roles.Editor).Get($"/v1/inbox/{id}")).Is(200);
        Assert.Equal("Answered", answered.Text("state"));

        Assert.Equal([(id, "post-7", "Сәлеметсіз бе!")], channel.Told.Where(t => t.Item == id));
        var last = answered.Json.GetProperty("reply").GetProperty("attempts").EnumerateArray().Last();
        Assert.Equal(("Accepted", "read-back"), (last.GetProperty("state").GetString(), last.GetProperty("knownFrom").GetString()));
        Assert.DoesNotContain("r-" + last.GetProperty("attemptId").GetString(), answered.Body, StringComparison.Ordinal);
        Assert.Equal("r-" + last.GetProperty("attemptId").GetString(), await External(worker, id));
        (await As(Roles.Editor).Post($"/v1/inbox/{id}/close", new { reason = "spam" }, answered.Version)).Is(409, "inbox-item-done");
    }

    private static string? Hash(Reply item) => item.Json.GetProperty("reply").GetProperty("contentHash").GetString();

    /// <summary>An approver sends it back, for a reason that no event holds; its author writes other words.</summary>
    private static async Task<Reply> Sent_back(Func<string, Door> As, Guid id, Reply drafted)
    {
        var (path, reason) = ($"/v1/inbox/{id}", "Құрметті Айгерім деп бастаңыз");
        (await As(Roles.Editor).Post(path + "/reject-reply", new { reason }, drafted.Version)).Is(403, "forbidden");
        (await As(Roles.Approver).Post(path + "/reject-reply", new { reason = " " }, drafted.Version)).Is(400, "reason-missing");
        (await As(Roles.Approver).Post(path + "/reject-reply", new { reason }, drafted.Version - 1)).Is(412, "version-stale");
        var returned = (await As(Roles.Approver).Post(path + "/reject-reply", new { reason }, drafted.Version)).Is(200);
        Assert.Equal(returned.Version, (await As(Roles.Approver).Post(path + "/reject-reply", new { reason }, returned.Version)).Is(200).Version);
        (await As(Roles.Approver).Post(path + "/approve-reply", new { contentHash = Hash(drafted) }, returned.Version)).Is(409, "reply-returned");
        Assert.Equal("approver of " + What_people_write_back.Body, returned.Json.GetProperty("reply").GetProperty("returnedBy").GetString());
        Assert.Contains((await As(Roles.Editor).Get("/v1/inbox?returnedTo=editor%20of%20" + What_people_write_back.Body)).Is(200).Items, i => i.GetProperty("id").GetGuid() == id);
        Assert.Equal(reason, (await As(Roles.Editor).Get(path + "/words?reason=x")).Is(200).Text("returned"));
        var history = (await As(Roles.Editor).Get(path + "/history")).Is(200);
        Assert.Contains(history.Json.EnumerateArray(), e => e.GetProperty("fact").GetString() == "inbox_reply_returned");
        Assert.DoesNotContain("Айгерім", history.Body, StringComparison.Ordinal);
        return (await As(Roles.Editor).Post(path + "/reply", new { language = "kk", text = "Сәлеметсіз бе!" }, returned.Version)).Is(200);
    }

    private static async Task<string?> External(WebApplication worker, Guid id)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PersonalData.Vault>().Open((await View(worker, id)).Now.Received.SubjectId, InboxWords.ExternalKind, default);
    }

    private static async Task<InboxItemView> View(WebApplication worker, Guid id)
    {
        await using var session = worker.Services.GetRequiredService<Marten.IDocumentStore>().QuerySession();
        return (await session.LoadAsync<InboxItemView>(id))!;
    }
}
