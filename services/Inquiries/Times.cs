using System.Text.Json.Serialization;

namespace Inquiries;

/// <summary>The moments of a request's life from which its terms run and by which they are met; stored with the view, computed from facts alone.</summary>
public sealed record Times(DateTimeOffset Received)
{
    public DateTimeOffset? Registered { get; init; }

    /// <summary>Proposed by the engine until <see cref="RegimeConfirmed"/>.</summary>
    public string Regime { get; init; } = Law.Regimes.AccessToInformation;
    public bool RegimeConfirmed { get; init; }

    /// <summary>By which officials act: a proposal is watched, but gives no grounds and makes nothing late.</summary>
    [JsonIgnore] public string ActingRegime => RegimeConfirmed ? Regime : Law.Regimes.AccessToInformation;
    public DateTimeOffset? Extended { get; init; }

    /// <summary>In the unit of the regime's extension: calendar days, or months.</summary>
    public int ExtendedBy { get; init; }
    public DateTimeOffset? ToldOfExtension { get; init; }
    public DateTimeOffset? Forwarded { get; init; }
    public DateTimeOffset? Pointed { get; init; }
    public DateTimeOffset? Refused { get; init; }
    public DateTimeOffset? Returned { get; init; }

    /// <summary>The last day for mending the defects named to the asker.</summary>
    public DateOnly? MendUntil { get; init; }

    /// <summary>When an act of the holder ended it: answered, in part, pointed, refused, returned. Null again once a complaint opened it.</summary>
    public DateTimeOffset? Concluded { get; init; }

    /// <summary>When it ended without such an act: forwarded in full, withdrawn.</summary>
    public DateTimeOffset? Dropped { get; init; }

    /// <summary>Whether the last final act named the route of complaint; true where the law asks for none.</summary>
    public bool RouteNamed { get; init; } = true;
    public DateTimeOffset? LastConcluded { get; init; }
    public DateTimeOffset? Complained { get; init; }
    public DateTimeOffset? ComplaintPassedUp { get; init; }
    public DateTimeOffset? ComplaintRegistered { get; init; }
    public DateTimeOffset? ComplaintDecided { get; init; }

    /// <summary>Set by who satisfied a complaint: the day by which the answer is given.</summary>
    public DateOnly? AnswerBy { get; init; }
}

/// <summary>The fold of <see cref="Times"/>; facts that bear on no term leave it as it is.</summary>
public static class TimesFold
{
    public static Times Evolve(Times? times, object fact) => fact switch
    {
        InquiryReceived e => new(e.At) { Regime = e.Regime ?? Law.Regimes.AccessToInformation },
        InquiryHandedOver e => new(e.At),
        InquiryRepeated e => new(e.At),
        InquiryRegistered e => times! with { Registered = e.RegisteredAt },
        RegimeConfirmed e => times! with { Regime = e.Regime, RegimeConfirmed = true },
        ClarificationAsked { Until: { } until } => times! with { MendUntil = until },
        ClarificationGiven => times! with { MendUntil = null },
        DeadlineExtended e => times! with { Extended = e.At, ExtendedBy = e.Length },
        AskerNotified { About: Told.OfExtension } e => times! with { ToldOfExtension = times.ToldOfExtension ?? e.At },
        InquiryForwarded e => times! with { Forwarded = times.Forwarded ?? e.At, Dropped = e.At },
        InquiryForwardedInPart e => times! with { Forwarded = times.Forwarded ?? e.At },
        InquiryAnswered e => Conclude(times!, e.At),
        InquiryAnsweredPartly e => Conclude(times!, e.At),
        PointedToPublication e => Conclude(times!, e.At) with { Pointed = e.At },
        InquiryRefused e => Conclude(times!, e.At) with { Refused = e.At, RouteNamed = e.RouteNamed },
        InquiryReturned e => Conclude(times!, e.At) with { Returned = e.At, RouteNamed = e.RouteNamed },
        InquiryWithdrawn e => times! with { Dropped = e.At },
        ComplaintFiled e => times! with { Complained = e.At, ComplaintPassedUp = null, ComplaintRegistered = null, ComplaintDecided = null },
        ComplaintPassedUp e => times! with { ComplaintPassedUp = e.At, ComplaintRegistered = e.RegisteredAt },
        ComplaintDecided e => (InquiryDecider.Reopens(e) ? times! with { Concluded = null, AnswerBy = e.AnswerBy ?? times.AnswerBy } : times!) with { ComplaintDecided = e.At },
        _ => times!,
    };

    private static Times Conclude(Times times, DateTimeOffset at) => times with { Concluded = at, LastConcluded = at, RouteNamed = true };
}
