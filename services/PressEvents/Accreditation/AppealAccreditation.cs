using Marten;
using Platform;

namespace PressEvents;

/// <summary>Appeal a refusal: why, for the vault.</summary>
public sealed record AppealAccreditation(string? Words = null)
{
    public AppealAccreditation() : this(Words: null) { }
}

/// <summary>Decide an appeal: upheld grants the accreditation, else the refusal stays; words go to the vault.</summary>
public sealed record DecideAccreditationAppeal(bool? Upheld = null, string? Words = null)
{
    public DecideAccreditationAppeal() : this(Upheld: null) { }
}

public sealed class AppealAccreditationHandler(IDocumentSession session, Vault vault, Owners owners, Catalogue catalogue, Work work, TimeProvider clock)
{
    public async Task<AccreditationShown> File(Guid id, Seen seen, AppealAccreditation ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Journalist, Roles.Accreditor);
        var own = await owners.JournalistOf(work.Caller, ct);
        var (found, journalist) = await session.Application(owners, id, seen, a => work.Caller.IsAccreditor() || a.JournalistId == own, ct);
        var words = Filing.Text(ask.Words, "words", 5000) ?? throw Refused.Invalid("words-missing", "Say why the refusal is wrong; the vault keeps it.", "words");
        var (item, now) = (Guid.CreateVersion7(), clock.GetUtcNow().InAlmaty());
        var facts = AccreditationDecider.File(found.State, item, now);
        if (facts.Count > 0)
        {
            await vault.Keep(journalist.SubjectId, item, "appeal", words, ct);
        }

        var done = await found.Save(facts, ct);
        return AccreditationShown.Of(done.State, done.Version, now);
    }

    public async Task<AccreditationShown> Decide(Guid id, Seen seen, DecideAccreditationAppeal ask, CancellationToken ct)
    {
        work.Caller.DemandAppealDecider();
        var (found, journalist) = await session.Application(owners, id, seen, _ => true, ct);
        var upheld = ask.Upheld ?? throw Refused.Invalid("upheld-missing", "Say whether the appeal is upheld.", "upheld");
        var (now, words) = (clock.GetUtcNow().InAlmaty(), Filing.Text(ask.Words, "words", 5000));
        Guid? item = words is null ? null : Guid.CreateVersion7();
        var facts = AccreditationDecider.DecideAppeal(found.State, upheld, item, journalist, await session.StartOf(found.State, ct), work.Caller.Name, work.Caller.Id, catalogue.Calendar, now);
        if (facts.Count > 0 && item is { } kept)
        {
            await vault.Keep(journalist.SubjectId, kept, "appeal-decision", words!, ct);
        }

        var done = await found.Save(facts, ct);
        return AccreditationShown.Of(done.State, done.Version, now);
    }
}

public static class AppealAccreditationRest
{
    public static void MapAppealAccreditation(this IEndpointRouteBuilder app)
    {
        app.MapAccreditationCommand<AppealAccreditation, AppealAccreditationHandler>("appeal", "Appeals a refusal, within the term of complaints.", (h, id, seen, ask, ct) => h.File(id, seen, ask, ct),
            Roles.Journalist, Roles.Accreditor);
        app.MapAccreditationCommand<DecideAccreditationAppeal, AppealAccreditationHandler>("decide-appeal", "Decides an appeal; a head's act, or an accreditor's who did not refuse.",
            (h, id, seen, ask, ct) => h.Decide(id, seen, ask, ct), Roles.Head, Roles.Accreditor);
    }
}
