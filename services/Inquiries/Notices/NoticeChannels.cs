using System.Globalization;
using System.Text.Json;
using MailKit.Net.Smtp;
using Marten;
using MimeKit;
using Platform;

namespace Inquiries;

/// <summary>A status change as the sender gets it: type and timestamp after Standard Webhooks; ids and numbers only. <c>OriginalInquiryId</c>: the request as the sender knows it.</summary>
public sealed record StatusChange(string Type, DateTimeOffset Timestamp, StatusChangeData Data);

public sealed record StatusChangeData(Guid InquiryId, Guid OriginalInquiryId, string Number, string Holder);

/// <summary>What a notice is about, looked up when it is sent: the request, and the one that the asker handed in, if it was forwarded since.</summary>
public sealed record NoticeSubject(InquiryView View, InquiryView Original)
{
    public static async Task<NoticeSubject?> Find(IQuerySession session, Guid inquiryId, CancellationToken ct)
    {
        var view = await session.LoadAsync<InquiryView>(inquiryId, ct);
        var original = view;
        while (original?.ForwardedFrom is { } from)
        {
            original = await session.LoadAsync<InquiryView>(from, ct);
        }

        return view is null || original is null ? null : new(view, original);
    }
}

/// <summary>Signed webhooks to the sender's own door. The notice's id is the webhook's: who hears it twice knows it.</summary>
public sealed class NoticeWebhooks(HttpClient http, NoticeOptions options, TimeProvider clock)
{
    private readonly Dictionary<string, StandardWebhook> _signers = options.Webhooks.ToDictionary(w => w.Key, w => new StandardWebhook(w.Value.Secret));

    public async Task<NoticeTry> Send(ClaimedNotice notice, NoticeSubject subject, CancellationToken ct)
    {
        if (!options.Webhooks.TryGetValue(subject.Original.Channel, out var target))
        {
            return new(NoticeOutcome.NotWanted, "no-webhook");
        }

        var now = clock.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(new StatusChange("inquiry." + notice.What, notice.QueuedAt,
            new(subject.View.Id, subject.Original.Id, subject.View.Number!, subject.View.Holder)), Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, target.Url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("webhook-id", notice.Id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", _signers[subject.Original.Channel].Sign(notice.Id.ToString(), now, body));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct);
        ending.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ending.Token);
            return new(answer.IsSuccessStatusCode ? NoticeOutcome.Delivered : NoticeOutcome.Failed, "status-" + ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException)
        {
            return new(NoticeOutcome.Failed, "not-reached");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new(NoticeOutcome.Unknown, "timeout");
        }
    }
}

/// <summary>Letters to the asker, where he gave an e-mail and chose an electronic answer; number and state, never the answer.</summary>
public sealed class NoticeMail(MailOptions mail, NoticeOptions options)
{
    public async Task<NoticeTry> Send(ClaimedNotice notice, NoticeSubject subject, string? form, CancellationToken ct)
    {
        if (notice.Interrupted)
        {
            return new(NoticeOutcome.Unknown, "interrupted");
        }

        if (form is null || subject.View.AnswerForm != "electronic" || Address(form) is not { } address)
        {
            return new(NoticeOutcome.NotWanted, "no-address");
        }

        using var client = new SmtpClient { Timeout = (int)TimeSpan.FromSeconds(options.TimeoutSeconds).TotalMilliseconds };
        return await Connect(client, ct) ?? await Hand(client, Letter(notice, subject.View, address), ct);
    }

    private static string? Address(string form)
    {
        using var json = JsonDocument.Parse(form);
        return FormReader.Read(json.RootElement).Contacts.Email;
    }

    private MimeMessage Letter(ClaimedNotice notice, InquiryView view, string address)
    {
        var (subject, text) = NoticeWords.Mail(notice.What, view.Number!, view.Language, view.Due);
        var letter = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text }, MessageId = notice.Id + "@" + new MailboxAddress(null, mail.From).Domain };
        letter.From.Add(new MailboxAddress(null, mail.From));
        letter.To.Add(new MailboxAddress(null, address));
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        return letter;
    }

    /// <summary>Until here nothing was sent: what fails is tried again.</summary>
    private async Task<NoticeTry?> Connect(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.ConnectAsync(mail.Host!, mail.Port, mail.Security, ct);
            if (mail.User is { } user)
            {
                await client.AuthenticateAsync(user, mail.Password ?? "", ct);
            }

            return null;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is not OutOfMemoryException)
        {
            return new(NoticeOutcome.Failed, "not-reached");
        }
    }

    /// <summary>A reply of the server is an answer; no reply is none: the letter may be on its way, and does not go twice.</summary>
    private static async Task<NoticeTry> Hand(SmtpClient client, MimeMessage letter, CancellationToken ct)
    {
        try
        {
            await client.SendAsync(letter, ct);
        }
        catch (SmtpCommandException refused)
        {
            return new((int)refused.StatusCode is >= 400 and < 500 ? NoticeOutcome.Failed : NoticeOutcome.Refused, "status-" + ((int)refused.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception fault) when (fault is SmtpProtocolException or IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return new(NoticeOutcome.Unknown, "answer-lost");
        }

        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception fault) when (fault is SmtpProtocolException or SmtpCommandException or IOException or System.Net.Sockets.SocketException)
        {
            // the letter was taken already
        }

        return new(NoticeOutcome.Delivered, "status-250");
    }
}
