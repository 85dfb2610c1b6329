using System.Globalization;
using MailKit.Net.Smtp;
using MimeKit;

namespace Outgoing;

/// <summary>Hands one letter to the mail server, once; <paramref name="patience"/> is that of each step.</summary>
public sealed class Mailer(MailOptions mail, TimeSpan patience)
{
    public async Task<NoticeTry> Send(MimeMessage letter, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = (int)patience.TotalMilliseconds };
        return await Connect(client, ct) ?? await Hand(client, letter, ct);
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
