extern alias service;

using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using InquiryStore = service::Inquiries.InquiryStore;

namespace Platform.Wire.Ground;

/// <summary>Inquiries' store in the test's own process, registered and set up by the service's own code.</summary>
public static class InProcess
{
    public static ServiceProvider Inquiries(string connection)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddMassTransit(bus => bus.UsingInMemory()); // never started: nothing is relayed from here
        services.AddStore(connection, DaemonMode.Disabled, service::Inquiries.Leaves.List, InquiryStore.Register);
        return services.BuildServiceProvider();
    }

    public static IDocumentStore Store(this ServiceProvider provider) => provider.GetRequiredService<IDocumentStore>();
}
