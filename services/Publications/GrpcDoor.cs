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
        await Handler<IQuerySession>(context).One(Handler<Work>(context).Caller, Id(request.PublicationId), null, Handler<TimeProvider>(context).GetUtcNow(), context.CancellationToken));

    public override async Task<ListReply> List(ListRequest request, ServerCallContext context)
    {
        var page = await Handler<IQuerySession>(context).List(Handler<Work>(context).Caller, new(Given(request.State), Given(request.Channel),
            Time(request.From, "from"), Time(request.To, "to"), null), Given(request.Cursor), Changes.Limit(request.Limit == 0 ? null : request.Limit), Handler<TimeProvider>(context).GetUtcNow(), context.CancellationToken);
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
        Media = { (p.Media ?? []).Select(Message) },
        SubjectPersonId = p.SubjectPersonId?.ToString() ?? "",
        Embargo = Time(p.Embargo),
        LanguagePolicy = p.LanguagePolicy ?? "",
        Tags = { p.Tags ?? [] },
        AiMade = p.AiMade,
        ReleasedLanguages = { p.ReleasedLanguages },
        ApprovalOwed = { p.ApprovalOwed ?? [] },
        Notice = p.Notice is null ? null : Words(p.Notice),
        CorrectionHash = p.CorrectionHash is not { } hash ? null : new() { Kk = hash.Kk, Ru = hash.Ru },
    };

    private static Media Message(MediaUse use) => new()
    {
        MediaId = use.MediaId.ToString(),
        Crop = use.Crop is not { } crop ? null : new() { X = crop.X, Y = crop.Y, Width = crop.Width, Height = crop.Height },
        Caption = use.Caption is null ? null : Words(use.Caption),
        Alt = use.Alt is null ? null : Words(use.Alt),
    };

    private static IReadOnlyList<MediaUse>? Uses(MediaList? media) => media is null ? null : [.. media.Items.Select((m, i) => new MediaUse(
        Guid.TryParseExact(m.MediaId, "D", out var id) ? id : throw Refused.Invalid("media-invalid", "A medium is named by its UUID.", $"media[{i}].mediaId"),
        m.Crop is not { } c ? null : new(c.X, c.Y, c.Width, c.Height), Words(m.Caption), Words(m.Alt)))];

    private static Guid? Person(string id) => Given(id) is null ? null
        : Guid.TryParseExact(id, "D", out var parsed) ? parsed : throw Refused.Invalid("body-invalid", "subjectPersonId is a UUID of the registry of people.", "subjectPersonId");
}
