using Marten;

namespace Publications;

/// <summary>The registry of people that publications are about and show.</summary>
public static class PeopleComposition
{
    public static void AddPeople(this WebApplicationBuilder builder) => builder.Services.AddScoped<PersonCommands>();

    public static void Register(StoreOptions options) => PersonStore.Register(options);

    public static void MapPeople(this WebApplication app)
    {
        app.MapRegisterPerson();
        app.MapEditPerson();
        app.MapDeaths();
        app.MapPortraits();
        app.MapPersonReads();
    }
}
