using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Platform;

namespace Publications;

/// <summary>
/// One language of a publication as it stood on one channel, for how long, and since when that is recorded. <paramref name="Since"/> and <see cref="Until"/>: when it was so;
/// <paramref name="KnownAt"/> and <see cref="EndKnownAt"/>: when it was recorded. Hash and approval are those under which it went out.
/// </summary>
public sealed record PublicRow(Guid Id, Guid PublicationId, string Body, string Kind, string Channel, string Language, DateTimeOffset Since, DateTimeOffset KnownAt, string ContentHash, string? ApprovedBy,
    string? Title, string? Text)
{
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Who let it out alone in an emergency, before a second person approved it.</summary>
    public string? OrderedBy { get; init; }

    /// <summary>The channel's own id of it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Null: it stands there.</summary>
    public DateTimeOffset? Until { get; init; }
    public DateTimeOffset? EndKnownAt { get; init; }

    /// <summary>Its words are not repeated to everybody once they were taken back.</summary>
    public bool TakenBack { get; init; }
}

/// <summary>From facts to rows: what a fact adds to the public record, and what it ends. Pure.</summary>
public static class PublicRecord
{
    /// <summary>Our own doors and feeds, which are public when it is released.</summary>
    public const string OwnDoors = "platform";

    /// <summary>The facts by which something becomes public, ceases to be, or is answered for; each has its arm in <see cref="After"/>.</summary>
    public static readonly Type[] Facts =
    [
        typeof(DeliveryAccepted), typeof(PublicationReleased), typeof(LanguageReleased), typeof(PublicationCorrected), typeof(PublicationWithdrawn), typeof(FollowUpSettled), typeof(PublicationApproved),
    ];

    /// <summary>The rows that are to be stored after a fact, new ones and changed ones. <paramref name="state"/>: with the fact in it; <paramref name="rows"/>: what stands there; <paramref name="spoken"/>: the languages of the account that the fact tells of.</summary>
    public static IReadOnlyList<PublicRow> After(Publication state, IReadOnlyList<PublicRow> rows, object fact, IReadOnlyList<string> spoken, DateTimeOffset recordedAt)
    {
        var change = new RecordChange(state, rows, recordedAt);
        return fact switch
        {
            DeliveryAccepted e => Accepted(change, state.Attempts.First(a => a.AttemptId == e.AttemptId), spoken, e),
            PublicationReleased e => change.Stands(OwnDoors, e.Languages ?? Languages.All, e.At, null),
            LanguageReleased e => change.Stands(OwnDoors, [e.Language], e.At, null),
            PublicationCorrected e => change.Stands(OwnDoors, state.ReleasedLanguages, e.At, null),
            PublicationWithdrawn e => [.. rows.Select(row => row with { TakenBack = true }).Select(row => row.Channel == OwnDoors ? change.Ended(row, e.At) : row)],
            // a person saw to it: what was to happen there has happened
            FollowUpSettled e when state.State == PublicationState.Withdrawn => change.Ends(e.Channel, Of(state, e.Language), e.At),
            FollowUpSettled e => change.Stands(e.Channel, [.. Of(state, e.Language).Intersect(spoken)], e.At, null),
            PublicationApproved e => [.. rows.Where(r => r.ApprovedBy is null && r.Language == e.Language && r.ContentHash == e.ContentHash).Select(r => r with { ApprovedBy = e.By, ApprovedAt = e.At })],
            _ => [],
        };
    }

    private static IReadOnlyList<PublicRow> Accepted(RecordChange change, Attempt attempt, IReadOnlyList<string> spoken, DeliveryAccepted e)
    {
        // what a read-back or a person found later stood there since its call
        var at = e.From == "answer" ? e.At : attempt.StartedAt;
        var isGone = change.State.State == PublicationState.Withdrawn;
        return attempt.Purpose switch
        {
            null => change.Stands(e.Channel, [.. (attempt.Language is { } language ? [language] : Languages.All).Intersect(spoken)], at, e.ExternalId),
            Purposes.Edit when !isGone => change.Stands(e.Channel, [.. Of(change.State, attempt.Language).Intersect(spoken)], at, e.ExternalId),
            // the notice that takes its place is not the publication
            Purposes.Edit or Purposes.Delete => change.Ends(e.Channel, Of(change.State, attempt.Language), at),
            _ => [],
        };
    }

    /// <summary>The channel whose languages a fact needs, and the place in the store by which the account spoke them: that of the call, else of the fact.</summary>
    public static (string Channel, long Before)? Asks(IReadOnlyList<IEvent> publication) => publication[^1] switch
    {
        { Data: DeliveryAccepted e } => (e.Channel, publication.First(p => p.Data is DeliveryAttemptStarted started && started.AttemptId == e.AttemptId).Sequence),
        { Data: FollowUpSettled e } last => (e.Channel, last.Sequence),
        _ => null,
    };

    /// <summary>What an account spoke at that place in the store; both languages where nobody registered it, as the site.</summary>
    public static IReadOnlyList<string> Spoken(IEnumerable<IEvent> account, long before) =>
        account.Where(e => e.Sequence < before).Aggregate((RegisteredAccount?)null, (a, e) => RegisteredAccountFold.Evolve(a, e.Data))?.Languages ?? Languages.All;

    private static IReadOnlyList<string> Of(Publication state, string? language) => language is null ? state.ReleasedLanguages : [language];
}

/// <summary>What one fact does to the rows of its publication.</summary>
public sealed record RecordChange(Publication State, IReadOnlyList<PublicRow> Rows, DateTimeOffset RecordedAt)
{
    /// <summary>Languages of the content on a channel, once for each content: the same again adds nothing, another one ends what stood there.</summary>
    public IReadOnlyList<PublicRow> Stands(string channel, IReadOnlyList<string> languages, DateTimeOffset at, string? externalId) =>
    [
        .. languages.Where(l => !string.IsNullOrWhiteSpace(State.Content.Text.In(l))).Select(language => Row(channel, language, Later(at, State.Content.Embargo), externalId))
            .Where(row => Rows.All(r => r.Id != row.Id)).SelectMany(row => Ends(channel, [row.Language], row.Since).Append(row)),
    ];

    public IReadOnlyList<PublicRow> Ends(string channel, IReadOnlyList<string> languages, DateTimeOffset at) =>
        [.. Rows.Where(r => r.Channel == channel && languages.Contains(r.Language) && r.Until is null).Select(row => Ended(row, at))];

    public PublicRow Ended(PublicRow row, DateTimeOffset at) => row.Until is not null ? row : row with { Until = at.ToUniversalTime(), EndKnownAt = RecordedAt.ToUniversalTime() };

    private PublicRow Row(string channel, string language, DateTimeOffset since, string? externalId)
    {
        var approval = State.Approvals.LastOrDefault(a => a.Language == language);
        var hash = approval?.ContentHash ?? State.Emergency?.HashOf(language) ?? ContentHash.Of(State.Body, State.Content, language);
        return new(NamedId.Of(State.Id, $"{channel} {language} {hash}"), State.Id, State.Body, State.Content.Kind, channel, language, since.ToUniversalTime(), RecordedAt.ToUniversalTime(), hash, approval?.By,
            State.Content.Title.In(language), State.Content.Text.In(language))
        { ApprovedAt = approval?.At, ExternalId = externalId, OrderedBy = approval is null ? State.Emergency?.By : null };
    }

    private static DateTimeOffset Later(DateTimeOffset at, DateTimeOffset? embargo) => embargo > at ? embargo.Value : at;
}

/// <summary>The public record, kept beside the stream: written when something becomes public, never in the way of a release.</summary>
public sealed class PublicRows : IProjection
{
    public const string Name = "public-record";
    private const int Looks = 20;

    public async Task ApplyAsync(IDocumentOperations operations, IReadOnlyList<IEvent> events, CancellationToken cancellation)
    {
        await StandBack(operations, cancellation);
        foreach (var stream in events.GroupBy(e => e.StreamId))
        {
            var facts = (await operations.Events.FetchStreamAsync(stream.Key, version: stream.Max(e => e.Version), token: cancellation)).ToList();
            var rows = (await operations.Query<PublicRow>().Where(r => r.PublicationId == stream.Key).ToListAsync(cancellation)).ToDictionary(r => r.Id);
            foreach (var e in stream)
            {
                var known = facts[..(int)e.Version];
                var state = known.Aggregate((Publication?)null, (p, fact) => PublicationFold.Evolve(p, fact.Data));
                foreach (var row in PublicRecord.After(state!, [.. rows.Values], e.Data, await Spoken(operations, known, cancellation), e.Timestamp))
                {
                    operations.Store(rows[row.Id] = row);
                }
            }
        }
    }

    private static async Task<IReadOnlyList<string>> Spoken(IDocumentOperations operations, List<IEvent> publication, CancellationToken cancellation) =>
        PublicRecord.Asks(publication) is (var channel, var before) && channel != SiteChannel.Name
            ? PublicRecord.Spoken(await operations.Events.FetchStreamAsync(AccountDecider.IdOf(channel), token: cancellation), before) : Languages.All;

    /// <summary>Many releases of one instant need the machine more than this needs to be early: it waits while some are due, two seconds at most.</summary>
    private static async Task StandBack(IQuerySession session, CancellationToken cancellation)
    {
        for (var looks = 0; looks < Looks && (await session.QueryAsync<bool>("select exists (select from mt_doc_publicationview where wake_at <= now())", cancellation))[0]; looks++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellation);
        }
    }
}
