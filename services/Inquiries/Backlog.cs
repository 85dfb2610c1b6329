using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>What waits for an admin, for <c>/health/status</c>: notices that nobody took, files and signatures that nobody checked for an hour, forms that do not parse.</summary>
public static class Backlog
{
    public static HealthPart On(NpgsqlDataSource database, TimeProvider clock) => new(async ct =>
    {
        await using var select = database.CreateCommand("""
            select (select count(*) from notices where state = 'given-up'), (select count(*) from quarantine where replayed_at is null),
                (select count(*) from attachment_scans where outcome is null and attachment_id < $1), (select count(*) from signature_checks where inquiry_id < $1)
            """);
        select.Parameters.Add(new() { Value = Guid.CreateVersion7(clock.GetUtcNow().AddHours(-1)) });
        await using var row = await select.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        Health.Check Say(int column, string name, string what, bool degrades) => row.GetInt64(column) is var n and not 0 ? new(name, !degrades, $"{n} {what}") : new(name, true, "none");
        return
        [
            Say(0, "notices", "given up; see /v1/egov/notices", true),
            Say(1, "quarantine", "forms wait to be replayed; see /v1/egov/quarantine", false),
            Say(2, "scans", "files wait for a scanner for over an hour", true),
            Say(3, "signatures", "forms wait for a verifier for over an hour", true),
        ];
    });
}
