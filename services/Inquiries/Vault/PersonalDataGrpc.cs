using System.Globalization;
using Inquiries.V1;
using Microsoft.AspNetCore.Authorization;
using Platform;

namespace Inquiries;

/// <summary>The gRPC door to the rights of subjects; each slice file holds its own call.</summary>
[Authorize]
public sealed partial class PersonalDataGrpc : V1.PersonalData.PersonalDataBase
{
    private static Guid Id(string id) => GrpcDoor.Id(id, nameof(Inquiry));

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text, string field) => text.Length == 0 ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw Refused.Invalid("date-invalid", $"{field} is a date, yyyy-MM-dd.", field);

    private static async Task<CommandReply> Command(string id, bool hasVersion, long version, Func<Guid, Seen, Task<CommandDone>> handle)
    {
        var done = await handle(Id(id), Seen.Of(hasVersion ? version : null));
        return new() { Version = done.Version, State = done.State };
    }
}
