using System.Net.Mail;
using System.Text.RegularExpressions;
using Platform;

namespace PressEvents;

/// <summary>Who registers for a format: nobody, anybody, journalists who are accredited, or those of them who were invited.</summary>
public enum RegistrationKind { None, Public, Media, Invited }

/// <summary>Who registers, as he may be stored: sealed, and never in a fact.</summary>
public sealed record Registrant(string Name, string Email, string? Phone);

/// <summary>Whether somebody may register now, and as whom; each broken rule has its code and names its field.</summary>
public static partial class RegistrationRules
{
    private static readonly string[] Languages = ["kk", "ru", "en"];
    private static readonly SeatCategory[] Open = [SeatCategory.Public, SeatCategory.Student, SeatCategory.Expert, SeatCategory.Blogger, SeatCategory.Freelancer];

    public static RegistrationKind KindOf(Format? format) => format switch
    {
        { Registration: FormatRegistration.Public } => RegistrationKind.Public,
        { Registration: FormatRegistration.Media } => format.Audience.Contains("invited-media") ? RegistrationKind.Invited : RegistrationKind.Media,
        _ => RegistrationKind.None,
    };

    /// <summary>The terms, where one may register at this moment.</summary>
    public static Seating Admit(PressEventView? press, Seating? seating, RegistrationKind kind, DateTimeOffset now)
    {
        if (press is null || press.State == nameof(PressEventState.Planned) || (!press.IsOpen && kind != RegistrationKind.Invited))
        {
            throw Refused.Missing(nameof(PressEvent)); // the public does not know of it
        }

        return press.State == nameof(PressEventState.Cancelled) ? throw Refused.Conflict("cancelled", "It was cancelled, and that is final.")
            : seating is null || kind == RegistrationKind.None || now < seating.Opens ? throw Refused.Conflict("registration-not-open", "Registration for this event is not open.", Times(seating))
            : seating.IsClosedAt(press, now) ? throw Closed()
            : seating;
    }

    /// <summary>A journalist of the register who is accredited for the event, and where it is for the invited alone, invited.</summary>
    public static (Guid JournalistId, SeatCategory Category) Accredited(JournalistStanding? standing, RegistrationKind kind, Seating seating)
    {
        if (standing is not { Accredited: true })
        {
            throw Refused.Forbidden("not-accredited", $"This event is for accredited journalists; yours: {standing?.WhyNot ?? "none"}.");
        }

        return kind == RegistrationKind.Invited && !seating.Invited.Contains(standing.JournalistId)
            ? throw Refused.Forbidden("not-invited", "This meeting is for invited journalists.")
            : (standing.JournalistId, standing.Category switch
            {
                nameof(JournalistCategory.Blogger) => SeatCategory.Blogger,
                nameof(JournalistCategory.Freelancer) => SeatCategory.Freelancer,
                _ => SeatCategory.Journalist,
            });
    }

    public static RefusedException Closed() => Refused.Conflict("registration-closed", "Registration for this event is closed.");

    public static Registrant Person(RegisterForEvent ask) => new(
        Filing.Text(ask.Name, "name", 200) ?? throw Refused.Invalid("name-missing", "Give your name.", "name"),
        Filing.Text(ask.Email, "email", 254) is { } email && MailAddress.TryCreate(email, out var address) && address.Address == email && email.Contains('@')
            ? email : throw Refused.Invalid("email-invalid", "Give an e-mail address, such as name@example.kz.", "email"),
        Filing.Text(ask.Phone, "phone", 30) is not { } phone ? null : Phones().IsMatch(phone) ? phone : throw Refused.Invalid("phone-invalid", "A phone number has digits, blanks and a plus.", "phone"));

    /// <summary>Personal data is taken with consent alone (94-V art. 7).</summary>
    public static void Consented(RegisterForEvent ask) => _ = ask.Consent == true ? true
        : throw Refused.Invalid("consent-missing", "Consent to the processing of personal data is needed.", "consent");

    public static SeatCategory OpenCategory(string? text) => text is null ? SeatCategory.Public
        : Category(text, "category") is var category && Open.Contains(category) ? category
        : throw Refused.Invalid("category-unknown", $"category is one of: {string.Join(", ", Open)}.", "category");

    public static SeatCategory Category(string text, string field) => Enum.GetNames<SeatCategory>().Contains(text) ? Enum.Parse<SeatCategory>(text)
        : throw Refused.Invalid("category-unknown", $"A category is one of: {string.Join(", ", Enum.GetNames<SeatCategory>())}.", field);

    public static string Language(string? text) => Languages.Contains(text) ? text! : throw Refused.Invalid("language-unknown", $"language is one of: {string.Join(", ", Languages)}.", "language");

    /// <summary>Two spellings of one mailbox are one person.</summary>
    public static string PersonOf(Registrant person) => person.Email.ToLowerInvariant();

    private static Dictionary<string, object?>? Times(Seating? seating) => seating is null ? null : new() { ["opens"] = seating.Opens };

    [GeneratedRegex(@"^\+?[0-9][0-9 ()-]{4,28}$")]
    private static partial Regex Phones();
}
