using System.Net.Mail;
using Platform;

namespace PressEvents;

/// <summary>What an address must look like; the refusal names the field and repeats nothing.</summary>
public static class Contacts
{
    public static string? Email(string? text, string field) => Filing.Text(text, field, 254) is not { } email ? null
        : MailAddress.TryCreate(email, out var address) && address.Address == email ? email : throw Refused.Invalid("email-invalid", "It cannot be an e-mail address.", field);

    public static string? Phone(string? text, string field) => Filing.Text(text, field, 30) is not { } phone ? null
        : phone.Count(char.IsAsciiDigit) is >= 7 and <= 15 && phone.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '(' or ')') ? phone
        : throw Refused.Invalid("phone-invalid", "It cannot be a phone number.", field);
}
