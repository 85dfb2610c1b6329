using Grpc.Core;
using Marten;
using Microsoft.AspNetCore.Authorization;
using Platform;
using Publications.V1;

namespace Publications;

/// <summary>The gRPC door for akimats; each slice file holds its own call.</summary>
[Authorize]
public sealed partial class PublicationsGrpc : V1.Publications.PublicationsBase
{
    public override async Task<V1.Publication> Get(GetRequest request, ServerCallContext context) => Message(
        await Handler<IQuerySession>(context).One(Handler<Work>(context).Caller, Id(request.PublicationId), null, context.CancellationToken));

    public override async Task<ListReply> List(ListRequest request, ServerCallContext context)
    {
        var page = await Handler<IQuerySession>(context).List(Handler<Work>(context).Caller, new(Given(request.State), Given(request.Channel),
            Time(request.From, "from"), Time(request.To, "to"), null), Given(request.Cursor), Changes.Limit(request.Limit == 0 ? null : request.Limit), context.CancellationToken);
        return new() { Items = { page.Items.Select(Message) }, Next = page.Next ?? "" };
    }

    private static PublicationCommands Commands(ServerCallContext context) => Handler<PublicationCommands>(context);
    private static Guid Id(string id) => Platform.GrpcDoor.Id(id, nameof(Publication));
    private static Bilingual? Words(V1.Bilingual? words) => words is null ? null : new(Given(words.Kk), Given(words.Ru));

    /// <summary>For an edit: what is left out stays, an empty string empties.</summary>
    private static Bilingual? Words(BilingualEdit? words) => words is null ? null : new(words.HasKk ? words.Kk : null, words.HasRu ? words.Ru : null);
    private static V1.Bilingual Words(Bilingual words) => new() { Kk = words.Kk ?? "", Ru = words.Ru ?? "" };

    private static V1.Publication Message(PublicationReply p) => new()
    {
        Id = p.Id.ToString(),
        Version = p.Version,
        State = p.State,
        Body = p.Body,
        Kind = p.Kind,
        Title = Words(p.Title),
        Text = Words(p.Text),
        Channels = { p.Channels },
        WantedAt = Time(p.WantedAt),
        DueAt = Time(p.DueAt),
        ReleasedAt = Time(p.ReleasedAt),
        ContentHash = new() { Kk = p.ContentHash?.Kk ?? "", Ru = p.ContentHash?.Ru ?? "" },
        ApprovedLanguages = { (p.Approvals ?? []).Select(a => a.Language) },
        OutcomeUnknown = p.OutcomeUnknown ?? false,
        MissReason = p.MissReason ?? "",
        Returned = p.Returned ?? "",
        MaxLateness = p.MaxLateness ?? "",
        OnMiss = p.OnMiss ?? "",
    };
}
