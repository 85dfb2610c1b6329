using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>What the asker sees with number and slip code: where it stands, the dates, the answer, and where it went.</summary>
public sealed record CitizenStatus(string Number, string State, Bilingual StateName, string Holder, Bilingual HolderName, DateTimeOffset ReceivedAt, DateTimeOffset? RegisteredAt,
    DateOnly? Due, IReadOnlyList<string> Defects, DateTimeOffset? AnsweredAt, JsonElement? Answer, CitizenStatus? ForwardedTo)
{
    /// <summary>Parts that went on at other holders, each with its own clock.</summary>
    public IReadOnlyList<CitizenStatus> Parts { get; init; } = [];
    public DateTimeOffset? ExtendedAt { get; init; }

    /// <summary>What the holder asks to clarify, and the last day for mending named defects.</summary>
    public string? Question { get; init; }
    public DateOnly? MendUntil { get; init; }
    public string? PublishedAt { get; init; }
    public string? HowToFind { get; init; }
    public CitizenRefusal? Refusal { get; init; }

    /// <summary>The answer's files; handed out once scanned.</summary>
    public IReadOnlyList<FileOfRequest> Files { get; init; } = [];

    /// <summary>The body that considers the complaint, and how it was decided.</summary>
    public string? ComplaintWith { get; init; }
    public string? ComplaintOutcome { get; init; }

    /// <summary>Blocked or Erased: the words and files are not shown.</summary>
    public string? PersonalData { get; init; }
}

/// <summary>The citizen's door: public, rate-limited; a wrong code answers like an unknown number.</summary>
public static class CitizenDoor
{
    public static void MapCitizenDoor(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/citizen/inquiries/{number}", async (string number, [FromHeader(Name = "Slip-Code")] string? code, IQuerySession session, SlipCodes slips, Vault vault,
                AttachmentReads files, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                return await Status(await Find(number, code, session, slips, ct), session, vault, files, ct);
            })
            .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen")
            .WithSummary("Where a request stands, with its answer; number in the address, slip code in the header.");
        app.MapCitizenActs();
    }

    /// <summary>The request of this number, if the code is its slip's.</summary>
    public static async Task<InquiryView> Find(string number, string? code, IQuerySession session, SlipCodes slips, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            throw Refused.Invalid("slip-code-missing", "Give the code of the slip in the header Slip-Code.", "Slip-Code");
        }

        var view = await session.Query<InquiryView>().Where(v => v.Number == number).FirstOrDefaultAsync(ct);
        return view is not null && slips.Opens(view.Id, code) ? view : throw Refused.Missing("request with this number and code");
    }

    private static async Task<CitizenStatus> Status(InquiryView view, IQuerySession session, Vault vault, AttachmentReads files, CancellationToken ct)
    {
        var (state, _) = (await session.AsOf<Inquiry>(view.Id, null, InquiryDecider.Evolve, ct))!.Value;
        async Task<JsonElement?> Words(Guid? itemId) => itemId is { } id && await vault.Open(state.SubjectId, id, ct) is { } words ? JsonDocument.Parse(words).RootElement : null;
        async Task<CitizenStatus?> Other(Guid? id) => id is { } other && await session.LoadAsync<InquiryView>(other, ct) is { } forwarded ? await Status(forwarded, session, vault, files, ct) : null;
        var holder = Holders.Find(view.Holder)!;
        List<CitizenStatus> parts = [];
        foreach (var part in view.Parts)
        {
            parts.Add((await Other(part.InquiryId))!);
        }

        return new(view.Number!, view.State, StateNames.Of(state.State), view.Holder, new(holder.NameKk, holder.NameRu), view.ReceivedAt, view.RegisteredAt, view.Due,
            view.Defects, view.AnsweredAt, await Words(state.Answer?.AnswerId), await Other(view.ForwardedTo))
        {
            Parts = parts,
            Files = await files.OfAnswer(state, ct),
            ExtendedAt = view.Times.Extended,
            Question = state is { State: InquiryState.ClarificationAsked, Clarification: { } asked } ? await vault.Open(state.SubjectId, asked.QuestionId, ct) : null,
            MendUntil = view.Times.MendUntil,
            PublishedAt = view.PublishedAt,
            HowToFind = state.Pointed?.WordsId is { } how && await vault.Open(state.SubjectId, how, ct) is { } words ? AnswerPaper.Read(words).How : null,
            Refusal = state.Refusal is { } refusal && Regimes.Ground(view.Regime, refusal.Ground) is { } ground
                ? new(refusal.Ground, new(ground.Kk, ground.Ru), await Words(refusal.ReasonId), refusal.RouteNamed) : null,
            ComplaintWith = view.ComplaintWith,
            ComplaintOutcome = view.ComplaintOutcome,
            PersonalData = view.PersonalData,
        };
    }
}

/// <summary>A refusal as the asker reads it: ground, in words, and the holder's facts and reasons.</summary>
public sealed record CitizenRefusal(string Ground, Bilingual GroundName, JsonElement? Reason, bool RouteNamed);

/// <summary>The states in the words people read.</summary>
public static class StateNames
{
    public static Bilingual Of(InquiryState state) => state switch
    {
        InquiryState.Received => new("Қабылданды", "Принят"),
        InquiryState.Registered => new("Тіркелді", "Зарегистрирован"),
        InquiryState.Assigned => new("Орындауда", "На исполнении"),
        InquiryState.ClarificationAsked => new("Нақтылау сұралды", "Запрошено уточнение"),
        InquiryState.Extended => new("Қарау мерзімі ұзартылды", "Срок рассмотрения продлён"),
        InquiryState.ForwardedInPart => new("Бір бөлігі тиісті ақпарат иеленушіге жіберілді", "Направлен соответствующему обладателю информации в части"),
        InquiryState.Answered => new("Жауап берілді", "Дан ответ"),
        InquiryState.AnsweredPartly => new("Ішінара жауап берілді", "Дан частичный ответ"),
        InquiryState.PointedToPublication => new("Жарияланған ақпаратқа сілтеме берілді", "Указано, где опубликовано"),
        InquiryState.Refused => new("Ақпаратқа қол жеткізуден бас тартылды", "Отказано в доступе к информации"),
        InquiryState.Returned => new("Қайтарылды", "Возвращён"),
        InquiryState.Withdrawn => new("Сұрау салушы кері қайтарып алды", "Отозван заявителем"),
        InquiryState.Complained => new("Шағым берілді", "Подана жалоба"),
        InquiryState.Forwarded => new("Тиісті ақпарат иеленушіге жіберілді", "Направлен соответствующему обладателю информации"),
        InquiryState.NotConsidered => new("Қаралмайды", "Не подлежит рассмотрению"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
