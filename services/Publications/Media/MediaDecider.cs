using Platform;

namespace Publications;

/// <summary>The rules about a picture's rights, depictions and disputes: no clock, no store, no ids made here.</summary>
public static class MediaDecider
{
    public const string Upheld = "upheld", Rejected = "rejected";

    /// <summary>What a frame without people shows.</summary>
    public static readonly string[] Nobodies = ["animal", "landscape", "object"];

    /// <summary>What is not named stays; an empty text takes it away.</summary>
    public static IReadOnlyList<object> Decide(MediaItem state, SetMediaRights ask, string by, DateTimeOffset now)
    {
        var rights = state.Rights with
        {
            Credit = ask.Credit is null ? state.Rights.Credit : RegistryWords.Text(ask.Credit, "credit", 300),
            Category = ask.Category is null ? state.Rights.Category : Category(ask.Category),
            LeaseUntil = ask.NoLease is true ? null : ask.LeaseUntil?.ToUniversalTime() ?? state.Rights.LeaseUntil,
        };
        return ask is { NoLease: true, LeaseUntil: not null } ? throw Refused.Invalid("lease-invalid", "Either there is a lease or there is none.", "leaseUntil")
            : rights == state.Rights ? [] : [new MediaRightsSet(state.Id, rights.Credit, rights.Category, rights.LeaseUntil, by, now)];
    }

    /// <summary>The same said again by the same person is "already so".</summary>
    public static IReadOnlyList<object> Decide(MediaItem state, Guid depictionId, AssertDepiction ask, string by, DateTimeOffset now)
    {
        var (persons, others) = (DepictionRules.Persons(ask, state), DepictionRules.Others(ask, state));
        var nobody = DepictionRules.Nobody(ask, persons, others);
        var evidence = GivenWords.Needed(ask.Evidence, "evidence", 2000);
        var asserted = new DepictionAsserted(state.Id, depictionId, persons, others, nobody, evidence, by, now);
        return Same(state, asserted) is not null ? [] : [asserted];
    }

    /// <summary>What this person said before in the same words and was not withdrawn.</summary>
    public static Depiction? Same(MediaItem state, DepictionAsserted said) => state.Depictions.FirstOrDefault(d => !d.Withdrawn
        && (d.AssertedBy, d.Nobody, d.Evidence) == (said.By, said.Nobody, said.Evidence) && d.Persons.SequenceEqual(said.Persons) && d.Others.SequenceEqual(said.Others));

    /// <summary>Another person confirms; once more where somebody shown was renamed since (<paramref name="knownSince"/>).</summary>
    public static IReadOnlyList<object> Confirm(MediaItem state, Guid depictionId, DateTimeOffset? knownSince, string by, DateTimeOffset now)
    {
        var depiction = Find(state, depictionId);
        if (depiction.Withdrawn || state.Disputes.Any(d => d.Outcome is null))
        {
            throw depiction.Withdrawn ? Refused.Conflict("depiction-withdrawn", "It was withdrawn; assert what is so.")
                : Refused.Conflict("depiction-disputed", "The picture is disputed: resolve that first.");
        }

        if (by == depiction.AssertedBy || by == state.UploadedBy)
        {
            throw by == depiction.AssertedBy ? Refused.Conflict("confirmer-is-asserter", "Whoever asserted it does not confirm it.")
                : Refused.Conflict("confirmer-is-uploader", "Whoever brought the picture does not confirm who is in it.");
        }

        return depiction.Confirmations.Any(c => c.By == by && c.At > (knownSince ?? DateTimeOffset.MinValue)) ? [] : [new DepictionConfirmed(state.Id, depictionId, by, now)];
    }

    public static IReadOnlyList<object> Decide(MediaItem state, Guid depictionId, WithdrawDepiction ask, string by, DateTimeOffset now)
    {
        var reason = GivenWords.Needed(ask.Reason, "reason", 2000);
        return Find(state, depictionId).Withdrawn ? [] : [new DepictionWithdrawn(state.Id, depictionId, reason, by, now)];
    }

    /// <summary>By somebody who neither brought the picture nor asserted or confirmed what is disputed.</summary>
    public static IReadOnlyList<object> Decide(MediaItem state, Guid disputeId, ResolveDispute ask, string by, DateTimeOffset now)
    {
        var dispute = state.Disputes.FirstOrDefault(d => d.Id == disputeId) ?? throw Refused.Missing("dispute");
        var reason = GivenWords.Needed(ask.Reason, "reason", 2000);
        if (ask.Outcome is not (Upheld or Rejected))
        {
            throw Refused.Invalid("outcome-invalid", "outcome is upheld or rejected.", "outcome");
        }

        if (dispute.Outcome is { } before)
        {
            return before == ask.Outcome ? [] : throw Refused.Conflict("dispute-resolved", $"It was {before} already.");
        }

        var depiction = state.Depictions.FirstOrDefault(d => d.Id == dispute.DepictionId);
        return by == state.UploadedBy || by == depiction?.AssertedBy || depiction?.Confirmations.Any(c => c.By == by) == true
            ? throw Refused.Conflict("resolver-is-party", "Whoever brought the picture, or asserted or confirmed who is in it, does not decide about the dispute.")
            : [new MediaDisputeResolved(state.Id, disputeId, ask.Outcome, reason, by, now)];
    }

    /// <summary>The depiction in force, whoever asks: the one confirmed last, not withdrawn.</summary>
    public static Depiction? Confirmed(MediaItem state) => state.Depictions.Where(d => !d.Withdrawn && d.Confirmations.Count > 0).MaxBy(d => d.Confirmations.Max(c => c.At));

    private static Depiction Find(MediaItem state, Guid id) => state.Depictions.FirstOrDefault(d => d.Id == id) ?? throw Refused.Missing("depiction");

    private static string? Category(string asked) => asked.Length == 0 ? null : MediaRights.Categories.Contains(asked) ? asked
        : throw Refused.Invalid("category-invalid", $"category is one of: {string.Join(", ", MediaRights.Categories)}.", "category");
}
