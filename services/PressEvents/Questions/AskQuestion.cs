using System.Net.Mail;
using System.Text.RegularExpressions;
using Grpc.Core;
using Marten;
using Npgsql;
using Platform;
using PressEvents.V1;

namespace PressEvents;

/// <summary>
/// Ask a question of a press event. <paramref name="Source"/>: Hall, Site, Facebook, Telegram, Akimat. Name and e-mail are optional and sealed;
/// <paramref name="AnonymousInPublic"/> is so unless said otherwise. <paramref name="ExternalId"/>: the social network's own id, by which a repeat is told.
/// </summary>
public sealed record AskQuestion(string? Text, string? Language, string? Source, string? Name = null, string? Email = null, bool? AnonymousInPublic = null, string? ExternalId = null);

/// <summary>What a question must be; each broken rule has its code and names its field.</summary>
public static partial class Asking
{
    public const string Site = "Site", Akimat = "Akimat";
    public static readonly string[] Sources = ["Hall", Site, "Facebook", "Telegram", Akimat];

    public static string Text(string? text) => Filing.Text(text, "text", 4000) ?? throw Refused.Invalid("text-missing", "Say something.", "text");

    public static string Language(string? language) => language is { Length: <= 35 } tag && Tag().IsMatch(tag) ? tag
        : throw Refused.Invalid("language-invalid", "language is a language tag, such as kk or ru.", "language");

    /// <summary>Null when nothing was said of who asks.</summary>
    public static Asker? Asker(string? name, string? email)
    {
        var asker = new Asker(Filing.Text(name, "name", 200), Filing.Text(email, "email", 320));
        return asker.Email is null || MailAddress.TryCreate(asker.Email, out _) ? asker is { Name: null, Email: null } ? null : asker
            : throw Refused.Invalid("email-invalid", "That is no e-mail address.", "email");
    }

    /// <summary>The akimat that asks, null for everybody else. Anybody asks on the site; what comes from elsewhere is entered by whoever has the role.</summary>
    public static string? AskingBody(string? source, Caller caller, string body)
    {
        switch (source)
        {
            case Site:
                return null;
            case Akimat:
                caller.Demand(Roles.Editor);
                return Holders.Find(caller.Body) is { Kato: not null } akimat ? akimat.Code : throw Refused.Forbidden("body-forbidden", "Akimats ask by this source.");
            case not null when Sources.Contains(source):
                caller.Demand(Roles.Moderator);
                return caller.PlansFor(body) ? null : throw Refused.Forbidden("body-forbidden", "Moderators of the event's body, and of the Central Communications Service.");
            default:
                throw Refused.Invalid("source-unknown", $"source is one of: {string.Join(", ", Sources)}.", "source");
        }
    }

    [GeneratedRegex(@"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\z")]
    private static partial Regex Tag();
}

/// <summary>Words to the vault and the fact that names them, in one transaction.</summary>
public sealed class AskQuestionHandler(IDocumentSession session, Vault vault, ISubjectKeys keys, Sealing sealing, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<(bool IsNew, QuestionDone Done)> Handle(Guid pressEventId, AskQuestion ask, CancellationToken ct)
    {
        var about = await session.One(work.Caller, pressEventId, null, ct);
        var askingBody = Asking.AskingBody(ask.Source, work.Caller, about.Body);
        var (text, language, asker, now) = (Asking.Text(ask.Text), Asking.Language(ask.Language), Asking.Asker(ask.Name, ask.Email), clock.GetUtcNow().InAlmaty());
        var external = Filing.Text(ask.ExternalId, "externalId", 500);
        var id = external is null ? Guid.CreateVersion7() : new Guid(sealing.Mac("question-external", $"{pressEventId}\n{ask.Source}\n{external}").AsSpan(0, 16));
        var mac = Convert.ToBase64String(sealing.Mac("question", id + text));
        if (external is not null && await Earlier(id, mac, ct) is { } earlier)
        {
            return (false, earlier);
        }

        var late = QuestionTime.IsLate(about, catalogue.Format(about.Format), catalogue.Calendar, now);
        var key = await keys.Next(ct);
        var asked = new QuestionAsked(id, pressEventId, about.Body, ask.Source!, language, key.SubjectId, await vault.Keep(key, CitizensWords.Kind, text, ct),
            await vault.Keep(key, asker, ct), mac, ask.AnonymousInPublic ?? true, askingBody, late, now);
        session.Events.StartStream<Question>(id, asked);
        await session.SaveChangesAsync(ct);
        return (true, QuestionDone.Of(QuestionDecider.Evolve(null, asked)!, 1));
    }

    /// <summary>What came before by the same id of the same network; twins in flight wait for each other.</summary>
    private async Task<QuestionDone?> Earlier(Guid id, string mac, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var one = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 6113))") { Parameters = { new() { Value = "question:" + id } } };
        await session.ExecuteAsync(one, ct);
        return await session.AsOf<Question>(id, null, QuestionDecider.Evolve, ct) is not { } found ? null
            : found.State.Asked.TextMac == mac ? QuestionDone.Of(found.State, found.Version)
            : throw Refused.Reused("external-id-reused", "This externalId came before with other words.", "externalId");
    }
}

public static class AskQuestionRest
{
    public static void MapAskQuestion(this IEndpointRouteBuilder app) => app.MapPost(QuestionRest.Path,
        async (Guid id, AskQuestion ask, AskQuestionHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var (isNew, done) = await handler.Handle(id, ask, ct);
            reply.Headers.Location = $"/v1/press-events/{id}/questions/{done.Id}";
            return reply.Versioned(done, done.Version, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        })
        .RequireRateLimiting(Service.CitizensLimit).WithTags(QuestionRest.Tag).Produces<QuestionDone>(StatusCodes.Status201Created).Produces<QuestionDone>()
        .WithSummary("Asks: on the site anybody, rate-limited; what came from hall, Facebook or Telegram a moderator enters; akimats ask by their editors.");
}

public sealed partial class PressEventsGrpc
{
    public override async Task<QuestionReply> AskQuestion(AskQuestionRequest request, ServerCallContext context) => Reply((await Handler<AskQuestionHandler>(context).Handle(Id(request.PressEventId),
        new(Given(request.Text), Given(request.Language), Asking.Akimat, Given(request.Name), Given(request.Email), ExternalId: Given(request.ExternalId)), context.CancellationToken)).Done);
}
