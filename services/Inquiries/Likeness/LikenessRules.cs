using Platform;

namespace Inquiries;

/// <summary>An official confirmed that it says the same as another request (<paramref name="Of"/>) by the same person; that one has a subject of its own. Each keeps its number and its clock.</summary>
public sealed record DuplicateConfirmed(Guid InquiryId, Guid Of, DateTimeOffset At);

/// <summary>An official took that back.</summary>
public sealed record DuplicateUndone(Guid InquiryId, Guid Of, DateTimeOffset At);

/// <summary>The rules of duplicates: the store says what is like what, an official says what it is.</summary>
public static partial class InquiryDecider
{
    /// <param name="state">The later request.</param>
    /// <param name="of">The other one.</param>
    /// <param name="isSame">The same words by the same person, by their keyed hashes.</param>
    /// <param name="now">When.</param>
    public static IReadOnlyList<object> ConfirmDuplicate(Inquiry state, Guid of, bool isSame, DateTimeOffset now) => state.DuplicateOf switch
    {
        _ when of == state.Id => throw Refused.Invalid("of-itself", "A request is no duplicate of itself.", "of"),
        var confirmed when confirmed == of => [],
        not null => throw Refused.Conflict("already-confirmed", "It was confirmed as a duplicate of another one; undo that first."),
        null when !isSame => throw Refused.Conflict("not-the-same", "These are not the same words by the same person with this holder; two persons' requests stay two."),
        null => [new DuplicateConfirmed(state.Id, of, now)],
    };

    public static IReadOnlyList<object> UndoDuplicate(Inquiry state, DateTimeOffset now) => state.DuplicateOf is { } of ? [new DuplicateUndone(state.Id, of, now)] : [];
}
