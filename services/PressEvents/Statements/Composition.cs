using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Official statements to all media at one instant, and what is asked about them.</summary>
public static class StatementsComposition
{
    public static void AddStatements(this WebApplicationBuilder builder) => builder.Services.AddScoped<StatementCommands>().AddScoped<RequestClarificationHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. StatementDecider.Facts, .. ClarificationDecider.Facts]);
        options.Projections.Add<StatementFold>(ProjectionLifecycle.Live);
        options.Projections.Add<StatementViews>(ProjectionLifecycle.Inline);
        options.Projections.Add<ClarificationFold>(ProjectionLifecycle.Live);
        options.Projections.Add<ClarificationViews>(ProjectionLifecycle.Inline);
        options.Schema.For<StatementView>().UseNumericRevisions(true).Duplicate(s => s.Body).Duplicate(s => s.State).Duplicate(s => s.IsOpen);
        options.Schema.For<ClarificationView>().UseNumericRevisions(true).Duplicate(c => c.StatementId);
    }

    public static void MapStatements(this WebApplication app)
    {
        app.MapDraftStatement();
        app.MapReviseStatement();
        app.MapApproveStatement();
        app.MapReleaseStatement();
        app.MapCorrectStatement();
        app.MapStatementReads();
        app.MapRequestClarification();
    }
}
