using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using JasperFx;

namespace Platform;

/// <summary>Why a door says no. Each kind has one HTTP status and one gRPC status, see <see cref="Refusals"/>.</summary>
public enum RefusalKind { Invalid, Unauthenticated, Missing, Forbidden, Conflict, Stale, Reused, VersionRequired, TooLarge, TooMany, Unavailable }

/// <summary>The one exception by which rules and doors refuse: a kind, a stable code (a contract), words, and the fields concerned.</summary>
public sealed class RefusedException(RefusalKind kind, string code, string words,
    IReadOnlyDictionary<string, string[]>? errors = null, IReadOnlyDictionary<string, object?>? details = null) : Exception(words)
{
    public RefusalKind Kind { get; } = kind;
    public string Code { get; } = code;

    /// <summary>Field path in the caller's own spelling (camelCase) to the rules it broke.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors ?? new Dictionary<string, string[]>();

    /// <summary>Members beside code and errors, such as <c>collidesWith</c>; never personal data.</summary>
    public IReadOnlyDictionary<string, object?> Details { get; } = details ?? new Dictionary<string, object?>();
}

/// <summary>Makes refusals; throw what it returns.</summary>
public static class Refused
{
    public static RefusedException Invalid(string code, string words, string? field = null) =>
        new(RefusalKind.Invalid, code, words, Field(field, words));
    public static RefusedException Missing(string what) => new(RefusalKind.Missing, "not-found", $"No such {what}.");
    public static RefusedException Forbidden(string code, string words) => new(RefusalKind.Forbidden, code, words);
    public static RefusedException Conflict(string code, string words, IReadOnlyDictionary<string, object?>? details = null) =>
        new(RefusalKind.Conflict, code, words, details: details);
    public static RefusedException Stale(long current) =>
        new(RefusalKind.Stale, "version-stale", $"It has changed since you saw it; its version is {current} now.");
    public static RefusedException Reused(string code, string words, string? field = null) =>
        new(RefusalKind.Reused, code, words, Field(field, words));
    public static RefusedException VersionRequired() =>
        new(RefusalKind.VersionRequired, "version-required", "Say which version you saw: If-Match (REST) or version (gRPC).");
    public static RefusedException TooLarge(string words) => new(RefusalKind.TooLarge, "too-large", words);
    public static RefusedException TooMany() => new(RefusalKind.TooMany, "too-many-requests", "Too many requests; come again later.");
    public static RefusedException Unavailable() => new(RefusalKind.Unavailable, "unavailable", "Nothing was done; ask the same again in a moment.");

    private static Dictionary<string, string[]>? Field(string? field, string words) =>
        field is null ? null : new() { [field] = [words] };
}

/// <summary>The one table from refusals to HTTP (RFC 9457) and gRPC (google.rpc.Status), and from what libraries throw to refusals.</summary>
public static class Refusals
{
    public static (int Http, Code Grpc) Table(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => (StatusCodes.Status400BadRequest, Code.InvalidArgument),
        RefusalKind.Unauthenticated => (StatusCodes.Status401Unauthorized, Code.Unauthenticated),
        RefusalKind.Forbidden => (StatusCodes.Status403Forbidden, Code.PermissionDenied),
        RefusalKind.Missing => (StatusCodes.Status404NotFound, Code.NotFound),
        RefusalKind.Conflict => (StatusCodes.Status409Conflict, Code.FailedPrecondition),
        RefusalKind.Stale => (StatusCodes.Status412PreconditionFailed, Code.Aborted),
        RefusalKind.TooLarge => (StatusCodes.Status413PayloadTooLarge, Code.ResourceExhausted),
        RefusalKind.Reused => (StatusCodes.Status422UnprocessableEntity, Code.AlreadyExists),
        RefusalKind.VersionRequired => (StatusCodes.Status428PreconditionRequired, Code.FailedPrecondition),
        RefusalKind.TooMany => (StatusCodes.Status429TooManyRequests, Code.ResourceExhausted),
        RefusalKind.Unavailable => (StatusCodes.Status503ServiceUnavailable, Code.Unavailable),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Seconds after which the same may be asked again; null where asking again would not help.</summary>
    public static int? RetryAfter(RefusalKind kind) => kind switch { RefusalKind.TooMany => 60, RefusalKind.Unavailable => 1, _ => null };

    /// <summary>What an exception means to the caller; null when it is our own fault (500, Internal). Never repeats input.</summary>
    public static RefusedException? From(Exception exception) => exception switch
    {
        RefusedException refused => refused,
        ConcurrencyException or Marten.Exceptions.ExistingStreamIdCollisionException => new(RefusalKind.Stale, "version-stale",
            "It has changed since you saw it; read it again."),
        BadHttpRequestException bad when Json.Unparsable(bad) is { } unparsable => unparsable,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Refused.TooLarge("The body is too large."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => null,
        BadHttpRequestException bad => Refused.Invalid("request-invalid", "It does not parse.", Parameter(bad.Message)),
        PostgresException { SqlState: PostgresErrorCodes.UntranslatableCharacter or PostgresErrorCodes.CharacterNotInRepertoire } =>
            Refused.Invalid("text-invalid", "Text holds a character that cannot be stored (U+0000)."),
        _ when Store.Lost(exception) => Refused.Unavailable(),
        _ when Store.Away(exception) => new(RefusalKind.Unavailable, "unavailable", "The store did not answer in time. Whether it was done can be read; ask the same again in a moment, with the same Idempotency-Key."),
        Marten.Exceptions.MartenCommandException { InnerException: { } inner } => From(inner),
        _ => null,
    };

    /// <summary>The name of the parameter that did not bind, out of ASP.NET's words (name and type are code; the value is left out).</summary>
    private static string Parameter(string message) =>
        Regex.Match(message, "parameter \"[^\" ]+ (\\w+)") is { Success: true } found ? JsonNamingPolicy.CamelCase.ConvertName(found.Groups[1].Value) : "request";

    /// <summary>The same refusal for a gRPC caller: ErrorInfo carries the code and, as JSON, the details; BadRequest the fields.</summary>
    public static RpcException ToRpc(RefusedException refused)
    {
        var info = new ErrorInfo { Domain = "platform", Reason = refused.Code };
        foreach (var (key, value) in refused.Details)
        {
            info.Metadata[key] = JsonSerializer.Serialize(value, Json.Options);
        }

        var status = new Google.Rpc.Status
        {
            Code = (int)Table(refused.Kind).Grpc,
            Message = refused.Message,
            Details = { Any.Pack(info) },
        };
        if (refused.Errors.Count > 0)
        {
            var violations = refused.Errors.SelectMany(e => e.Value.Select(words => new BadRequest.Types.FieldViolation { Field = e.Key, Description = words }));
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violations } }));
        }

        return status.ToRpcException();
    }
}
