using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Net.Client;
using MassTransit;

[assembly: AssemblyFixture(typeof(Platform.Wire.Ground.Wire))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
[assembly: TestCollectionOrderer(typeof(Platform.Wire.Ground.SweepingLast))]

namespace Platform.Wire.Ground;

/// <summary>The platform under test: servers, the services as processes, and somebody who listens to every public message.</summary>
public sealed class Wire : IAsyncLifetime
{
    public const int SitePort = 5830, ChannelsPort = 5850;
    private readonly Recorder _recorder = new();

    public Servers Servers { get; private set; } = null!;
    public ServiceProcess Inquiries { get; private set; } = null!;

    public ServiceProcess PressEvents { get; private set; } = null!;
    public ServiceProcess Publications { get; private set; } = null!;

    /// <summary>The simulated site, which counts what it was given.</summary>
    public ServiceProcess Site { get; private set; } = null!;

    /// <summary>Started only by the tests that need two.</summary>
    public ServiceProcess SecondInquiries { get; private set; } = null!;
    public ServiceProcess SecondPublications { get; private set; } = null!;

    public Recorder Heard => _recorder;

    public async ValueTask InitializeAsync()
    {
        foreach (var old in new[] { Repository.Logs, Repository.Own("site") }.Where(Directory.Exists))
        {
            Directory.Delete(old, recursive: true);
        }

        Servers = await Servers.Start();
        Inquiries = new(Servers, "Inquiries", "inquiries", 5801);
        SecondInquiries = new(Servers, "Inquiries", "inquiries", 5803);
        PressEvents = new(Servers, "PressEvents", "press_events", 5811);
        Publications = new(Servers, "Publications", "publications", 5821);
        SecondPublications = new(Servers, "Publications", "publications", 5823);
        Site = new(Servers, "Dev", "", SitePort, "site-simulator");
        await Task.WhenAll(Services.Select(s => s.ApplySchema()));
        await _recorder.Start(Servers.Rabbit);
        await Queues.Tap(Servers.Rabbit, Queues.Archive, Recorder.Messages);
        foreach (var process in (ServiceProcess[])[Site, .. Services])
        {
            await process.Start();
        }

        await Task.WhenAll(Services.Append(Site).Select(s => s.Ready()));
    }

    private ServiceProcess[] Services => [Inquiries, PressEvents, Publications];

    public static Door As(ServiceProcess service, string? token) => new(service.Rest, token);
    public Door Gateway() => As(Inquiries, Tokens.Egov());
    public Door Officer(string body) => As(Inquiries, Tokens.Officer(body));
    public Door Anybody() => As(Inquiries, null);

    public global::Inquiries.V1.Inquiries.InquiriesClient Grpc() => new(GrpcChannel.ForAddress(Inquiries.Grpc));

    /// <summary>A request registered with this holder just now.</summary>
    public async Task<Received> Receive(string holder, string language = "ru")
    {
        var reply = await Gateway().Post("/v1/egov/forms", Forms.For(holder, language: language));
        Assert.Equal(201, reply.Status);
        return Received.From(reply);
    }

    public async ValueTask DisposeAsync()
    {
        if (Servers is null)
        {
            return; // they did not start, and that was said
        }

        await _recorder.Stop();
        foreach (var process in (ServiceProcess[])[.. Services, SecondInquiries, SecondPublications, Site])
        {
            await process.DisposeAsync();
        }

        await Servers.DisposeAsync();
    }
}

/// <summary>The reply to a form, as far as tests go on from it.</summary>
public sealed record Received(Guid Id, string Number, string Code)
{
    public static Received From(Reply reply) => new(reply.Json.GetProperty("inquiryId").GetGuid(), reply.Json.GetProperty("number").GetString()!,
        reply.Json.GetProperty("slip").GetProperty("code").GetString()!);
}

/// <summary>Tokens of this machine's development key.</summary>
public static class Tokens
{
    public static string For(string role, string? body = null, int seconds = 3600) => Dev.Token.Make(Repository.Secrets, [role], body, $"{role} of {body ?? "nobody"}", seconds);
    public static string Egov() => For(Roles.Egov);
    public static string Officer(string body) => For(Roles.Officer, body);
    public static string Admin() => For(Roles.Admin);
    public static string Auditor() => For(Roles.Auditor);
    public static Metadata Headers(string? token) => token is null ? [] : new() { { "Authorization", "Bearer " + token } };
}

/// <summary>One public message as another service heard it.</summary>
public sealed record HeardMessage(Guid MessageId, Guid Subject, long Version, object Message);

/// <summary>Another service: a MassTransit consumer of every public message, on a queue of its own, that only writes down.</summary>
public sealed class Recorder
{
    private readonly ConcurrentQueue<HeardMessage> _heard = new();
    private IBusControl? _bus;

    /// <summary>The public messages: records of contracts/ that carry a version of their stream.</summary>
    public static IReadOnlyList<Type> Messages { get; } = [.. typeof(Contracts.Bilingual).Assembly.GetExportedTypes()
        .Where(t => t.GetProperty("Version")?.PropertyType == typeof(long)).OrderBy(t => t.FullName, StringComparer.Ordinal)];

    public IReadOnlyList<HeardMessage> All => [.. _heard];

    public IEnumerable<HeardMessage> About(Guid subject) => All.Where(m => m.Subject == subject);

    public IEnumerable<T> Of<T>() where T : class => All.Select(m => m.Message).OfType<T>();

    public async Task Start(string broker)
    {
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(new Uri(broker));
            rabbit.ReceiveEndpoint(Queues.Recorder, endpoint =>
            {
                endpoint.SetQuorumQueue();
                endpoint.ConcurrentMessageLimit = 1; // it writes down the order in which they came
                foreach (var message in Messages)
                {
                    typeof(Recorder).GetMethod(nameof(Record))!.MakeGenericMethod(message).Invoke(this, [endpoint]);
                }
            });
        });
        await _bus.StartAsync(TimeSpan.FromSeconds(30));
    }

    public Task Stop() => _bus?.StopAsync(TimeSpan.FromSeconds(10)) ?? Task.CompletedTask;

    public void Record<T>(IReceiveEndpointConfigurator endpoint) where T : class => endpoint.Handler<T>(context =>
    {
        var subject = (Guid)typeof(T).GetProperties().First(p => p.PropertyType == typeof(Guid)).GetValue(context.Message)!;
        _heard.Enqueue(new(context.MessageId!.Value, subject, (long)typeof(T).GetProperty("Version")!.GetValue(context.Message)!, context.Message));
        return Task.CompletedTask;
    });
}

/// <summary>What is swept for personal data and compared with its streams should be everything: those classes run last.</summary>
public sealed class SweepingLast : Xunit.v3.ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection =>
        [.. testCollections.OrderBy(c => c.TestCollectionDisplayName.Contains("_at_the_end", StringComparison.Ordinal)).ThenBy(c => c.TestCollectionDisplayName, StringComparer.Ordinal)];
}
