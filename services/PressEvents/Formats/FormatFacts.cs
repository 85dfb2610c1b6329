using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

/// <summary>The rules of a format are these from now on. Formats that nobody edited are as formats.csv has them. <paramref name="Reason"/>: why, by whom it was edited.</summary>
public sealed record FormatEdited(Guid FormatId, Format Format, string Reason, DateTimeOffset At);

/// <summary>A format's rules as its facts leave them.</summary>
public sealed record FormatRules(Guid Id, Format Format);

/// <summary>What an admin may make of a format; pure.</summary>
public static class FormatDecider
{
    private static readonly Guid Space = new("0f0c8e8a-6f1d-4f0e-9b52-6f726d617473");
    private static readonly string[] Lives = ["yes", "optional", "no"];

    public static readonly Type[] Facts = [typeof(FormatEdited)];

    public static Guid StreamId(string code) => NamedId.Of(Space, code);

    public static FormatRules? Evolve(FormatRules? state, object fact) => fact switch
    {
        FormatEdited e => new(e.FormatId, e.Format),
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a format."),
    };

    /// <summary>What is absent stays; another code is another format, which nobody can make here.</summary>
    public static IReadOnlyList<object> Decide(Format now, EditFormat ask, DateTimeOffset at)
    {
        var name = ask.Name is null ? now.Name : Filing.Words(ask.Name, "name", 200);
        if (!name.IsComplete || name.Kk == name.Ru && now.Name.Kk != now.Name.Ru)
        {
            throw Refused.Invalid("name-incomplete", "A format has a name in kk and one in ru.", "name");
        }

        var next = now with
        {
            Name = name,
            Audience = ask.Audience is null ? now.Audience : [.. ask.Audience.Select((who, i) => Filing.Text(who, $"audience[{i}]", 100) ?? throw Refused.Invalid("audience-invalid", "Say who.", $"audience[{i}]"))],
            Live = ask.Live is null || Lives.Contains(ask.Live) ? ask.Live ?? now.Live : throw Refused.Invalid("live-invalid", "live is yes, optional or no.", "live"),
            Questions = ask.Questions ?? now.Questions,
            LeastNotice = ask.LeastNotice is null ? now.LeastNotice : Notice(ask.LeastNotice),
            Hall = ask.Hall is null ? now.Hall : Name<HallNeed>(ask.Hall, "hall"),
            LeastSpeakers = ask.LeastSpeakers is null or (>= 1 and <= 50) ? ask.LeastSpeakers ?? now.LeastSpeakers : throw Refused.Invalid("speakers-invalid", "leastSpeakers is from 1 to 50.", "leastSpeakers"),
            IsPublic = ask.IsPublic ?? now.IsPublic,
            Registration = ask.Registration is null ? now.Registration : Name<FormatRegistration>(ask.Registration, "registration"),
            OnRecord = ask.OnRecord ?? now.OnRecord,
        };
        var reason = Filing.Text(ask.Reason, "reason", 2000) ?? throw Refused.Invalid("reason-missing", "Say why the rules change.", "reason");
        return Same(now, next) ? [] : [new FormatEdited(StreamId(now.Code), next, reason, at)];
    }

    private static bool Same(Format a, Format b) => a.Audience.SequenceEqual(b.Audience) && a == b with { Audience = a.Audience };

    private static Notice Notice(EditFormat.NoticeAsk ask) => ask.Value is >= 0 and <= 365
        ? new(ask.Value.Value, Name<NoticeUnit>(ask.Unit, "leastNotice.unit")) : throw Refused.Invalid("notice-invalid", "leastNotice.value is from 0 to 365.", "leastNotice.value");

    private static T Name<T>(string? text, string field) where T : struct, Enum => Enum.GetNames<T>().Contains(text) ? Enum.Parse<T>(text!)
        : throw Refused.Invalid(field.Split('.')[^1] + "-invalid", $"One of: {string.Join(", ", Enum.GetNames<T>())}.", field);
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class FormatFold : SingleStreamProjection<FormatRules, Guid>
{
    public override FormatRules? Evolve(FormatRules? snapshot, Guid id, IEvent e) => FormatDecider.Evolve(snapshot, e.Data);
}
