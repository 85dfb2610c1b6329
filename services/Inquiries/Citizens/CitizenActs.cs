using Marten;
using Microsoft.AspNetCore.Mvc;
using Platform;

namespace Inquiries;

/// <summary>Words of the asker: a complaint, a clarification.</summary>
public sealed record CitizenWords(string? Text);

/// <summary>The reply to an asker's act: where the request stands; after asking in full, the slip of the request that goes on.</summary>
public sealed record CitizenDone(string Number, string State, Slip? Next);

/// <summary>
/// The asker's own acts, by number and slip code: withdraw, complain, clarify, ask in full. The caller's name in the history is the role
/// alone. Nobody saw a version here: the rules say whether the act fits what stands now.
/// </summary>
public static class CitizenActs
{
    public static void MapCitizenActs(this IEndpointRouteBuilder app)
    {
        Map(app, "complain", "Complains about the final act, or about silence after the term (APPK 91).", "complaint", (state, said, _, act) => InquiryDecider.Complain(state, said, "asker", act));
        Map(app, "clarify", "Clarifies the request.", "clarification", (state, said, _, act) => InquiryDecider.Clarified(state, said, act.Now));
        Map(app, "withdraw", "Withdraws it (401-V art. 7).", "", (state, _, _, act) => InquiryDecider.Withdraw(state, "asker", act.Now));
        Map(app, "ask-in-full", "After being pointed to a publication: asks for the answer in full, as another request (401-V art. 11(15)).", "",
            (state, _, nextId, act) => InquiryDecider.AskInFull(state, nextId, act.Now));
    }

    private static void Map(IEndpointRouteBuilder app, string act, string summary, string kind, Func<Inquiry, Said, Guid, Act, IReadOnlyList<object>> decide) =>
        app.MapPost("/v1/citizen/inquiries/{number}/" + act, async (string number, [FromHeader(Name = "Slip-Code")] string? code,
            [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] CitizenWords? words, IQuerySession session, SlipCodes slips, Work work,
            HttpContext http, CancellationToken ct) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var view = await CitizenDoor.Find(number, code, session, slips, ct);
            work.Caller = new("citizen", "asker", view.Holder, new HashSet<string>()); // before the session opens, which notes who acts
            var commands = http.RequestServices.GetRequiredService<InquiryCommands>();
            var (done, state) = await commands.Run(view.Id, Seen.Whatever, _ => true, kind, _ => kind.Length == 0 ? null : words?.Text, (i, when, said) => decide(i, said, Guid.CreateVersion7(), when), ct);
            return new CitizenDone(number, done.State, act == "ask-in-full" ? await Next(session, slips, state, ct) : null);
        })
        .RequireRateLimiting(Service.AnonymousLimit).WithTags("Citizen").Produces<CitizenDone>().WithSummary(summary);

    private static async Task<Slip> Next(IQuerySession session, SlipCodes slips, Inquiry state, CancellationToken ct)
    {
        var next = (await session.LoadAsync<InquiryView>(state.NextInquiryId!.Value, ct))!;
        var holder = Holders.Find(next.Holder)!;
        return new(next.Number, slips.For(next.Id), next.ReceivedAt, AnswerPaper.LanguageOf(next.Language) == "kk" ? holder.NameKk : holder.NameRu,
            SlipProof.Of(next.Id, next.ReceivedAt, [.. (await session.Events.FetchStreamAsync(next.Id, version: 2, token: ct)).Select(e => e.Data)]));
    }
}
