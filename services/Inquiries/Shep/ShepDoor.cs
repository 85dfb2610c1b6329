using Platform;

namespace Inquiries;

/// <summary>The SOAP door of SHEP: the same form, rules and replies as <c>POST /v1/egov/forms</c>.</summary>
public sealed class ShepHandler(IServiceProvider services, ShepSignature signatures, Quarantine quarantine, Work work)
{
    public const string Channel = "shep";

    public async Task<byte[]> Handle(ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var (envelope, unreadable) = Read(body);
        LetIn(envelope);
        if (envelope is null)
        {
            await quarantine.Keep(new(body, Channel), unreadable!, ct);
            throw unreadable!;
        }

        byte[] form;
        try
        {
            form = envelope.ToForm();
        }
        catch (RefusedException refused)
        {
            await quarantine.Keep(new(body, Channel), refused, ct);
            throw;
        }

        // made only now: its session notes who acts, and that is known since the signature was verified
        var (_, reply) = await services.GetRequiredService<ReceiveFormHandler>().Handle(new(form, Channel), ct);
        return ShepReply.Of(envelope, reply);
    }

    /// <summary>What an admin replays of this door: the envelope was let in when it came.</summary>
    public static ReadOnlyMemory<byte> FormOf(ReadOnlyMemory<byte> kept) => ShepXml.LooksLikeXml(kept.Span) ? ShepEnvelope.Read(kept).ToForm() : kept;

    private static (ShepEnvelope?, RefusedException?) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            return (ShepEnvelope.Read(body), null);
        }
        catch (RefusedException refused)
        {
            return (null, refused);
        }
    }

    /// <summary>A token of the gateway, or the signature of a registered sender; the password in the envelope is nobody's business.</summary>
    private void LetIn(ShepEnvelope? envelope)
    {
        if (!work.Caller.Is(Roles.Egov) && envelope is not null && signatures.Verify(envelope) is { } sender)
        {
            work.Caller = new("shep:" + sender, "shep " + sender, null, new HashSet<string> { Roles.Egov });
        }

        work.Caller.Demand(Roles.Egov);
    }
}

public static class ShepRest
{
    public static void MapShep(this IEndpointRouteBuilder app) => app.MapPost("/v1/shep", async (HttpContext http, ShepHandler handler, ILogger<ShepHandler> log, CancellationToken ct) =>
        {
            try
            {
                return new XmlResult(await handler.Handle(await Body(http.Request, ct), ct), StatusCodes.Status200OK);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested && fault is not BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType })
            {
                var refused = Refusals.From(fault);
                if (refused is null)
                {
                    log.LogError("POST /v1/shep failed: {Kind} {Where}", fault.GetType().Name, Fault.Where(fault));
                }

                return new XmlResult(ShepReply.Fault(refused), Status(refused));
            }
        })
        .WithTags("Intake").Produces<string>(StatusCodes.Status200OK, "text/xml").Produces<string>(StatusCodes.Status500InternalServerError, "text/xml")
        .WithSummary("Takes a SendMessage of SHEP (SOAP 1.1) from a token of the gateway or a sender whose signature is registered; the same messageId again gets the same answer.");

    public static void AddShep(this WebApplicationBuilder builder) => builder.Services
        .AddSingleton(builder.Configuration.GetSection("Shep").Get<ShepOptions>() ?? new()).AddSingleton<ShepSignature>().AddScoped<ShepHandler>();

    /// <summary>SOAP 1.1 answers a fault with 500; who is not let in, and what is too large, is told as everywhere.</summary>
    private static int Status(RefusedException? refused) =>
        refused?.Kind is RefusalKind.Unauthenticated or RefusalKind.Forbidden or RefusalKind.TooLarge ? Refusals.Table(refused.Kind).Http : StatusCodes.Status500InternalServerError;

    private sealed class XmlResult(byte[] body, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/xml; charset=utf-8";
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() is not ("text/xml" or "application/xml"))
        {
            throw new BadHttpRequestException("", StatusCodes.Status415UnsupportedMediaType);
        }

        if (request.ContentLength > ShepXml.MostBytes)
        {
            throw Refused.TooLarge("An envelope holds 16 MiB at most.");
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, ct);
        return body.Length > ShepXml.MostBytes ? throw Refused.TooLarge("An envelope holds 16 MiB at most.") : body.ToArray();
    }
}
