using Marten;
using Platform;

namespace PressEvents;

/// <summary>A registration as its registrant sees it. <paramref name="Place"/>: on the waiting list, from 1. Times with Almaty's offset.</summary>
public sealed record OwnRegistration(Guid Id, long Version, string State, Bilingual StateName, long? Place, string Category, Guid PressEventId, Bilingual Title,
    string PressEventState, DateTimeOffset Start, DateTimeOffset End, DateTimeOffset RegisteredAt);

/// <summary>The registrant's own door: public, rate-limited; a wrong code answers like an unknown registration.</summary>
public sealed class RegistrationDoor(IQuerySession session, Sealing sealing)
{
    public const string CodePurpose = "registration", CodeHeader = "Registration-Code";

    /// <summary>The registration, if the code is its own; as it stood at an instant, if one is given.</summary>
    public async Task<RegistrationView> Find(Guid id, string? code, CancellationToken ct, DateTimeOffset? asOf = null)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            throw Refused.Invalid("registration-code-missing", $"Give the registration's code in the header {CodeHeader}.", CodeHeader);
        }

        return sealing.Opens(CodePurpose, id, code) && await session.Registration(id, asOf, ct) is { } view ? view : throw Refused.Missing("registration with this code");
    }

    public async Task<OwnRegistration> Show(RegistrationView view, CancellationToken ct)
    {
        var press = (await session.LoadAsync<PressEventView>(view.PressEventId, ct))!;
        var place = view.State == nameof(RegistrationState.Waiting) && (await session.Places(view.PressEventId, [view.Id], ct)).TryGetValue(view.Id, out var found) ? found : (long?)null;
        return new(view.Id, view.Version, view.State, StateName(view.State), place, view.Category, view.PressEventId, press.Title, press.State,
            press.Start.InAlmaty(), press.End.InAlmaty(), view.RegisteredAt.InAlmaty());
    }

    private static Bilingual StateName(string state) => state switch
    {
        nameof(RegistrationState.Seated) => new("Сізге орын берілді", "Место за вами"),
        nameof(RegistrationState.Waiting) => new("Күту тізімінде", "В листе ожидания"),
        nameof(RegistrationState.Withdrawn) => new("Орыннан бас тартылды", "Место освобождено"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

public static class RegistrationDoorRest
{
    public static void MapRegistrationDoor(this IEndpointRouteBuilder app) => app.MapGet("/v1/registrations/{id:guid}",
        async (Guid id, string? asOf, HttpRequest request, RegistrationDoor door, HttpResponse reply, CancellationToken ct) =>
        {
            reply.Headers.CacheControl = "no-store";
            var own = await door.Show(await door.Find(id, request.Headers[RegistrationDoor.CodeHeader], ct, Times.AsOf(asOf, "asOf")), ct);
            return reply.Versioned(own, own.Version);
        })
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("Registrant").Produces<OwnRegistration>()
        .WithSummary("Seat or place on the waiting list, with the code in the header Registration-Code; a place is today's also with asOf.");
}
