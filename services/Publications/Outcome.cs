namespace Publications;

/// <summary>What came of a call to a channel, or of asking it what it holds.</summary>
public abstract record Outcome
{
    /// <summary>The channel has it under its own id.</summary>
    public sealed record Accepted(string ExternalId, string From) : Outcome;

    /// <summary>Not taken, and never will be as it is.</summary>
    public sealed record Refused(int Status) : Outcome
    {
        /// <summary>The class that the ledger keeps.</summary>
        public string Class { get; init; } = "refused";
    }

    /// <summary>Certainly not taken: no connection, or an answer that says so (408, 425, 429, 503).</summary>
    public sealed record Unavailable(int? Status) : Outcome
    {
        /// <summary>When the channel said that it may be asked again; null: it did not say.</summary>
        public DateTimeOffset? RetryAt { get; init; }
    }

    /// <summary>Taken or not: no answer, or one that does not tell.</summary>
    public sealed record Unknown(string Reason) : Outcome;

    /// <summary>The channel says that it does not hold it, now.</summary>
    public sealed record NotFound : Outcome;

    /// <summary>A halt began before the call, which was not made.</summary>
    public sealed record Halted : Outcome;
}

/// <summary>What a claim knows besides the publication: the halts' epoch, why a channel is shut (halted, channel-closed) or null, and what the gates found.</summary>
public sealed record ClaimContext(long? Epoch, Func<string, string?> Stop, IReadOnlyList<Finding> Findings)
{
    public static readonly ClaimContext Free = new(null, _ => null, []);
}
