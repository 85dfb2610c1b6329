using MimeKit;
using Outgoing;

namespace Publications;

/// <summary>
/// One letter to the address of a list, whose server sends it on. Nothing can be edited, deleted or read back: after a lost answer a person
/// decides. A notice is a letter in the same thread.
/// </summary>
public sealed class EmailChannel(MailOptions mail, ChannelOptions options) : IChannel
{
    private const int LongestSubject = 200;
    private readonly Mailer _mailer = new(mail, options.LongestCall / 4); // to connect, to sign in, to hand over, to leave

    public string Kind => ChannelKinds.Email;
    public ChannelCapabilities Can { get; } = new(Edit: false, Delete: false, Reply: true, IdempotencyKey: false, ReadBack: false, LongestText: 100_000, MostMedia: 0);
    public TimeSpan Settle => options.Settle;
    public TimeSpan LongestCall => options.LongestCall;

    public Task<Outcome> Publish(ChannelAccount account, Post post, CancellationToken ct) => Send(account, post, null, ct);
    public Task<Outcome> ReadBack(ChannelAccount account, Post post, DateTimeOffset since, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Unknown("no-read-back"));
    public Task<Outcome> Edit(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(405));
    public Task<Outcome> Delete(ChannelAccount account, string externalId, Guid attemptId, CancellationToken ct) => Task.FromResult<Outcome>(new Outcome.Refused(405));
    public Task<Outcome> Reply(ChannelAccount account, string externalId, Post post, CancellationToken ct) => Send(account, post, externalId, ct);
    public Task<IReadOnlyList<FoundPost>?> Posted(ChannelAccount account, DateTimeOffset since, CancellationToken ct) => Task.FromResult<IReadOnlyList<FoundPost>?>(null);

    private async Task<Outcome> Send(ChannelAccount account, Post post, string? inReplyTo, CancellationToken ct)
    {
        var letter = new MimeMessage
        {
            Subject = Fitted.Shorten(string.Join(" / ", Languages.All.Select(post.Title.In).Where(t => !string.IsNullOrWhiteSpace(t))).ReplaceLineEndings(" "), LongestSubject),
            Body = new TextPart("plain") { Text = Fitted.For(Can, post).Text },
            MessageId = post.AttemptId + "@" + new MailboxAddress(null, mail.From).Domain,
        };
        letter.From.Add(new MailboxAddress(null, mail.From));
        letter.To.Add(new MailboxAddress(null, account.Settings[ChannelKinds.List]));
        letter.InReplyTo = inReplyTo;
        var sent = await _mailer.Send(letter, ct);
        int? status = sent.Code.StartsWith("status-", StringComparison.Ordinal) ? int.Parse(sent.Code["status-".Length..], System.Globalization.CultureInfo.InvariantCulture) : null;
        return sent.Outcome switch
        {
            NoticeOutcome.Delivered => new Outcome.Accepted(letter.MessageId, "answer"),
            NoticeOutcome.Failed => new Outcome.Unavailable(status),
            NoticeOutcome.Refused => new Outcome.Refused(status ?? 550),
            _ => new Outcome.Unknown(sent.Code),
        };
    }
}
