namespace Publications;

/// <summary>Whether both languages go out together, or Kazakh first and Russian when it is approved too.</summary>
public static class LanguagePolicies
{
    public const string Both = "both", KkFirst = "kk-first";
    public static readonly string[] All = [Both, KkFirst];

    /// <summary>The languages without which it cannot go out.</summary>
    public static string[] Of(Content content) => IsKkFirst(content) ? [Languages.Kk] : Languages.All;
    public static bool IsKkFirst(Content content) => content.LanguagePolicy == KkFirst;
}

/// <summary>What is to be brought where.</summary>
public static class Legs
{
    /// <summary>What the release itself is made of.</summary>
    public static IEnumerable<Leg> OfRelease(Publication state) => state.Content.Channels.Select(channel => new Leg(channel, LanguagePolicies.IsKkFirst(state.Content) ? Languages.Kk : null));

    /// <summary>Russian after Kazakh, once it is approved and Kazakh is out.</summary>
    public static IEnumerable<Leg> OfRussian(Publication state) =>
        LanguagePolicies.IsKkFirst(state.Content) && state.IsOut && state.Proposed is null && PublicationDecider.IsApproved(state, Languages.Ru) && !state.ReleasedLanguages.Contains(Languages.Ru)
            ? state.Content.Channels.Select(channel => new Leg(channel, Languages.Ru)) : [];

    /// <summary>Legs that a worker may begin now and nobody has.</summary>
    public static IEnumerable<Leg> Waiting(Publication state) => OfRussian(state).Concat(state.FollowUps.Where(f => f.IsOpen && f.Plan.How != Purposes.Nothing).Select(f => f.Leg))
        .Where(leg => state.Attempts.All(a => a.Leg != leg));

    /// <summary>Since when it waits.</summary>
    public static DateTimeOffset Since(Publication state, Leg leg) => leg.CorrectionId is null
        ? state.Approvals.Where(a => a.Language == leg.Language).Select(a => a.At).LastOrDefault(state.ReleasedAt ?? state.DraftedAt)
        : state.FollowUps.First(f => f.Leg == leg).At;

    /// <summary>The last attempt at a leg; null before the first.</summary>
    public static Attempt? Last(Publication state, Leg leg) => state.Attempts.LastOrDefault(a => a.Leg == leg);

    /// <summary>No attempt will follow by itself.</summary>
    public static bool IsOver(Attempt? attempt) => attempt is { State: AttemptState.Rejected, NextLookAt: null };
}
