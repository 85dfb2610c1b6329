namespace Publications;

/// <summary>
/// What a halt reaches and what it leaves behind: pure. A crisis halts its body's ordinary flow by a halt that excepts the tag <c>crisis:{id}</c>: the crisis's own
/// publications go on, by that one halt; any other halt stops them like all else.
/// </summary>
public static class HaltRules
{
    public const string CrisisTags = "crisis:";

    public static string CrisisTag(Guid crisisId) => CrisisTags + crisisId;

    /// <summary>The halt that stops this scope now, or null.</summary>
    public static Guid? Stops(IEnumerable<Halt> halts, HaltScope scope) => halts.FirstOrDefault(h => h.LiftedAt is null && Reaches(h, scope))?.Id;

    /// <summary>The lifted halt in which this scope's due time lay, or null: it does not go out by itself any more, or all would go out at the lift.</summary>
    public static Guid? Passed(IEnumerable<Halt> halts, HaltScope scope, DateTimeOffset dueAt) =>
        halts.FirstOrDefault(h => h.LiftedAt is { } lifted && AfterLift(dueAt, h.PlacedAt, lifted) && Reaches(h, scope))?.Id;

    /// <summary>Whether a due time lay within a halt that is over: its first instant counts, the instant of the lift does not.</summary>
    public static bool AfterLift(DateTimeOffset due, DateTimeOffset placedAt, DateTimeOffset liftedAt) => placedAt <= due && due < liftedAt;

    public static bool Reaches(Halt halt, HaltScope scope) => (halt.Within is null || halt.Within == scope.Body) && !(halt.Except is { } own && Tagged(scope, own)) && halt.Scope.Kind switch
    {
        HaltDecider.All => true,
        HaltDecider.OfBody => scope.Body == halt.Scope.Value,
        HaltDecider.OfAccount => scope.Channel == halt.Scope.Value,
        HaltDecider.OfChannel => scope.ChannelKind == halt.Scope.Value,
        HaltDecider.OfTag => Tagged(scope, halt.Scope.Value!),
        HaltDecider.OfPerson => scope.Persons.Contains(Guid.Parse(halt.Scope.Value!)),
        var kind => throw new InvalidOperationException($"{kind} is not a kind of halt."),
    };

    private static bool Tagged(HaltScope scope, string tag) => scope.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
}
