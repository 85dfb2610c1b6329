using Platform;

namespace Publications;

/// <summary>Another name or birth year; what is not named stays. A confirmed death and confirmed depictions need confirming again, for they were of whom the name meant before.</summary>
public sealed record EditPerson(Bilingual? Name, int? BirthYear, bool? IsAnother);

public static class EditPersonRest
{
    public static void MapEditPerson(this IEndpointRouteBuilder app) => app.MapPersonCommand<EditPerson>("edit",
        "Changes name or birth year, by the body that entered the person.", [Roles.Editor], (commands, id, seen, ask, ct) => commands.Edit(id, seen, ask, ct));
}
