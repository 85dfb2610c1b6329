using Marten;
using Platform;

namespace Publications;

/// <summary>A paragraph of each language, by its number; <paramref name="Differs"/>: codes of the checks of parity that speak of this pair.</summary>
public sealed record ParagraphPair(int Number, string? Kk, string? Ru, IReadOnlyList<string> Differs);

/// <summary>One language's half: its hash, and the approval of exactly it.</summary>
public sealed record LanguageSide(string Language, string ContentHash, Approval? Approval, int Characters);

/// <summary>Kazakh and Russian beside each other.</summary>
public sealed record SideBySideReply(Guid Id, long Version, string State, Bilingual Title, IReadOnlyList<LanguageSide> Sides, IReadOnlyList<ParagraphPair> Paragraphs)
{
    public static SideBySideReply Of(Publication p, long version) => new(p.Id, version, p.State.ToString(), p.Content.Title, [.. Languages.All.Select(language => Side(p, language))], Pairs(p.Content.Text));

    private static LanguageSide Side(Publication p, string language)
    {
        var hash = Publications.ContentHash.Of(p.Body, p.Content, language);
        return new(language, hash, p.Approvals.LastOrDefault(a => a.Language == language && a.ContentHash == hash), p.Content.Text.In(language)?.Length ?? 0);
    }

    /// <summary>By order: the nth paragraph of one beside the nth of the other; where one language has more of them, the rest stand alone.</summary>
    public static IReadOnlyList<ParagraphPair> Pairs(Bilingual text)
    {
        var (kk, ru) = (Split(text.Kk), Split(text.Ru));
        return [.. Enumerable.Range(0, Math.Max(kk.Length, ru.Length)).Select(i => Pair(i, kk.ElementAtOrDefault(i), ru.ElementAtOrDefault(i)))];
    }

    private static ParagraphPair Pair(int i, string? kk, string? ru) =>
        new(i + 1, kk, ru, kk is null || ru is null ? ["paragraph-missing"] : [.. ParityChecks.Pair("text", kk, ru).Select(f => f.Code).Distinct()]);

    private static string[] Split(string? text) => text?.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

public static class SideBySideRest
{
    public static void MapSideBySide(this IEndpointRouteBuilder app) => app.MapGet("/v1/publications/{id:guid}/side-by-side",
        async (Guid id, DateTimeOffset? asOf, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct) =>
            await session.UnderReview(work.Caller, id, asOf, ct) is var (state, version) ? reply.Versioned(SideBySideReply.Of(state, version), version) : null)
        .ForRoles(ReviewReads.Readers).WithTags("Review").Produces<SideBySideReply>().WithSummary("Paragraphs of Kazakh and Russian beside each other, with the hash and the approval of each language; asOf as everywhere.");
}
