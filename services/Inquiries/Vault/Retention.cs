using Platform;

namespace Inquiries;

/// <summary>For how long personal data is kept. Section <c>Vault</c> of the settings.</summary>
public sealed record RetentionOptions
{
    /// <summary>Years that the official record of a request is kept, from its final act; the law leaves the term to the archive's rules [U].</summary>
    public int RetentionYears { get; init; } = 5;

    public static RetentionOptions From(IConfiguration configuration)
    {
        var options = configuration.GetSection("Vault").Get<RetentionOptions>() ?? new();
        return options.RetentionYears is >= 1 and <= 100 ? options : throw new InvalidOperationException("Vault:RetentionYears is a number of years, 1 to 100.");
    }
}

/// <summary>The retention of official records stands before erasure (94-V; term by configuration), unless a law or a court overrides it.</summary>
public static class Retention
{
    /// <summary>When the last act on it was done; null while it waits for one, also on a complaint. What comes after (disclosure, demands) does not prolong it.</summary>
    public static DateTimeOffset? FinalAct(IEnumerable<object> facts)
    {
        Inquiry? state = null;
        DateTimeOffset? final = null;
        foreach (var fact in facts)
        {
            state = InquiryDecider.Evolve(state, fact);
            final = state is not { IsOpen: false, State: not InquiryState.Received } || state.Complaint is { Decision: null } ? null
                : fact is ComplaintDecided ? HistoryEntry.AtOf(fact) : final ?? HistoryEntry.AtOf(fact);
        }

        return final;
    }

    /// <summary>The last day (Asia/Almaty) that the record of a request is kept; null while it has no end.</summary>
    public static DateOnly? Until(DateTimeOffset? finalAct, int years) => finalAct is { } at ? Registration.AlmatyDate(at).PlusYears(years).ToDateOnly() : null;

    /// <param name="state">The request in whose name it is erased, or one that shares its subject.</param>
    /// <param name="ask">The command.</param>
    /// <param name="until">The latest retention of all requests that share the subject; null if one of them is still open.</param>
    /// <param name="now">The moment of the act.</param>
    public static IReadOnlyList<object> Decide(Inquiry state, ErasePersonalData ask, DateOnly? until, DateTimeOffset now)
    {
        if (state.PersonalData.Erased)
        {
            return [];
        }

        if (ask.Override is not null && !PersonalDataRules.Overrides.Contains(ask.Override))
        {
            throw Refused.Invalid("override-unknown", $"override is one of: {string.Join(", ", PersonalDataRules.Overrides)}.", "override");
        }

        if (ask.Override is not null && !IsNumberOfAnAct(ask.Act))
        {
            throw Refused.Invalid("act-invalid", "Give the number of the act that overrides the retention: digits, I, V, X and - / . № only, so that no name gets in.", "act");
        }

        if (ask.Override is null && !(until < Registration.AlmatyDate(now).ToDateOnly()))
        {
            throw Refused.Conflict("retention-running", until is null ? "The request is not finished, so its retention has not begun."
                : "Official records are kept until this day; before it only a named override erases.", new Dictionary<string, object?> { ["until"] = until });
        }

        return
        [
            new PersonalDataErased(state.Id, state.SubjectId, ask.Override ?? "retention-ended", ask.Override is null ? null : ask.Act!.Trim(), until,
                state.PersonalData.Meeting(PersonalDataRules.Erase, PersonalDataRules.WithdrawConsent, PersonalDataRules.Block, PersonalDataRules.Correct), now),
        ];
    }

    private static bool IsNumberOfAnAct(string? act) => act?.Trim() is { Length: > 0 and <= 40 } number && number.Any(char.IsAsciiDigit)
        && number.All(c => char.IsAsciiDigit(c) || c is 'I' or 'V' or 'X' or '-' or '/' or '.' or '№' or ' ');
}
