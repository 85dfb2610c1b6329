using JasperFx;
using JasperFx.Events;
using Marten.Events.Aggregation;
using Platform;

namespace PressEvents;

public enum JournalistCategory { Staff, Freelancer, Blogger, Foreign }

/// <summary>Half a year without accreditation: from an instant up to and without another one, midnight in Almaty after <paramref name="LastDay"/>, unless it was lifted.</summary>
public sealed record Suspension(string Reason, string By, DateTimeOffset From, DateTimeOffset Until, DateOnly LastDay)
{
    public DateTimeOffset? LiftedAt { get; init; }
    public string? LiftedBecause { get; init; }

    /// <summary>Of the working calendar by which its last day was counted.</summary>
    public string? CalendarVersion { get; init; }

    public bool RunsAt(DateTimeOffset at) => From <= at && at < (LiftedAt ?? Until);
}

/// <summary>A journalist as facts leave him, without personal data; stored inline.</summary>
public sealed record Journalist(Guid Id, Guid SubjectId, string Category, Guid? OutletId, string Language, Guid ItemId, IReadOnlyList<JournalistDocument> Documents,
    IReadOnlyList<Suspension> Suspensions, DateTimeOffset RegisteredAt) : IRevisioned
{
    public int Version { get; set; }

    /// <summary>When the latest suspension ends or ended, for lists.</summary>
    public DateTimeOffset? SuspendedUntil { get; init; }

    /// <summary>The one that runs at an instant; it ends by the clock alone.</summary>
    public Suspension? SuspendedAt(DateTimeOffset at) => Suspensions.FirstOrDefault(s => s.RunsAt(at));

    public bool IsForeign => Category == nameof(JournalistCategory.Foreign);

    /// <summary>The journalist with Almaty's offset.</summary>
    public Journalist Shown(long version) => this with
    {
        Version = (int)version,
        RegisteredAt = RegisteredAt.InAlmaty(),
        SuspendedUntil = SuspendedUntil?.InAlmaty(),
        Suspensions = [.. Suspensions.Select(s => s with { From = s.From.InAlmaty(), Until = s.Until.InAlmaty(), LiftedAt = s.LiftedAt?.InAlmaty() })],
    };
}

/// <summary>Every rule about a journalist: values in, values out.</summary>
public static class Journalists
{
    public const string Deprivation = "accreditation-deprivation";
    public static readonly Type[] Facts = [typeof(JournalistRegistered), typeof(JournalistDocumentsEdited), typeof(JournalistLanguageChosen), typeof(JournalistSuspended),
        typeof(JournalistSuspensionLifted)];
    public static readonly string[] Languages = ["kk", "ru"];

    public static Journalist? Evolve(Journalist? state, object fact) => fact switch
    {
        JournalistRegistered e => new(e.JournalistId, e.SubjectId, e.Category, e.OutletId, e.Language, e.ItemId, e.Documents, [], e.At.ToUniversalTime()),
        JournalistDocumentsEdited e => state! with { Category = e.Category, OutletId = e.OutletId, ItemId = e.ItemId, Documents = e.Documents },
        JournalistLanguageChosen e => state! with { Language = e.Language },
        JournalistSuspended e => state! with { Suspensions = [.. state.Suspensions, new(e.Reason, e.By, e.At.ToUniversalTime(), e.Until.ToUniversalTime(), e.LastDay) { CalendarVersion = e.CalendarVersion }], SuspendedUntil = e.Until.ToUniversalTime() },
        JournalistSuspensionLifted e => state! with
        {
            Suspensions = [.. state.Suspensions.SkipLast(1), state.Suspensions[^1] with { LiftedAt = e.At.ToUniversalTime(), LiftedBecause = e.Reason }],
            SuspendedUntil = e.At.ToUniversalTime(),
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a journalist."),
    };

    /// <summary>Category and outlet as they fit each other: staff and foreign correspondents have an outlet, freelancers and bloggers may.</summary>
    public static string Category(string? asked, Guid? outletId, Outlet? outlet)
    {
        if (!Enum.TryParse<JournalistCategory>(asked, out var category) || asked != category.ToString())
        {
            throw Refused.Invalid("category-unknown", $"category is one of: {string.Join(", ", Enum.GetNames<JournalistCategory>())}.", "category");
        }

        return (outletId, outlet) switch
        {
            (null, _) when category is JournalistCategory.Staff or JournalistCategory.Foreign => throw Refused.Invalid("outlet-missing", "Staff and foreign correspondents work for an outlet.", "outletId"),
            ({ }, null) => throw Refused.Invalid("outlet-unknown", "outletId is the id of an outlet of the list.", "outletId"),
            (_, { State: Outlet.Closed }) => throw Outlets.IsClosed(),
            (_, { Foreign: true }) when category != JournalistCategory.Foreign => throw Refused.Invalid("category-mismatch", "Whoever works for a foreign outlet is a foreign correspondent.", "category"),
            _ => category.ToString(),
        };
    }

    public static string Language(string? asked) => asked is not null && Languages.Contains(asked) ? asked : throw Refused.Invalid("language-unknown", "language is kk or ru.", "language");

    /// <summary>What differs, as two facts: what approvals rest on, and the language, which nothing rests on.</summary>
    public static IReadOnlyList<object> Edit(Journalist state, string category, Guid? outletId, string language, Guid itemId, IReadOnlyList<JournalistDocument> documents, DateTimeOffset now) =>
    [
        .. (category, outletId, itemId) == (state.Category, state.OutletId, state.ItemId) && documents.SequenceEqual(state.Documents) ? Array.Empty<object>()
            : [new JournalistDocumentsEdited(state.Id, category, outletId, itemId, documents, now)],
        .. language == state.Language ? Array.Empty<object>() : [new JournalistLanguageChosen(state.Id, language, now)],
    ];

    /// <summary>By a named official, for a reason of the list; while one runs, saying it again for the same reason changes nothing.</summary>
    public static IReadOnlyList<object> Suspend(Journalist state, SuspendJournalist ask, string by, WorkingCalendar calendar, DateTimeOffset now)
    {
        var reason = AccreditationLists.Deprivations.Known(ask.Reason);
        if (state.SuspendedAt(now) is { } running)
        {
            return running.Reason == reason ? [] : throw IsSuspended(running);
        }

        var today = Registration.AlmatyDate(now);
        var term = Deadlines.Compute(Deprivation, today, today, calendar);
        return [new JournalistSuspended(state.Id, reason, term.LastDay.ToDateOnly(), Registration.DueInstant(term.LastDay), by, term.Edition, term.CalendarVersion, now, state.OutletId)];
    }

    /// <summary>Before its day, by a named official, for a reason of the list: a court or an appeal may say so, or it should never have been. Said again it is so already.</summary>
    public static IReadOnlyList<object> Lift(Journalist state, LiftSuspension ask, Guid? wordsId, string by, DateTimeOffset now)
    {
        var reason = AccreditationLists.Liftings.Known(ask.Reason);
        return state.SuspendedAt(now) is not null ? [new JournalistSuspensionLifted(state.Id, reason, wordsId, by, now, state.OutletId)]
            : state.Suspensions is [.., { LiftedBecause: { } before }] && before == reason ? []
            : throw Refused.Conflict("not-suspended", "No deprivation runs.");
    }

    public static RefusedException IsSuspended(Suspension running) => Refused.Conflict("suspended", "Deprived of accreditation until then.",
        new Dictionary<string, object?> { ["until"] = running.Until.InAlmaty(), ["lastDay"] = running.LastDay, ["reason"] = running.Reason });
}

/// <summary>Marten's side of the fold.</summary>
public sealed partial class JournalistFold : SingleStreamProjection<Journalist, Guid>
{
    public JournalistFold() => Array.ForEach(Journalists.Facts, IncludeType);

    public override Journalist? Evolve(Journalist? snapshot, Guid id, IEvent e) => Journalists.Evolve(snapshot, e.Data);
}
