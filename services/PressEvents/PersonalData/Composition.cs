using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Personal data of journalists, askers and guests: the vault, and the rights of those it speaks of.</summary>
public static class PersonalDataComposition
{
    public static void AddPersonalData(this WebApplicationBuilder builder)
    {
        builder.AddVault("erased-press-events");
        builder.Services.AddScoped<EraseSubjectHandler>();
    }

    public static void Register(StoreOptions options)
    {
        options.MapFacts(PersonalDataSubjects.Facts);
        options.Projections.Add<PersonalDataSubjectFold>(ProjectionLifecycle.Live);
    }

    public static void MapPersonalData(this WebApplication app)
    {
        app.MapEraseSubject();
        app.MapReadSubject();
    }
}
