using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Inquiries.V1;
using Platform;

namespace Inquiries;

/// <summary>
/// What an official enters as received on paper: a form without <c>messageId</c> and <c>holder</c>, with when it really came
/// (<c>receivedAt</c>), whether it is signed by hand (<c>signed</c>), and who represents the asker.
/// </summary>
public static class Paper
{
    public const string Channel = "paper";
    private static readonly string[] Ours = ["receivedAt", "representative", "signed"];

    /// <summary>The law's first year: before it there were no such requests.</summary>
    private static readonly DateTimeOffset Earliest = new(2016, 1, 1, 0, 0, 0, TimeSpan.FromHours(6));

    /// <summary>The form that intake takes, and what was entered beside it; or the refusal that names the field.</summary>
    public static ReceiveForm Read(JsonElement body, string channel, string messageId, string holder, DateTimeOffset now)
    {
        var form = body.ValueKind == JsonValueKind.Object ? JsonObject.Create(body.Clone())! : throw Refused.Invalid("form-invalid", "A form is a JSON object.", "body");
        var entered = new Entered(ReceivedAt(body, now), Represented(body));
        var signed = form["signed"] is JsonValue value && value.TryGetValue<bool>(out var yes) && yes;
        foreach (var ours in Ours)
        {
            form.Remove(ours);
        }

        (form["messageId"], form["holder"]) = (messageId, holder);
        form["signature"] = signed ? new JsonObject { ["format"] = Channel, ["value"] = "by hand" } : null;
        return new(JsonSerializer.SerializeToUtf8Bytes(form, Json.Options), channel) { Entered = entered };
    }

    private static DateTimeOffset ReceivedAt(JsonElement body, DateTimeOffset now)
    {
        if (!body.TryGetProperty("receivedAt", out var given) || given.ValueKind != JsonValueKind.String || !given.TryGetDateTimeOffset(out var at))
        {
            throw Refused.Invalid("received-at-invalid", "receivedAt is the real moment of receipt, RFC 3339 with an offset.", "receivedAt");
        }

        return at <= now && at >= Earliest ? at : throw Refused.Invalid("received-at-invalid", "It was received between 2016 and now.", "receivedAt");
    }

    private static bool Represented(JsonElement body)
    {
        if (!body.TryGetProperty("representative", out var who) || who.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        return who.ValueKind == JsonValueKind.Object && who.TryGetProperty("powerOfAttorney", out var power) && power.ValueKind == JsonValueKind.True
            ? true : throw Refused.Invalid("power-of-attorney-missing", "A representative needs a power of attorney (401-V art. 11(8)).", "representative.powerOfAttorney");
    }
}

/// <summary>A request on paper, typed in by a clerk of its holder.</summary>
public sealed class EnterPaperHandler(ReceiveFormHandler intake, Work work, TimeProvider clock)
{
    public async Task<FormReply> Handle(ReadOnlyMemory<byte> json, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var holder = Holders.Find(work.Caller.Body)?.Code ?? throw Refused.Invalid("body-missing", "The token names no holder.", "body");
        using var parsed = CanonicalJson.Parse(json);
        var (_, reply) = await intake.Handle(Paper.Read(parsed.RootElement, Paper.Channel, $"{Paper.Channel}:{Guid.CreateVersion7()}", holder, clock.GetUtcNow()), ct);
        return reply;
    }
}

public static class EnterPaperRest
{
    public static void MapEnterPaper(this IEndpointRouteBuilder app) => app.MapPost("/v1/inquiries",
        async (HttpRequest request, HttpResponse reply, EnterPaperHandler handler, CancellationToken ct) =>
        {
            var entered = await handler.Handle(await request.ReadJsonBytes(ct), ct);
            reply.Headers.Location = $"/v1/inquiries/{entered.InquiryId}";
            return TypedResults.Json(entered, statusCode: StatusCodes.Status201Created);
        })
        .ForRoles(Roles.Officer, Roles.Head).WithTags("Intake").Accepts<JsonElement>("application/json").Produces<FormReply>(StatusCodes.Status201Created)
        .WithSummary("Enters a request that came on paper to the caller's body, with its real moment of receipt; signed: true when signed by hand.");
}

public sealed partial class InquiriesGrpc
{
    public override async Task<EnterPaperReply> EnterPaper(EnterPaperRequest request, ServerCallContext context)
    {
        var entered = await Handler<EnterPaperHandler>(context).Handle(System.Text.Encoding.UTF8.GetBytes(request.FormJson), context.CancellationToken);
        return new() { InquiryId = entered.InquiryId.ToString(), Number = entered.Number ?? "", Outcome = entered.Outcome, ReplyJson = JsonSerializer.Serialize(entered, Json.Options) };
    }
}
