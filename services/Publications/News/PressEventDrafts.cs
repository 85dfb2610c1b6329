namespace Publications;

/// <summary>A draft as the news of its cause would have it. <paramref name="Version"/> grows with what bears on it; <paramref name="What"/> is what changed last.</summary>
public sealed record WantedDraft(string Cause, string Body, long Version, string What, string Kind, (Bilingual Title, Bilingual Text) Words)
{
    /// <summary>Of an announcement: what it was composed from.</summary>
    public AnnouncedEvent? Announces { get; init; }

    /// <summary>Why it is not to go out any more.</summary>
    public string? Ended { get; init; }

    /// <summary>It cannot go out as things stand, whoever wrote it.</summary>
    public bool Waits { get; init; }
}

/// <summary>Which drafts a press event wants: its announcement, that it is live, what was said, its materials, and notices of change once it is announced to everybody.</summary>
public static class PressEventDrafts
{
    /// <summary>The announcement, that it is live, and what was said: a draft each.</summary>
    public static readonly string?[] Parts = [null, "live", "concluded"];

    /// <summary>The parts that have a chain of drafts: what is out is followed by the next.</summary>
    public static readonly string[] Chains = ["change", "materials"];

    public static string CauseOf(Guid pressEventId, string? part = null, int number = 1) =>
        CauseDecider.CauseOf(pressEventId) + (part is null ? "" : ":" + part) + (number == 1 ? "" : ":" + number);

    /// <summary>Facts by the draft's id that follow from one more message; none where it brings nothing new.</summary>
    /// <param name="heard">All that was heard before, in any order.</param>
    /// <param name="news">The message.</param>
    /// <param name="pressEventId">Whose it is.</param>
    /// <param name="standing">The drafts of this event that stand there.</param>
    /// <param name="now">When.</param>
    public static IEnumerable<(Guid Id, IReadOnlyList<object> Facts)> Hear(IReadOnlyList<object> heard, object news, Guid pressEventId, IEnumerable<Publication> standing, DateTimeOffset now)
    {
        var drafts = standing.ToDictionary(p => p.Cause!);
        var announcement = drafts.GetValueOrDefault(CauseOf(pressEventId));
        var (before, known) = (KnownPressEvent.Of(heard, announcement), KnownPressEvent.Of([.. heard, news], announcement));
        return known is null ? [] : Of(known, before, drafts).Select(wanted => (wanted, Id: CauseDecider.DraftIdOf(wanted.Cause)))
            .Select(w => (w.Id, CauseDecider.Follow(drafts.GetValueOrDefault(w.wanted.Cause), w.Id, w.wanted, now))).Where(done => done.Item2.Count > 0);
    }

    /// <param name="known">What is known now.</param>
    /// <param name="before">What was known before the news that are being heard.</param>
    /// <param name="drafts">By cause: those that stand there, of each chain all.</param>
    public static IEnumerable<WantedDraft> Of(KnownPressEvent known, KnownPressEvent? before, IReadOnlyDictionary<string, Publication> drafts)
    {
        var ended = known.Cancelled is not null ? CauseDecider.Cancelled : known.Withdrawn is not null ? "withdrawn" : null;
        WantedDraft Wanted(string cause, long version, string what, (Bilingual, Bilingual) words) => new(cause, known.Body, version, what, "News", words);

        yield return Wanted(CauseOf(known.Id), known.Version, known.What, Announcement.Of(known.Announces)) with
        { Kind = "Announcement", Announces = known.Announces, Ended = ended, Waits = known.Postponed is not null };
        if (Follows(known.Id, null, "change", known.Moved > (before?.Moved ?? 0), drafts) is { } change)
        {
            yield return Wanted(change, known.Version, known.What, PressEventWords.Changed(known)) with { Kind = "Announcement" };
        }

        if (known.Started is not null || known.Broadcasts.Count > 0)
        {
            var why = known.Concluded is null ? ended : "concluded";
            yield return Wanted(CauseOf(known.Id, "live"), Heard(known), why ?? "live-changed", PressEventWords.Live(known)) with { Ended = why };
        }

        if (known.Concluded is not { } over)
        {
            yield break;
        }

        var (materials, withdrawn) = (known.Materials?.Version ?? 0, known.Withdrawn?.Version ?? 0);
        yield return Wanted(CauseOf(known.Id, "concluded"), Math.Max(over.Version, Math.Max(materials, withdrawn)),
            withdrawn > 0 ? "withdrawn" : materials > 0 ? "materials-published" : "concluded", PressEventWords.Concluded(known)) with
        { Ended = known.Withdrawn is null ? null : "withdrawn" };
        if (Follows(known.Id, "concluded", "materials", materials > (before?.Materials?.Version ?? 0), drafts) is { } published)
        {
            yield return Wanted(published, Math.Max(materials, withdrawn), withdrawn > 0 ? "withdrawn" : "materials-published", PressEventWords.Materials(known)) with
            { Ended = known.Withdrawn is null ? null : "withdrawn" };
        }
    }

    /// <summary>
    /// The cause of what has to be said after a part that is out: with news that nobody was told, the next of its chain, for nothing goes out that has not
    /// heard all until then; else what was drafted before and still waits.
    /// </summary>
    private static string? Follows(Guid pressEventId, string? part, string chain, bool isNew, IReadOnlyDictionary<string, Publication> drafts)
    {
        var (last, number) = (drafts.GetValueOrDefault(CauseOf(pressEventId, part)), 0);
        while (drafts.GetValueOrDefault(CauseOf(pressEventId, chain, number + 1)) is { } next)
        {
            (last, number) = (next, number + 1);
        }

        var isOver = last is not null && (CauseDecider.IsOut(last) || (number > 0 && last.State == PublicationState.Cancelled));
        return isOver ? isNew ? CauseOf(pressEventId, chain, number + 1) : null : number > 0 ? CauseOf(pressEventId, chain, number) : null;
    }

    /// <summary>A broadcast counts versions of its own; what grows with all that bears on the live draft is this sum.</summary>
    private static long Heard(KnownPressEvent known) => known.Broadcasts.Sum(b => b.Version)
        + new object?[] { known.Started, known.Concluded, known.Cancelled, known.Withdrawn }.Count(news => news is not null);
}
