using Platform;

namespace PressEvents;

/// <summary>Personal data of journalists, askers and guests: the vault, and the rights of those it speaks of.</summary>
public static class PersonalDataComposition
{
    public static void AddPersonalData(this WebApplicationBuilder builder)
    {
        builder.AddVault("erased-press-events");
        builder.AddSubjects(new(Roles.Accreditor, Holders.CentralCommunications));
    }
}
