using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>
/// One transaction for several registrations: persons, vault, seats, facts and views. The persons' rows go first, in one order, so that a twin in
/// flight waits and then finds the first; the events' rows of seats go last before the facts, in one order, and are locked for the shortest time.
/// The order of numbers is the order of commits, for whoever holds the row holds it until then.
/// </summary>
public sealed class RegistrationCommits(SeatCounters counters, Sealing sealing, TimeProvider clock)
{
    /// <summary>The replies in their order; null for a person who is registered already (see <see cref="Earlier"/>). Commits the session.</summary>
    public async Task<RegistrationReply?[]> Commit(IDocumentSession session, IReadOnlyList<PreparedRegistration> group, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        var ours = await Reserve(session, group, ct);
        var fresh = group.Where(one => ours.Contains(one.Taken.RegistrationId)).ToList();
        Dictionary<Guid, RegistrationReply> replies = [];
        if (fresh.Count > 0)
        {
            var seats = await counters.Lock(session, [.. fresh.Select(one => one.Taken.PressEventId).Distinct()], [.. fresh.Select(one => one.Item).OfType<SealedItem>()], ct);
            var now = clock.GetUtcNow();
            foreach (var one in fresh)
            {
                replies.Add(one.Taken.RegistrationId, Seat(session, one, seats, now));
            }

            await counters.Save(session, seats, ct);
            await session.SaveChangesAsync(ct);
        }

        return [.. group.Select(one => replies.GetValueOrDefault(one.Taken.RegistrationId))];
    }

    /// <summary>What the same person was told; without the code when the particulars are others.</summary>
    public async Task<RegistrationReply> Earlier(IQuerySession session, PreparedRegistration one, CancellationToken ct)
    {
        Guid id;
        bool same;
        await using var find = new NpgsqlCommand("select registration_id, content_mac from vault.registrants where press_event_id = $1 and person_mac = $2")
        { Parameters = { new() { Value = one.Taken.PressEventId }, new() { Value = one.Person } } };
        await using (var reader = await session.ExecuteReaderAsync(find, ct))
        {
            if (!await reader.ReadAsync(ct))
            {
                throw Refused.Unavailable(); // withdrawn in this moment
            }

            (id, same) = (reader.GetGuid(0), one.Content.SequenceEqual(reader.GetFieldValue<byte[]>(1)));
        }

        var view = (await session.LoadAsync<RegistrationView>(id, ct))!;
        var place = (await session.Places(view.PressEventId, [id], ct)).TryGetValue(id, out var found) ? found : (long?)null;
        return new(id, view.Version, view.State, place, same ? sealing.Code(RegistrationDoor.CodePurpose, id) : null);
    }

    private RegistrationReply Seat(IDocumentSession session, PreparedRegistration one, Dictionary<Guid, Seats> seats, DateTimeOffset now)
    {
        if (!seats.TryGetValue(one.Taken.PressEventId, out var before) || before.IsClosed)
        {
            throw RegistrationRules.Closed(); // since it was asked for
        }

        (seats[one.Taken.PressEventId], var turn) = before.Take(one.Taken.Category);
        var taken = one.Taken with { Number = turn.Number, IsSeated = turn.IsSeated, At = now.InAlmaty() };
        session.Events.StartStream<RegistrationView>(taken.RegistrationId, one.Author.Sign(session.Events.BuildEvent(taken)));
        var state = turn.IsSeated ? RegistrationState.Seated : RegistrationState.Waiting;
        return new(taken.RegistrationId, 1, state.ToString(), turn.Place, sealing.Code(RegistrationDoor.CodePurpose, taken.RegistrationId));
    }

    /// <summary>The registrations of persons whom nobody had: of twins in one group only the first in the queue.</summary>
    private static async Task<HashSet<Guid>> Reserve(IDocumentSession session, IReadOnlyList<PreparedRegistration> group, CancellationToken ct)
    {
        var rows = group.DistinctBy(one => Convert.ToHexString(one.Person)).OrderBy(one => Convert.ToHexString(one.Person), StringComparer.Ordinal).ToList();
        await using var insert = new NpgsqlCommand("""
            insert into vault.registrants (press_event_id, person_mac, content_mac, registration_id, subject_id) select * from unnest($1, $2, $3, $4, $5)
            on conflict do nothing returning registration_id
            """)
        {
            Parameters =
            {
                new() { Value = rows.Select(one => one.Taken.PressEventId).ToArray() }, new() { Value = rows.Select(one => one.Person).ToArray() },
                new() { Value = rows.Select(one => one.Content).ToArray() }, new() { Value = rows.Select(one => one.Taken.RegistrationId).ToArray() },
                new() { Value = rows.Select(one => one.Taken.SubjectId).ToArray() },
            },
        };
        await using var reader = await session.ExecuteReaderAsync(insert, ct);
        HashSet<Guid> ours = [];
        while (await reader.ReadAsync(ct))
        {
            ours.Add(reader.GetGuid(0));
        }

        return ours;
    }
}

/// <summary>Several registrations in one transaction: one turn at the event's row of seats serves up to fifty.</summary>
public sealed class RegistrationGroups(IDocumentStore store, IServiceScopeFactory scopes, NpgsqlDataSource database, ILogger<RegistrationGroups> log)
    : CommitGroups<PreparedRegistration, RegistrationReply>(database, log)
{
    protected override async Task<RegistrationReply?[]> Commit(IReadOnlyList<PreparedRegistration> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var session = store.LightweightSession();
        return await scope.ServiceProvider.GetRequiredService<RegistrationCommits>().Commit(session, group, CancellationToken.None);
    }
}
