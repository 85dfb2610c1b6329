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
/// The worker of replies in this process, with a channel that counts what it was told and may lose its answer. The running replicas know no such channel:
/// they take their turns at the same ledger, and find nobody there.
/// </summary>
public sealed class Counting : IChannel, IChannelAccounts, IHalts
{
    public ConcurrentQueue<(Guid Item, string To, string? Words)> Told { get; } = new();
    private readonly ConcurrentDictionary<Guid, string> _held = new();

    public string Kind => "webhook";
    public ChannelCapabilities Can { get; } = new(false, false, true, true, true, 1000, 0);
    public TimeSpan Settle => TimeSpan.FromSeconds(1);
    public TimeSpan LongestCall => TimeSpan.FromSeconds(5);

    public Task<ChannelAccount?> Find(string code, CancellationToken ct) => Task.FromResult<ChannelAccount?>(new(code, Kind, What_people_write_back.Body, ["kk", "ru"], new Dictionary<string, string>()));

    public Task<HaltsNow> Read(Marten.IQuerySession session, CancellationToken ct) => Task.FromResult(new HaltsNow(0, _ => null));

    /// <summary>Nothing is halted.</summary>
    public Task<IAsyncDisposable?> Enter(HaltScope scope, CancellationToken ct) => Task.FromResult<IAsyncDisposable?>(new MemoryStream());

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
            .AddSingleton<IChannel>(channel).AddSingleton<IChannelAccounts>(channel).AddSingleton<IHalts>(channel).AddScoped<ChannelBook>();
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
        var drafted = (await As(Roles.Editor).Post($"/v1/inbox/{id}/reply", new { language = "kk", text = "Сәлеметсіз бе!" }, 1)).Is(200);
        (await As(Roles.Approver).Post($"/v1/inbox/{id}/approve-reply", new { contentHash = drafted.Json.GetProperty("reply").GetProperty("contentHash").GetString() }, drafted.Version)).Is(200);

        var answered = await Eventually.Get("it is answered", () => As(Roles.Editor).Get($"/v1/inbox/{id}"), i => i.Text("state") == "Answered", 60);

        Assert.Equal([(id, "post-7", "Сәлеметсіз бе!")], channel.Told.Where(t => t.Item == id));
        var last = answered.Json.GetProperty("reply").GetProperty("attempts").EnumerateArray().Last();
        Assert.Equal(("Accepted", "read-back"), (last.GetProperty("state").GetString(), last.GetProperty("knownFrom").GetString()));
        Assert.DoesNotContain("r-" + last.GetProperty("attemptId").GetString(), answered.Body, StringComparison.Ordinal);
        Assert.Equal("r-" + last.GetProperty("attemptId").GetString(), await External(worker, id));
        (await As(Roles.Editor).Post($"/v1/inbox/{id}/close", new { reason = "spam" }, answered.Version)).Is(409, "inbox-item-done");
    }

    private static async Task<string?> External(WebApplication worker, Guid id)
    {
        await using var scope = worker.Services.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<Marten.IDocumentStore>().QuerySession();
        var item = await session.LoadAsync<InboxItemView>(id);
        return await scope.ServiceProvider.GetRequiredService<PersonalData.Vault>().Open(item!.Now.Received.SubjectId, InboxWords.ExternalKind, default);
    }
}
