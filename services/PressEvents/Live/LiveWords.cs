using System.Text;
using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace PressEvents;

/// <summary>The title of a segment, perhaps its speaker.</summary>
public sealed record SegmentWords(Bilingual Title, Bilingual? Speaker);

/// <summary>Caption and alternative text of a photo.</summary>
public sealed record PhotoWords(Bilingual Caption, Bilingual Alt);

/// <summary>The words of one event's record, opened.</summary>
public sealed class OpenWords(Dictionary<Guid, string> texts)
{
    public string Text(Guid wordsId) => texts[wordsId];
    public T Of<T>(Guid wordsId) => JsonSerializer.Deserialize<T>(texts[wordsId], Json.Options)!;
    public void Add(Guid wordsId, string text) => texts[wordsId] = text;
}

/// <summary>Words that may be off the record lie here and nowhere else, sealed; they are written in the fact's transaction and never changed.</summary>
public sealed class LiveWords(Sealing sealing)
{
    private const string Purpose = "live-words";

    public async Task Keep(IDocumentSession session, Guid pressEventId, Guid wordsId, string text, CancellationToken ct)
    {
        await using var insert = new NpgsqlCommand("insert into live_words (words_id, press_event_id, sealed) values ($1, $2, $3)")
        { Parameters = { new() { Value = wordsId }, new() { Value = pressEventId }, new() { Value = sealing.Seal(Purpose, Encoding.UTF8.GetBytes(text)) } } };
        await session.ExecuteAsync(insert, ct);
    }

    public async Task<OpenWords> Open(IQuerySession session, Guid pressEventId, CancellationToken ct)
    {
        await using var select = new NpgsqlCommand("select words_id, sealed from live_words where press_event_id = $1") { Parameters = { new() { Value = pressEventId } } };
        await using var rows = await session.ExecuteReaderAsync(select, ct);
        Dictionary<Guid, string> texts = [];
        while (await rows.ReadAsync(ct))
        {
            texts[rows.GetGuid(0)] = Encoding.UTF8.GetString(sealing.Open(Purpose, rows.GetFieldValue<byte[]>(1)));
        }

        return new(texts);
    }

    /// <summary>Tells a repeat without telling the text.</summary>
    public string Mac(string text) => Convert.ToBase64String(sealing.Mac(Purpose, text));
}
