using System.Globalization;
using System.Text.Json;
using Marten;
using Platform;
using Weasel.Core;

namespace PressEvents.Specs;

/// <summary>What the specs share: a press conference as filed, times as text, folds, refusals by code, golden files.</summary>
static class Given
{
    public static readonly Guid Id = new("01a20000-0000-7000-8000-000000000001");
    public static readonly Catalogue Data = Catalogue.Embedded;

    /// <summary>Monday, a fortnight before the event.</summary>
    public static readonly DateTimeOffset Now = At("2026-11-23T09:00:00+05:00");

    public static readonly FilePressEvent Asked = new("PressConference", new("Су тасқынына дайындық", "О подготовке к паводкам"),
        new("Баспасөз қызметі хабарлайды.", "Сообщает пресс-служба."), "2026-12-07T11:00:00+05:00", "2026-12-07T12:00:00+05:00", "hall-1", "min-emergency",
        [new(new("Айдос Берікұлы", "Айдос Берикулы"), new("Вице-министр", "Вице-министр"))], ["khabar24", "ortcom.kz"], "", null);

    public static readonly PressEventFiled Filed = Filing.Decide(Id, Asked, Data, Now);

    public static readonly PressEventAnnounced Announced = new(Id, Filed.Format, Filed.Body, Filed.Title, Filed.Summary, Filed.Start, Filed.End, Filed.Hall,
        Filed.Speakers, Filed.Channels, true, null, Now.AddHours(1));

    /// <summary>The day of the event, at twelve.</summary>
    public static readonly DateTimeOffset Noon = At("2026-12-07T12:00:00+05:00");
    public static readonly PressEventPostponed Postponed = new(Id, Filed.Body, Filed.Start, Filed.End, Filed.Hall, new("Баяндамашы ауырып қалды", "Докладчик заболел"), true, Now.AddHours(2));
    public static readonly PressEventStarted Started = new(Id, Filed.Body, true, Noon);
    public static readonly PressEventConcluded Concluded = new(Id, Filed.Body, new(2026, 12, 10), true, Noon.AddHours(1), "2026-11-1");
    public static readonly MaterialsPublished Published = new(Id, Filed.Body, [new(new("01a20000-0000-7000-8000-00000000000a"), "recording", "kk"),
        new(new("01a20000-0000-7000-8000-00000000000b"), "transcript", "ru")], false, true, Noon.AddDays(1));
    public static readonly PressEventRevised Revised = new(Id, Filed.Body, new("Су тасқыны", "О паводке"), Filed.Summary, Filed.Speakers, Filed.Channels, null, null, true, Now.AddHours(2));
    public static readonly FormatEdited Edited = new(FormatDecider.StreamId("KazTalks"), Data.Format("KazTalks")! with { LeastNotice = new(2, NoticeUnit.WorkingDays) }, "Two days suffice.", Now);
    public static readonly ReservationHeld Held = new(Id, "slot:khabar24", "scc", Filed.Start, Filed.End, Now.AddMinutes(30), Now);
    public static readonly ReservationConfirmed Confirmed = new(Id, Id, false, Now);

    public static readonly PressEventWithdrawn Withdrawn = new(Id, Filed.Body, "Asked for by the guest.", true, Now.AddHours(4));
    public static readonly CancelPressEvent Reason = new(new Bilingual("Су басты", "Из-за паводка"));
    public static readonly PressEventCancelled Cancelled = new(Id, Filed.Body, Reason.Reason!, true, Now.AddHours(3));

    public static PressEventRescheduled Moved(string start, string end, string? hall = "hall-1") =>
        new(Id, Filed.Body, Filed.Start, Filed.End, Filed.Hall, At(start), At(end), hall, null, true, Now.AddHours(2));

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public static PressEvent State(params object[] facts) => facts.Aggregate((PressEvent?)null, PressEventDecider.Evolve)!;
    public static PressEventView View(params object[] facts) => facts.Aggregate((PressEventView?)null, PressEventViewFold.Evolve)!;

    public static RefusedException Refusal(Action act) => Assert.Throws<RefusedException>(act);
    public static void Refused(string code, Func<object> act) => Assert.Equal(code, Refusal(() => act()).Code);
    public static void Refused(string code, string field, Func<object> act)
    {
        var refused = Refusal(() => act());
        Assert.Equal((code, field), (refused.Code, string.Join(' ', refused.Errors.Keys)));
    }

    static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = Json.Options.Encoder, NewLine = "\n" };

    /// <summary>The store's own JSON, as events are kept.</summary>
    public static readonly Marten.ISerializer Store = MakeStore();

    static Marten.ISerializer MakeStore()
    {
        var options = new StoreOptions();
        options.UseSystemTextJsonForSerialization(Json.Configure(new()), EnumStorage.AsString, Casing.CamelCase);
        return options.Serializer();
    }

    /// <summary>A fact as it is stored, indented; records with lists are compared by it.</summary>
    public static string Stored(object value)
    {
        using var parsed = JsonDocument.Parse(Store.ToJson(value));
        return JsonSerializer.Serialize(parsed, Indented) + "\n";
    }

    public static void Same(object expected, IReadOnlyList<object> facts)
    {
        var fact = Assert.Single(facts);
        Assert.Equal((expected.GetType(), Stored(expected)), (fact.GetType(), Stored(fact)));
    }
}
