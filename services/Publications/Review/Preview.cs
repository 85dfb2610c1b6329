using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Marten;
using Platform;

namespace Publications;

/// <summary>One post as it would stand. <paramref name="Language"/> null: both in one. <paramref name="Html"/>: the same, escaped, a paragraph each; nothing in it is markup of an editor.</summary>
public sealed record PreviewPost(string? Language, string Text, string Html, int Length, bool Cut, IReadOnlyList<MediaUse> Media, IReadOnlyList<CheckShown> Findings);

/// <summary>What would stand on one channel. <paramref name="Can"/> null: nothing is known of what it can do, and nothing is fitted to it.</summary>
public sealed record PreviewChannel(string Channel, string? Kind, ChannelCapabilities? Can, IReadOnlyList<PreviewPost> Posts, IReadOnlyList<CheckShown> Findings);

/// <summary>A look at what would go out, for officials alone. <paramref name="Embargo"/>: nothing of it is public before.</summary>
public sealed record PreviewReply(Guid Id, long Version, string State, DateTimeOffset? Embargo, Bilingual? AiLabel, IReadOnlyList<PreviewChannel> Channels)
{
    /// <summary>The instant as of which the content stands here; null: now.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>With <see cref="AsOf"/>: what was not to be had as it stood then, and is as it is now.</summary>
    public IReadOnlyList<string>? OfNow { get; init; }
}

/// <summary>Puts a publication on each of its channels, on paper.</summary>
public sealed class Previews(IEnumerable<IChannel> channels, IChannelAccounts accounts)
{
    // letters stay letters; everything that means something in HTML does not
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.BasicLatin, UnicodeRanges.Cyrillic, UnicodeRanges.GeneralPunctuation, UnicodeRanges.Latin1Supplement);

    public async Task<PreviewReply> Of(Publication p, long version, string? channel, CancellationToken ct)
    {
        _ = channel is null || p.Content.Channels.Contains(channel) ? true : throw Refused.Invalid("channel-unknown", "It does not go out on this channel.", "channel");
        List<PreviewChannel> shown = [];
        foreach (var code in p.Content.Channels.Where(c => channel is null || c == channel))
        {
            shown.Add(await accounts.Find(code, ct) is { } account ? On(p, account) : new(code, null, null, [], [CheckShown.Of(new("channel-unknown", "There is no such account, or it is closed.", "channels", true))]));
        }

        return new(p.Id, version, p.State.ToString(), p.Content.Embargo, p.Content.AiMade == true ? Fitted.AiLabel : null, shown);
    }

    private PreviewChannel On(Publication p, ChannelAccount account)
    {
        var can = channels.FirstOrDefault(c => c.Kind == account.Kind)?.Can;
        var unknown = can is null ? [CheckShown.Of(new("channel-unable", "Nothing is known of what this kind of channel can do.", "channels", false))] : Array.Empty<CheckShown>();
        return new(account.Code, account.Kind, can, [.. LanguagesOf(p, account).Select(language => Shown(p, account, language, can ?? Unlimited))], unknown);
    }

    private static readonly ChannelCapabilities Unlimited = new(false, false, false, false, false, int.MaxValue, int.MaxValue);

    /// <summary>The posts that the release would make of it.</summary>
    private static IEnumerable<string?> LanguagesOf(Publication p, ChannelAccount account) =>
        LanguagePolicies.IsKkFirst(p.Content) ? account.Languages : Legs.OfRelease(p).Where(leg => leg.Channel == account.Code).Select(leg => leg.Language);

    private static PreviewPost Shown(Publication p, ChannelAccount account, string? language, ChannelCapabilities can)
    {
        var post = Posts.Of(p, new Attempt(Guid.Empty, account.Code, 1, AttemptState.Started, p.DueAt ?? p.Content.WantedAt ?? p.DraftedAt, null) { Language = language }, account);
        var fitted = Fitted.For(can, post);
        return new(language ?? (account.Languages.Count == 1 ? account.Languages[0] : null), fitted.Text, Html(fitted.Text), fitted.Text.Length, fitted.Cuts.Count > 0,
            [.. fitted.Media.Select(m => new MediaUse(m.MediaId, m.Crop, m.Caption, m.Alt))], [.. Findings(fitted).Select(CheckShown.Of)]);
    }

    /// <summary>What its limits take away, and what it cannot do without.</summary>
    public static IEnumerable<Finding> Findings(Fitted fitted) =>
    [
        .. fitted.Cuts.Select(cut => new Finding(cut.What == "media" ? "media-too-many" : "over-limit", string.Create(CultureInfo.InvariantCulture, $"{cut.What}: {cut.Kept} of {cut.Of} go out."), cut.What, false)),
        .. fitted.MediaMissing ? [new Finding("media-needed", "The channel takes nothing without a picture or film.", "media", true)] : Array.Empty<Finding>(),
    ];

    public static string Html(string text) => string.Concat(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(paragraph => $"<p>{string.Join("<br>", paragraph.Split('\n').Select(line => Encoder.Encode(line)))}</p>"));
}

public static class PreviewRest
{
    public static void MapPreview(this IEndpointRouteBuilder app) => app.MapGet("/v1/publications/{id:guid}/preview",
        async (Guid id, string? channel, DateTimeOffset? asOf, IQuerySession session, Work work, Previews previews, HttpResponse reply, CancellationToken ct) =>
        {
            var (state, version) = await session.UnderReview(work.Caller, id, asOf, ct);
            reply.Headers.CacheControl = "no-store"; // it may lie under an embargo
            return reply.Versioned(await previews.Of(state, version, channel, ct) with { AsOf = asOf, OfNow = asOf is null ? null : ["accounts"] }, version);
        })
        .ForRoles(ReviewReads.Readers).WithTags("Review").Produces<PreviewReply>().WithSummary("What would stand on each channel, fitted to its limits; channel= for one. asOf: the content as it stood then, on the accounts of now.");
}
