namespace PressEvents;

/// <summary>Give a proposal the wording in which it is public, if whoever made it agreed to that.</summary>
public sealed record PublishProposal(Bilingual? Wording);

public static class PublishProposalRest
{
    public static void MapPublishProposal(this IEndpointRouteBuilder app) => app.MapProposalCommand<PublishProposal>("publish",
        "Gives it its public wording, with the consent of whoever made it.", ProposalDecider.Decide, QuestionCommands.Moderators);
}
