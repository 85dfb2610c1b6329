using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform;

namespace HandingOver;

/// <summary>The door of Inquiries for what other services hand over; called in this service's own name, with the thing's id as Idempotency-Key.</summary>
public sealed class InquiriesPeer(HttpClient http, PeerTokens tokens)
{
    private sealed record Taken(Guid InquiryId, string? Number, IReadOnlyList<string> Defects);

    /// <summary>One call. What is no answer about the form itself is unknown: nothing came, or nobody can tell what it led to.</summary>
    public async Task<CallOutcome> Hand(string kind, Guid originId, string form, CancellationToken ct)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"v1/forms/{kind}/{originId}")
            {
                Content = new StringContent(form, new MediaTypeHeaderValue("application/json")),
                Headers = { Authorization = new("Bearer", await tokens.Get(ct)) },
            };
            request.Headers.Add("Idempotency-Key", originId.ToString());
            using var reply = await http.SendAsync(request, ct);
            var body = await reply.Content.ReadAsStringAsync(ct);
            return reply.IsSuccessStatusCode ? Read(body) : Refusal(reply.StatusCode, body);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return new CallOutcome.Unknown(fault is OperationCanceledException ? "timeout" : "unreachable");
        }
    }

    private static CallOutcome Read(string body)
    {
        try
        {
            var taken = JsonSerializer.Deserialize<Taken>(body, Json.Options)!;
            return taken.Number is { } number ? new CallOutcome.Taken(taken.InquiryId, number, taken.Defects) : new CallOutcome.Refused("not-considered", []);
        }
        catch (JsonException)
        {
            return new CallOutcome.Unknown("reply-invalid");
        }
    }

    /// <summary>What the form itself was refused for is an answer; all else is of this moment, or of this machine, and the same is tried again.</summary>
    private CallOutcome Refusal(HttpStatusCode status, string body)
    {
        if (status == HttpStatusCode.Unauthorized)
        {
            tokens.Forget();
        }

        return status is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity
            ? Problem(body) : new CallOutcome.Unknown("http-" + (int)status);
    }

    /// <summary>Code and fields of the problem; its words stay behind.</summary>
    private static CallOutcome.Refused Problem(string body)
    {
        try
        {
            using var problem = JsonDocument.Parse(body);
            return new(problem.RootElement.TryGetProperty("code", out var code) ? code.ToString() : "refused",
                problem.RootElement.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Object ? [.. errors.EnumerateObject().Select(e => e.Name)] : []);
        }
        catch (JsonException)
        {
            return new("refused", []);
        }
    }
}
