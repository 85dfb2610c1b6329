using System.Globalization;
using System.Text.Json;
using Platform;

namespace Publications;

/// <summary>
/// Who wrote it and where, as the channel says; sealed. <paramref name="ReplyTo"/>: the channel's id of what a reply is put under; <paramref name="Chat"/>: of
/// Telegram, in which chat, for it need not be the account's own.
/// </summary>
public sealed record InboxSender(string? Name, string? Handle, string ExternalId, string ReplyTo, string? Chat = null);

/// <summary>One comment, message or mention out of a call.</summary>
public sealed record Incoming(string Kind, string Text, string? Language, DateTimeOffset? PostedAt, InboxSender Sender);

/// <summary>What channels send, read into items; what holds no words of a person (edits, likes, our own posts) gives none. No exception but a refusal leaves it.</summary>
public static class IncomingReader
{
    public const string Comment = "Comment", Message = "Message", Mention = "Mention";
    private const int LongestText = 20_000, LongestName = 300, LongestId = 500;

    public static IReadOnlyList<Incoming> Read(string channel, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement : throw Invalid("body");
            return [.. (channel switch
            {
                "telegram" => Telegram(root),
                "facebook" or "instagram" => Meta(root),
                _ => Generic(root),
            }).OfType<Incoming>()];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw Invalid("body"); // half surrogates, numbers that are none
        }
    }

    /// <summary>Our own form: <c>{externalId, kind, text, postedAt, language?, name?, handle?, replyTo?}</c>.</summary>
    private static IEnumerable<Incoming?> Generic(JsonElement root)
    {
        var (id, text) = (Text(root, "externalId", LongestId) ?? throw Invalid("externalId"), Text(root, "text", LongestText) ?? throw Invalid("text"));
        var kind = Text(root, "kind", 20) switch
        {
            "comment" => Comment,
            "message" => Message,
            "mention" => Mention,
            _ => throw Invalid("kind"),
        };
        var postedAt = Text(root, "postedAt", 40) is not { } at ? (DateTimeOffset?)null
            : DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : throw Invalid("postedAt");
        yield return new(kind, text, Language(Text(root, "language", 35)), postedAt, new(Text(root, "name", LongestName), Text(root, "handle", LongestName), id, Text(root, "replyTo", LongestId) ?? id));
    }

    /// <summary>An Update of the Bot API: private chats are messages, groups comments, where the bot is named mentions.</summary>
    private static IEnumerable<Incoming?> Telegram(JsonElement root)
    {
        if (Member(root, "message") is not { } message || Member(message, "from") is not { } from || Member(message, "chat") is not { } chat
            || (Text(message, "text", LongestText) ?? Text(message, "caption", LongestText)) is not { } text || Flag(from, "is_bot"))
        {
            yield break;
        }

        var (chatId, messageId) = ($"{Number(chat, "id")}", $"{Number(message, "message_id")}");
        var isMention = Items(message, "entities").Any(e => Text(e, "type", 50) == "mention");
        yield return new(Text(chat, "type", 50) == "private" ? Message : isMention ? Mention : Comment, text, Language(Text(from, "language_code", 35)), Unix(Number(message, "date")),
            new(Name(Text(from, "first_name", LongestName), Text(from, "last_name", LongestName)), Text(from, "username", LongestName), chatId + ":" + messageId, messageId, chatId));
    }

    /// <summary>Webhooks of Facebook's pages and Instagram's accounts: changes of the feed and of comments, and messaging.</summary>
    private static IEnumerable<Incoming?> Meta(JsonElement root) => Items(root, "entry").SelectMany(entry =>
        Items(entry, "changes").Select(change => Change(entry, change)).Concat(Items(entry, "messaging").Select(Messaging)));

    private static Incoming? Change(JsonElement entry, JsonElement change)
    {
        if (Member(change, "value") is not { } value || (Text(value, "verb", 20) ?? "add") != "add" || (Text(value, "message", LongestText) ?? Text(value, "text", LongestText)) is not { } text
            || (Text(value, "comment_id", LongestId) ?? Text(value, "id", LongestId)) is not { } id)
        {
            return null;
        }

        var from = Member(value, "from");
        var kind = Text(change, "field", 50) switch { "feed" or "comments" or "live_comments" => Comment, "mention" or "mentions" => Mention, _ => null };
        return kind is null || (from is { } own && Text(own, "id", LongestId) == Text(entry, "id", LongestId)) ? null
            : new(kind, text, null, Unix(Number(value, "created_time") ?? Number(entry, "time")),
                new(from is { } who ? Text(who, "name", LongestName) : null, from is { } user ? Text(user, "username", LongestName) : null, id, id));
    }

    private static Incoming? Messaging(JsonElement one) =>
        Member(one, "message") is { } message && Member(one, "sender") is { } sender && !Flag(message, "is_echo") && Text(message, "text", LongestText) is { } text
        && Text(message, "mid", LongestId) is { } id && Text(sender, "id", LongestId) is { } whom
            ? new(Message, text, null, Number(one, "timestamp") is { } at ? Unix(at / 1000) : null, new(null, null, id, whom)) : null;

    private static JsonElement? Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
    private static JsonElement.ArrayEnumerator Items(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : default;
    private static bool Flag(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.True };
    private static long? Number(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;
    private static DateTimeOffset? Unix(long? seconds) => seconds is > 0 and < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds.Value) : null;
    private static string? Name(string? first, string? last) => $"{first} {last}".Trim() is { Length: > 0 } name ? name : null;

    /// <summary>A network does not take its words back: what is too long is cut, what no store holds is marked.</summary>
    private static string? Text(JsonElement of, string name, int most)
    {
        var text = Member(of, name) is { ValueKind: JsonValueKind.String } value ? value.GetString()!.Replace('\0', '\uFFFD').Trim() : null;
        return string.IsNullOrEmpty(text) ? null : text.Length > most ? text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)] : text;
    }

    private static string? Language(string? tag) => tag is not null && tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? tag.ToLowerInvariant() : null;
    private static RefusedException Invalid(string field) => Refused.Invalid("item-invalid", "It does not parse as what this account's channel sends.", field);
}
