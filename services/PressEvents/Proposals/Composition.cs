namespace PressEvents;

/// <summary>Public participation: citizens' proposals on an event's topic, and what the state decided about each.</summary>
public static class ProposalsComposition
{
    public static void AddProposals(this WebApplicationBuilder builder) => builder.Services.AddScoped<MakeProposalHandler>();

    public static void MapProposals(this WebApplication app)
    {
        app.MapMakeProposal();
        app.MapPublishProposal();
        app.MapDecideProposal();
        app.MapProposalReads();
    }
}
