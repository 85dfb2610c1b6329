using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace Platform;

/// <summary>The version a REST caller saw, from <c>If-Match</c> (RFC 9110 13.1.1): one strong tag of digits, or <c>*</c> for whatever is there.</summary>
public sealed record Seen(long? Version, bool Any)
{
    public static ValueTask<Seen?> BindAsync(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return ValueTask.FromResult<Seen?>(new(null, false));
        }

        if (header.ToString().Trim() == "*")
        {
            return ValueTask.FromResult<Seen?>(new(null, true));
        }

        if (!EntityTagHeaderValue.TryParse(header.ToString(), out var tag))
        {
            throw Refused.Invalid("if-match-invalid", "If-Match takes one entity tag, such as \"3\".", "If-Match");
        }

        // a weak tag or one of somebody else's making never matches: stale, not malformed
        return ValueTask.FromResult<Seen?>(new(!tag.IsWeak && long.TryParse(tag.Tag.AsSpan().Trim('"'), out var version) ? version : -1, false));
    }

    /// <summary>For acts that are right whatever the version is.</summary>
    public static readonly Seen Whatever = new(null, true);

    public static Seen Of(long? version) => new(version, false);

    /// <summary>From a gRPC message's <c>optional int64 version</c>.</summary>
    public static Seen Of(bool given, long version) => Of(given ? version : null);
}

public static class ReplyManners
{
    /// <summary>The reply to a command: 200 with the resource and its new version as ETag.</summary>
    public static IResult Versioned<T>(this HttpResponse reply, T body, long version, int status = StatusCodes.Status200OK)
    {
        reply.Headers.ETag = $"\"{version}\"";
        return TypedResults.Json(body, statusCode: status);
    }

    /// <summary>The same for a resource that is JSON already.</summary>
    public static IResult Versioned(this HttpResponse reply, byte[] json, long version)
    {
        reply.Headers.ETag = $"\"{version}\"";
        return TypedResults.Bytes(json, "application/json");
    }
}

/// <summary>A JSON body as bytes, for doors that keep what they could not parse, or check who signed it.</summary>
public static class RequestManners
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

/// <summary>Every refusal that leaves a REST door, as <c>application/problem+json</c> with code, traceId and errors by field.</summary>
public sealed class RefusalHandler(IProblemDetailsService problems, NpgsqlDataSource database, ILogger<RefusalHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        database.Heal(exception);
        var refused = Refusals.From(exception);
        if ((refused is null || Store.Away(exception)) && exception is not BadHttpRequestException)
        {
            log.LogError("{Method} {Route} failed: {Kind} {State}", httpContext.Request.Method,
                (httpContext.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText, exception.GetType().Name, Fault.Where(exception));
        }

        var status = refused is null ? (exception as BadHttpRequestException)?.StatusCode ?? 500 : Refusals.Table(refused.Kind).Http;
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.RetryAfter = refused is null ? default : Refusals.RetryAfter(refused.Kind)?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var details = new Microsoft.AspNetCore.Mvc.ProblemDetails { Status = status, Title = refused?.Message };
        if (refused is not null)
        {
            details.Extensions["code"] = refused.Code;
            details.Extensions["errors"] = refused.Errors;
            foreach (var (key, value) in refused.Details)
            {
                details.Extensions[key] = value;
            }
        }

        return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = details });
    }

    /// <summary>Codes for what ASP.NET answers by itself: no token, wrong role, unknown address, wrong media type.</summary>
    public static string CodeOf(int status) => status switch
    {
        400 => "request-invalid",
        401 => "unauthenticated",
        403 => "forbidden",
        404 => "not-found",
        405 => "method-not-allowed",
        413 => "too-large",
        415 => "media-type-unsupported",
        _ => "internal",
    };
}

/// <summary>Words for our own log about a failure: where, never what was in it (messages of exceptions may repeat input).</summary>
public static class Fault
{
    public static string Where(Exception exception) =>
        (exception as Npgsql.PostgresException)?.SqlState + " " + string.Join(" < ", (exception.StackTrace ?? "").Split('\n').Take(6).Select(l => l.Trim()))
        + (exception.InnerException is { } inner ? " | " + inner.GetType().Name + " " + Where(inner) : "");
}

/// <summary>One interceptor for the four kinds of gRPC call: refusals become google.rpc.Status, faults become Internal without words.</summary>
public sealed class RefusalInterceptor(NpgsqlDataSource database, ILogger<RefusalInterceptor> log) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(TRequest request, ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation) => Guard(context, () => continuation(GrpcDoor.Storable(request), context));

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) => Guard(context, () => continuation(new StorableStream<TRequest>(requestStream), context));

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) => Guard(context, async () => { await continuation(GrpcDoor.Storable(request), responseStream, context); return 0; });

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) => Guard(context, async () => { await continuation(new StorableStream<TRequest>(requestStream), responseStream, context); return 0; });

    private async Task<T> Guard<T>(ServerCallContext context, Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception exception) when (exception is not RpcException and not OperationCanceledException)
        {
            database.Heal(exception);
            var refused = Refusals.From(exception);
            if (refused is null || Store.Away(exception))
            {
                log.LogError("{Method} failed: {Kind} {Where}", context.Method, exception.GetType().Name, Fault.Where(exception));
            }

            throw refused is null ? new RpcException(new Status(StatusCode.Internal, "internal")) : Refusals.ToRpc(refused);
        }
    }
}
