using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>Who accredits, and which journalist's record belongs to a token.</summary>
public sealed class Owners(IDocumentSession session, Sealing sealing)
{
    /// <summary>The record of this caller; null for whoever is no journalist, or was erased.</summary>
    public async Task<Guid?> JournalistOf(Caller caller, CancellationToken ct)
    {
        if (!caller.Is(Roles.Journalist))
        {
            return null;
        }

        await using var select = new NpgsqlCommand("select journalist_id from vault.journalists where owner_mac = $1") { Parameters = { new() { Value = Mac(caller) } } };
        await using var reader = await session.ExecuteReaderAsync(select, ct);
        return await reader.ReadAsync(ct) ? reader.GetGuid(0) : null;
    }

    /// <summary>The record becomes the caller's, or nobody's when an official entered it; refused when the caller has one.</summary>
    public async Task Take(Guid journalistId, Guid subjectId, Caller caller, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var insert = new NpgsqlCommand("insert into vault.journalists (journalist_id, subject_id, owner_mac) values ($1, $2, $3) on conflict (owner_mac) do nothing")
        {
            Parameters =
            {
                new() { Value = journalistId }, new() { Value = subjectId },
                new() { Value = caller.IsAccreditor() ? DBNull.Value : Mac(caller), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bytea },
            },
        };
        if (await session.ExecuteAsync(insert, ct) == 0)
        {
            throw Refused.Conflict("journalist-registered", "You are registered already; edit that record.", new Dictionary<string, object?> { ["journalistId"] = await JournalistOf(caller, ct) });
        }
    }

    /// <summary>One at a time for everything that concerns one journalist: applications, grants and edits that make them lapse.</summary>
    public async Task Alone(Guid journalistId, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var wait = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6112))") { Parameters = { new() { Value = "journalist:" + journalistId.ToString("N") } } };
        await session.ExecuteAsync(wait, ct);
    }

    private byte[] Mac(Caller caller) => sealing.Mac("journalist-owner", caller.Id);
}

public static class Accreditors
{
    /// <summary>An accreditor of the Central Communications Service.</summary>
    public static bool IsAccreditor(this Caller caller) => caller.Is(Roles.Accreditor) && caller.ActsFor(Holders.CentralCommunications);

    public static void DemandAccreditor(this Caller caller)
    {
        caller.Demand(Roles.Accreditor);
        OfTheService(caller);
    }

    /// <summary>A head of the service, or an accreditor, who decides what another refused.</summary>
    public static void DemandAppealDecider(this Caller caller)
    {
        caller.Demand(Roles.Head, Roles.Accreditor);
        OfTheService(caller);
    }

    /// <summary>Sees every journalist and application, without personal data.</summary>
    public static bool SeesAccreditation(this Caller caller) => caller.Is(Roles.Auditor) || ((caller.Is(Roles.Accreditor) || caller.Is(Roles.Head)) && caller.ActsFor(Holders.CentralCommunications));

    private static void OfTheService(Caller caller)
    {
        if (!caller.ActsFor(Holders.CentralCommunications))
        {
            throw Refused.Forbidden("body-forbidden", "Only the Central Communications Service accredits.");
        }
    }

    /// <summary>
    /// The token of a journalist carries his name, and events keep who acted: he acts as "journalist", for his name belongs to the vault. His id stays, it is only ever hashed.
    /// </summary>
    public static void UseNamelessJournalists(this WebApplication app) => app.Use((context, next) =>
    {
        var work = context.RequestServices.GetRequiredService<Work>();
        if (work.Caller is var caller && caller.Is(Roles.Journalist) && caller.Roles.All(role => role is Roles.Journalist or Roles.Speaker)) // an official's name is no secret
        {
            work.Caller = caller with { Name = Roles.Journalist };
        }

        return next(context);
    });
}
