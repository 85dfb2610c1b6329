using Marten;

namespace Outgoing;

/// <summary>How notices are tried: seconds of one call, of the first wait and of a lease, hours until given up.</summary>
public sealed record NoticeOptions
{
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>The first wait after a try that failed; tripled up to six hours, given up after <see cref="GiveUpHours"/>.</summary>
    public double RetrySeconds { get; init; } = 5;
    public double GiveUpHours { get; init; } = 72;
    public double LeaseSeconds { get; init; } = 120;
}

/// <summary>The mail server that letters go through.</summary>
public sealed record MailOptions
{
    public string? Host { get; init; }
    public int Port { get; init; } = 25;
    public string From { get; init; } = "";
    public string? User { get; init; }
    public string? Password { get; init; }
    public MailKit.Security.SecureSocketOptions Security { get; init; } = MailKit.Security.SecureSocketOptions.StartTlsWhenAvailable;
}

/// <summary>The kinds of notices that are configured here.</summary>
public sealed record NoticeKinds(IReadOnlyList<string> All);

/// <summary>What a service says of its notices; everything else about them is here.</summary>
public sealed record NoticeParts
{
    /// <summary>What the session's pending facts call for, of the kinds given; asked before they are committed, and queued in their transaction.</summary>
    public required Func<IDocumentSession, IReadOnlyList<string>, CancellationToken, Task<IReadOnlyList<NewNotice>>> CalledFor { get; init; }

    /// <summary>What several of one transaction come to when they are looked at together, with the services at hand, before they are queued; as they are unless given.</summary>
    public Func<IReadOnlyList<NewNotice>, IServiceProvider, IDocumentSession, CancellationToken, Task<IReadOnlyList<NewNotice>>>? Together { get; init; }

    /// <summary>The words and the address, looked up when it is sent.</summary>
    public required Func<ClaimedNotice, IServiceProvider, CancellationToken, Task<NoticeContent>> Compose { get; init; }

    /// <summary>After it was delivered.</summary>
    public Func<ClaimedNotice, IServiceScopeFactory, Task> Delivered { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>Whether webhooks are sent at all.</summary>
    public bool Webhooks { get; init; } = true;

    /// <summary>The ledger's column of what a notice is about, where the table is older than this project.</summary>
    public string AboutColumn { get; init; } = "about";
}

public static class OutgoingComposition
{
    /// <summary>The table's script, for db-apply.</summary>
    public static (System.Reflection.Assembly, string) Script => (typeof(NoticeLedger).Assembly, "outgoing.sql");

    public static void AddOutgoing(this WebApplicationBuilder builder, NoticeParts parts)
    {
        var options = builder.Configuration.GetSection("Notices").Get<NoticeOptions>() ?? new();
        var mail = builder.Configuration.GetSection("Mail").Get<MailOptions>() ?? new();
        var mails = !string.IsNullOrWhiteSpace(mail.Host);
        if (mails && (!MimeKit.MailboxAddress.TryParse(mail.From, out var from) || from.Domain.Length == 0))
        {
            throw new InvalidOperationException("Mail:From is missing: whose letters are these?");
        }

        string[] kinds = [.. parts.Webhooks ? [NoticeRules.Webhook] : Array.Empty<string>(), .. mails ? [NoticeRules.Email] : Array.Empty<string>()];
        builder.Services.AddSingleton(options).AddSingleton(mail).AddSingleton(parts).AddSingleton(new NoticeKinds(kinds)).AddSingleton<NoticeLedger>().AddSingleton<NoticeMail>();
        builder.Services.AddSingleton(provider => new NoticeWebhooks(new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { MaxResponseContentBufferSize = 64 * 1024 }, options, provider.GetRequiredService<TimeProvider>()));
        if (kinds.Length > 0)
        {
            builder.Services.AddHostedService<NoticeWorker>();
            builder.Services.ConfigureMarten((provider, store) => store.Listeners.Add(new NoticeLedger.Queue(parts, kinds, provider)));
        }
    }
}
