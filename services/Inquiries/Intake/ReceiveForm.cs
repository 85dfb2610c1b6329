using System.Text;
using System.Text.Json;
using Marten;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>A form as bytes, with the door it came by (egov, queue).</summary>
public sealed record ReceiveForm(ReadOnlyMemory<byte> Json, string Channel);

/// <summary>The proof of handing in (401-V art. 11(6), APPK 64(2)). The code opens the citizen's door; it is derived, so replies repeat.</summary>
public sealed record Slip(string? Number, string Code, DateTimeOffset ReceivedAt, string Receiver);

/// <summary>The reply to a form; the same message again gets the same one.</summary>
public sealed record FormReply(Guid InquiryId, string? Number, string Outcome, IReadOnlyList<string> Defects, DateTimeOffset ReceivedAt,
    DateTimeOffset? RegisteredAt, DateOnly? Due, DateOnly? SafeDue, Slip Slip);

/// <summary>
/// Intake: vault, number, message id, events and views in one transaction. The message's row goes first, so that a twin in
/// flight waits for it and then finds it; the number goes last, so that its row is locked for the shortest time.
/// </summary>
public sealed class ReceiveFormHandler(IDocumentSession session, ISubjectKeys keys, Vault vault, Quarantine quarantine, Sealing sealing,
    SlipCodes slips, RegistrationNumbers numbers, InlineFiles inline, SignatureVerifier verifier, SignedForms signatures, TimeProvider clock)
{
    public async Task<(bool IsNew, FormReply Reply)> Handle(ReceiveForm ask, CancellationToken ct)
    {
        try
        {
            using var json = CanonicalJson.Parse(ask.Json);
            return await Receive(FormReader.Read(json.RootElement), json.RootElement, ask.Channel, ct);
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid)
        {
            await quarantine.Keep(ask, refused, ct);
            throw;
        }
    }

    private async Task<(bool, FormReply)> Receive(Form form, JsonElement json, string channel, CancellationToken ct)
    {
        var message = sealing.Mac("message-id", form.MessageId);
        var content = sealing.Mac("form", CanonicalJson.Write(json, leaveOut: "sentAt"));
        if (await Earlier(message, content, ct) is { } earlier)
        {
            return (false, earlier);
        }

        var key = await keys.Next(ct);
        var id = Guid.CreateVersion7();
        var signature = await verifier.Check(form, json, ct);
        var files = await inline.Prepare(key, form, ct);
        await session.BeginTransactionAsync(ct);
        await using var reserve = new NpgsqlCommand("insert into forms (message_mac, content_mac, inquiry_id) values ($1, $2, $3) on conflict do nothing")
        { Parameters = { new() { Value = message }, new() { Value = content }, new() { Value = id } } };
        if (await session.ExecuteAsync(reserve, ct) == 0)
        {
            await inline.Discard(files, ct);
            return (false, (await Earlier(message, content, ct))!);
        }

        await vault.Keep(key, "form", json.GetRawText(), ct);
        var now = clock.GetUtcNow();
        var holder = Holders.Find(form.Holder);
        var received = new InquiryReceived(id, key.SubjectId, (holder ?? Holders.Find(Holders.CentralCommunications)!).Code, form.Language, form.AnswerForm,
            channel, form.Applicant.Kind, Defects.Of(form, holder is not null, signatures.Fails(signature)), form.Attachments.Count, now);
        object next = form.IsAnonymous
            ? new InquiryNotConsidered(id, "anonymous", now)
            : await numbers.Register(id, received.Holder, now, session, ct);
        session.Events.StartStream<Inquiry>(id, [received, next, .. await signatures.Enter(signature, id, key.SubjectId, now, ct), .. await inline.Enter(files, id, key, now, ct)]);
        await session.SaveChangesAsync(ct);
        return (true, Reply(received, next));
    }

    private async Task<FormReply?> Earlier(byte[] message, byte[] content, CancellationToken ct)
    {
        Guid id;
        await using var find = new NpgsqlCommand("select content_mac, inquiry_id from forms where message_mac = $1") { Parameters = { new() { Value = message } } };
        await using (var reader = await session.ExecuteReaderAsync(find, ct))
        {
            if (!await reader.ReadAsync(ct))
            {
                return null;
            }

            if (!content.SequenceEqual(reader.GetFieldValue<byte[]>(0)))
            {
                throw Refused.Reused("message-id-reused", "This messageId came before with other content.", "messageId");
            }

            id = await reader.GetFieldValueAsync<Guid>(1, ct);
        }

        var first = await session.Events.FetchStreamAsync(id, version: 2, token: ct);
        return Reply((InquiryReceived)first[0].Data, first[1].Data);
    }

    private FormReply Reply(InquiryReceived received, object next)
    {
        var holder = Holders.Find(received.Holder)!;
        var registered = next as InquiryRegistered;
        return new(received.InquiryId, registered?.Number, registered is null ? "not-considered" : "registered", received.Defects, received.At,
            registered?.RegisteredAt, registered?.Due, registered?.SafeDue,
            new(registered?.Number, slips.For(received.InquiryId), received.At, received.Language.StartsWith("kk", StringComparison.OrdinalIgnoreCase) ? holder.NameKk : holder.NameRu));
    }
}

/// <summary>Codes for the citizen's door: HMAC of the request's id, 100 bits, in Crockford's base 32 (no I, L, O, U).</summary>
public sealed class SlipCodes(Sealing sealing)
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public string For(Guid inquiryId)
    {
        var bits = new System.Numerics.BigInteger(sealing.Mac("slip", inquiryId.ToByteArray()), isUnsigned: true);
        var code = new StringBuilder();
        for (var i = 0; i < 20; i++)
        {
            code.Append(i > 0 && i % 5 == 0 ? "-" : "").Append(Alphabet[(int)(bits % 32)]);
            bits /= 32;
        }

        return code.ToString();
    }

    /// <summary>Compared in constant time; letter case and hyphens do not count.</summary>
    public bool Opens(Guid inquiryId, string code) => System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
        Plain(For(inquiryId)), Plain(code.ToUpperInvariant()));

    private static byte[] Plain(string code) => Encoding.UTF8.GetBytes(code.Replace("-", "", StringComparison.Ordinal).Trim());
}

/// <summary>Registration: the lawful moment, the number <c>holder-year-000001</c> without gaps, and the reply's dates.</summary>
public sealed class RegistrationNumbers(Calendars calendars)
{
    public async Task<InquiryRegistered> Register(Guid inquiryId, string holder, DateTimeOffset receivedAt, IDocumentSession session, CancellationToken ct)
    {
        var calendar = await calendars.Hold(session, ct);
        var registeredAt = Registration.RegisteredAt(receivedAt, Holders.Find(holder)!, calendar);
        var year = Registration.AlmatyDate(registeredAt).Year;
        var received = Registration.AlmatyDate(receivedAt);
        var reply = Deadlines.Compute("reply", received, received, calendar);
        await using var next = new NpgsqlCommand("""
            insert into numbers as n (holder, year, last) values ($1, $2, 1)
            on conflict (holder, year) do update set last = n.last + 1 returning last
            """)
        { Parameters = { new() { Value = holder }, new() { Value = year } } };
        await using var reader = await session.ExecuteReaderAsync(next, ct);
        await reader.ReadAsync(ct);
        return new(inquiryId, $"{holder}-{year}-{await reader.GetFieldValueAsync<int>(0, ct):D6}", registeredAt, reply.Due.ToDateOnly(), reply.SafeDue.ToDateOnly(),
            reply.Edition, reply.CalendarVersion, receivedAt);
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

/// <summary>A JSON body as bytes, for doors that keep what they could not parse.</summary>
internal static class JsonBody
{
    public static async Task<ReadOnlyMemory<byte>> ReadJsonBytes(this HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return body.ToArray();
    }
}
