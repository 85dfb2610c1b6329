using System.Globalization;
using System.Text.Json;
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
    private readonly Mailer _mailer = new(mail, TimeSpan.FromSeconds(options.TimeoutSeconds));

    public Task<NoticeTry> Send(ClaimedNotice notice, Letter letter, CancellationToken ct) => _mailer.Send(Message(notice, letter), ct);

    private MimeMessage Message(ClaimedNotice notice, Letter letter)
    {
        var message = new MimeMessage { Subject = letter.Subject, Body = new TextPart("plain") { Text = letter.Text }, MessageId = notice.Id + "@" + new MailboxAddress(null, mail.From).Domain };
        message.From.Add(new MailboxAddress(null, mail.From));
        message.To.Add(new MailboxAddress(null, letter.Address));
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
