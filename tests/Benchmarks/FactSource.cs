using System.Diagnostics;
using Inquiries;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Platform;

namespace Benchmarks;

/// <summary>Commits registered requests straight to the store, with the service's own store settings and wake-up; it relays nothing itself.</summary>
public sealed class FactSource(IHost host) : IAsyncDisposable
{
    public static async Task<FactSource> Start(string store, string broker)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.UsingRabbitMq((_, rabbit) => rabbit.Host(new Uri(broker)));
        });
        builder.Services.AddStore(store, DaemonMode.Disabled, Leaves.List, InquiryStore.Register);
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    public async Task<(Guid Id, long At)?> Commit(int n)
    {
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        await using var scope = host.Services.CreateAsyncScope();
        var session = scope.ServiceProvider.GetRequiredService<IDocumentSession>();
        session.Events.StartStream<Inquiry>(id,
            new InquiryReceived(id, Guid.CreateVersion7(), "akimat-75", "ru", "electronic", "egov", "individual", [], 0, now),
            new InquiryRegistered(id, $"akimat-75-2026-{id:N}", now, new(2026, 12, 8), new(2026, 12, 8), "401-V-2026", "2026-11-1", now));
        await session.SaveChangesAsync();
        return (id, Stopwatch.GetTimestamp());
    }

    private DocumentStore Store => (DocumentStore)host.Services.GetRequiredService<IDocumentStore>();

    /// <summary>The names of the stored read models; what is folded live has none.</summary>
    public IEnumerable<string> ReadModels => Store.Options.Projections.All.Where(p => p.Lifecycle != JasperFx.Events.Projections.ProjectionLifecycle.Live).Select(p => p.Name);

    public async Task Rebuild(string model)
    {
        using var daemon = await Store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync(model, TimeSpan.FromHours(2), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
