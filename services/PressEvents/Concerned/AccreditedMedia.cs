using System.Text.Json;
using Marten;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>Accredited journalists, who get everything that is public, on equal terms: all with a permanent accreditation, and those accredited for the event.</summary>
public static class AccreditedMedia
{
    public static readonly ConcernedSource Source = new("journalist", ToldOfPlans: false, async (session, occasion, ct) =>
        [.. (await AccreditationReads.Standing(session, occasion.PressEventId, occasion.At, ct)).Select(j => new Recipient(j.Id, NoticeRules.Email))])
    {
        Address = Address,
    };

    private static async Task<Contact?> Address(IServiceProvider services, Guid journalistId, CancellationToken ct) =>
        await services.GetRequiredService<IQuerySession>().LoadAsync<Journalist>(journalistId, ct) is { } journalist
        && await services.GetRequiredService<Vault>().Open(journalist.SubjectId, journalist.ItemId, ct) is { } words
            ? new(journalist.Language, JsonSerializer.Deserialize<JournalistParticulars>(words, Json.Options)!.Email) : null;
}
