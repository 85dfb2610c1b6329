using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Outgoing;
using Platform;

namespace PressEvents;

// The facts about one contact of an event. Their stored shape is for ever. How the person is reached is in the vault.

/// <summary>Somebody who works at an event and is told of its changes. <paramref name="Role"/>: technician, interpreter or host.</summary>
public sealed record EventContactAdded(Guid ContactId, Guid PressEventId, string Body, string Role, Guid SubjectId, DateTimeOffset At);

/// <summary>Is told no more.</summary>
public sealed record EventContactRemoved(Guid ContactId, Guid PressEventId, DateTimeOffset At);

/// <summary>One contact as its facts leave it.</summary>
public sealed record EventContact(Guid Id, Guid PressEventId, string Body, string Role, Guid SubjectId, bool Removed) : IOfBody;

/// <summary>The rules about a contact: values in, values out.</summary>
public static class EventContactDecider
{
    public static readonly string[] RolesOfContacts = ["technician", "interpreter", "host"];

    public static readonly Type[] Facts = [typeof(EventContactAdded), typeof(EventContactRemoved)];

    public static EventContact? Evolve(EventContact? state, object fact) => fact switch
    {
        EventContactAdded e => new(e.ContactId, e.PressEventId, e.Body, e.Role, e.SubjectId, false),
        EventContactRemoved => state! with { Removed = true },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a contact of an event."),
    };

    public static string Role(string? role) => role is not null && RolesOfContacts.Contains(role) ? role
        : throw Refused.Invalid("role-unknown", $"role is one of: {string.Join(", ", RolesOfContacts)}.", "role");

    public static IReadOnlyList<object> Remove(EventContact state, DateTimeOffset now) => state.Removed ? [] : [new EventContactRemoved(state.Id, state.PressEventId, now)];
}

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class EventContactFold : SingleStreamProjection<EventContact, Guid>
{
    public override EventContact? Evolve(EventContact? snapshot, Guid id, IEvent e) => EventContactDecider.Evolve(snapshot, e.Data);
}

/// <summary>A contact as its event's body sees it, without name or address.</summary>
public sealed record EventContactView(Guid Id, Guid PressEventId, string Role, Guid SubjectId, bool Removed) : IRevisioned
{
    public int Version { get; set; }
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class EventContactViewFold
{
    public static EventContactView? Evolve(EventContactView? view, object fact) => fact switch
    {
        EventContactAdded e => new(e.ContactId, e.PressEventId, e.Role, e.SubjectId, false),
        EventContactRemoved => view! with { Removed = true },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a contact of an event."),
    };
}

public sealed partial class EventContactViews : SingleStreamProjection<EventContactView, Guid>
{
    public EventContactViews()
    {
        foreach (var fact in EventContactDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override EventContactView? Evolve(EventContactView? snapshot, Guid id, IEvent e) => EventContactViewFold.Evolve(snapshot, e.Data);
}

public static class EventContacts
{
    /// <summary>Those who work at the event.</summary>
    public static readonly ConcernedSource Source = new("contact", ToldOfPlans: true, async (session, occasion, ct) => occasion.PressEventId is not { } id ? []
        : [.. (await session.Query<EventContactView>().Where(c => c.PressEventId == id && !c.Removed).ToListAsync(ct)).Select(c => new Recipient(c.SubjectId, NoticeRules.Email))])
    {
        IsOfOneEvent = true,
    };

    public static void Register(StoreOptions options)
    {
        options.MapFacts(EventContactDecider.Facts);
        options.Projections.Add<EventContactFold>(ProjectionLifecycle.Live);
        options.Projections.Add<EventContactViews>(ProjectionLifecycle.Inline);
        options.Schema.For<EventContactView>().UseNumericRevisions(true).Duplicate(c => c.PressEventId);
    }
}
