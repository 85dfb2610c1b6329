using NodaTime;
using Platform;

namespace Inquiries;

/// <summary>What an asker is told of, and how.</summary>
public static class Told
{
    public const string OfExtension = "extension", OfForwarding = "forwarding";
    public static readonly string[] About = [OfExtension, OfForwarding];
    public static readonly string[] Ways = ["email", "post", "phone", "in-person", "portal"];

    /// <summary>Who is told at once of a crime or a threat (APPK 88), beside the holders.</summary>
    public static readonly string[] Authorities = ["police", "prosecutor", "national-security", "anti-corruption"];
    public static readonly string[] PaperWays = ["post", "courier", "in-person"];
}

/// <summary>The rules of handling: who works on it, by which regime, clarifying, extending, returning, withdrawing.</summary>
public static partial class InquiryDecider
{
    private const int NewestKind = 15;

    public static IReadOnlyList<object> Decide(Inquiry state, AssignInquiry ask, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(ask.Unit))
        {
            throw Refused.Invalid("unit-missing", "Name the unit that works on it.", "unit");
        }

        return (state.Unit, state.Executor) == (ask.Unit, ask.Executor) && state.IsOpen ? [] : [new InquiryAssigned(Open(state).Id, ask.Unit, ask.Executor, now)];
    }

    /// <summary>By the engine's proposal or another: from then on one date is watched.</summary>
    public static IReadOnlyList<object> Decide(Inquiry state, ConfirmRegime ask, Act act)
    {
        if (ask.Regime is null || !Regimes.All.ContainsKey(ask.Regime))
        {
            throw Refused.Invalid("regime-unknown", $"regime is one of: {string.Join(", ", Regimes.All.Keys.Order())}.", "regime");
        }

        if (state.Times.RegimeConfirmed && state.Times.Regime == ask.Regime)
        {
            return [];
        }

        var (due, safe, by) = Terms.Watched(Open(state).Times with { Regime = ask.Regime, RegimeConfirmed = true }, act.Calendar);
        return state.Extension is null
            ? [new RegimeConfirmed(state.Id, ask.Regime, due.ToDateOnly(), safe.ToDateOnly(), by.Edition, by.CalendarVersion, act.Now)]
            : throw Refused.Conflict("already-extended", "Its term was extended by the regime it has; that stands.");
    }

    public static IReadOnlyList<object> Decide(Inquiry state, ConfirmAnonymous ask, DateTimeOffset now)
    {
        if (ask.ReportsCrime is true && !Told.Authorities.Contains(ask.PassedTo) && Holders.Find(ask.PassedTo) is null)
        {
            throw Refused.Invalid("passed-to-unknown", $"What reports a crime or a threat is passed on at once: to {string.Join(", ", Told.Authorities)}, or a holder's code.", "passedTo");
        }

        return state switch
        {
            { State: not InquiryState.NotConsidered } => throw Refused.Conflict("not-anonymous", "It is not proposed as anonymous."),
            { AnonymityConfirmed: true } when ask.Anonymous is not false => [],
            { AnonymityConfirmed: true } => throw Refused.Conflict("already-confirmed", "It was confirmed as anonymous."),
            _ when ask.Anonymous is false => [new AnonymityRejected(state.Id, now)],
            _ => [new AnonymityConfirmed(state.Id, ask.ReportsCrime is true, ask.ReportsCrime is true ? ask.PassedTo : null, now)],
        };
    }

    public static IReadOnlyList<object> Decide(Inquiry state, TagTopics ask, DateTimeOffset now)
    {
        var tags = (ask.Tags ?? []).Distinct().Order().ToList();
        return tags.Exists(tag => tag is < 1 or > NewestKind) ? throw Refused.Invalid("tag-unknown", "Tags are the numbers 1 to 15 of 401-V art. 6.", "tags")
            : tags.SequenceEqual(state.Tags) ? [] : [new TopicsTagged(Open(state).Id, tags, now)];
    }

    public static IReadOnlyList<object> Decide(Inquiry state, ClarifyInquiry ask, Said said, Act act)
    {
        said.Required("question-missing", "Say what is to be clarified.", "question");
        var defects = (ask.Defects ?? []).Distinct().ToList();
        if (defects.Except(Defects.All).Any())
        {
            throw Refused.Invalid("defect-unknown", $"defects are of: {string.Join(", ", Defects.All)}.", "defects");
        }

        if ((defects.Count > 0) != (ask.Until is not null))
        {
            throw Refused.Invalid("until-missing", "Defects are named together with a reasonable last day for mending them.", "until");
        }

        if (ask.Until is { } until && LocalDate.FromDateOnly(until) <= act.Today)
        {
            throw Refused.Invalid("until-past", "The last day for mending lies ahead.", "until");
        }

        return state.State == InquiryState.ClarificationAsked && state.Clarification!.TextMac == said.Mac ? []
            : [new ClarificationAsked(Open(state).Id, said.Id, said.Mac, defects, ask.Until, act.Now)];
    }

    /// <summary>The asker's own words; they come as often as the asker likes while it is open.</summary>
    public static IReadOnlyList<object> Clarified(Inquiry state, Said said, DateTimeOffset now)
    {
        said.Required("text-missing", "Say what you clarify.", "text");
        return state.Clarified?.TextMac == said.Mac ? [] : [new ClarificationGiven(Open(state).Id, said.Id, said.Mac, now)];
    }

    /// <summary>Once, by the head, and only if other holders are competent too and their information is needed (401-V art. 11(10)).</summary>
    public static IReadOnlyList<object> Decide(Inquiry state, ExtendDeadline ask, Said said, Act act)
    {
        said.Required("reason-missing", "Say why the information of other holders is needed.", "reason");
        var holders = (ask.Holders ?? []).Distinct().Order(StringComparer.Ordinal).ToList();
        if (holders.Exists(code => Holders.Find(code) is null))
        {
            throw Refused.Invalid("holder-unknown", "holders are codes of the list of holders.", "holders");
        }

        if (!holders.Exists(code => code != state.Holder))
        {
            throw Refused.Invalid("holders-missing", "Name the other holders whose information is needed.", "holders");
        }

        var rule = Law.Deadlines.InForce(Regimes.All[state.Times.ActingRegime].Extended, Registration.AlmatyDate(state.Times.Received));
        var length = ask.Length ?? rule.Length;
        if (length < 1 || length > rule.Length)
        {
            throw Refused.Invalid("length-invalid", $"The term is extended by 1 to {rule.Length} {rule.Unit}.", "length");
        }

        if (state.Extension is { } earlier)
        {
            return earlier.Length == length && earlier.Holders.SequenceEqual(holders) ? []
                : throw Refused.Conflict("already-extended", "A term is extended once.");
        }

        var times = Open(state).Times with { Extended = act.Now, ExtendedBy = length };
        var (due, safe, by) = Terms.Watched(times, act.Calendar);
        return Timely(state, act, new DeadlineExtended(state.Id, length, rule.Unit.ToString(), holders, said.Id, due.ToDateOnly(), safe.ToDateOnly(), by.Edition, by.CalendarVersion, act.Now),
            Regimes.All[state.Times.ActingRegime].Reply);
    }

    public static IReadOnlyList<object> Decide(Inquiry state, RecordNotice ask, Act act)
    {
        if (!Told.About.Contains(ask.About))
        {
            throw Refused.Invalid("about-unknown", $"about is one of: {string.Join(", ", Told.About)}.", "about");
        }

        if (!Told.Ways.Contains(ask.By))
        {
            throw Refused.Invalid("way-unknown", $"by is one of: {string.Join(", ", Told.Ways)}.", "by");
        }

        return ask.About switch
        {
            Told.OfExtension when state.Extension is null => throw Refused.Conflict("not-extended", "Its term was not extended."),
            Told.OfForwarding when state.Forwarded is null && state.Parts.Count == 0 => throw Refused.Conflict("not-forwarded", "Nothing of it was forwarded."),
            Told.OfExtension when state.Times.ToldOfExtension is null => Timely(state, act, new AskerNotified(state.Id, ask.About, ask.By!, act.Now), Regimes.All[state.Times.ActingRegime].Notice),
            Told.OfExtension => [],
            _ => [new AskerNotified(state.Id, ask.About!, ask.By!, act.Now)],
        };
    }

    /// <summary>After the term for mending the named defects passed in vain, within 3 working days (APPK 64(7)); later is a violation and stands.</summary>
    public static IReadOnlyList<object> Decide(Inquiry state, ReturnInquiry ask, Said said, Act act)
    {
        if (state.State == InquiryState.Returned)
        {
            return [];
        }

        return Open(state) switch
        {
            { Clarification: not { Until: not null } } => throw Refused.Conflict("defects-not-named", "Name the defects to the asker first, with a last day for mending them."),
            { Clarified: not null } => throw Refused.Conflict("clarified", "The asker has answered; look at it."),
            { Clarification.Until: { } until } when act.Today <= LocalDate.FromDateOnly(until) =>
                throw Refused.Conflict("return-too-early", $"The asker has until {until:yyyy-MM-dd} to mend the defects."),
            _ => Timely(state, act, new InquiryReturned(state.Id, said.IsEmpty ? null : said.Id, ask.NamesRoute is true, act.Now), "return"),
        };
    }

    public static IReadOnlyList<object> Withdraw(Inquiry state, string by, DateTimeOffset now) =>
        state.State == InquiryState.Withdrawn ? [] : [new InquiryWithdrawn(Open(state).Id, by, now)];

    public static IReadOnlyList<object> Decide(Inquiry state, AcceptInquiry _, DateTimeOffset now) => state.Accepted switch
    {
        null => throw Refused.Conflict("not-handed-over", "It came from the asker, not from another holder."),
        true => [],
        false => [new HandOverAccepted(state.Id, now)],
    };
}
