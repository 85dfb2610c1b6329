namespace PressEvents;

/// <summary>Decide on a proposal: Accepted, PartlyAccepted, Declined, Noted; why, in kk and ru; and which official of the body answers for it.</summary>
public sealed record DecideProposal(string? Decision, Bilingual? Reason, DecideProposal.OfficialAsk? Official)
{
    public sealed record OfficialAsk(Bilingual? Name, Bilingual? Post);
}

public static class DecideProposalRest
{
    public static void MapDecideProposal(this IEndpointRouteBuilder app) => app.MapProposalCommand<DecideProposal>("decide",
        "Records the body's decision with its reason and the official who answers for it; late ones stand, and are told.", ProposalDecider.Decide, QuestionCommands.Answerers);
}
