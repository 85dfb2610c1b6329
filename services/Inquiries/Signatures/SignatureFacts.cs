namespace Inquiries;

/// <summary>
/// What the outside verifier said of a form's signature. <paramref name="Outcome"/>: valid, invalid, or unchecked while it is away; <paramref name="Reason"/>: a code, never a name
/// or number; <paramref name="Defect"/>: the defect that an invalid one is where signatures are required (401-V art. 11(5)).
/// </summary>
public sealed record SignatureChecked(Guid InquiryId, string Outcome, string Reason, string? Defect, DateTimeOffset At);

/// <summary>A verdict on a signature: the outcome, and a code that says why.</summary>
public sealed record SignatureVerdict(string Outcome, string Reason)
{
    public const string Valid = "valid", Invalid = "invalid", Unchecked = "unchecked";
    public bool IsFinal => Outcome != Unchecked;
}

/// <summary>The verifier's answer: each signature with the certificate it was made by.</summary>
public sealed record CmsAnswer(bool Valid, IReadOnlyList<CmsSigner> Signers);

/// <summary><paramref name="Roles"/> as the National Certification Authority names the users of its keys: INDIVIDUAL, CEO, CAN_SIGN, EMPLOYEE and others.</summary>
public sealed record CmsSigner(string? Iin, string? Bin, IReadOnlyList<string> Roles, bool Revoked, DateTimeOffset? NotAfter);

/// <summary>Who may sign what: pure.</summary>
public static class SignatureRules
{
    public const string Defect = "signature-missing";
    private static readonly string[] MaySignForEntity = ["CEO", "CAN_SIGN"];

    /// <summary>An individual signs himself; for a legal entity its head or whoever has the right to sign. Of several signatures all are valid and one fits.</summary>
    public static SignatureVerdict Judge(CmsAnswer answer, Applicant who, DateTimeOffset now)
    {
        if (Judge(answer, now) is { Outcome: not SignatureVerdict.Valid } verdict)
        {
            return verdict;
        }

        if (!who.IsLegalEntity)
        {
            return answer.Signers.Any(s => s.Iin is not null && s.Iin == who.Id) ? Valid : Invalid("iin-mismatch");
        }

        var own = answer.Signers.Where(s => s.Bin is not null && s.Bin == who.Id).ToList();
        return own.Count == 0 ? Invalid("bin-mismatch") : own.Any(s => s.Roles.Intersect(MaySignForEntity).Any()) ? Valid : Invalid("role-missing");
    }

    /// <summary>Whoever signed: all signatures are valid, and there is one.</summary>
    public static SignatureVerdict Judge(CmsAnswer answer, DateTimeOffset now)
    {
        if (!answer.Valid)
        {
            return Invalid(answer.Signers.Any(s => s.Revoked) ? "certificate-revoked" : answer.Signers.Any(s => s.NotAfter < now) ? "certificate-expired" : "signature-invalid");
        }

        if (answer.Signers.Count == 0)
        {
            return Invalid("signer-unknown");
        }

        return Valid;
    }

    /// <summary>What is recorded of a verdict: nothing after a final one, and nothing that is so already.</summary>
    public static IReadOnlyList<object> Decide(Inquiry state, SignatureVerdict verdict, bool required, DateTimeOffset now) =>
        state.Signature is SignatureVerdict.Valid or SignatureVerdict.Invalid || state.Signature == verdict.Outcome ? [] : [Fact(state.Id, verdict, required, now)];

    public static SignatureChecked Fact(Guid inquiryId, SignatureVerdict verdict, bool required, DateTimeOffset now) =>
        new(inquiryId, verdict.Outcome, verdict.Reason, Fails(verdict, required) ? Defect : null, now);

    /// <summary>A signature that could not be checked is no defect: our verifier's absence is not the asker's.</summary>
    public static bool Fails(SignatureVerdict? verdict, bool required) => required && verdict?.Outcome == SignatureVerdict.Invalid;

    private static SignatureVerdict Valid { get; } = new(SignatureVerdict.Valid, "valid");
    private static SignatureVerdict Invalid(string reason) => new(SignatureVerdict.Invalid, reason);
}
