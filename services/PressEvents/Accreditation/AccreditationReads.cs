using Marten;

namespace PressEvents;

/// <summary>
/// Whether a journalist is accredited for an event at an instant, without personal data. <paramref name="WhyNot"/>: erased, suspended, lapsed, refused, pending,
/// expired or none; null when accredited. <paramref name="Until"/>: when the accreditation ends, or the suspension; null for one event.
/// </summary>
public sealed record JournalistStanding(Guid JournalistId, Guid SubjectId, string Category, string Language, Guid? OutletId, bool Accredited, string? WhyNot, Guid? AccreditationId, string? Kind, DateTimeOffset? Until)
{
    /// <summary>Pure: from what is known of the journalist. A permanent accreditation stands for every event, a temporary one for its own.</summary>
    public static JournalistStanding Of(Journalist journalist, IEnumerable<Accreditation> all, Guid? pressEventId, bool erased, DateTimeOffset at)
    {
        var concerned = all.Where(a => a.AppliedAt <= at && (a.IsPermanent || a.PressEventId == pressEventId)).OrderBy(a => a.AppliedAt).ToList();
        var stands = concerned.Where(a => a.StandsAt(at)).OrderByDescending(a => a.IsPermanent).ThenByDescending(a => a.ValidUntil).FirstOrDefault();
        var suspended = journalist.SuspendedAt(at);
        var whyNot = erased ? "erased" : suspended is not null ? "suspended" : stands is null ? WhyNone(concerned.LastOrDefault(), at) : null;
        return new(journalist.Id, journalist.SubjectId, journalist.Category, journalist.Language, journalist.OutletId, whyNot is null, whyNot, stands?.Id, stands?.Kind,
            (suspended?.Until ?? stands?.ValidUntil)?.InAlmaty());
    }

    private static string WhyNone(Accreditation? last, DateTimeOffset at) => last switch
    {
        null => "none",
        _ when last.LapsedAt <= at => "lapsed",
        _ when last.ValidUntil <= at => "expired",
        { IsOpen: true } => "pending",
        _ when last.Refusal?.At <= at => "refused",
        _ => "pending",
    };
}

/// <summary>An accredited journalist, for notices to all media at one instant: no personal data. <paramref name="Region"/> is the outlet's (KATO), null for the whole country.</summary>
public sealed record AccreditedMedium(Guid JournalistId, Guid SubjectId, Guid ItemId, string Language, Guid? OutletId, string? Region);

/// <summary>What other capabilities ask of accreditation.</summary>
public sealed class AccreditationReads(IQuerySession session, VaultRows rows, Owners owners)
{
    /// <summary>Null when there is no such journalist. With no event: by a permanent accreditation alone.</summary>
    public async Task<JournalistStanding?> StandingOf(Guid journalistId, Guid? pressEventId, DateTimeOffset at, CancellationToken ct)
    {
        if (journalistId == Guid.Empty || await session.LoadAsync<Journalist>(journalistId, ct) is not { } journalist)
        {
            return null;
        }

        var all = await session.Query<Accreditation>().Where(a => a.JournalistId == journalistId).ToListAsync(ct);
        return JournalistStanding.Of(journalist, all, pressEventId, (await rows.Gone([journalist.SubjectId], ct)).Count > 0, at);
    }

    /// <summary>
    /// Everybody with a permanent accreditation at an instant, neither suspended then nor erased since; whoever is accredited for one event alone is told of that event only.
    /// A journalist's address is the item named, opened with <see cref="Vault.Open(Guid, Guid, CancellationToken)"/>: JSON of <see cref="JournalistParticulars"/>.
    /// </summary>
    public async Task<IReadOnlyList<AccreditedMedium>> AccreditedAt(DateTimeOffset at, CancellationToken ct)
    {
        var permanent = nameof(AccreditationKind.Permanent);
        var utc = at.ToUniversalTime();
        var granted = await session.Query<Accreditation>().Where(a => a.Kind == permanent && a.GrantedAt <= utc && a.ValidUntil > utc).ToListAsync(ct);
        Guid[] ids = [.. granted.Where(a => a.StandsAt(at)).Select(a => a.JournalistId).Distinct()];
        var journalists = (await session.LoadManyAsync<Journalist>(ct, ids)).Where(j => j.SuspendedAt(at) is null).ToList();
        var gone = await rows.Gone([.. journalists.Select(j => j.SubjectId)], ct);
        var outlets = (await session.LoadManyAsync<Outlet>(ct, [.. journalists.Select(j => j.OutletId).OfType<Guid>().Distinct()])).ToDictionary(o => o.Id);
        return [.. journalists.Where(j => !gone.Contains(j.SubjectId)).OrderBy(j => j.Id)
            .Select(j => new AccreditedMedium(j.Id, j.SubjectId, j.ItemId, j.Language, j.OutletId, j.OutletId is { } outlet ? outlets.GetValueOrDefault(outlet)?.Region : null))];
    }

    /// <summary>The journalist whose token this is; null for whoever is none.</summary>
    public Task<Guid?> JournalistOf(Platform.Caller caller, CancellationToken ct) => owners.JournalistOf(caller, ct);
}
