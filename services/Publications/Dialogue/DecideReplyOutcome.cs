using Platform;

namespace Publications;

/// <summary>Say what the channel holds when nobody knows: accepted with the channel's id, or not-accepted, which lets it be tried again.</summary>
public sealed record DecideReplyOutcome(string? Decision, string? ExternalId);

public sealed class DecideReplyOutcomeHandler(InboxCommands commands, Vault vault)
{
    public async Task<InboxItemReply> Handle(Guid id, Seen seen, DecideReplyOutcome ask, CancellationToken ct)
    {
        var found = await commands.Find(id, seen, InboxCommands.Answerers, ct);
        var externalItemId = Guid.CreateVersion7(commands.Now);
        var facts = InboxReplyDecider.Decide(found.State, ask, externalItemId, commands.Caller.Id, commands.Now);
        if (facts.OfType<InboxReplyAccepted>().Any())
        {
            var external = GivenText.Of(ask.ExternalId, "externalId", 500) ?? throw Refused.Invalid("external-id-missing", "Give the id under which the channel has it.", "externalId");
            await vault.Keep(found.State.Received.SubjectId, externalItemId, InboxWords.ExternalKind, external, ct);
        }

        return await commands.Save(found, facts, ct);
    }
}

public static class DecideReplyOutcomeRest
{
    public static void MapDecideReplyOutcome(this IEndpointRouteBuilder app) => app.MapInboxCommand<DecideReplyOutcome>("decide-outcome", "Says whether the channel holds a reply of which nobody knows.",
        InboxCommands.Answerers, (services, id, seen, ask, ct) => services.GetRequiredService<DecideReplyOutcomeHandler>().Handle(id, seen, ask, ct));
}
