namespace Publications;

/// <summary>An account whose comments and messages come here: whose it is, what proves that a call comes from its channel, and how long it may take to answer.</summary>
public sealed record InboxAccount(string Code, string Kind, string Body, string? Secret, string? VerifyToken, InboxTermRule Rule);

/// <summary>One account of section <c>Inbox:Accounts:{code}</c>. Kind and body only for one that is not registered. Without a rule the law's list says how long (<c>inbox-answer</c>).</summary>
public sealed record InboxAccountOptions
{
    /// <summary>Standard Webhooks <c>whsec_…</c>; of Facebook and Instagram the app's secret; of Telegram the webhook's secret token.</summary>
    public string? Secret { get; init; }

    /// <summary>What Facebook and Instagram say when the webhook is subscribed.</summary>
    public string? VerifyToken { get; init; }
    public string? Kind { get; init; }
    public string? Body { get; init; }
    public int? AnswerWorkingDays { get; init; }
    public int? AnswerHours { get; init; }
}

/// <summary>Section <c>Inbox</c>.</summary>
public sealed record InboxOptions
{
    public Dictionary<string, InboxAccountOptions> Accounts { get; init; } = [];
}

/// <summary>
/// Registered accounts with their opened settings (<c>inboxSecret</c>, of kind webhook else <c>secret</c>; <c>inboxVerifyToken</c>, <c>inboxWorkingDays</c>, <c>inboxHours</c>); what configuration
/// says goes before. Null when no such account takes anything in.
/// </summary>
public sealed class InboxSecrets(InboxOptions options, IChannelAccounts accounts)
{
    public async Task<InboxAccount?> Find(string account, CancellationToken ct)
    {
        var (configured, registered) = (options.Accounts.GetValueOrDefault(account), await accounts.Find(account, ct));
        string? Setting(string name) => registered?.Settings.GetValueOrDefault(name);
        return (configured?.Kind ?? registered?.Kind, configured?.Body ?? registered?.Body) is ({ } kind, { } body)
            ? new(account, kind, body, configured?.Secret ?? Setting("inboxSecret") ?? (kind == "webhook" ? Setting("secret") : null), configured?.VerifyToken ?? Setting("inboxVerifyToken"),
                new(configured?.AnswerWorkingDays ?? Number(Setting("inboxWorkingDays")), configured?.AnswerHours ?? Number(Setting("inboxHours"))))
            : null;
    }

    private static int? Number(string? text) => int.TryParse(text, out var number) && number is > 0 and <= 1000 ? number : null;
}
