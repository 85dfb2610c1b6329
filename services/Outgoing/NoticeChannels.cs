using System.Globalization;
using System.Text.Json;
using MailKit.Net.Smtp;
using MimeKit;

namespace Outgoing;

/// <summary>Signed webhooks. The notice's id is the webhook's: who hears it twice knows it.</summary>
public sealed class NoticeWebhooks(HttpClient http, NoticeOptions options, TimeProvider clock)
{
    public async Task<NoticeTry> Send(ClaimedNotice notice, WebhookCall call, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var body = JsonSerializer.SerializeToUtf8Bytes(call.Body, Json.Options);
        using var request = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add("webhook-id", notice.Id.ToString());
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", call.Signer.Sign(notice.Id.ToString(), now, body));
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

/// <summary>Letters, each at most once.</summary>
public sealed class NoticeMail(MailOptions mail, NoticeOptions options)
{
    public async Task<NoticeTry> Send(ClaimedNotice notice, Letter letter, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = (int)TimeSpan.FromSeconds(options.TimeoutSeconds).TotalMilliseconds };
        return await Connect(client, ct) ?? await Hand(client, Message(notice, letter), ct);
    }

    private MimeMessage Message(ClaimedNotice notice, Letter letter)
    {
        var message = new MimeMessage { Subject = letter.Subject, Body = new TextPart("plain") { Text = letter.Text }, MessageId = notice.Id + "@" + new MailboxAddress(null, mail.From).Domain };
        message.From.Add(new MailboxAddress(null, mail.From));
        message.To.Add(new MailboxAddress(null, letter.Address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
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
