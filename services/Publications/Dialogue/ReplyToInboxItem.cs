using Platform;

namespace Publications;

/// <summary>Write the reply, in kk or ru; another person approves it before it goes out. Other words take the place of what was not approved.</summary>
public sealed record ReplyToInboxItem(string? Language, string? Text);

/// <summary>Approve exactly these words: <c>contentHash</c> is what the item's words came with.</summary>
public sealed record ApproveInboxReply(string? ContentHash);

/// <summary>Send the reply back to its author, saying why.</summary>
public sealed record RejectInboxReply(string? Reason);

/// <summary>Words to the vault, their keyed hash to the facts.</summary>
public sealed class ReplyToInboxItemHandler(InboxCommands commands, Vault vault, Sealing sealing, ChannelBook channels)
{
    public static readonly string[] Approvers = [Roles.Approver];

    public async Task<InboxItemReply> Handle(Guid id, Seen seen, ReplyToInboxItem ask, CancellationToken ct)
    {
        var found = await commands.Find(id, seen, InboxCommands.Answerers, ct);
        var (item, (language, text)) = (found.State, InboxDecider.Words(ask));
        InboxDecider.CanReply(item, channels.Adapter(item.Received.Channel)?.Can);
        var (replyId, textId) = (Guid.CreateVersion7(commands.Now), Guid.CreateVersion7(commands.Now));
        var facts = InboxDecider.Draft(item, replyId, textId, language, Hash(sealing, id, language, text), commands.Caller.Id, commands.Now);
        if (facts.Count > 0)
        {
            await vault.Keep(item.Received.SubjectId, textId, InboxWords.ReplyKind, text, ct);
        }

        return await commands.Save(found, facts, ct);
    }

    /// <summary>Why lies with the words of the item, and is erased with them.</summary>
    public async Task<InboxItemReply> Handle(Guid id, Seen seen, RejectInboxReply ask, CancellationToken ct)
    {
        var found = await commands.Find(id, seen, Approvers, ct);
        var reason = GivenText.Of(ask.Reason, "reason", InboxDecider.LongestReason) ?? throw Refused.Invalid("reason-missing", "Say what is to be changed.", "reason");
        var reasonId = Guid.CreateVersion7(commands.Now);
        var facts = InboxDecider.Reject(found.State, reasonId, commands.Caller.Id, commands.Now);
        if (facts.Count > 0)
        {
            await vault.Keep(found.State.Received.SubjectId, reasonId, InboxWords.ReasonKind, reason, ct);
        }

        return await commands.Save(found, facts, ct);
    }

    /// <summary>Bound to the item: the same words under another one are not approved. Keyed, for a plain hash of few words tells them.</summary>
    public static string Hash(Sealing sealing, Guid itemId, string language, string text) => Convert.ToHexStringLower(sealing.Mac("inbox-reply", $"{itemId}\n{language}\n{text}"));
}

public static class ReplyToInboxItemRest
{
    public static void MapReplyToInboxItem(this IEndpointRouteBuilder app)
    {
        app.MapInboxCommand<ReplyToInboxItem>("reply", "Writes its reply; sealed as the item itself is.", InboxCommands.Answerers,
            (services, id, seen, ask, ct) => services.GetRequiredService<ReplyToInboxItemHandler>().Handle(id, seen, ask, ct));
        app.MapInboxCommand<ApproveInboxReply>("approve-reply", "Approves exactly the words that were read; never by who wrote them. The reply goes out at once.", ReplyToInboxItemHandler.Approvers, InboxDecider.Decide);
        app.MapInboxCommand<RejectInboxReply>("reject-reply", "Sends the reply back to its author with a reason, sealed as the item itself is; never by who wrote one.", ReplyToInboxItemHandler.Approvers,
            (services, id, seen, ask, ct) => services.GetRequiredService<ReplyToInboxItemHandler>().Handle(id, seen, ask, ct));
    }
}
