using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform;

namespace Inquiries;

/// <summary>What becomes a request in another service of the platform, and the regime that is proposed for it; null: as its words point.</summary>
public static class HandedIn
{
    private static readonly FrozenDictionary<string, string?> Regimes = new Dictionary<string, string?>
    {
        ["press-question"] = null,
        ["inbox"] = null, // what somebody wrote to an account of a body
        ["statement-clarification"] = "MediaStatementClarification", // mass-media law 35: two working days
    }.ToFrozenDictionary();

    /// <summary>For an official to confirm, as every proposed regime.</summary>
    public static string? Proposed(Origin? origin) => origin is null ? null : Regimes[origin.Kind];

    /// <summary>A form without <c>messageId</c>: its origin is its id, so that it is taken once however often it is handed in.</summary>
    public static ReceiveForm Read(string kind, Guid id, ReadOnlyMemory<byte> json)
    {
        var origin = Regimes.ContainsKey(kind) ? new Origin(kind, id) : throw Refused.Missing("kind of form");
        using var body = CanonicalJson.Parse(json);
        var form = body.RootElement.ValueKind == JsonValueKind.Object ? JsonObject.Create(body.RootElement.Clone())!
            : throw Refused.Invalid("form-invalid", "A form is a JSON object.", "body");
        form["messageId"] = $"{kind}:{id}";
        return new(JsonSerializer.SerializeToUtf8Bytes(form, Json.Options), kind) { Origin = origin };
    }

    /// <summary>Whoever hands over vouches for who asks: an anonymous form is that service's mistake, and not a request to be laid aside.</summary>
    public static Form Named(Form form, Origin? origin) => origin is null || !form.IsAnonymous ? form
        : throw Refused.Invalid("particulars-missing", "Say who asks: name, IIN or BIN (401-V art. 11(5)).", "applicant");
}

public static class HandedInRest
{
    public static void MapTakeHandedOver(this IEndpointRouteBuilder app) => app.MapPost("/v1/forms/{kind}/{id:guid}",
        async (string kind, Guid id, HttpRequest request, HttpResponse reply, ReceiveFormHandler handler, CancellationToken ct) =>
        {
            var (isNew, body) = await handler.Handle(HandedIn.Read(kind, id, await request.ReadJsonBytes(ct)), ct);
            reply.Headers.Location = $"/v1/inquiries/{body.InquiryId}";
            return TypedResults.Json(body, statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .ForRoles(Roles.Service).WithTags("Intake").Accepts<JsonElement>("application/json")
        .Produces<FormReply>(StatusCodes.Status201Created).Produces<FormReply>()
        .WithSummary("For other services of the platform: a press question, a request to clarify a statement, or what somebody wrote to a channel becomes a request; the same one again gets the same reply.");
}
