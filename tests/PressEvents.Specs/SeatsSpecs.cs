using FsCheck.Xunit;

namespace PressEvents.Specs;

public class Seats_of_an_event
{
    static readonly Dictionary<SeatCategory, int> NoQuotas = [];

    static (Seats Seats, List<Turn> Turns) Taken(Seats seats, params SeatCategory[] who) =>
        who.Aggregate((seats, new List<Turn>()), (now, category) => (now.seats.Take(category) is var (after, turn) ? after : now.seats, [.. now.Item2, turn]));

    [Fact]
    public void Go_to_who_comes_first_and_the_rest_wait_in_order()
    {
        var (seats, turns) = Taken(Seats.Of(2, NoQuotas), SeatCategory.Public, SeatCategory.Student, SeatCategory.Public, SeatCategory.Expert);
        Assert.Equal([new(1, true, null), new(2, true, null), new(3, false, 1), new(4, false, 2)], turns);
        Assert.Equal((2, 2, 4L), (seats.AllSeated, seats.AllWaiting, seats.Last));
    }

    [Fact]
    public void A_quota_is_ones_own_and_the_others_share_the_rest()
    {
        var (seats, turns) = Taken(Seats.Of(3, new Dictionary<SeatCategory, int> { [SeatCategory.Blogger] = 1 }), SeatCategory.Public, SeatCategory.Public, SeatCategory.Public,
            SeatCategory.Blogger, SeatCategory.Blogger, SeatCategory.Freelancer);
        Assert.Equal([true, true, false, true, false, false], turns.Select(t => t.IsSeated));
        Assert.Equal([1L, 1L, 2L], turns.Where(t => !t.IsSeated).Select(t => t.Place!.Value)); // each line counts for itself
        Assert.Null(seats.Due());
    }

    [Fact]
    public void A_quota_given_late_seats_nobody_above_the_capacity()
    {
        var (full, _) = Taken(Seats.Of(2, NoQuotas), SeatCategory.Public, SeatCategory.Public);
        var (_, turns) = Taken(full with { Quotas = new Dictionary<SeatCategory, int> { [SeatCategory.Blogger] = 1 } }, SeatCategory.Blogger);
        Assert.False(turns[0].IsSeated);
    }

    [Fact]
    public void A_seat_that_is_given_up_is_due_to_the_first_who_waits()
    {
        var (seats, _) = Taken(Seats.Of(1, NoQuotas), SeatCategory.Public, SeatCategory.Student, SeatCategory.Public);
        var (line, count) = seats.GiveUp(SeatCategory.Public, wasSeated: true).Due()!.Value;
        Assert.Equal((true, 1), (line.Contains(SeatCategory.Student), count));
        Assert.Null(seats.GiveUp(SeatCategory.Student, wasSeated: false).Due());
    }

    [Fact]
    public void Fewer_seats_put_nobody_out_and_seat_nobody_until_there_is_room_again()
    {
        var (seats, _) = Taken(Seats.Of(3, NoQuotas), [.. Enumerable.Repeat(SeatCategory.Public, 5)]);
        var fewer = seats with { Capacity = 1 };
        Assert.Equal((3, null), (fewer.AllSeated, fewer.Due()));
        Assert.Null(fewer.GiveUp(SeatCategory.Public, true).GiveUp(SeatCategory.Public, true).Due());
        Assert.Equal(1, fewer.GiveUp(SeatCategory.Public, true).GiveUp(SeatCategory.Public, true).GiveUp(SeatCategory.Public, true).Due()!.Value.Count);
    }

    sealed record Person(long Number, SeatCategory Category)
    {
        public RegistrationState State { get; set; }
    }

    /// <summary>Any run of coming, leaving, resizing and quotas, against a list that is kept by hand.</summary>
    [Property(MaxTest = 500)]
    public void Nobody_is_passed_over_and_no_seat_is_lost_whatever_happens(byte[] happenings)
    {
        var seats = Seats.Of(4, NoQuotas);
        List<Person> people = [];
        foreach (var what in happenings)
        {
            var (act, number) = (what % 8, what / 8);
            var category = (SeatCategory)(number % 6);
            var before = people.Count(p => p.State == RegistrationState.Seated);
            switch (act)
            {
                case 0 or 1 or 2 or 3:
                    var line = seats.Line(category);
                    (seats, var turn) = seats.Take(category);
                    Assert.Equal(people.Count + 1, turn.Number);
                    Assert.Equal(turn.IsSeated ? null : people.Count(p => p.State == RegistrationState.Waiting && line.Contains(p.Category)) + 1L, turn.Place);
                    people.Add(new(turn.Number, category) { State = turn.IsSeated ? RegistrationState.Seated : RegistrationState.Waiting });
                    break;
                case 4 or 5 when people.Where(p => p.State != RegistrationState.Withdrawn).ToList() is { Count: > 0 } here:
                    var leaves = here[number % here.Count];
                    seats = seats.GiveUp(leaves.Category, leaves.State == RegistrationState.Seated);
                    leaves.State = RegistrationState.Withdrawn;
                    before = 0;
                    break;
                case 6:
                    seats = seats with { Capacity = Math.Max(number % 10, seats.Quotas.Values.Sum()) };
                    break;
                case 7:
                    seats = seats with { Quotas = number % 3 == 0 ? NoQuotas : new() { [SeatCategory.Blogger] = Math.Min(number % 4, seats.Capacity) } };
                    break;
                default:
                    break;
            }

            while (seats.Due() is { } due)
            {
                var first = people.Where(p => p.State == RegistrationState.Waiting && due.Line.Contains(p.Category)).OrderBy(p => p.Number).Take(due.Count).ToList();
                Assert.Equal(due.Count, first.Count);
                first.ForEach(p => (p.State, seats) = (RegistrationState.Seated, seats.Promote(p.Category)));
            }

            var seated = people.Count(p => p.State == RegistrationState.Seated);
            Assert.True(seated <= Math.Max(seats.Capacity, before == 0 ? people.Count : before), "more sit than there are seats");
            Assert.All(Enum.GetValues<SeatCategory>(), c => Assert.Equal(
                (people.Count(p => p.Category == c && p.State == RegistrationState.Seated), people.Count(p => p.Category == c && p.State == RegistrationState.Waiting)),
                (seats.Seated.GetValueOrDefault(c), seats.Waiting.GetValueOrDefault(c))));
            Assert.All(Enum.GetValues<SeatCategory>(), c => Assert.True(seats.Room(seats.Line(c)) == 0 || seats.Line(c).Sum(seats.Waiting.GetValueOrDefault) == 0, "somebody waits beside a free seat"));
        }
    }
}
