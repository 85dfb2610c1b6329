using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Registration, seats, waiting list and badges as parts of the service.</summary>
public static class RegistrationsComposition
{
    public static readonly (System.Reflection.Assembly, string) Script = (typeof(SeatingDecider).Assembly, "registrations.sql");

    public static void AddRegistrations(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(provider => new BadgeKey(provider.GetRequiredService<PlatformOptions>().SecretsFolder, builder.Environment.IsDevelopment()))
        .AddSingleton<SeatCounters>().AddSingleton<RegistrationGroups>().AddHostedService(provider => provider.GetRequiredService<RegistrationGroups>())
        .AddScoped<RegistrationCommits>().AddScoped<RegisterForEventHandler>().AddScoped<SeatingCommands>().AddScoped<WithdrawRegistrationHandler>()
        .AddScoped<RegistrationReads>().AddScoped<RegistrationDoor>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. SeatingDecider.Facts, .. RegistrationDecider.Facts]);
        options.Projections.Add<SeatingViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<RegistrationViews>(ProjectionLifecycle.Inline);
        options.Schema.For<Seating>().UseNumericRevisions(true);
        options.Schema.For<RegistrationView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.PressEventId)
            .Duplicate(v => v.State)
            .Duplicate(v => v.Category)
            .Duplicate(v => v.Number)
            .Duplicate(v => v.IsRevoked)
            .Index([v => v.PressEventId, v => v.Number]);
    }

    public static void MapRegistrations(this WebApplication app)
    {
        app.MapRegisterForEvent();
        app.MapOpenRegistration();
        app.MapCloseRegistration();
        app.MapChangeCapacity();
        app.MapChangeQuotas();
        app.MapInviteJournalist();
        app.MapWithdrawRegistration();
        app.MapRegistrationReads();
        app.MapRegistrationDoor();
        app.MapBadges();
    }
}
