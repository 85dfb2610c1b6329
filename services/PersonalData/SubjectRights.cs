using JasperFx.Events.Projections;
using Platform;

namespace PersonalData;

/// <summary>The rights of those whom the vault speaks of, for services whose subjects stand in more than one capability: what is kept of a person is read and erased as one.</summary>
public static class SubjectRights
{
    public static void AddSubjectRights(this WebApplicationBuilder builder) => builder.Services.AddScoped<EraseSubjectHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts(PersonalDataSubjects.Facts);
        options.Projections.Add<PersonalDataSubjectFold>(ProjectionLifecycle.Live);
    }

    public static void MapSubjectRights(this WebApplication app)
    {
        app.MapEraseSubject();
        app.MapReadSubject();
    }
}
