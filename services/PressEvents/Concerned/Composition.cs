using Marten;
using Outgoing;

namespace PressEvents;

/// <summary>Everybody concerned is told once per change: who is concerned, what is told, and the notices that go out.</summary>
public static class ConcernedComposition
{
    /// <summary>Those who are told; a capability with people of its own adds its source here. Who has two roles is told in the first.</summary>
    public static readonly IReadOnlyList<ConcernedSource> Sources = [Invitations.Source, EventContacts.Source, AccreditedMedia.Source, Registrants.Source, NewsSubscribers.Source];

    public static readonly IReadOnlyList<NoticeFamily> Families = [EventNotices.Notices, InvitationNotices.Notices, NewsNotices.Notices, StatementNotices.Notices, SeatNotices.Notices, SeriesNotices.Notices];

    public static void AddConcerned(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<EventContactHandler>();
        builder.AddOutgoing(new PressNotices(Families, Sources).Parts);
    }

    public static void Register(StoreOptions options)
    {
        EventContacts.Register(options);
        Invitations.Register(options);
        NewsSubscribers.Register(options);
    }

    public static void MapConcerned(this WebApplication app) => app.MapEventContacts();
}
