using Platform;

namespace Inquiries;

/// <summary>
/// A day's root was signed. <paramref name="Root"/> is hex, over the streams that changed in the sequences after <paramref name="FromSequence"/> up to
/// <paramref name="UpToSequence"/> and over the root of the day before (64 zeros at first); <paramref name="Date"/> is of Asia/Almaty.
/// </summary>
public sealed record DailyRootSigned(DateOnly Date, string Root, string PreviousRoot, string TreeRoot, long Count, long FromSequence, long UpToSequence,
    string Signature, string KeyId, DateTimeOffset At);

/// <summary>The stream of daily roots: one, of its own, a fact a day.</summary>
public sealed record DailyRoots
{
    public static readonly Guid StreamId = Guid.Parse("5ca1ab1e-0000-7000-8000-0000000000d1");

    /// <summary>A day is closed this long after its end: what was received before midnight has been recorded by then, so the day on a slip commits to it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>The first instant at which a day may be closed; what was recorded before it belongs to that day or an earlier one.</summary>
    public static DateTimeOffset ClosesAt(DateOnly date) => Registration.DueInstant(NodaTime.LocalDate.FromDateOnly(date)) + Grace;

    /// <summary>The day after the last root; at first the day of the first fact, or yesterday where the store is older than the proofs: that root takes in everything before it.</summary>
    public static DateOnly Next(DateOnly? last, DateTimeOffset firstRecorded, DateTimeOffset now)
    {
        var (first, yesterday) = (Registration.AlmatyDate(firstRecorded).ToDateOnly(), Registration.AlmatyDate(now - Grace).ToDateOnly().AddDays(-1));
        return last?.AddDays(1) ?? (first < yesterday.AddDays(-40) ? yesterday : first);
    }
}

/// <summary>Section <c>Proofs</c> of the settings.</summary>
public sealed record ProofOptions
{
    /// <summary>False where no days are to be closed, as beside a benchmark.</summary>
    public bool DailyRoots { get; init; } = true;
}

/// <summary>The key that signs daily roots.</summary>
public sealed class ProofKey(string secretsFolder, bool development) : SigningKey(secretsFolder, "proof-signing-key.pem", development)
{
    public string Id => RootSignature.IdOf(Key);

    public string Sign(string root) => RootSignature.Sign(Key, root);
}
