using Platform;

namespace PersonalData;

/// <summary>What the vault holds of a person, opened for an official who said why.</summary>
public sealed record SubjectReply(Guid SubjectId, IReadOnlyList<VaultItem> Items);

public static class ReadSubject
{
    public static void MapReadSubject(this IEndpointRouteBuilder app, VaultKeepers keepers) => app.MapGet("/v1/personal-data/{subjectId:guid}",
        async (Guid subjectId, string? reason, Vault vault, VaultRows rows, Work work, HttpResponse reply, CancellationToken ct) =>
        {
            keepers.Demand(work.Caller);
            if (!await rows.Knows(subjectId, ct))
            {
                throw Refused.Missing("subject");
            }

            await vault.Readable(subjectId, ct);
            reply.Headers.CacheControl = "no-store";
            return new SubjectReply(subjectId, await vault.ReadAll(subjectId, reason, ct));
        })
        .ForRoles(Roles.Admin, keepers.Role).WithTags("Personal data")
        .WithSummary("Reads everything sealed for a person; logged with its reason.");
}
