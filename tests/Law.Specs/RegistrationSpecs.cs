using static Law.Specs.Given;

namespace Law.Specs;

public class Registering_what_came_in
{
    static readonly Holder Office = Holders.Find("min-ecology")!; // 09:00-18:30

    [Theory]
    [InlineData("2026-04-16T11:00:00+05:00", "2026-04-16T11:00:00+05:00")]
    [InlineData("2026-04-16T06:00:00+05:00", "2026-04-16T06:00:00+05:00")] // before opening: the same day
    [InlineData("2026-04-16T18:30:00+05:00", "2026-04-16T18:30:00+05:00")] // at the stroke
    [InlineData("2026-04-16T18:30:00.001+05:00", "2026-04-17T09:00:00+05:00")]
    [InlineData("2026-04-16T23:50:00+05:00", "2026-04-17T09:00:00+05:00")]
    [InlineData("2026-04-19T12:00:00+05:00", "2026-04-20T09:00:00+05:00")] // Sunday
    [InlineData("2026-03-20T19:00:00+05:00", "2026-03-26T09:00:00+05:00")] // Nauryz
    [InlineData("2025-01-05T12:00:00+05:00", "2025-01-05T12:00:00+05:00")] // a Sunday that works
    [InlineData("2026-12-31T23:50:00+05:00", "2027-01-05T09:00:00+05:00")] // next year
    [InlineData("2026-12-31T20:00:00Z", "2027-01-05T09:00:00+05:00")] // 1 January in Almaty
    [InlineData("2024-02-29T20:00:00+06:00", "2024-03-01T09:00:00+05:00")] // the night the zone changed
    public void Is_done_within_the_holders_working_day(string received, string registered) =>
        Assert.Equal(At(registered), Registration.RegisteredAt(At(received), Office, Calendar));

    [Fact]
    public void Follows_the_hours_of_the_holder() => Assert.Equal(At("2026-04-17T08:00:00+05:00"),
        Registration.RegisteredAt(At("2026-04-16T17:30:00+05:00"), Office with { Open = new(8, 0), Close = new(17, 0) }, Calendar));

    [Theory]
    [InlineData("2026-04-16T13:00:00+05:00"), InlineData("2026-04-16T14:15:00+05:00"), InlineData("2026-04-16T14:30:00+05:00")]
    public void Goes_on_over_lunch(string at) => Assert.Equal(At(at), Registration.RegisteredAt(At(at), Office, Calendar));

    [Theory]
    [InlineData("2026-04-16T17:00:00+05:00", "2026-04-16T17:00:00+05:00")] // at the stroke
    [InlineData("2026-04-16T17:00:00.001+05:00", "2026-04-17T08:00:00+05:00")]
    [InlineData("2026-04-18T12:00:00+05:00", "2026-04-20T08:00:00+05:00")] // Saturday
    [InlineData("2026-05-08T17:30:00+05:00", "2026-05-12T08:00:00+05:00")] // Victory Day on a Saturday, moved to Monday
    public void Follows_other_hours_to_the_stroke_and_to_the_opening(string received, string registered) => Assert.Equal(At(registered),
        Registration.RegisteredAt(At(received), Office with { Open = new(8, 0), Close = new(17, 0) }, Calendar));

    [Fact]
    public void Waits_for_a_day_that_an_order_makes_working() => Assert.Equal(At("2026-04-18T12:00:00+05:00"), Registration.RegisteredAt(
        At("2026-04-18T12:00:00+05:00"), Office, Calendar.With(Calendar.Edition, [new(Day("2026-04-18"), DayKind.TransferredWork, "works for Fri 2026-04-17")])));

    [Theory]
    [InlineData("2026-04-16T18:59:59Z", "2026-04-16"), InlineData("2026-04-16T19:00:00Z", "2026-04-17")]
    [InlineData("2024-02-28T18:00:00Z", "2024-02-29")]
    [InlineData("2024-02-29T18:30:00Z", "2024-02-29")] // +6 before 1 March 2024, then an hour twice
    public void Knows_the_day_in_almaty(string at, string day) => Assert.Equal(Day(day), Registration.AlmatyDate(At(at)));

    [Theory]
    [InlineData("2026-03-26", "2026-03-26T19:00:00Z"), InlineData("2024-02-28", "2024-02-28T18:00:00Z")]
    [InlineData("2024-02-29", "2024-02-29T19:00:00Z")]
    public void Ends_a_day_at_midnight_in_almaty(string due, string instant) =>
        Assert.Equal(At(instant), Registration.DueInstant(Day(due)));
}

public class The_holders
{
    [Fact]
    public void Are_found_by_code_and_only_so()
    {
        Assert.Equal(("Акимат области Абай", "Абай облысының әкімдігі", "10", "gov-office"), Holders.Find("akimat-10") is { } akimat
            ? (akimat.NameRu, akimat.NameKk, akimat.Kato, akimat.Superior) : default);
        Assert.Null(Holders.Find("akimat-99"));
        Assert.Null(Holders.Find("AKIMAT-10"));
        Assert.Null(Holders.Find(null));
    }

    [Fact]
    public void Answer_to_each_other_up_to_one_top()
    {
        Assert.Equal(33, Holders.All.Count);
        Assert.Equal("gov-office", Assert.Single(Holders.All, holder => holder.Superior is null).Code);
        Assert.All(Holders.All.Where(holder => holder.Superior is not null), holder => Assert.NotNull(Holders.Find(holder.Superior)));
    }

    [Fact]
    public void Keep_a_five_day_week_like_the_calendar() => Assert.All(Holders.All, holder =>
    {
        Assert.Equal("Mon-Fri", holder.WorkingDays);
        Assert.True(holder.Open < holder.LunchFrom && holder.LunchFrom < holder.LunchTo && holder.LunchTo < holder.Close);
    });

    [Fact]
    public void Have_one_akimat_for_each_region() => Assert.Equal(
        Tables.Read("regions").Select(row => row["kato"]).Order(), Holders.All.Select(holder => holder.Kato).OfType<string>().Order());
}

public class The_regime_that_words_point_to
{
    [Theory]
    [InlineData("Запрос СМИ Редакция просит разъяснить официальное сообщение от 2024 года о тарифах. Ответ нужен для публикации.", "MediaStatementClarification")]
    [InlineData("Редакция газеты ресми хабарды түсіндіруді сұрайды", "MediaStatementClarification")]
    [InlineData("ЗАПРОС СМИ о числе школ", "MediaRequest")]
    [InlineData("По статье 36 Закона «О масс-медиа» просим сообщить", "MediaRequest")]
    [InlineData("БАҚ сұрауы: мектептер саны", "MediaRequest")]
    [InlineData("на основании статьи 64 АППК прошу", "AppkRequest")]
    [InlineData("Әкімшілік рәсімдік-процестік кодекстің 64-бабы бойынша", "AppkRequest")]
    [InlineData("По Закону «О доступе к информации» редакция газеты, запрос СМИ", "AccessToInformation")]
    [InlineData("Запрос о Смирнове", "AccessToInformation")]
    [InlineData("Прошу последнюю редакцию приказа и дату его публикации", "AccessToInformation")]
    [InlineData("Мектептер тізімін жіберуіңізді сұраймын", "AccessToInformation")]
    [InlineData("", "AccessToInformation")]
    public void Is_proposed(string words, string regime) => Assert.Equal(regime, Regimes.Proposed(words));
}
