using Platform;

namespace PersonalData;

/// <summary>What stands between a reader and the vault.</summary>
public static class VaultRefusals
{
    /// <summary>The refusal of everything that needs words which were destroyed.</summary>
    public static RefusedException IsErased() => Refused.Conflict("subject-erased", "This personal data was erased.");

    public static RefusedException IsBlocked() => Refused.Conflict("personal-data-blocked", "This personal data is blocked; nobody reads or changes it until the block is lifted.");
}
