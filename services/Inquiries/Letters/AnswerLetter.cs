using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>A final act on paper, ready to print, in the languages it was given in; the read of the vault is logged with its reason.</summary>
public sealed class AnswerLetter(IDocumentSession session, Vault vault, Work work)
{
    public async Task<string> Print(Guid id, string? reason, CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, null, ct);
        var (state, _) = (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))!.Value;
        var wordsId = state.Answer?.AnswerId ?? state.Refusal?.ReasonId ?? state.Pointed?.WordsId;
        if (state is { Answer: null, Refusal: null, Pointed: null })
        {
            throw Refused.Conflict("not-answered", "There is no final act to print.");
        }

        await vault.Note(state.SubjectId, reason, ct);
        var paper = wordsId is { } item && await vault.Open(state.SubjectId, item, ct) is { } words ? AnswerPaper.Read(words) : new();
        var form = await vault.OpenForm(state.SubjectId, ct) is { } json ? JsonDocument.Parse(json).RootElement : default;
        var asked = AnswerPaper.LanguageOf(view.Language);
        string[] languages = asked is "kk" or "ru" ? [asked] : ["kk", "ru"];
        return LetterPage.Of(view, state, paper, form, languages);
    }
}

/// <summary>The page itself: what an answer states by 401-V art. 11(14), and a refusal by 11(16) and (17). Every word is escaped; nothing is loaded from anywhere.</summary>
public static class LetterPage
{
    public static string Of(InquiryView view, Inquiry state, AnswerPaper paper, JsonElement form, IReadOnlyList<string> languages)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{languages[0]}\"><meta charset=\"utf-8\"><title>{Safe(view.Number)}</title>\n");
        page.Append("<style>body{font:14pt/1.4 serif;max-width:42em;margin:2em auto}header{display:flex;justify-content:space-between;gap:2em}.to{text-align:right}pre{white-space:pre-wrap;font:inherit}section+section{page-break-before:always}</style>\n");
        foreach (var language in languages)
        {
            Letter(page, view, state, paper, form, language == "kk");
        }

        return page.Append("</html>\n").ToString();
    }

    private static void Letter(StringBuilder page, InquiryView view, Inquiry state, AnswerPaper paper, JsonElement form, bool kk)
    {
        string Say(string inKk, string inRu) => kk ? inKk : inRu;
        var holder = Holders.Find(view.Holder)!;
        page.Append(CultureInfo.InvariantCulture, $"<section lang=\"{(kk ? "kk" : "ru")}\"><header><div><b>{Safe(Say(holder.NameKk, holder.NameRu))}</b><br>{Safe(Address(holder.Code, kk))}</div>");
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"to\">{Safe(Addressee(form))}<br>{Safe(Text(form, "contacts", "postalAddress"))}</div></header>\n");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("Сұрау салудың тіркелген күні мен нөмірі", "Дата и номер регистрации запроса"))}: {Day(view.RegisteredAt)}, № {Safe(view.Number)}</p>\n");
        if (state.Refusal is { } refusal && Regimes.Ground(view.Regime, refusal.Ground) is { } ground)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("Ақпаратқа қол жеткізуден бас тартылды. Негіз", "В доступе к информации отказано. Основание"))}: {Safe(Say(ground.Kk, ground.Ru))} ({Safe(ground.Source.Split(" [")[0])}).</p>\n");
        }

        if (state.Pointed is { } pointed)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("Сұралған ақпарат жарияланған", "Запрошенная информация опубликована"))}: {Safe(pointed.Address)}</p>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"<pre>{Safe((kk ? paper.Kk : paper.Ru) ?? paper.How)}</pre>\n");
        foreach (var what in paper.Withheld ?? [])
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("Берілмейтін бөлігі", "Не предоставляется в части"))}: {Safe(what)}</p>\n");
        }

        if (state.Refusal is { RouteNamed: true })
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(Say("Шағым бас тарту туралы белгілі болған күннен бастап үш ай ішінде осы органға беріледі, ол оны үш жұмыс күні ішінде жоғары тұрған органға жібереді.", "Жалоба подаётся в течение трёх месяцев со дня, когда стало известно об отказе, в этот же орган, который в течение трёх рабочих дней направляет её в вышестоящий орган."))}</p>\n");
        }

        var line = paper.Signer?.Cms is null ? "____________" : Safe(Say("(электрондық цифрлық қолтаңба қойылған)", "(подписано электронной цифровой подписью)"));
        page.Append(CultureInfo.InvariantCulture, $"<p>{Safe(paper.Signer?.Post)} {line} {Safe(paper.Signer?.Name)}</p></section>\n");
    }

    /// <summary>From the table of addresses; where it has none the page says so, for the law asks for one.</summary>
    private static string Address(string holder, bool kk) => Law.Tables.Read("holder-addresses").FirstOrDefault(row => row["code"] == holder) is { } row ? row[kk ? "kk" : "ru"]
        : kk ? "(пошта мекенжайы енгізілмеген)" : "(почтовый адрес не внесён)";

    private static string Addressee(JsonElement form) => string.Join(' ', new[] { Text(form, "applicant", "surname"), Text(form, "applicant", "name"), Text(form, "applicant", "patronymic") }
        .Where(part => part.Length > 0));

    private static string Text(JsonElement form, string of, string member) => form.ValueKind == JsonValueKind.Object && form.TryGetProperty(of, out var parent)
        && parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string Day(DateTimeOffset? at) => at is { } moment ? Registration.AlmatyDate(moment).ToString("dd.MM.yyyy", CultureInfo.InvariantCulture) : "";
    private static string Safe(string? words) => WebUtility.HtmlEncode(words ?? "");
}

public static class AnswerLetterRest
{
    public static void MapAnswerLetter(this IEndpointRouteBuilder app) => app.MapGet("/v1/inquiries/{id:guid}/printable", async (Guid id, string? reason, AnswerLetter letter, HttpResponse reply, CancellationToken ct) =>
        {
            var page = await letter.Print(id, reason, ct);
            reply.Headers.CacheControl = "no-store";
            return TypedResults.Text(page, "text/html; charset=utf-8");
        })
        .ForRoles(Roles.Officer, Roles.Head).WithTags("Reads").WithSummary("The final act as a letter to print, with what 401-V art. 11(14) asks for. Logged with its reason.");
}
