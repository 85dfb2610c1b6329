using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>What the asker sees with number and slip code: where it stands, the dates, the answer, and where it went.</summary>
public sealed record CitizenStatus(string Number, string State, Bilingual StateName, string Holder, Bilingual HolderName, DateTimeOffset ReceivedAt, DateTimeOffset? RegisteredAt,
    DateOnly? Due, IReadOnlyList<string> Defects, DateTimeOffset? AnsweredAt, JsonElement? Answer, CitizenStatus? ForwardedTo);

/// <summary>The citizen's door: public, rate-limited; a wrong code answers like an unknown number.</summary>
public static class CitizenDoor
{
    public static void MapCitizenDoor(this IEndpointRouteBuilder app) => app.MapGet("/v1/citizen/inquiries/{number}",
        async (string number, [FromHeader(Name = "Slip-Code")] string? code, IQuerySession session, SlipCodes slips, Vault vault, HttpResponse reply, CancellationToken ct) =>
        {
            if (string.IsNullOrWhiteSpace(code))
            {
                throw Refused.Invalid("slip-code-missing", "Give the code of the slip in the header Slip-Code.", "Slip-Code");
            }

            reply.Headers.CacheControl = "no-store";
            var view = await session.Query<InquiryView>().Where(v => v.Number == number).FirstOrDefaultAsync(ct);
            return view is not null && slips.Opens(view.Id, code) ? await Status(view, session, vault, ct) : throw Refused.Missing("request with this number and code");
        })
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen")
        .WithSummary("Where a request stands, with its answer; number in the address, slip code in the header.");

    private static async Task<CitizenStatus> Status(InquiryView view, IQuerySession session, Vault vault, CancellationToken ct)
    {
        var (state, _) = (await session.AsOf<Inquiry>(view.Id, null, InquiryDecider.Evolve, ct))!.Value;
        JsonElement? answer = state.Answer is { } given && await vault.Open(state.SubjectId, given.AnswerId, ct) is { } words
            ? JsonDocument.Parse(words).RootElement : null;
        var next = view.ForwardedTo is { } id && await session.LoadAsync<InquiryView>(id, ct) is { } forwarded
            ? await Status(forwarded, session, vault, ct) : null;
        var holder = Holders.Find(view.Holder)!;
        return new(view.Number!, view.State, StateNames.Of(state.State), view.Holder, new(holder.NameKk, holder.NameRu), view.ReceivedAt, view.RegisteredAt, view.Due,
            view.Defects, view.AnsweredAt, answer, next);
    }
}

/// <summary>The states in the words people read.</summary>
public static class StateNames
{
    public static Bilingual Of(InquiryState state) => state switch
    {
        InquiryState.Received => new("Қабылданды", "Принят"),
        InquiryState.Registered => new("Тіркелді", "Зарегистрирован"),
        InquiryState.Assigned => new("Орындауда", "На исполнении"),
        InquiryState.Answered => new("Жауап берілді", "Дан ответ"),
        InquiryState.Forwarded => new("Тиісті ақпарат иеленушіге жіберілді", "Направлен соответствующему обладателю информации"),
        InquiryState.NotConsidered => new("Қаралмайды", "Не подлежит рассмотрению"),
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
