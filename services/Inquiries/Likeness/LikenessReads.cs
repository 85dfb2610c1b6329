using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A request of the same holder that is like this one. <paramref name="SamePerson"/>: the same words by the same person, a suspected duplicate.</summary>
public sealed record SimilarInquiry(Guid InquiryId, string Number, string State, bool SamePerson, DateTimeOffset ReceivedAt);

/// <summary>What is like a request, found by tokens and by what was disclosed. The words are opened by the rules, not for a person, and none of them is told.</summary>
public sealed class LikenessReads(IQuerySession session, Vault vault, SearchTokens tokens, Work work)
{
    private const int Most = 20;

    public async Task<IReadOnlyList<SimilarInquiry>> Similar(Guid id, CancellationToken ct)
    {
        var (view, form) = await Open(id, ct);
        if (form is null)
        {
            return [];
        }

        var like = tokens.Of(form);
        long[] any = [.. like.Bands, .. like.Same is { } same ? [same] : Array.Empty<long>()];
        var found = await Find(view.Holder, any, like.Same, ct);
        found.Remove(id);
        return [.. (await session.LoadManyAsync<InquiryView>(ct, [.. found.Keys])).OrderByDescending(v => found[v.Id]).ThenByDescending(v => v.ReceivedAt)
            .Select(v => new SimilarInquiry(v.Id, v.Number ?? "", v.State, found[v.Id], v.ReceivedAt))];
    }

    /// <summary>The same words by the same person, with this holder.</summary>
    public async Task<bool> IsSame(string holder, Form form, Guid other, CancellationToken ct) =>
        tokens.Of(form).Same is { } same && (await Find(holder, [same], same, ct)).ContainsKey(other);

    /// <summary>Published answers that match, best first.</summary>
    public async Task<IReadOnlyList<DisclosureReply>> Disclosures(Guid id, CancellationToken ct)
    {
        var (_, form) = await Open(id, ct);
        var words = form is null ? "" : DisclosureReads.Prefixes($"{form.Subject} {form.Text}").Replace(" & ", " | ", StringComparison.Ordinal);
        if (words.Length == 0)
        {
            return [];
        }

        const string both = $"({DisclosureStore.Russian} || {DisclosureStore.Kazakh})";
        var found = await session.QueryAsync<DisclosureView>($"where {both} @@ to_tsquery('simple', ?) order by ts_rank({both}, to_tsquery('simple', ?)) desc, d.id limit {Most}", ct, words, words);
        return [.. found.Select(DisclosureReply.Of)];
    }

    private async Task<(InquiryView View, Form? Form)> Open(Guid id, CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, null, ct);
        var (state, _) = (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))!.Value;
        return (view, await vault.OpenForm(state.SubjectId, ct) is { } json ? FormReader.Read(JsonDocument.Parse(json).RootElement) : null);
    }

    private async Task<Dictionary<Guid, bool>> Find(string holder, long[] any, long? same, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand($"""
            select t.inquiry_id, t.tokens @> array[$3] from vault.tokens t
            where t.holder = $1 and t.tokens && $2 and {Vault.Unblocked("t")} order by 2 desc, 1 desc limit $4
            """)
        { Parameters = { new() { Value = holder }, new() { Value = any }, new() { Value = same ?? 0L }, new() { Value = Most + 1 } } };
        await using var row = await session.ExecuteReaderAsync(select, ct);
        Dictionary<Guid, bool> found = [];
        while (await row.ReadAsync(ct))
        {
            found.Add(row.GetGuid(0), same is not null && row.GetBoolean(1));
        }

        return found;
    }
}
