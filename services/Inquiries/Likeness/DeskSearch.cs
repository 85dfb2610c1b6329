using Marten;
using Marten.Linq.MatchesSql;
using Npgsql;

namespace Inquiries;

/// <summary>The desk's search: by a request's number, or in the vault's tokens by identity, phone, the sender's number or words; never what is blocked.</summary>
public static class DeskSearch
{
    /// <summary>Fewer are looked up one by one; of more, any page finds its own by walking along the list.</summary>
    private const int FewOfOne = 1_000, FewOfAll = 5_000;

    public static async Task<IQueryable<InquiryView>> Found(this IQuerySession session, IQueryable<InquiryView> views, string q, SearchTokens tokens, string? holder, CancellationToken ct)
    {
        // written out, for the planner knows how common each is
        var (exact, words) = tokens.Asked(q);
        string[] either = [.. exact.Length > 0 ? [$"t.tokens && {Literal(exact)}"] : Array.Empty<string>(), .. words.Length > 0 ? [$"t.tokens @> {Literal(words)}"] : Array.Empty<string>()];
        if (either.Length == 0)
        {
            return views.Where(v => v.Number == q);
        }

        var few = holder is null ? FewOfAll : FewOfOne;
        var match = $"({string.Join(" or ", either)}) and {Vault.Unblocked("t")}";
        await using var select = new NpgsqlCommand($"select t.inquiry_id from vault.tokens t where {match} {(holder is null ? "" : "and t.holder = $1")} limit {few + 1}");
        if (holder is not null)
        {
            select.Parameters.Add(new() { Value = holder });
        }

        List<Guid> found = [];
        await using (var row = await session.ExecuteReaderAsync(select, ct))
        {
            while (await row.ReadAsync(ct))
            {
                found.Add(row.GetGuid(0));
            }
        }

        return found.Count <= few ? views.Where(v => v.Number == q || v.Id.IsOneOf(found))
            : views.Where(v => v.Number == q || v.MatchesSql($"exists (select from vault.tokens t where t.inquiry_id = d.id and {match} offset 0)"));
    }

    private static string Literal(long[] values) => $"array[{string.Join(',', values)}]::bigint[]";
}
