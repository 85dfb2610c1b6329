extern alias service;

using Platform;
using service::Inquiries;

namespace Dev.Loading;

/// <summary>One made-up request: its facts with their times and authors, and what else its doors would have stored.</summary>
public sealed record Life(Guid Id, Guid SubjectId, string Holder, IReadOnlyList<(object Fact, DateTimeOffset At, Author By)> Facts, InquiryView View);

/// <summary>
/// Makes requests as the doors would have let them happen: spread evenly over the span of the load, registered and numbered by the
/// holder's hours, worked on and answered; the last two weeks' are open, and one in a hundred of the older ones still is, overdue.
/// </summary>
public sealed class Lives(string[] holders, DateTimeOffset from, DateTimeOffset to, int requests, Dictionary<(string, int), int> numbers)
{
    private static readonly string[] Units = ["Канцелярия", "Юридический отдел", "Отдел информации", "Управление экономики", "Пресс-служба"];
    private readonly Random _random = new(5100);
    private readonly WorkingCalendar _calendar = WorkingCalendar.Embedded;

    public Life Make(int n)
    {
        var at = from + (to - from) * (n / (double)requests);
        var (id, subject, holder) = (Guid.CreateVersion7(at), Guid.CreateVersion7(at), holders[_random.Next(holders.Length)]);
        List<(object, DateTimeOffset, Author)> facts = [];
        void Add(object fact, DateTimeOffset when, string by, string? body) => facts.Add((fact, when, Author(by, body)));
        Add(new InquiryReceived(id, subject, holder, n % 3 == 0 ? "kk" : "ru", "electronic", "egov", n % 7 == 0 ? "legalEntity" : "individual", n % 20 == 0 ? ["phone-invalid"] : [], 0, at), at, "e-gov", null);
        Add(Register(id, holder, at), at, "e-gov", null);
        var open = to - at < TimeSpan.FromDays(14) || n % 100 == 0;
        Assign(0);
        void Assign(int turn)
        {
            var when = at.AddHours(5 + 20 * turn);
            Add(new InquiryAssigned(id, Units[(n + turn) % Units.Length], turn % 2 == 0 ? null : $"executor-{n % 40}", when), when, "officer", holder);
        }

        if (!open)
        {
            var registered = (InquiryRegistered)facts[1].Item1;
            Add(new RegimeConfirmed(id, Regimes.AccessToInformation, registered.Due, registered.SafeDue, registered.Edition, registered.CalendarVersion, at.AddDays(1)), at.AddDays(1), "officer", holder);
            Add(new TopicsTagged(id, [n % 15 + 1], at.AddDays(1)), at.AddDays(1), "officer", holder);
            Assign(2);
            Add(new InquiryAnswered(id, Guid.CreateVersion7(at.AddDays(6)), [n % 3 == 0 ? "kk" : "ru"], Convert.ToBase64String(Bytes(32)), at.AddDays(6)), at.AddDays(6), "officer", holder);
            Add(new AnswerClearedForDisclosure(id, Guid.CreateVersion7(at.AddDays(8)), new(null, "Ответ на запрос"), new(null, "Сведения, которых касается запрос, опубликованы полностью."), at.AddDays(8)), at.AddDays(8), "officer", holder);
        }

        var view = facts.Aggregate((InquiryView?)null, (state, f) => InquiryViewFold.Evolve(state, f.Item1))!;
        view.Version = facts.Count;
        return new(id, subject, holder, facts, view);
    }

    private InquiryRegistered Register(Guid id, string holder, DateTimeOffset at)
    {
        var registeredAt = Registration.RegisteredAt(at, Holders.Find(holder)!, _calendar);
        var year = Registration.AlmatyDate(registeredAt).Year;
        var received = Registration.AlmatyDate(at);
        var reply = Deadlines.Compute("reply", received, received, _calendar);
        var number = numbers[(holder, year)] = numbers.GetValueOrDefault((holder, year)) + 1;
        return new(id, $"{holder}-{year}-{number:D6}", registeredAt, reply.Due.ToDateOnly(), reply.SafeDue.ToDateOnly(), reply.Edition, reply.CalendarVersion, at);
    }

    private Author Author(string by, string? body)
    {
        var (trace, span) = (Convert.ToHexStringLower(Bytes(16)), Convert.ToHexStringLower(Bytes(8)));
        return new(by, body, trace, span, $"00-{trace}-{span}-01");
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
