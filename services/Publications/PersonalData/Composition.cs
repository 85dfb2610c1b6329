using Platform;

namespace Publications;

/// <summary>Personal data of those who write to the accounts of bodies or dispute a picture: the vault, and the rights of those it speaks of.</summary>
public static class PersonalDataComposition
{
    public static void AddPersonalData(this WebApplicationBuilder builder)
    {
        builder.AddVault("erased-publications", new SealedColumn(SealedCredentials.Table, SealedCredentials.Key, SealedCredentials.Column, SealedCredentials.Purpose));
        builder.AddSubjects(new(Roles.Moderator, Holders.CentralCommunications));
    }
}
