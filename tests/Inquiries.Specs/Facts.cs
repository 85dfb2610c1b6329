using JasperFx.Events;
using Platform;
using Specs;
using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

public class Facts_about_an_inquiry
{
    public static TheoryData<string> Names => [.. InquiryDecider.Facts.Select(t => t.Name)];

    private static object Example(string name) => OneOfEach.Single(f => f.GetType().Name == name);

    [Fact]
    public void every_record_that_is_stored_is_registered() =>
        Assert.Equal(typeof(Inquiry).Assembly.GetTypes().Where(t => t.Namespace == "Inquiries" && t.IsSealed && t.GetProperty("At") is not null && t.GetProperty("InquiryId") is not null)
            .Select(t => t.Name).Order(), InquiryDecider.Facts.Select(t => t.Name).Order());

    [Theory, MemberData(nameof(Names))]
    public void each_walks_through_every_fold(string name)
    {
        object[] before = name is nameof(InquiryReceived) or nameof(InquiryHandedOver) or nameof(InquiryRepeated) ? [] : name is nameof(ComplaintPassedUp) or nameof(ComplaintDecided) ? [Received, Registered, Answered, Complained] : [Received];
        Assert.NotNull(State([.. before, Example(name)]));
        Assert.NotNull(before.Append(Example(name)).Aggregate((InquiryView?)null, InquiryViewFold.Evolve));
    }

    [Fact]
    public void an_unknown_one_stops_every_fold()
    {
        Assert.Throws<InvalidOperationException>(() => InquiryDecider.Evolve(State(Received), "no fact"));
        Assert.Throws<InvalidOperationException>(() => InquiryViewFold.Evolve(InquiryViewFold.Evolve(null, Received), "no fact"));
    }

    [Theory, MemberData(nameof(Names))]
    public void each_keeps_its_stored_shape(string name) => Golden.Check("facts/" + Store.NameOf(Example(name).GetType()), Example(name));

    [Theory, MemberData(nameof(Names))]
    public void each_says_when_it_was_so(string name) => Assert.Equal(Noon, HistoryEntry.AtOf(Example(name)));
}

public class Messages_that_leave
{
    private static object? Message(object fact)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        (e.Version, e.Id) = (3, Other);
        e.SetHeader(Sessions.Body, "akimat-75");
        return Leaves.List.For(e)?.Message;
    }

    public static TheoryData<string> Names => [.. Leaves.List.Facts.Select(t => t.Name)];

    [Theory, MemberData(nameof(Names))]
    public void each_keeps_its_shape_and_its_name_on_the_wire(string name)
    {
        var message = Message(OneOfEach.Append(Orders.Issued).Single(f => f.GetType().Name == name))!;
        // several facts may leave as one kind of message
        Golden.Check($"messages/{message.GetType().Namespace}.{message.GetType().Name}{(message.GetType().Name == name ? "" : "." + name)}", message);
    }

    [Fact]
    public void what_concerns_one_body_goes_to_that_body_only()
    {
        Assert.Null(Message(Received));
        Assert.All(OneOfEach.Where(f => f is not AnswerClearedForDisclosure), f => Assert.NotEqual("everybody", Audience(f)));
        Assert.Equal(("everybody", "everybody"), (Audience(Cleared), Audience(Orders.Issued)));
    }

    private static string? Audience(object fact)
    {
        var e = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(fact.GetType()), fact)!;
        e.SetHeader(Sessions.Body, "akimat-75");
        return Leaves.List.For(e) is { } leaving ? leaving.Body ?? "everybody" : null;
    }
}

public class Deadlines_of_a_request
{
    private static InquiryView View(params object[] facts) => facts.Aggregate((InquiryView?)null, InquiryViewFold.Evolve)!;
    private static RequestDeadline Reply(InquiryView view, DateTimeOffset now) => RequestDeadline.Of(view, WorkingCalendar.Embedded, now).Single(d => d.Rule == "reply");

    [Fact] public void run_while_it_is_open() => Assert.Equal("running", Reply(View(Received, Registered), Noon).State);
    [Fact] public void run_to_the_end_of_the_last_day() => Assert.Equal("running", Reply(View(Received, Registered), new(2026, 12, 8, 23, 59, 59, TimeSpan.FromHours(5))).State);
    [Fact] public void are_overdue_after_it() => Assert.Equal("overdue", Reply(View(Received, Registered), new(2026, 12, 9, 0, 0, 1, TimeSpan.FromHours(5))).State);
    [Fact] public void are_met_by_an_answer() => Assert.Equal("met", Reply(View(Received, Registered, Answered), Noon.AddYears(1)).State);
    [Fact] public void are_late_by_a_late_answer() => Assert.Equal("late", Reply(View(Received, Registered, Answered with { At = Noon.AddDays(30) }), Noon.AddDays(31)).State);
    [Fact] public void are_none_for_what_is_not_registered() => Assert.Empty(RequestDeadline.Of(View(Received, NotConsidered), WorkingCalendar.Embedded, Noon));
    [Fact] public void agree_with_what_was_recorded() => Assert.Equal((Registered.Due, Registered.SafeDue), (Reply(View(Received, Registered), Noon).Due, Reply(View(Received, Registered), Noon).SafeDue));
    [Fact] public void name_states_in_two_languages() => Assert.All(Enum.GetValues<InquiryState>(), s => Assert.NotEqual(StateNames.Of(s).Kk, StateNames.Of(s).Ru));
}
