using System.Xml;

namespace Publications;

/// <summary>What to do with an item at a moment: not yet, let it out, keep it back for a person, drop it.</summary>
public enum Timing { Wait, Release, Hold, Drop }

public static class OnMiss
{
    public const string Hold = "hold", Publish = "publish", Drop = "drop";
    public static readonly string[] All = [Hold, Publish, Drop];
}

public static class Decisions
{
    public const string Publish = "publish", Drop = "drop", Accepted = "accepted", NotAccepted = "not-accepted", Retry = "retry", GiveUp = "give-up";
    public static readonly string[] OfOutcome = [Accepted, NotAccepted, Retry, GiveUp];
}

/// <summary>Never early, never silently late: the one rule, a function of four values.</summary>
public static class Lateness
{
    public static readonly TimeSpan Most = TimeSpan.FromDays(30);

    public static Timing Judge(DateTimeOffset due, DateTimeOffset now, TimeSpan allowance, string onMiss) => now < due ? Timing.Wait
        : now - due <= allowance ? Timing.Release
        : onMiss switch
        {
            OnMiss.Publish => Timing.Release,
            OnMiss.Drop => Timing.Drop,
            _ => Timing.Hold,
        };

    /// <summary>An ISO 8601 duration of days and less, 0 to 30 days, in its normal form; null when it is none.</summary>
    public static string? Normal(string iso)
    {
        try
        {
            var span = XmlConvert.ToTimeSpan(iso);
            return iso.Split('T')[0].AsSpan().IndexOfAny('Y', 'M') < 0 && span >= TimeSpan.Zero && span <= Most ? XmlConvert.ToString(span) : null;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException)
        {
            return null;
        }
    }

    public static TimeSpan Allowed(this Content content) => XmlConvert.ToTimeSpan(content.MaxLateness);
}
