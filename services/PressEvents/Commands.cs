using Microsoft.AspNetCore.Authorization;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>The reply to a command: where the event stands now. Times with Almaty's offset.</summary>
public sealed record PressEventDone(Guid Id, long Version, string State, DateTimeOffset Start, DateTimeOffset End, string? Hall)
{
    public static PressEventDone Of(PressEvent state, long version) => new(state.Id, version, state.State.ToString(), state.Start, state.End, state.Hall);
}

/// <summary>Who plans what.</summary>
public static class Planning
{
    /// <summary>Its own body's events; the Central Communications Service every body's.</summary>
    public static bool PlansFor(this Caller caller, string body) => caller.ActsFor(Holders.CentralCommunications) || caller.ActsFor(body);

    /// <summary>Sees what is not public: who plans it, and auditors.</summary>
    public static bool SeesPlans(this Caller caller, string body) => caller.SeesAllPlans() || caller.ActsFor(body);

    public static bool SeesAllPlans(this Caller caller) => caller.ActsFor(Holders.CentralCommunications) || caller.Is(Roles.Auditor);
}

/// <summary>The manners that every command on an event shares at the REST door: address, role, If-Match, ETag.</summary>
public static class CommandRest
{
    public static void MapCommand<TCommand>(this IEndpointRouteBuilder app, string command, string summary,
        Func<Guid, Seen, TCommand, IServiceProvider, CancellationToken, Task<PressEventDone>> handle) where TCommand : class, new() =>
        app.MapPost("/v1/press-events/{id:guid}/" + command, async (Guid id, Seen seen, TCommand? ask, HttpContext http, CancellationToken ct) =>
        {
            var done = await handle(id, seen, ask ?? new(), http.RequestServices, ct);
            return http.Response.Versioned(done, done.Version);
        })
        .ForRoles(Roles.Editor)
        .WithTags("Commands")
        .Produces<PressEventDone>()
        .WithSummary(summary);
}

/// <summary>The gRPC door for akimats; each slice file holds its own call.</summary>
[Authorize]
public sealed partial class PressEventsGrpc : V1.PressEvents.PressEventsBase
{
    private static Guid Id(string id) => GrpcDoor.Id(id, nameof(PressEvent));

    private static CommandReply Reply(PressEventDone done) => new() { PressEventId = done.Id.ToString(), Version = done.Version, State = done.State };

    private static Bilingual? Words(V1.Bilingual? words) => words is null ? null : new(Given(words.Kk), Given(words.Ru));

    private static V1.Bilingual Words(Bilingual words) => new() { Kk = words.Kk ?? "", Ru = words.Ru ?? "" };

    /// <summary>As a REST caller would write it; what is no instant (a message can hold any number) is refused by the same rule.</summary>
    private static string? Written(Google.Protobuf.WellKnownTypes.Timestamp? at) => at switch
    {
        null => null,
        { Seconds: >= 0 and < 253_402_300_800, Nanos: >= 0 and < 1_000_000_000 } => at.ToDateTimeOffset().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        _ => "",
    };
}
