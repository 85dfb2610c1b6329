using System.Reflection;
using JasperFx.Events.Projections;
using Marten;
using Platform;

namespace PressEvents;

/// <summary>Accreditation of media: outlets, journalists, applications and calls.</summary>
public static class AccreditationComposition
{
    /// <summary>After the vault's script.</summary>
    public static readonly (Assembly, string) Script = (typeof(AccreditationComposition).Assembly, "accreditation.sql");

    public static void AddAccreditation(this WebApplicationBuilder builder) => builder.Services
        .AddScoped<Owners>().AddScoped<JournalistItems>().AddScoped<AccreditationReads>().AddScoped<JournalistReads>().AddScoped<OutletHandler>().AddScoped<RegisterJournalistHandler>()
        .AddScoped<EditJournalistHandler>().AddScoped<SuspendJournalistHandler>().AddScoped<LiftSuspensionHandler>().AddScoped<RequestAccreditationHandler>().AddScoped<DecideAccreditationHandler>().AddScoped<AppealAccreditationHandler>()
        .AddScoped<CallForAccreditationHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts([.. Outlets.Facts, .. Journalists.Facts, .. Accreditations.Facts, .. AccreditationCalls.Facts]);
        options.Projections.Add<OutletFold>(ProjectionLifecycle.Inline);
        options.Projections.Add<JournalistFold>(ProjectionLifecycle.Inline);
        options.Projections.Add<AccreditationFold>(ProjectionLifecycle.Inline);
        options.Projections.Add<AccreditationCallFold>(ProjectionLifecycle.Inline);
        options.Schema.For<Outlet>().UseNumericRevisions(true).Duplicate(o => o.Region!).Duplicate(o => o.State);
        options.Schema.For<Journalist>().UseNumericRevisions(true).Duplicate(j => j.Category).Duplicate(j => j.OutletId!);
        options.Schema.For<Accreditation>().UseNumericRevisions(true).Duplicate(a => a.JournalistId).Duplicate(a => a.State).Duplicate(a => a.Kind).Duplicate(a => a.PressEventId!)
            .Duplicate(a => a.DueAt).Duplicate(a => a.ValidUntil!);
        options.Schema.For<AccreditationCall>().UseNumericRevisions(true);
    }

    public static void MapAccreditation(this WebApplication app)
    {
        app.UseNamelessJournalists();
        app.MapOutlets();
        app.MapRegisterJournalist();
        app.MapEditJournalist();
        app.MapSuspendJournalist();
        app.MapLiftSuspension();
        app.MapJournalistReads();
        app.MapRequestAccreditation();
        app.MapDecideAccreditation();
        app.MapAppealAccreditation();
        app.MapAccreditationReads();
        app.MapAccreditationCalls();
    }
}
