using System.Text.Json;
using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>Those who registered for the event with an address of their own, seated or waiting; accredited journalists are told as such.</summary>
public static class Registrants
{
    public static readonly ConcernedSource Source = new("registrant", ToldOfPlans: false, async (session, occasion, ct) => occasion.PressEventId is not { } id ? []
        : [.. (await session.Query<RegistrationView>().Where(r => r.PressEventId == id && r.State != "Withdrawn" && r.SubjectId != null).ToListAsync(ct)).Select(r => new Recipient(r.Id, NoticeRules.Email))])
    {
        Address = Address,
        IsOfOneEvent = true,
    };

    private static async Task<Contact?> Address(IServiceProvider services, Guid registrationId, CancellationToken ct) =>
        await services.GetRequiredService<IQuerySession>().LoadAsync<RegistrationView>(registrationId, ct) is { SubjectId: { } subject } registration
        && await services.GetRequiredService<Vault>().Open(subject, RegisterForEventHandler.Kind, ct) is { } words
            ? new(registration.Language == "kk" ? "kk" : "ru", JsonSerializer.Deserialize<Registrant>(words, Json.Options)!.Email) : null;
}
