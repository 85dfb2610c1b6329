using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Law;

/// <summary>Words for a clerk in both languages, never the same in both; the texts are data.</summary>
public sealed record Words(string Kk, string Ru)
{
    static readonly FrozenDictionary<string, Words> Table =
        Tables.Read("words").ToFrozenDictionary(row => row["key"], row => new Words(row["kk"], row["ru"]));

    public static Words Say(string key, params object[] parts) => new(
        string.Format(CultureInfo.InvariantCulture, Table[key].Kk, [.. parts.Select(part => part is Words words ? words.Kk : part)]),
        string.Format(CultureInfo.InvariantCulture, Table[key].Ru, [.. parts.Select(part => part is Words words ? words.Ru : part)]));

    public static Words Join(string separator, params IEnumerable<Words> all) =>
        new(string.Join(separator, all.Select(one => one.Kk)), string.Join(separator, all.Select(one => one.Ru)));

    public static Words Date(LocalDate date) => Say($"{date.DayOfWeek}", Plain(date));

    /// <summary>The day of the week in short, and the date.</summary>
    public static Words Weekday(LocalDate date) => Say($"short.{date.DayOfWeek}", Plain(date));

    public static string Plain(LocalDate date) => date.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    public static Words Count(TermUnit unit, int n) => Count($"{unit}", n);

    // Russian has three forms: 1, 21 день; 2, 3, 4 дня; 5, 11 дней
    public static Words Count(string key, int n) => Say($"{key}.{(n % 100 is >= 11 and <= 14 ? "many"
        : (n % 10) switch { 1 => "one", >= 2 and <= 4 => "few", _ => "many" })}", n);

    /// <summary>Why a day works or not: the holiday's name, or the day that it stands for.</summary>
    public static Words Reason(CalendarDay day) => Say($"{day.Kind}", Holiday(day), For(day) is { } on ? Date(on) : Name(day.Note));

    /// <summary>The same in short, for a sentence.</summary>
    public static Words Brief(CalendarDay day) => Say($"brief.{day.Kind}", Holiday(day), For(day) is { } on ? Plain(on) : Name(day.Note));

    static LocalDate? For(CalendarDay day) => day.For ?? (day.Note.Length > 10 && LocalDatePattern.Iso.Parse(day.Note[^10..]) is { Success: true } on
        ? on.Value : null);

    // "for X on 2026-03-21"; an order names a holiday that the table does not know yet in both languages
    static Words Holiday(CalendarDay day) => day.Name
        ?? Name(day.Kind is DayKind.MovedOff && day.Note.Length > 18 && day.Note.StartsWith("for ", StringComparison.Ordinal) ? day.Note[4..^14] : day.Note);

    static Words Name(string name) => Table.GetValueOrDefault(name) ?? new(name, name);
}
