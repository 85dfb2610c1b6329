extern alias press;
extern alias publications;
extern alias service;
using JasperFx.Events.Daemon;
using Marten;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Wire.Ground;

/// <summary>A service's store in the test's own process, registered and set up by the service's own code.</summary>
public static class InProcess
{
    public static ServiceProvider Inquiries(string connection) => Provider(connection, service::Inquiries.Leaves.List, service::Inquiries.InquiryStore.Register);

    public static ServiceProvider PressEvents(string connection) => Provider(connection, press::PressEvents.Leaves.List, press::PressEvents.PressEventStore.Register);

    public static ServiceProvider Publications(string connection) => Provider(connection, publications::Publications.Leaves.List, publications::Publications.PublicationStore.Register);

    private static ServiceProvider Provider(string connection, Leaving leaving, Action<StoreOptions> register)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddHttpContextAccessor();
        services.AddSingleton(TimeProvider.System);
        services.AddMassTransit(bus => bus.UsingInMemory()); // never started: nothing is relayed from here
        services.AddStore(connection, DaemonMode.Disabled, leaving, register);
        return services.BuildServiceProvider();
    }

    public static IDocumentStore Store(this ServiceProvider provider) => provider.GetRequiredService<IDocumentStore>();
}
