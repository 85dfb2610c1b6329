using Platform;

namespace Publications;

/// <summary>Whose calendar a caller sees and keeps.</summary>
public static class CalendarScope
{
    public static readonly string[] Officials = [Roles.Editor, Roles.Approver, Roles.Auditor], Keepers = [Roles.Editor, Roles.Head];

    /// <summary>The body whose calendar is asked for; null: all of them, which auditors and the Central Communications Service see.</summary>
    public static string? Scope(this Caller caller, string? body)
    {
        caller.Demand(Officials);
        if (caller.Is(Roles.Auditor) || caller.ActsFor(Holders.CentralCommunications))
        {
            return body is null ? null : Known(body);
        }

        var own = caller.Body ?? throw Refused.Missing("calendar");
        return body is null || body == own ? own : throw Refused.Missing("calendar");
    }

    public static string Known(string? body) => Holders.Find(body) is { } holder ? holder.Code : throw Refused.Invalid("holder-unknown", "body is a code of the list of holders.", "body");

    /// <summary>The body for which an editor or its head keeps rules: his own; another's is not his to name.</summary>
    public static string Kept(this Caller caller, string? body)
    {
        caller.Demand(Keepers);
        var asked = Known(body ?? caller.Body ?? throw Refused.Invalid("body-missing", "The token names no body; name it.", "body"));
        return caller.ActsFor(asked) ? asked : throw Refused.Forbidden("body-not-own", "You keep the rules of your own body only.");
    }
}
