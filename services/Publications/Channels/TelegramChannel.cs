using System.Globalization;
using Telegram.Bot;
using Telegram.Bot.Exceptions;
using Telegram.Bot.Types;

namespace Publications;

/// <summary>
/// Telegram, as a bot that posts in the channel. The Bot API has no idempotency key and shows a bot nothing of a channel's history, so
/// what stands there is read from the public preview page (<see cref="ChannelOptions.Preview"/>); a private channel has none, and an
/// unknown outcome there is a person's to decide. A picture group has the ids of its messages, joined by commas.
/// </summary>
public sealed class TelegramChannel(HttpClient http, ChannelOptions options, IMediaFiles files, PictureHashes hashes, TimeProvider clock) : IChannel
{
    private readonly TelegramPreview _preview = new(http, options, hashes);

    public string Kind => ChannelKinds.Telegram;

    public ChannelCapabilities Can { get; } = new(Edit: true, Delete: true, Reply: true, IdempotencyKey: false, ReadBack: options.Preview is not null, LongestText: 4096, MostMedia: 10)
    {
        LongestBesideMedia = 1024,
        DeleteWithin = TimeSpan.FromHours(48),
    };

    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public async Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct)
    {
        var fitted = Fitted.For(Can, post);
        var (media, failed) = await files.Of(fitted.Media, ct);
        return failed ?? await Call(account, (bot, chat, token) => Send(bot, chat, fitted.Text, media, token), ct);
    }

    public async Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct)
    {
        var fitted = Fitted.For(Can, post);
        return _preview.Shows(account) ? Standing.Find(await _preview.Read(account, Standing.From(since), pictures: false, ct), fitted.Text, since) : new Outcome.Unknown("no-read-back");
    }

    public async Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct)
    {
        var fitted = Fitted.For(Can, post);
        return Changed(externalId, await Call(account, async (bot, chat, token) =>
        {
            _ = fitted.Media.Count > 0 ? await bot.EditMessageCaption(chat, Ids(externalId)[0], fitted.Text, cancellationToken: token)
                : await bot.EditMessageText(chat, Ids(externalId)[0], fitted.Text, cancellationToken: token);
            return externalId;
        }, ct));
    }

    public async Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) =>
        Changed(externalId, await Call(account, async (bot, chat, token) =>
        {
            await (Ids(externalId) is [var only] ? bot.DeleteMessage(chat, only, token) : bot.DeleteMessages(chat, Ids(externalId), token));
            return externalId;
        }, ct));

    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) =>
        Call(account, async (bot, chat, token) => Id(await bot.SendMessage(chat, Fitted.For(Can, post with { Media = [] }).Text,
            replyParameters: new ReplyParameters { MessageId = Ids(externalId)[0] }, cancellationToken: token)), ct);

    public async Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) =>
        _preview.Shows(account) ? (await _preview.Read(account, since, pictures: true, ct))?.Posts : null;

    private static async Task<string> Send(TelegramBotClient bot, ChatId chat, string text, IReadOnlyList<MediaFile> media, CancellationToken ct)
    {
        if (media.Count == 0)
        {
            return Id(await bot.SendMessage(chat, text, cancellationToken: ct));
        }

        List<Stream> opened = [];
        try
        {
            foreach (var file in media)
            {
                opened.Add(await file.Open(ct));
            }

            if (media is [var only])
            {
                var one = InputFile.FromStream(opened[0], only.Name);
                return Id(only.IsFilm ? await bot.SendVideo(chat, one, text, cancellationToken: ct) : await bot.SendPhoto(chat, one, text, cancellationToken: ct));
            }

            var group = media.Select((file, i) => Member(InputFile.FromStream(opened[i], $"{i}-{file.Name}"), file.IsFilm, i == 0 ? text : null));
            return string.Join(',', (await bot.SendMediaGroup(chat, group, cancellationToken: ct)).Select(Id));
        }
        finally
        {
            opened.ForEach(stream => stream.Dispose());
        }
    }

    private static IAlbumInputMedia Member(InputFile file, bool film, string? caption) => film ? new InputMediaVideo(file) { Caption = caption } : new InputMediaPhoto(file) { Caption = caption };

    private async Task<Outcome> Call(ChannelAccount account, Func<TelegramBotClient, ChatId, CancellationToken, Task<string>> call, CancellationToken ct)
    {
        using var limit = options.Limit(ct);
        try
        {
            // the library would wait and send again by itself; that is the ledger's to decide
            var bot = new TelegramBotClient(new TelegramBotClientOptions(account.Settings[ChannelKinds.Token], options.Url.AbsoluteUri) { RetryCount = 0, RetryThreshold = 0 }, http);
            return new Outcome.Accepted(await call(bot, account.Settings[ChannelKinds.Chat], limit.Token), "answer");
        }
        catch (ApiRequestException said)
        {
            return Said(said);
        }
        catch (RequestException fault)
        {
            return fault.InnerException is OperationCanceledException ? new Outcome.Unknown("timeout")
                : fault.HttpStatusCode is { } status && (int)status >= 300 ? ChannelDoor.ByStatus((int)status) : ChannelDoor.Lost(fault.InnerException as HttpRequestException);
        }
        catch (OperationCanceledException)
        {
            return new Outcome.Unknown("timeout");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException)
        {
            return new Outcome.Refused(401); // no token, or no id, that Telegram could know; nothing was sent
        }
    }

    /// <summary>The code decides; of the words only those that say that the message is gone, or is like that already.</summary>
    private Outcome Said(ApiRequestException said) => said switch
    {
        { ErrorCode: 429 } => new Outcome.Unavailable(429) { RetryAt = said.Parameters?.RetryAfter is { } seconds ? clock.GetUtcNow().AddSeconds(seconds) : null },
        { ErrorCode: 400 } when said.Message.Contains("message is not modified", StringComparison.OrdinalIgnoreCase) => new Outcome.Refused(304),
        { ErrorCode: 400 } when said.Message.Contains("not found", StringComparison.OrdinalIgnoreCase) && said.Message.Contains("message to", StringComparison.OrdinalIgnoreCase) => new Outcome.Refused(404),
        _ => ChannelDoor.ByStatus(said.ErrorCode),
    };

    private static Outcome Changed(string externalId, Outcome outcome) => outcome switch
    {
        Outcome.Refused { Status: 304 } => new Outcome.Accepted(externalId, "answer"),
        Outcome.Refused { Status: 404 } => new Outcome.NotFound(),
        _ => outcome,
    };

    private static string Id(Message message) => message.Id.ToString(CultureInfo.InvariantCulture);
    private static int[] Ids(string externalId) => [.. externalId.Split(',').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];
}
