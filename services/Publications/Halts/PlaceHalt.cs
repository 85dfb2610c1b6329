using Marten;
using Platform;

namespace Publications;

/// <summary>Stop what the scope names from going out; the reason is mandatory.</summary>
public sealed record PlaceHalt(HaltTarget? Scope, string? Reason);

/// <summary>When this has answered, nothing of the scope goes out any more: what had begun was waited for (a minute at most), and nothing begins.</summary>
public sealed class PlaceHaltHandler(IDocumentSession session, ChannelBook channels, SendLocks sends, Work work, TimeProvider clock)
{
    public static readonly string[] May = [Roles.Approver, Roles.Head, Roles.Editor, Roles.Admin];

    public async Task<HaltReply> Handle(PlaceHalt ask, CancellationToken ct)
    {
        work.Caller.Demand(May);
        var account = ask.Scope is { Kind: HaltDecider.OfAccount, Value: { } code } ? await channels.Find(code.Trim(), ct) : null;
        var halt = await HaltWriter.Place(session, (epoch, now) => HaltDecider.Place(Guid.CreateVersion7(), ask, work.Caller, account?.Body, epoch, now), clock, ct);
        await session.SaveChangesAsync(ct);
        var reply = HaltReply.Of(halt, 1);
        await work.OnceCommitted(async () => reply = reply with { UnderWay = await sends.Over(halt, ct) });
        return reply;
    }
}

public static class PlaceHaltRest
{
    public const string Tag = "Halts";

    public static void MapPlaceHalt(this IEndpointRouteBuilder app) => app.MapPost("/v1/halts", async (PlaceHalt ask, PlaceHaltHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(ask, ct);
            reply.Headers.Location = $"/v1/halts/{done.Id}";
            return reply.Versioned(done, done.Version, StatusCodes.Status201Created);
        })
        .ForRoles(PlaceHaltHandler.May).WithTags(Tag).Produces<HaltReply>(StatusCodes.Status201Created)
        .WithSummary("Halts all, a body, an account, a kind of channel, a tag or a person: once it answers, nothing of that goes out.");
}
