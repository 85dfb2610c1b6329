using NodaTime;
using Platform;

namespace Inquiries;

/// <summary>The rules of the final acts: answer, answer in part, point to a publication, refuse; and what follows an answer.</summary>
public static partial class InquiryDecider
{
    private const string Restricted = "Restricted";

    public static IReadOnlyList<object> Decide(Inquiry state, AnswerInquiry ask, Said said, Act act)
    {
        var languages = AnswerWords.Languages(ask.Text, state.Language, "text", "answer-empty");
        var files = AnswerFiles.Check(state, ask.AnswerFiles);
        return state.Answer switch
        {
            null => Concluding(state, act, new InquiryAnswered(Open(state).Id, said.Id, languages, said.Mac, act.Now) { Files = files }),
            { InFull: true } given when given.TextMac == said.Mac => [], // said twice, recorded once
            _ => throw Refused.Conflict("already-answered", "It is answered; correct that answer instead of giving a second one."),
        };
    }

    public static IReadOnlyList<object> Decide(Inquiry state, AnswerInquiryPartly ask, Said said, Act act)
    {
        var languages = AnswerWords.Languages(ask.Text, state.Language, "text", "answer-empty");
        var withheld = (ask.Withheld ?? []).Select((part, i) => Withheld(state, part, $"withheld[{i}]")).ToList();
        if (withheld.Count == 0)
        {
            throw Refused.Invalid("withheld-missing", "Name what is withheld, by which ground and article; without such a part it is an answer.", "withheld");
        }

        var by = Override(state, withheld.Exists(part => part.Ground == Restricted), ask.Override);
        var files = AnswerFiles.Check(state, ask.AnswerFiles);
        return state.Answer switch
        {
            null => Concluding(state, act, new InquiryAnsweredPartly(Open(state).Id, said.Id, languages, said.Mac, withheld, by, act.Now) { Files = files }),
            { InFull: false } given when given.TextMac == said.Mac => [],
            _ => throw Refused.Conflict("already-answered", "It is answered; correct that answer instead of giving a second one."),
        };
    }

    public static IReadOnlyList<object> Decide(Inquiry state, PointToPublication ask, Said said, Act act)
    {
        if (!Uri.TryCreate(ask.Address, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            throw Refused.Invalid("address-invalid", "address is the full http(s) address where it is published.", "address");
        }

        if (state.Pointed is { } earlier)
        {
            return earlier.Address == ask.Address ? [] : throw Refused.Conflict("already-answered", "The asker was pointed to another place.");
        }

        return state.MustAnswerInFull
            ? throw Refused.Conflict("must-answer-in-full", "The asker repeats the request: it is answered in full (401-V art. 11(15)).")
            : Concluding(state, act, new PointedToPublication(Open(state).Id, ask.Address!, said.IsEmpty ? null : said.Id, act.Now), Regimes.All[state.Times.ActingRegime].Published);
    }

    public static IReadOnlyList<object> Decide(Inquiry state, RefuseInquiry ask, Said said, Act act)
    {
        var languages = AnswerWords.Languages(ask.Reason, state.Language, "reason", "reason-missing");
        GroundOf(state, ask.Ground, "ground");
        if (state.Refusal is { } earlier)
        {
            return earlier.Ground == ask.Ground && earlier.TextMac == said.Mac ? [] : throw Refused.Conflict("already-refused", "It was refused on another ground or with other words.");
        }

        var by = Override(state, ask.Ground == Restricted, ask.Override);
        return Concluding(state, act, new InquiryRefused(Open(state).Id, ask.Ground!, said.Id, said.Mac, languages, ask.NamesRoute is true, by, act.Now), Regimes.All[state.Times.ActingRegime].Refusal);
    }

    public static IReadOnlyList<object> Decide(Inquiry state, RecordDispatch ask, Act act)
    {
        if (!Told.PaperWays.Contains(ask.By))
        {
            throw Refused.Invalid("way-unknown", $"by is one of: {string.Join(", ", Told.PaperWays)}.", "by");
        }

        var day = ask.Day is { } given ? LocalDate.FromDateOnly(given) : act.Today;
        if (day > act.Today || day < Registration.AlmatyDate(state.Times.Received))
        {
            throw Refused.Invalid("day-invalid", "It left between the day of receipt and today.", "day");
        }

        var dispatched = new AnswerDispatched(state.Id, ask.By!, ask.Tracking, day.ToDateOnly(), act.Now);
        return state switch
        {
            { Dispatched: { } earlier } when earlier with { At = act.Now } == dispatched => [],
            { Answer: null, Refusal: null, Pointed: null } => throw Refused.Conflict("not-answered", "Only an answer or a refusal is dispatched."),
            _ => [dispatched],
        };
    }

    /// <summary>A repeat of what was pointed to a publication goes on as another request, whose answer is owed in full.</summary>
    public static IReadOnlyList<object> AskInFull(Inquiry state, Guid nextId, DateTimeOffset now) => state switch
    {
        { NextInquiryId: not null } => [],
        { Pointed: null } => throw Refused.Conflict("not-pointed", "Only what was pointed to a publication is asked for in full."),
        _ => [new FullAnswerAsked(state.Id, nextId, now)],
    };

    public static IReadOnlyList<object> Decide(Inquiry state, ClearForDisclosure ask, Guid disclosureId, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Text?.Kk) && string.IsNullOrWhiteSpace(ask.Text?.Ru))
        {
            throw Refused.Invalid("text-missing", "Give the masked words, in kk, ru or both.", "text");
        }

        if (string.IsNullOrWhiteSpace(ask.Title?.Kk) && string.IsNullOrWhiteSpace(ask.Title?.Ru))
        {
            throw Refused.Invalid("title-missing", "Give a title, in kk, ru or both.", "title");
        }

        return state switch
        {
            { Disclosure: { } cleared } when cleared.Text == ask.Text && cleared.Title == ask.Title => [],
            { Disclosure: not null } => throw Refused.Conflict("already-cleared", "It was cleared with other words."),
            { Answer: null } => throw Refused.Conflict("not-answered", "Only an answer can be cleared for disclosure."),
            _ => [new AnswerClearedForDisclosure(state.Id, disclosureId, ask.Title!, ask.Text!, now)],
        };
    }

    /// <summary>A final act, with a violation for the reply's term and for the act's own if they had passed.</summary>
    private static IReadOnlyList<object> Concluding(Inquiry state, Act act, object fact, string? ownRule = null)
    {
        var regime = Regimes.All[state.Times.ActingRegime];
        return Timely(state, act, fact, [regime.Reply, regime.Extended, .. ownRule is null ? [] : new[] { ownRule }]);
    }

    private static WithheldPart Withheld(Inquiry state, AnswerInquiryPartly.Part? part, string path)
    {
        GroundOf(state, part?.Ground, path + ".ground");
        _ = string.IsNullOrWhiteSpace(part!.What) ? throw Refused.Invalid("what-missing", "Say which part is withheld.", path + ".what") : 0;
        return string.IsNullOrWhiteSpace(part.Article) ? throw Refused.Invalid("article-missing", "Name the article of law by which it is withheld.", path + ".article")
            : new(part.Ground!, part.Article, part.Until);
    }

    private static void GroundOf(Inquiry state, string? ground, string field) => _ = Regimes.Ground(state.Times.ActingRegime, ground) ?? throw Refused.Invalid("ground-unknown",
        ground == "NotCompetent" ? "Not to be competent is no ground of refusal: forward it (401-V art. 11(11))." : "The grounds of refusal are a closed list.", field);

    /// <summary>What carries a tag of art. 6 may be withheld as restricted only by a named law.</summary>
    private static LegalOverride? Override(Inquiry state, bool restricted, LegalOverride? given) => !restricted || state.Tags.Count == 0 ? null
        : string.IsNullOrWhiteSpace(given?.Article) ? throw Refused.Conflict("restricted-forbidden", "Such information may not be restricted (401-V art. 6); name the law that does so all the same.",
            new Dictionary<string, object?> { ["tags"] = state.Tags })
        : given;
}
