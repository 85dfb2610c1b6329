using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Outgoing;
using Platform;

namespace PressEvents;

/// <summary>Marten's side of the fold; live, nothing stored.</summary>
public sealed partial class InvitationFold : SingleStreamProjection<Invitation, Guid>
{
    public override Invitation? Evolve(Invitation? snapshot, Guid id, IEvent e) => InvitationDecider.Evolve(snapshot, e.Data);
}

/// <summary>One invitation as it is stored for lists, without address; what is shown of it is an <see cref="InvitationShown"/>.</summary>
public sealed record InvitationView(Guid Id, Guid PressEventId, Guid? SpeakerId, Bilingual Name, Bilingual? Post, Guid SubjectId, string Kept, DateTimeOffset InvitedAt) : IRevisioned
{
    public int Version { get; set; }
    public Guid? InPlaceOf { get; init; }
    public Guid? SubstituteInvitationId { get; init; }
    public DateTimeOffset? ConfirmedStart { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public bool? ConsentsToRecording { get; init; }
    public DateTimeOffset? ConsentAt { get; init; }

    public InvitationState State(DateTimeOffset start)
    {
        var kept = Enum.Parse<InvitationState>(Kept);
        return kept == InvitationState.Confirmed && ConfirmedStart != start ? InvitationState.ToBeConfirmedAgain : kept;
    }
}

/// <summary>
/// An invitation as organisers see it. <paramref name="State"/>: Invited, Confirmed, ToBeConfirmedAgain (the event moved since), Declined, SubstituteSent,
/// Revoked. <paramref name="ConsentsToRecording"/>: null as long as nothing was said, with the time of the word.
/// </summary>
public sealed record InvitationShown(Guid Id, long Version, Guid PressEventId, Guid? SpeakerId, Bilingual Name, Bilingual? Post, string State, DateTimeOffset InvitedAt, DateTimeOffset? AnsweredAt,
    bool? ConsentsToRecording, DateTimeOffset? ConsentAt, Guid? InPlaceOf, Guid? SubstituteInvitationId, Guid SubjectId)
{
    public static InvitationShown Of(InvitationView v, DateTimeOffset start) => new(v.Id, v.Version, v.PressEventId, v.SpeakerId, v.Name, v.Post, v.State(start).ToString(), v.InvitedAt.InAlmaty(),
        v.AnsweredAt?.InAlmaty(), v.ConsentsToRecording, v.ConsentAt?.InAlmaty(), v.InPlaceOf, v.SubstituteInvitationId, v.SubjectId);
}

/// <summary>The fold of the view; apart from the record, whose own Evolve the source generator would claim.</summary>
public static class InvitationViewFold
{
    public static InvitationView? Evolve(InvitationView? view, object fact) => fact switch
    {
        SpeakerInvited e => new(e.InvitationId, e.PressEventId, e.SpeakerId, e.Name, e.Post, e.SubjectId, nameof(InvitationState.Invited), e.At.ToUniversalTime()) { InPlaceOf = e.InPlaceOf },
        InvitationConfirmed e => Answered(view!, InvitationState.Confirmed, e.At) with { ConfirmedStart = e.Start.ToUniversalTime() },
        InvitationDeclined e => Answered(view!, InvitationState.Declined, e.At),
        SubstituteSent e => Answered(view!, InvitationState.SubstituteSent, e.At) with { SubstituteInvitationId = e.SubstituteInvitationId },
        RecordingConsentStated e => view! with { ConsentsToRecording = e.Consents, ConsentAt = e.At.ToUniversalTime() },
        InvitationRevoked => view! with { Kept = nameof(InvitationState.Revoked) },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about an invitation."),
    };

    private static InvitationView Answered(InvitationView view, InvitationState how, DateTimeOffset at) => view with { Kept = how.ToString(), AnsweredAt = at.ToUniversalTime(), ConfirmedStart = null };
}

public sealed partial class InvitationViews : SingleStreamProjection<InvitationView, Guid>
{
    public InvitationViews()
    {
        foreach (var fact in InvitationDecider.Facts)
        {
            IncludeType(fact); // other streams have facts of their own
        }
    }

    public override InvitationView? Evolve(InvitationView? snapshot, Guid id, IEvent e) => InvitationViewFold.Evolve(snapshot, e.Data);
}

public static class Invitations
{
    /// <summary>Speakers who were invited and did not say no; a move asks them again.</summary>
    public static readonly ConcernedSource Source = new(EventNotices.Speaker, ToldOfPlans: true, async (session, occasion, ct) => occasion.PressEventId is not { } id ? []
        : [.. (await session.Query<InvitationView>().Where(i => i.PressEventId == id && (i.Kept == nameof(InvitationState.Invited) || i.Kept == nameof(InvitationState.Confirmed))).ToListAsync(ct))
            .Select(i => new Recipient(i.SubjectId, NoticeRules.Email))]);

    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. SpokespersonDecider.Facts, .. InvitationDecider.Facts]);
        options.Projections.Add<SpokespersonFold>(ProjectionLifecycle.Live);
        options.Projections.Add<SpokespersonViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<InvitationFold>(ProjectionLifecycle.Live);
        options.Projections.Add<InvitationViews>(ProjectionLifecycle.Inline);
        options.Schema.For<SpokespersonView>().UseNumericRevisions(true).Duplicate(s => s.Body).Duplicate(s => s.State);
        options.Schema.For<InvitationView>().UseNumericRevisions(true).Duplicate(i => i.PressEventId).Duplicate(i => i.Kept);
    }
}
