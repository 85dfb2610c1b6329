using Grpc.Core;
using Inquiries.V1;
using Microsoft.AspNetCore.Authorization;
using Platform;

namespace Inquiries;

/// <summary>The manners that every command on a request shares at the REST door: address, roles, If-Match, ETag.</summary>
public static class CommandRest
{
    public static void MapCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<Guid, Seen, TCommand, IServiceProvider, CancellationToken, Task<CommandDone>> handle) where TCommand : class =>
        app.MapPost("/v1/inquiries/{id:guid}/" + command, async (Guid id, Seen seen, TCommand ask, HttpContext http, CancellationToken ct) =>
        {
            var done = await handle(id, seen, ask, http.RequestServices, ct);
            return http.Response.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Officer, Roles.Head)
        .WithTags("Commands")
        .Produces<CommandDone>()
        .WithSummary(summary);
}

/// <summary>The gRPC door for akimats; each slice file holds its own call.</summary>
[Authorize]
public sealed partial class InquiriesGrpc : V1.Inquiries.InquiriesBase
{
    private static T Handler<T>(ServerCallContext context) where T : notnull => context.GetHttpContext().RequestServices.GetRequiredService<T>();

    private static Guid Id(string id) => Guid.TryParse(id, out var parsed) ? parsed : throw Refused.Missing(nameof(Inquiry));

    private static async Task<CommandReply> Command(string id, bool hasVersion, long version, Func<Guid, Seen, Task<CommandDone>> handle)
    {
        var done = await handle(Id(id), Seen.Of(hasVersion ? version : null));
        return new() { Version = done.Version, State = done.State };
    }
}
