using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

// The facts about one spokesperson of a body. Their stored shape is for ever. Name and post are public; the address is in the vault.

/// <summary>Speaks for a body from now on, in both languages by name and post.</summary>
public sealed record SpokespersonRegistered(Guid SpeakerId, string Body, Bilingual Name, Bilingual Post, Guid SubjectId, Guid ContactId, DateTimeOffset At);

/// <summary>Name and post are now these; <paramref name="ContactId"/>: the vault's item of the address, which may be another.</summary>
public sealed record SpokespersonRevised(Guid SpeakerId, Bilingual Name, Bilingual Post, Guid ContactId, DateTimeOffset At);

/// <summary>Speaks for the body no more; is invited to nothing new.</summary>
public sealed record SpokespersonRetired(Guid SpeakerId, DateTimeOffset At);

/// <summary>One spokesperson as the facts leave it.</summary>
public sealed record Spokesperson(Guid Id, string Body, Bilingual Name, Bilingual Post, Guid SubjectId, Guid ContactId, bool Retired) : IOfBody;

/// <summary>The rules about a spokesperson: values in, values out.</summary>
public static class SpokespersonDecider
{
    public static readonly Type[] Facts = [typeof(SpokespersonRegistered), typeof(SpokespersonRevised), typeof(SpokespersonRetired)];

    public static Spokesperson? Evolve(Spokesperson? state, object fact) => fact switch
    {
        SpokespersonRegistered e => new(e.SpeakerId, e.Body, e.Name, e.Post, e.SubjectId, e.ContactId, false),
        SpokespersonRevised e => state! with { Name = e.Name, Post = e.Post, ContactId = e.ContactId },
        SpokespersonRetired => state! with { Retired = true },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a spokesperson."),
    };

    public static SpokespersonRegistered Register(Guid id, RegisterSpokesperson ask, Guid subjectId, Guid contactId, DateTimeOffset now) => new(id,
        Holders.Find(ask.Body)?.Code ?? throw Refused.Invalid("body-unknown", "body is a code of the list of holders.", "body"),
        Both(ask.Name, "name"), Both(ask.Post, "post"), subjectId, contactId, now);

    /// <summary>What is not named stays; <paramref name="contactId"/> is null where the address stays.</summary>
    public static IReadOnlyList<object> Decide(Spokesperson state, ReviseSpokesperson ask, Guid? contactId, DateTimeOffset now)
    {
        _ = state.Retired ? throw Refused.Conflict("retired", "Speaks for the body no more.") : true;
        var (name, post) = (ask.Name is null ? state.Name : Both(ask.Name, "name"), ask.Post is null ? state.Post : Both(ask.Post, "post"));
        return (name, post) == (state.Name, state.Post) && contactId is null ? [] : [new SpokespersonRevised(state.Id, name, post, contactId ?? state.ContactId, now)];
    }

    public static IReadOnlyList<object> Retire(Spokesperson state, DateTimeOffset now) => state.Retired ? [] : [new SpokespersonRetired(state.Id, now)];

    public static Bilingual Both(Bilingual? asked, string field)
    {
        var words = Filing.Words(asked, field, 300);
        return words.IsComplete ? words : throw new RefusedException(RefusalKind.Invalid, "language-missing", "Give it in kk and ru.",
            Filing.Incomplete(words, field).ToDictionary(f => f, _ => new[] { "missing" }));
    }
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class SpokespersonFold : SingleStreamProjection<Spokesperson, Guid>
{
    public override Spokesperson? Evolve(Spokesperson? snapshot, Guid id, IEvent e) => SpokespersonDecider.Evolve(snapshot, e.Data);
}

/// <summary>A spokesperson as everybody may know: body, name, post; state Active or Retired.</summary>
public sealed record SpokespersonView(Guid Id, string Body, Bilingual Name, Bilingual Post, string State) : IRevisioned
{
    public const string Active = "Active", Retired = "Retired";
    public int Version { get; set; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class SpokespersonViewFold
{
    public static SpokespersonView? Evolve(SpokespersonView? view, object fact) => fact switch
    {
        SpokespersonRegistered e => new(e.SpeakerId, e.Body, e.Name, e.Post, SpokespersonView.Active),
        SpokespersonRevised e => view! with { Name = e.Name, Post = e.Post },
        SpokespersonRetired => view! with { State = SpokespersonView.Retired },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a spokesperson."),
    };
}

public sealed partial class SpokespersonViews : SingleStreamProjection<SpokespersonView, Guid>
{
    public SpokespersonViews()
    {
        foreach (var fact in SpokespersonDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override SpokespersonView? Evolve(SpokespersonView? snapshot, Guid id, IEvent e) => SpokespersonViewFold.Evolve(snapshot, e.Data);
}
