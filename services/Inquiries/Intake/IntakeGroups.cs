using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>Several forms in one transaction: one turn at the holder's number row serves up to fifty.</summary>
public sealed class IntakeGroups(IDocumentStore store, IServiceScopeFactory scopes, NpgsqlDataSource database, ILogger<IntakeGroups> log)
    : CommitGroups<PreparedForm, FormReply>(database, log)
{
    protected override async Task<FormReply?[]> Commit(IReadOnlyList<PreparedForm> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = store.LightweightSession();
        return await scope.ServiceProvider.GetRequiredService<FormCommits>().Commit(session, group, CancellationToken.None);
    }
}
