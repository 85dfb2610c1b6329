using System.Text.Json;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>A form as bytes, with the door it came by (egov, queue, shep, paper, import, or the kind of its origin).</summary>
public sealed record ReceiveForm(ReadOnlyMemory<byte> Json, string Channel)
{
    /// <summary>What an official enters says when it really was received, and is refused to whoever enters it: it goes to no quarantine.</summary>
    public Entered? Entered { get; init; }

    /// <summary>What it came of in another service, which keeps what is refused and goes to no quarantine either.</summary>
    public Origin? Origin { get; init; }

    public bool IsQuarantined => Entered is null && Origin is null;
}

/// <summary>Entered by an official: the real moment of receipt, and whether a representative hands it in (401-V art. 11(8)).</summary>
public sealed record Entered(DateTimeOffset ReceivedAt, bool ByRepresentative);

/// <summary>The proof of handing in (401-V art. 11(6), APPK 64(2)). The code opens the citizen's door; it is derived, so replies repeat.</summary>
public sealed record Slip(string? Number, string Code, DateTimeOffset ReceivedAt, string Receiver, SlipProof? Proof = null);

/// <summary>The reply to a form; the same message again gets the same one.</summary>
public sealed record FormReply(Guid InquiryId, string? Number, string Outcome, IReadOnlyList<string> Defects, DateTimeOffset ReceivedAt,
    DateTimeOffset? RegisteredAt, DateOnly? Due, DateOnly? SafeDue, Slip Slip);

/// <summary>
/// Intake in three steps: parse (what does not parse goes to the quarantine), prepare (<see cref="PrepareForm"/>, each form alone),
/// commit (<see cref="FormCommits"/>, with whoever waits). A form under an Idempotency-Key commits alone, in the key's transaction.
/// </summary>
public sealed class ReceiveFormHandler(PrepareForm prepare, IntakeGroups groups, FormCommits commits, Quarantine quarantine, ISessionFactory sessions, Work work)
{
    public async Task<(bool IsNew, FormReply Reply)> Handle(ReceiveForm ask, CancellationToken ct)
    {
        try
        {
            using var json = CanonicalJson.Parse(ask.Json);
            var form = await prepare.Prepare(HandedIn.Named(FormReader.Read(json.RootElement), ask.Origin), json.RootElement, ask, ct);
            return work.Transaction is null && await groups.Add(form, ct) is { } reply ? (true, reply) : await Alone(form, ct);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid && ask.IsQuarantined)
        {
            await quarantine.Keep(ask, refused, ct);
            throw;
        }
    }

    /// <summary>In the transaction that a key opened; or only to look up what a message that is known was told.</summary>
    private async Task<(bool, FormReply)> Alone(PreparedForm form, CancellationToken ct)
    {
        await using var session = sessions.OpenSession();
        if (work.Transaction is not null && (await commits.Commit(session, [form], ct))[0] is { } reply)
        {
            return (true, reply);
        }

        await prepare.Discard(form, ct);
        return (false, await commits.Earlier(session, form, ct));
    }
}

public static class ReceiveFormRest
{
    public static void MapReceiveForm(this IEndpointRouteBuilder app) => app.MapPost("/v1/egov/forms",
        async (HttpRequest request, HttpResponse reply, ReceiveFormHandler handler, CancellationToken ct) =>
        {
            var (isNew, body) = await handler.Handle(new(await request.ReadJsonBytes(ct), "egov"), ct);
            return TypedResults.Json(body, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(Roles.Egov)
        .WithTags("Intake")
        .Accepts<JsonElement>("application/json")
        .Produces<FormReply>(StatusCodes.Status201Created).Produces<FormReply>()
        .WithSummary("Takes a form of the e-gov gateway (401-V art. 11); the same messageId and content again gets the same reply.");
}
