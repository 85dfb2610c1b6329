using Grpc.Core;
using Marten;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>The reads of questions: for everybody what was moderated and is on the record, for the event's officials everything, for an akimat also what it asked.</summary>
public sealed class QuestionReads(IQuerySession session, Catalogue catalogue, OnRecord onRecord, Vault vault, Work work, TimeProvider clock)
{
    private static readonly string[] Public = [nameof(QuestionState.Moderated), nameof(QuestionState.PutToSpeaker), nameof(QuestionState.Answered),
        nameof(QuestionState.PromisedInWriting), nameof(QuestionState.AnsweredInWriting)];

    /// <summary>Those of one event, in the order in which they were asked; each stands once, with how many were merged into it.</summary>
    public async Task<Page<QuestionShown>> List(Guid pressEventId, string? state, string? cursor, int limit, CancellationToken ct)
    {
        _ = state is null || Enum.GetNames<QuestionState>().Contains(state) ? true : throw Refused.Invalid("state-unknown", "state is one of the states.", "state");
        var about = await session.One(work.Caller, pressEventId, null, ct);
        var (isDesk, own) = (IsDesk(about.Body), work.Caller.Body ?? "");
        var questions = session.Query<QuestionView>().Where(q => q.PressEventId == pressEventId);
        questions = isDesk ? questions : questions.Where(q => q.State.IsOneOf(Public) || (q.AskingBody != null && q.AskingBody == own));
        questions = state is null ? questions : questions.Where(q => q.State == state);
        if (Cursor.Parse(cursor) is { } last)
        {
            var (at, id) = (last.At, last.Id);
            questions = questions.Where(q => q.AskedAt > at || (q.AskedAt == at && q.Id > id));
        }

        var found = await questions.OrderBy(q => q.AskedAt).ThenBy(q => q.Id).Take(limit).ToListAsync(ct);
        var hidden = await session.Hidden(found, catalogue, onRecord, ct);
        var links = await session.MergesOf(pressEventId, ct);
        var roots = (await session.LoadManyAsync<QuestionView>(ct, [.. found.Where(q => q.MergedInto is not null).Select(q => Merges.Root(q.Id, links)).Distinct()])).ToDictionary(q => q.Id);
        var (counts, now) = (Merges.Counts(links), clock.GetUtcNow());
        return new([.. found.Where(q => isDesk || !hidden.Contains(q.Id)).Select(q => Shown(q, roots.GetValueOrDefault(Merges.Root(q.Id, links)) ?? q, counts, now, isDesk ? hidden : null))],
            found.Count == limit ? new Cursor(found[^1].AskedAt, found[^1].Id).ToString() : null);
    }

    /// <summary>One question, now or as it was recorded at an instant. Whoever asked follows it by its id; off the record it is unknown.</summary>
    public async Task<QuestionShown> One(Guid pressEventId, Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        var about = await session.One(work.Caller, pressEventId, null, ct);
        var question = await At(id, asOf, ct) is { } found && found.PressEventId == pressEventId ? found : throw Refused.Missing(nameof(Question));
        var links = await session.MergesOf(pressEventId, ct);
        var root = question.MergedInto is { } into ? await At(Merges.Root(into, links), asOf, ct) ?? question : question;
        // what is hidden now stays hidden whatever it was then
        var current = root.Id == question.Id ? new[] { id } : [id, root.Id];
        var hidden = await session.Hidden([.. await session.LoadManyAsync<QuestionView>(ct, current)], catalogue, onRecord, ct);
        var isDesk = IsDesk(about.Body);
        if (!isDesk && hidden.Count > 0)
        {
            throw Refused.Missing(nameof(Question));
        }

        return Shown(question, root, Merges.Counts(links), clock.GetUtcNow(), isDesk ? hidden : null) with
        {
            Asker = question is { Anonymous: false, AskerId: { } asker, Wording: not null } && await vault.Asker(question.SubjectId, asker, ct) is { } who ? who.Name : null,
        };
    }

    /// <summary>A question of an event that the caller's body answers for, as the desk sees it.</summary>
    public async Task<QuestionView> ForDesk(Guid pressEventId, Guid id, CancellationToken ct) =>
        await At(id, null, ct) is { } found && found.PressEventId == pressEventId && IsDesk(found.Body) ? found : throw Refused.Missing(nameof(Question));

    private QuestionShown Shown(QuestionView q, QuestionView root, IReadOnlyDictionary<Guid, int> counts, DateTimeOffset now, IReadOnlySet<Guid>? hidden) =>
        QuestionShown.Of(q, root, counts, catalogue.Calendar, now) with { Hidden = hidden?.Contains(q.Id) };

    private async Task<QuestionView?> At(Guid id, DateTimeOffset? asOf, CancellationToken ct)
    {
        if (asOf is null || id == Guid.Empty)
        {
            return id == Guid.Empty ? null : await session.LoadAsync<QuestionView>(id, ct);
        }

        var then = await session.AsOf<QuestionView>(id, asOf, QuestionViewFold.Evolve, ct);
        then?.State.Version = (int)then.Value.Version;
        return then?.State;
    }

    private bool IsDesk(string body) => (work.Caller.Is(Roles.Moderator) || work.Caller.Is(Roles.Editor) || work.Caller.Is(Roles.Auditor)) && work.Caller.SeesPlans(body);
}

public sealed partial class PressEventsGrpc
{
    public override async Task<ListQuestionsReply> ListQuestions(ListQuestionsRequest request, ServerCallContext context)
    {
        var page = await Handler<QuestionReads>(context).List(Id(request.PressEventId), Given(request.State), Given(request.Cursor),
            Changes.Limit(request.Limit == 0 ? null : request.Limit), context.CancellationToken);
        return new() { Items = { page.Items.Select(Message) }, Next = page.Next ?? "" };
    }

    private static V1.Question Message(QuestionShown question) => new()
    {
        Id = question.Id.ToString(),
        Version = question.Version,
        State = question.State,
        Source = question.Source,
        Language = question.Language,
        AskedAt = Time(question.AskedAt),
        AskingBody = question.AskingBody ?? "",
        Wording = question.Wording is { } wording ? Words(wording) : null,
        DeclineReason = question.DeclineReason?.Code ?? "",
        MergedInto = question.MergedInto?.ToString() ?? "",
        MergedCount = question.MergedCount,
        Timecode = question.Timecode ?? "",
        Summary = question.Summary is { } summary ? Words(summary) : null,
        AnswerTimecode = question.AnswerTimecode ?? "",
        PromisedUntil = question.Promise?.Term.Due.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "",
        Overdue = question.Promise?.Overdue ?? false,
        WrittenAnswer = question.Promise?.Text is { } text ? Words(text) : null,
        WrittenUrl = question.Promise?.Url ?? "",
    };
}
