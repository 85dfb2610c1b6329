using Law;
using Platform;

namespace PersonalData;

/// <summary>What the vault holds of a person, opened for an official who said why.</summary>
public sealed record SubjectReply(Guid SubjectId, IReadOnlyList<VaultItem> Items);

public static class ReadSubject
{
    /// <summary>Officials whom the vault of this service opens for.</summary>
    public static void DemandVaultKeeper(this Caller caller)
    {
        caller.Demand(Roles.Admin, Roles.Accreditor);
        if (!caller.Is(Roles.Admin) && !caller.ActsFor(Holders.CentralCommunications))
        {
            throw Refused.Forbidden("body-forbidden", "Accreditors of the Central Communications Service only.");
        }
    }

    public static void MapReadSubject(this IEndpointRouteBuilder app) => app.MapGet("/v1/personal-data/{subjectId:guid}",
        async (Guid subjectId, string? reason, Vault vault, VaultRows rows, Work work, HttpResponse reply, CancellationToken ct) =>
        {
            work.Caller.DemandVaultKeeper();
            if (!await rows.Knows(subjectId, ct))
            {
                throw Refused.Missing("subject");
            }

            await vault.Readable(subjectId, ct);
            reply.Headers.CacheControl = "no-store";
            return new SubjectReply(subjectId, await vault.ReadAll(subjectId, reason, ct));
        })
        .ForRoles(Roles.Admin, Roles.Accreditor).WithTags("Personal data")
        .WithSummary("Reads everything sealed for a person; logged with its reason.");
}
