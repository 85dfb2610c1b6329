using Platform;

namespace PersonalData;

/// <summary>Erase everything sealed for a person: consent-withdrawn, purpose-ended, court-decision, unlawful-processing or law-requires.</summary>
public sealed record EraseSubject(string? Reason);

/// <summary>Rows and fact in one transaction; then the ledger's line, then the key.</summary>
public sealed class EraseSubjectHandler(IDocumentSession session, VaultRows rows, Erasures erasures, Work work, VaultKeepers keepers, TimeProvider clock)
{
    public async Task Handle(Guid subjectId, EraseSubject ask, CancellationToken ct)
    {
        keepers.Demand(work.Caller);
        if (!await rows.Knows(subjectId, ct))
        {
            throw Refused.Missing("subject");
        }

        // its row is the queue of those who erase the same at once: the second finds the fact
        var facts = PersonalDataSubjects.Decide(null, subjectId, ask, clock.GetUtcNow());
        await rows.Erase(subjectId, ct);
        if (await session.Events.FetchStreamStateAsync(subjectId, ct) is null)
        {
            session.Events.StartStream<PersonalDataSubject>(subjectId, facts);
        }

        await session.SaveChangesAsync(ct);
        if (work.Transaction is null)
        {
            await erasures.TryFinish(subjectId, ct); // else an idempotency key commits later, and the next look ends it
        }
    }
}

public static class EraseSubjectRest
{
    public static void MapEraseSubject(this IEndpointRouteBuilder app, VaultKeepers keepers) => app.MapPost("/v1/personal-data/{subjectId:guid}/erase",
        async (Guid subjectId, EraseSubject ask, EraseSubjectHandler handler, CancellationToken ct) =>
        {
            await handler.Handle(subjectId, ask, ct);
            return TypedResults.NoContent();
        })
        .ForRoles(Roles.Admin, keepers.Role).WithTags("Personal data")
        .WithSummary($"Destroys a person's data with its key; an admin's act, or that of role {keepers.Role} of body {keepers.Body}. Said twice it is done once.");
}
