using JasperFx.Events.Projections;
using Platform;

namespace PersonalData;

/// <summary>Officials whom a service's vault opens for: admins, and those of one role of one body.</summary>
public sealed record VaultKeepers(string Role, string Body)
{
    public void Demand(Caller caller)
    {
        caller.Demand(Roles.Admin, Role);
        if (!caller.Is(Roles.Admin) && !caller.ActsFor(Body))
        {
            throw Refused.Forbidden("body-forbidden", $"Only for role {Role} of body {Body}, or an admin.");
        }
    }
}

/// <summary>The rights of those whom a vault speaks of: a door to read all that is sealed for a person, and one to destroy it.</summary>
public static class SubjectsComposition
{
    public static void AddSubjects(this WebApplicationBuilder builder, VaultKeepers keepers) =>
        builder.Services.AddSingleton(keepers).AddScoped<EraseSubjectHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts(PersonalDataSubjects.Facts);
        options.Projections.Add<PersonalDataSubjectFold>(ProjectionLifecycle.Live);
    }

    public static void MapSubjects(this WebApplication app)
    {
        var keepers = app.Services.GetRequiredService<VaultKeepers>();
        app.MapEraseSubject(keepers);
        app.MapReadSubject(keepers);
    }
}
