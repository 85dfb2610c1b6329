using Marten;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Platform;

namespace PressEvents;

/// <summary>What a speaker says by the link: why not, who comes instead, or whether the recording is agreed to. What an act does not ask for is not read.</summary>
public sealed record SpeakersWord(string? Reason, bool? Consents, Bilingual? Name, Bilingual? Post, string? Email, string? Language);

/// <summary>The invitation as the invited sees it. Times with Almaty's offset.</summary>
public sealed record OwnInvitation(Guid Id, string State, Bilingual Name, bool? ConsentsToRecording, Guid PressEventId, string EventState, Bilingual Title, DateTimeOffset Start, DateTimeOffset End, string? Hall)
{
    public static OwnInvitation Of(Invitation i, PressEventView about) => new(i.Id, i.State(about.Start).ToString(), i.Invited.Name, i.ConsentsToRecording, about.Id, about.State, about.Title,
        about.Start.InAlmaty(), about.End.InAlmaty(), about.Hall);
}

/// <summary>The speaker's door: public and rate-limited; the id in the address, the code of the link in a header, where no log of addresses keeps it.</summary>
public sealed class InvitationDoor(IDocumentSession session, LinkCodes codes, Vault vault, InviteSpeakerHandler inviting, TimeProvider clock)
{
    public const string Header = "Invitation-Code";

    public async Task<OwnInvitation> Show(Guid id, string? code, CancellationToken ct)
    {
        var (found, about) = await Open(id, code, ct);
        return OwnInvitation.Of(found.State, about);
    }

    public async Task<OwnInvitation> Confirm(Guid id, string? code, CancellationToken ct)
    {
        var (found, about) = await Open(id, code, ct);
        return await Save(found, about, InvitationDecider.Confirm(found.State, about, Now), ct);
    }

    public async Task<OwnInvitation> Consent(Guid id, string? code, bool? consents, CancellationToken ct)
    {
        var (found, about) = await Open(id, code, ct);
        return await Save(found, about, InvitationDecider.Consent(found.State, about, consents, Now), ct);
    }

    public async Task<OwnInvitation> Decline(Guid id, string? code, string? reason, CancellationToken ct)
    {
        var (found, about) = await Open(id, code, ct);
        var words = Filing.Text(reason, "reason", 2000);
        var facts = InvitationDecider.Decline(found.State, about, words is null ? null : Guid.CreateVersion7(), Now);
        if (facts is [InvitationDeclined { ReasonId: { } reasonId }])
        {
            await vault.Keep(found.State.Invited.SubjectId, reasonId, "reason", words!, ct);
        }

        return await Save(found, about, facts, ct);
    }

    /// <summary>Two streams, one transaction: who sends and who comes instead.</summary>
    public async Task<OwnInvitation> SendSubstitute(Guid id, string? code, SpeakersWord said, CancellationToken ct)
    {
        var (found, about) = await Open(id, code, ct);
        var invited = await inviting.ByName(about, new(null, said.Name, said.Post, said.Email, said.Language), id, ct);
        var facts = InvitationDecider.SendSubstitute(found.State, about, invited.InvitationId, Now);
        session.Events.StartStream<Invitation>(invited.InvitationId, invited);
        return await Save(found, about, facts, ct);
    }

    private DateTimeOffset Now => clock.GetUtcNow().InAlmaty();

    /// <summary>A wrong code answers like an unknown invitation.</summary>
    private async Task<(Found<Invitation> Found, PressEventView About)> Open(Guid id, string? code, CancellationToken ct)
    {
        var found = await session.Find<Invitation>(id, Seen.Whatever, _ => true, InvitationDecider.Evolve, ct);
        codes.Check(LinkPurpose.Invitation, found.State.Invited.PressEventId, id, code, Header, Now);
        return (found, (await session.LoadAsync<PressEventView>(found.State.Invited.PressEventId, ct))!);
    }

    private static async Task<OwnInvitation> Save(Found<Invitation> found, PressEventView about, IReadOnlyList<object> facts, CancellationToken ct) =>
        OwnInvitation.Of((await found.Save(facts, ct)).State, about);
}

public static class InvitationDoorRest
{
    public static void MapInvitationDoor(this IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/invitations/{id:guid}").RequireRateLimiting(Service.AnonymousLimit).WithTags("Speakers");
        doors.MapGet("/", async (Guid id, [FromHeader(Name = InvitationDoor.Header)] string? code, InvitationDoor door, HttpResponse reply, CancellationToken ct) =>
            {
                reply.Headers.CacheControl = "no-store";
                return await door.Show(id, code, ct);
            })
            .WithSummary("The invitation and its event, by the code of the link in the header Invitation-Code.");
        Map(doors, "confirm", "Will speak at the time that stands now.", (door, id, code, _, ct) => door.Confirm(id, code, ct));
        Map(doors, "decline", "Will not speak; the reason goes to the vault.", (door, id, code, said, ct) => door.Decline(id, code, said.Reason, ct));
        Map(doors, "send-substitute", "Somebody else comes instead: name in kk and ru, e-mail, language; gets a link of his own.", (door, id, code, said, ct) => door.SendSubstitute(id, code, said, ct));
        Map(doors, "consent", "Agrees to being recorded (consents true) or does not.", (door, id, code, said, ct) => door.Consent(id, code, said.Consents, ct));
    }

    private static void Map(RouteGroupBuilder doors, string act, string summary, Func<InvitationDoor, Guid, string?, SpeakersWord, CancellationToken, Task<OwnInvitation>> handle) =>
        doors.MapPost("/" + act, async (Guid id, [FromHeader(Name = InvitationDoor.Header)] string? code, [FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)] SpeakersWord? said, Work work,
            HttpContext http, CancellationToken ct) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            work.Caller = new("speaker", "speaker", null, new HashSet<string>()); // before the session opens, which notes who acts
            return await handle(http.RequestServices.GetRequiredService<InvitationDoor>(), id, code, said ?? new(null, null, null, null, null, null), ct);
        })
        .Produces<OwnInvitation>().WithSummary(summary);
}
