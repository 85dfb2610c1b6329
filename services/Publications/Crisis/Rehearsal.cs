using Platform;

namespace Publications;

/// <summary>
/// A plan run on a fake clock with fake channels, in memory, through the same rules as in earnest: drafts, approvals, arming, claims, halts and outcomes are decided by
/// <see cref="PublicationDecider"/>, <see cref="ReleaseDecider"/> and <see cref="HaltRules"/>. Each person does one thing at a time.
/// </summary>
public sealed class Rehearsal
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30), Settle = TimeSpan.FromSeconds(30), Answer = TimeSpan.FromSeconds(1);

    private readonly CrisisPlan _plan;
    private readonly RehearseCrisisPlan _ask;
    private readonly RehearsalPace _pace;
    private readonly IReadOnlyDictionary<string, Bilingual> _values;
    private readonly IReadOnlyDictionary<string, ChannelAccount> _accounts;
    private readonly Func<Guid> _newId;
    private readonly Guid _crisisId;
    private readonly DateTimeOffset _start;
    private readonly Halt[] _halts;
    private readonly Dictionary<string, DateTimeOffset> _freeAt = [];
    private readonly List<RehearsedStep> _steps = [];
    private readonly List<RehearsedRelease> _out = [];
    private readonly List<DateTimeOffset> _released = [];

    private Rehearsal(CrisisPlan plan, RehearseCrisisPlan ask, IReadOnlyDictionary<string, ChannelAccount> accounts, Func<Guid> newId, DateTimeOffset now)
    {
        (_plan, _ask, _accounts, _newId, _crisisId, _start) = (plan, ask, accounts, newId, newId(), ask.StartAt ?? now);
        _pace = ask.Checked();
        _values = CrisisWords.OrNames(plan.Content.Templates, ask.Values);
        _halts = ask.HaltOrdinary ?? plan.Content.HaltsOrdinary
            ? [new(newId(), new(HaltDecider.OfBody, plan.Body), plan.Body, HaltRules.CrisisTag(_crisisId), "rehearsal", ReleaseDecider.Service, 0, _start)] : [];
    }

    /// <summary><paramref name="ordinary"/>: what is armed now, with the scopes of its channels. Accounts by code, of every channel that the plan names.</summary>
    public static RehearsalReport Run(CrisisPlan plan, RehearseCrisisPlan ask, IReadOnlyDictionary<string, ChannelAccount> accounts,
        IEnumerable<(Publication Publication, IReadOnlyList<HaltScope> Scopes)> ordinary, Func<Guid> newId, DateTimeOffset now) =>
        new Rehearsal(plan, ask, accounts, newId, now).Run(ordinary);

    private RehearsalReport Run(IEnumerable<(Publication Publication, IReadOnlyList<HaltScope> Scopes)> ordinary)
    {
        foreach (var template in _plan.Content.Templates)
        {
            Play(template);
        }

        var due = _start + CrisisClock.Term;
        DateTimeOffset? first = _released.Count == 0 ? null : _released.Min();
        return new(_start, _pace, _halts.Length > 0, [.. _steps.OrderBy(s => s.At)], [.. _out.OrderBy(o => o.At)],
            [.. ordinary.Where(o => o.Publication.DueAt >= _start).OrderBy(o => o.Publication.DueAt)
                .Select(o => new RehearsedOrdinary(o.Publication.Id, o.Publication.DueAt!.Value, o.Scopes.Any(s => HaltRules.Stops(_halts, s) is not null)))],
            _ask.DisruptsLiving ?? _plan.Content.DisruptsLiving ? new(due, first, first <= due) : null);
    }

    private void Play(CrisisTemplate template)
    {
        var drafter = Free(CrisisPlanRules.Drafts, null);
        var draftedAt = Busy(drafter, _start, _pace.Draft);
        var approver = Free(CrisisPlanRules.Approves, drafter);
        var approvedAt = Languages.All.ToDictionary(l => l, _ => Busy(approver, draftedAt, _pace.Approve));
        var releaseAt = approvedAt[Languages.Ru] + TimeSpan.FromMinutes(_pace.Release);
        var state = PublicationFold.Evolve(null, CrisisDecider.Draft(_newId(), _plan.Body, _crisisId, template, _values, releaseAt, drafter, draftedAt))!;
        try
        {
            state = Step(state, template, "drafted", draftedAt, drafter, null, p => PublicationDecider.Submit(p, drafter, draftedAt));
            foreach (var language in Languages.All)
            {
                var (hash, at) = (ContentHash.Of(state.Body, state.Content, language), approvedAt[language]);
                state = Step(state, template, "approved", at, approver, language, p => PublicationDecider.Decide(p, new ApprovePublication(language, hash), approver, at));
            }

            state = Step(state, template, "armed", approvedAt[Languages.Ru], drafter, null, p => PublicationDecider.Decide(p, new SchedulePublication(null), drafter, approvedAt[Languages.Ru]));
            Release(state, template, releaseAt);
        }
        catch (RefusedException refused)
        {
            _steps.Add(new(releaseAt, template.Code, "refused", null, null, refused.Code));
        }
    }

    private Publication Step(Publication state, CrisisTemplate template, string what, DateTimeOffset at, string by, string? language, Func<Publication, IReadOnlyList<object>> decide)
    {
        var after = decide(state).Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
        _steps.Add(new(at, template.Code, what, by, language, null));
        return after;
    }

    private void Release(Publication state, CrisisTemplate template, DateTimeOffset at)
    {
        var halted = new ClaimContext(0, c => HaltRules.Stops(_halts, HaltScopes.Of(state, _accounts[c])) is null ? null : HaltCheck.Code, []);
        state = ReleaseDecider.Claim(state, _newId, at + Lease, at, halted).Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
        foreach (var attempt in state.Attempts)
        {
            state = ReleaseDecider.Decide(state, attempt.AttemptId, Call(attempt), Settle, at + Answer).Aggregate(state, (p, fact) => PublicationFold.Evolve(p, fact)!);
            var languages = state.Attempts.Single(a => a.AttemptId == attempt.AttemptId).State == AttemptState.Accepted ? _accounts[attempt.Channel].Languages : [];
            _out.AddRange(languages.Select(l => new RehearsedRelease(template.Code, template.Kind, state.Content.Title, attempt.Channel, l, at + Answer)));
        }

        if (state.ReleasedAt is { } released)
        {
            _released.Add(released);
        }
        else
        {
            _steps.Add(new(at + Answer, template.Code, "missed", null, null, state.MissReason ?? "unavailable"));
        }
    }

    /// <summary>A fake channel takes what it is given, unless the rehearsal has it down.</summary>
    private Outcome Call(Attempt attempt) => _ask.Down?.Contains(attempt.Channel) != true
        ? new Outcome.Accepted("rehearsed-" + attempt.AttemptId, "answer") : new Outcome.Unavailable(503);

    /// <summary>Whoever of a role is free first; never somebody as approver of his own draft while there is another.</summary>
    private string Free(string role, string? not) => CrisisPlanRules.Of(_plan.Content.Roles, role).OrderBy(who => who == not).ThenBy(who => _freeAt.GetValueOrDefault(who, _start)).First();

    private DateTimeOffset Busy(string who, DateTimeOffset from, int minutes)
    {
        var begins = _freeAt.GetValueOrDefault(who, _start) is var free && free > from ? free : from;
        return _freeAt[who] = begins + TimeSpan.FromMinutes(minutes);
    }
}
