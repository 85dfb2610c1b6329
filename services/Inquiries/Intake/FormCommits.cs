using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>
/// One transaction for several forms: message rows, vault, numbers, events and views. The message rows go first and in the order
/// of their hashes, so that a twin in flight waits and then finds the first, and two groups never wait for each other crosswise;
/// the numbers go last before the events that carry them, holder by holder in one order, so that their rows are locked for the
/// shortest time. What is rolled back takes its numbers along: there are no gaps.
/// </summary>
public sealed class FormCommits(RegistrationNumbers numbers, Calendars calendars, SlipCodes slips, TimeProvider clock)
{
    /// <summary>The replies in the forms' order; null for a form whose message is known already (see <see cref="Earlier"/>). Commits the session.</summary>
    public async Task<FormReply?[]> Commit(IDocumentSession session, IReadOnlyList<PreparedForm> forms, CancellationToken ct)
    {
        var calendar = await calendars.Hold(session, ct);
        var ours = await Reserve(session, forms, ct);
        var fresh = forms.Where(f => ours.Contains(f.Received.InquiryId)).ToList();
        Dictionary<Guid, FormReply> replies = [];
        if (fresh.Count > 0)
        {
            var now = clock.GetUtcNow();
            var received = fresh.ConvertAll(f => f.Received.At == default ? f.Received with { At = now } : f.Received);
            var registered = await Write(session, fresh, received, now, calendar, ct);
            foreach (var (form, first) in fresh.Zip(received))
            {
                object next = registered.TryGetValue(first.InquiryId, out var number) ? number with { Origin = form.Origin } : new InquiryNotConsidered(first.InquiryId, "anonymous", now);
                session.Events.StartStream<Inquiry>(first.InquiryId, [.. new[] { first, next }.Concat(form.Facts.Select(make => make(now)))
                    .Select(fact => form.Author.Sign(session.Events.BuildEvent(fact)))]);
                replies.Add(first.InquiryId, Reply(first, next));
            }

            await session.SaveChangesAsync(ct);
        }

        return [.. forms.Select(f => replies.GetValueOrDefault(f.Received.InquiryId))];
    }

    /// <summary>What the same message was told when it came first; 422 when it came with other content.</summary>
    public async Task<FormReply> Earlier(IQuerySession session, PreparedForm form, CancellationToken ct)
    {
        Guid id;
        await using var find = new NpgsqlCommand("select content_mac, inquiry_id from forms where message_mac = $1") { Parameters = { new() { Value = form.Message } } };
        await using (var reader = await session.ExecuteReaderAsync(find, ct))
        {
            await reader.ReadAsync(ct);
            if (!form.Content.SequenceEqual(reader.GetFieldValue<byte[]>(0)))
            {
                throw Refused.Reused("message-id-reused", "This messageId came before with other content.", "messageId");
            }

            id = await reader.GetFieldValueAsync<Guid>(1, ct);
        }

        var first = await session.Events.FetchStreamAsync(id, version: 2, token: ct);
        return Reply((InquiryReceived)first[0].Data, first[1].Data);
    }

    /// <summary>The requests whose message nobody had: of twins in one group only the first in the queue.</summary>
    private static async Task<HashSet<Guid>> Reserve(IDocumentSession session, IReadOnlyList<PreparedForm> forms, CancellationToken ct)
    {
        var rows = forms.DistinctBy(f => Convert.ToHexString(f.Message)).OrderBy(f => Convert.ToHexString(f.Message), StringComparer.Ordinal).ToList();
        await using var insert = new NpgsqlCommand("insert into forms (message_mac, content_mac, inquiry_id) select * from unnest($1, $2, $3) on conflict do nothing returning inquiry_id")
        {
            Parameters =
            {
                new() { Value = rows.Select(f => f.Message).ToArray() }, new() { Value = rows.Select(f => f.Content).ToArray() },
                new() { Value = rows.Select(f => f.Received.InquiryId).ToArray() },
            },
        };
        await using var reader = await session.ExecuteReaderAsync(insert, ct);
        HashSet<Guid> ours = [];
        while (await reader.ReadAsync(ct))
        {
            ours.Add(reader.GetGuid(0));
        }

        return ours;
    }

    /// <summary>Vault, contributed rows and numbers, in one round trip.</summary>
    private async Task<Dictionary<Guid, InquiryRegistered>> Write(IDocumentSession session, List<PreparedForm> forms, List<InquiryReceived> received, DateTimeOffset now,
        WorkingCalendar calendar, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(session.Connection);
        batch.BatchCommands.Add(SealedItem.Insert([.. forms.SelectMany(f => f.Items)]));
        batch.BatchCommands.Add(SearchTokens.Insert(forms.ConvertAll(f => (f.Received, f.Tokens))));
        foreach (var row in forms.SelectMany(f => f.Rows))
        {
            batch.BatchCommands.Add(row);
        }

        return await numbers.Register(batch, [.. forms.Zip(received).Where(f => !f.First.IsAnonymous).Select(f => new ToRegister(f.Second.InquiryId, f.Second.Holder, f.Second.At, f.Second.Regime))], now, calendar, ct);
    }

    private FormReply Reply(InquiryReceived received, object next)
    {
        var holder = Holders.Find(received.Holder)!;
        var registered = next as InquiryRegistered;
        return new(received.InquiryId, registered?.Number, registered is null ? "not-considered" : "registered", received.Defects, received.At,
            registered?.RegisteredAt, registered?.Due, registered?.SafeDue,
            new(registered?.Number, slips.For(received.InquiryId), received.At, received.Language.StartsWith("kk", StringComparison.OrdinalIgnoreCase) ? holder.NameKk : holder.NameRu,
                SlipProof.Of(received.InquiryId, received.At, received, next)));
    }
}
