using Platform;

namespace Publications;

/// <summary>Enter a person: name in kk and ru, birth year. Where somebody of a like name is there already, <paramref name="IsAnother"/> says that this is another one.</summary>
public sealed record RegisterPerson(string? Body, Bilingual? Name, int? BirthYear, bool? IsAnother);

public static class RegisterPersonRest
{
    public static void MapRegisterPerson(this IEndpointRouteBuilder app) => app.MapPost(PersonRest.Path,
        async (RegisterPerson ask, PersonCommands commands, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await commands.Register(ask, ct);
            reply.Headers.Location = $"{PersonRest.Path}/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Editor).WithTags(PersonRest.Tag).Produces<PersonReply>(StatusCodes.Status201Created)
        .WithSummary("Enters a person; 409 person-like lists those of like names with their birth years, unless isAnother.");
}
