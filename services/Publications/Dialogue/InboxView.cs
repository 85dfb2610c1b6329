using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class InboxLive : SingleStreamProjection<InboxItem, Guid>
{
    public override InboxItem? Evolve(InboxItem? snapshot, Guid id, IEvent e) => InboxFold.Evolve(snapshot, e.Data);
}

/// <summary>One item stored with the columns that lists and the worker look at; written in the transaction of its facts. Instants in UTC, for columns take no other.</summary>
public sealed record InboxItemView(Guid Id, InboxItem Now) : IRevisioned
{
    public int Version { get; set; }
    public string Body { get; init; } = Now.Body;
    public string State { get; init; } = Now.State.ToString();
    public bool IsOpen { get; init; } = Now.State is InboxState.New or InboxState.Assigned;
    public string Account { get; init; } = Now.Received.Account;
    public string Kind { get; init; } = Now.Received.Kind;
    public string? Officer { get; init; } = Now.Officer;
    public IReadOnlyList<string> Tags { get; init; } = Now.Tags;

    /// <summary>Whose reply was sent back and waits to be written again.</summary>
    public string? ReturnedTo { get; init; } = Now.Reply is { ReturnedBy: not null } reply ? reply.Author : null;
    public DateTimeOffset DueAt { get; init; } = Now.Term.DueAt.ToUniversalTime();
    public DateTimeOffset? WakeAt { get; init; } = InboxFold.WakeAt(Now)?.ToUniversalTime();
}

public sealed partial class InboxItemViews : SingleStreamProjection<InboxItemView, Guid>
{
    public InboxItemViews()
    {
        foreach (var fact in InboxFold.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override InboxItemView? Evolve(InboxItemView? snapshot, Guid id, IEvent e) => new(id, InboxFold.Evolve(snapshot?.Now, e.Data)!);
}

public static class InboxStore
{
    public static void Register(StoreOptions options)
    {
        options.MapFacts(InboxFold.Facts);
        options.Projections.Add<InboxLive>(ProjectionLifecycle.Live);
        options.Projections.Add<InboxItemViews>(ProjectionLifecycle.Inline);
        options.Schema.For<InboxItemView>()
            .UseNumericRevisions(true)
            .Duplicate(v => v.Body)
            .Duplicate(v => v.State)
            .Duplicate(v => v.IsOpen)
            .Duplicate(v => v.DueAt)
            .Duplicate(v => v.WakeAt!, notNull: false, configure: index => index.Predicate = "wake_at is not null")
            .Index([v => v.Body, v => v.DueAt]);
    }
}
