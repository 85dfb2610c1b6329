using Grpc.Core;
using Inquiries.V1;
using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Platform;

namespace Inquiries;

/// <summary>A subject's demand that waits for its holder (94-V). Days are of Asia/Almaty; what was demanded in words stands in the vault.</summary>
public sealed record PersonalDataDemand(Guid Id, Guid InquiryId, string Holder, string Kind, string By, DateOnly ReceivedOn, DateOnly Due);

/// <summary>The open demands: a demand that was met or declined leaves the list.</summary>
public sealed partial class PersonalDataDemands : EventProjection
{
    public PersonalDataDemands()
    {
        foreach (var fact in PersonalDataRules.Facts)
        {
            IncludeType(fact);
        }

        Options.DeleteViewTypeOnTeardown<PersonalDataDemand>(); // a rebuild begins with none
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is not IPersonalDataFact)
        {
            return ValueTask.CompletedTask; // inline, every fact of the session comes by
        }

        if (e.Data is PersonalDataDemanded made)
        {
            operations.Store(new PersonalDataDemand(made.DemandId, made.InquiryId, made.Holder, made.Kind, made.By, made.ReceivedOn, made.Due));
        }

        foreach (var met in Ended(e.Data))
        {
            operations.Delete<PersonalDataDemand>(met);
        }

        return ValueTask.CompletedTask;
    }

    private static IReadOnlyList<Guid> Ended(object fact) => fact switch
    {
        PersonalDataBlocked f => f.Meets,
        PersonalDataCorrected f => f.Meets,
        PersonalDataErased f => f.Meets,
        PersonalDataDemandDeclined f => [f.DemandId],
        PersonalDataDemanded or PersonalDataUnblocked => [],
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about personal data."),
    };
}

public static class DemandReads
{
    /// <summary>The body's open demands (an auditor's, an admin's: all), the earliest due first.</summary>
    public static async Task<Page<PersonalDataDemand>> Demands(this IQuerySession session, Caller caller, bool? overdue, string? cursor, int limit, DateOnly today, CancellationToken ct)
    {
        caller.Demand(Roles.Officer, Roles.Head, Roles.Auditor, Roles.Admin);
        var body = caller.Body ?? "";
        IQueryable<PersonalDataDemand> demands = session.Query<PersonalDataDemand>();
        demands = caller.Is(Roles.Auditor) || caller.Is(Roles.Admin) ? demands : demands.Where(d => d.Holder == body);
        demands = overdue switch { true => demands.Where(d => d.Due < today), false => demands.Where(d => d.Due >= today), null => demands };
        if (Cursor.Parse(cursor) is { Day: { } due, Id: var id })
        {
            demands = demands.Where(d => d.Due > due || (d.Due == due && d.Id > id));
        }

        var items = await demands.OrderBy(d => d.Due).ThenBy(d => d.Id).Take(limit).ToListAsync(ct);
        return new(items, items.Count == limit ? new Cursor(items[^1].Due, items[^1].Id).ToString() : null);
    }

    public static void MapPersonalDataDemands(this IEndpointRouteBuilder app) => app.MapGet("/v1/personal-data/demands",
        (bool? overdue, string? cursor, int? limit, IQuerySession session, Work work, TimeProvider clock, CancellationToken ct) =>
            session.Demands(work.Caller, overdue, cursor, Changes.Limit(limit), Registration.AlmatyDate(clock.GetUtcNow()).ToDateOnly(), ct))
        .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor, Roles.Admin).WithTags("Personal data")
        .WithSummary("Demands of subjects that wait for the holder, by due day; overdue: only those past it, or only those not.");
}

public sealed partial class PersonalDataGrpc
{
    public override async Task<ListDemandsReply> ListDemands(ListDemandsRequest request, ServerCallContext context)
    {
        var page = await Handler<IQuerySession>(context).Demands(Handler<Work>(context).Caller, request.HasOverdue ? request.Overdue : null, Given(request.Cursor),
            Changes.Limit(request.Limit == 0 ? null : request.Limit), Registration.AlmatyDate(Handler<TimeProvider>(context).GetUtcNow()).ToDateOnly(), context.CancellationToken);
        return new()
        {
            Items = { page.Items.Select(d => new Demand { Id = d.Id.ToString(), InquiryId = d.InquiryId.ToString(), Holder = d.Holder, Kind = d.Kind, By = d.By, ReceivedOn = Text(d.ReceivedOn), Due = Text(d.Due) }) },
            Next = page.Next ?? "",
        };
    }
}
