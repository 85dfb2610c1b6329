using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Publications;

/// <summary>The page <c>t.me/s/&lt;channel&gt;</c>, which shows a public channel's posts to everybody, some twenty at a time, newest last.</summary>
public sealed partial class TelegramPreview(HttpClient http, ChannelOptions options, PictureHashes hashes)
{
    private const int MostPages = 5;

    /// <summary>There is a page at all: of public channels, which have a name.</summary>
    public bool Shows(ChannelAccount account) => options.Preview is not null && account.Settings[ChannelKinds.Chat].StartsWith('@');

    /// <summary>Null where the page did not come, or is not the page of a channel.</summary>
    public async Task<Standing?> Read(ChannelAccount account, DateTimeOffset since, bool pictures, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        List<FoundPost> found = [];
        string? before = null;
        for (var page = 0; page < MostPages; page++)
        {
            if (await Page(account, before, limit.Token) is not { } html)
            {
                return null;
            }

            var posts = await Posts(html, pictures, limit.Token);
            found.AddRange(posts.Where(p => p.PostedAt >= since));
            before = Earlier().Match(html) is { Success: true } more ? more.Groups[1].Value : null;
            if (before is null || posts.Any(p => p.PostedAt < since))
            {
                return new([.. found.OrderByDescending(p => p.PostedAt)], true);
            }
        }

        return new([.. found.OrderByDescending(p => p.PostedAt)], false);
    }

    private async Task<string?> Page(ChannelAccount account, string? before, CancellationToken ct)
    {
        try
        {
            var name = account.Settings[ChannelKinds.Chat][1..];
            using var reply = await http.GetAsync(new Uri(options.Preview!, $"s/{name}" + (before is null ? "" : "?before=" + before)), ct);
            // a channel without a preview sends elsewhere, to a page without posts
            return reply.IsSuccessStatusCode && await reply.Content.ReadAsStringAsync(ct) is var html && html.Contains("tgme_channel_history", StringComparison.Ordinal) ? html : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<FoundPost>> Posts(string html, bool pictures, CancellationToken ct)
    {
        List<FoundPost> posts = [];
        foreach (var block in Start().Split(html).Skip(1).Chunk(2).Where(pair => pair.Length == 2))
        {
            var (first, body) = (block[0], block[1]);
            // of a picture group the page shows one message, with a link to each
            var id = string.Join(',', Single().Matches(body).Select(m => m.Groups[1].Value).Prepend(first).Distinct());
            if (Posted().Match(body) is { Success: true } time && DateTimeOffset.TryParse(time.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                var text = Words().Match(body) is { Success: true } words ? Plain(words.Groups[1].Value) : "";
                posts.Add(new(id, at, text, pictures ? await Hashes(id, body, ct) : []));
            }
        }

        return posts;
    }

    private async Task<IReadOnlyList<string>> Hashes(string id, string body, CancellationToken ct)
    {
        List<string> found = [];
        foreach (var (address, number) in Picture().Matches(body).Select((m, i) => (m.Groups[1].Value, i)))
        {
            if (await hashes.Of($"telegram {id} {number}", WebUtility.HtmlDecode(address), options.Preview!, ct) is { } hash)
            {
                found.Add(hash);
            }
        }

        return found;
    }

    private static string Plain(string html) => WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html, "\n"), ""));

    [GeneratedRegex("data-post=\"[^\"/]+/(\\d+)\"")]
    private static partial Regex Start();

    [GeneratedRegex("href=\"[^\"]+/(\\d+)\\?single\"")]
    private static partial Regex Single();

    [GeneratedRegex("<time [^>]*datetime=\"([^\"]+)\"")]
    private static partial Regex Posted();

    [GeneratedRegex("<div class=\"tgme_widget_message_text[^>]*>(.*?)</div>", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex("tgme_widget_message_photo_wrap[^>]*background-image:url\\('([^']+)'\\)")]
    private static partial Regex Picture();

    [GeneratedRegex("tme_messages_more[^>]*data-before=\"(\\d+)\"")]
    private static partial Regex Earlier();

    [GeneratedRegex("<br ?/?>")]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
