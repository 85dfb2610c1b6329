using System.Collections.Frozen;
using Platform;

namespace Inquiries;

// Facts about an oral request, a stream of one fact. Who asked is nobody's business, and no word of it is kept.

/// <summary>An oral request on one of the ten topics was answered at once (401-V art. 11(4)). The answerer's name is the event's; <paramref name="Post"/> is the post.</summary>
public sealed record OralRequestAnswered(Guid OralRequestId, string Holder, string Topic, string Way, string Post, DateTimeOffset At);

/// <summary>An oral request was about something else, and the asker was told to ask in writing (401-V art. 11(4)).</summary>
public sealed record OralAskerToldToWrite(Guid OralRequestId, string Holder, string Way, string Post, DateTimeOffset At);

/// <summary>One of the ten topics on which a holder answers orally, in both languages.</summary>
public sealed record OralTopic(string Code, string Kk, string Ru);

public static class OralTopics
{
    public static FrozenDictionary<string, OralTopic> All { get; } = Tables.Read("oral-topics").Select(row => new OralTopic(row["topic"], row["kk"], row["ru"])).ToFrozenDictionary(t => t.Code);
}

/// <summary>An oral request as the list shows it; <paramref name="Outcome"/>: answered, told-to-write.</summary>
public sealed record OralRequestView(Guid Id, string Holder, string? Topic, string Way, string Post, string Outcome, DateTimeOffset At);

/// <summary>Live state of the stream; never stored.</summary>
public sealed record OralRequest(Guid Id, string Holder, string Outcome);

/// <summary>Every rule about oral requests.</summary>
public static class OralDecider
{
    public static readonly Type[] Facts = [typeof(OralRequestAnswered), typeof(OralAskerToldToWrite)];
    public static readonly string[] Ways = ["in-person", "phone"];
    private const int LongestPost = 200;

    public static object Decide(RecordOralRequest ask, string holder, Guid id, DateTimeOffset now)
    {
        if (!Ways.Contains(ask.Way))
        {
            throw Refused.Invalid("way-unknown", $"way is one of: {string.Join(", ", Ways)}.", "way");
        }

        if (string.IsNullOrWhiteSpace(ask.Post) || ask.Post.Length > LongestPost)
        {
            throw Refused.Invalid("post-missing", "Who answers gives name and post; the post has at most 200 characters.", "post");
        }

        return string.IsNullOrWhiteSpace(ask.Topic) ? new OralAskerToldToWrite(id, holder, ask.Way!, ask.Post, now)
            : OralTopics.All.ContainsKey(ask.Topic) ? new OralRequestAnswered(id, holder, ask.Topic, ask.Way!, ask.Post, now)
            : throw Refused.Invalid("topic-unknown", "Only ten topics are answered orally (401-V art. 11(4)); on anything else leave topic out: the asker is told to write.", "topic");
    }

    public static OralRequest Evolve(OralRequest? _, object fact) => View(fact) is var v ? new(v.Id, v.Holder, v.Outcome) : null!;

    public static OralRequestView View(object fact) => fact switch
    {
        OralRequestAnswered e => new(e.OralRequestId, e.Holder, e.Topic, e.Way, e.Post, "answered", e.At.ToUniversalTime()),
        OralAskerToldToWrite e => new(e.OralRequestId, e.Holder, null, e.Way, e.Post, "told-to-write", e.At.ToUniversalTime()),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an oral request."),
    };
}
