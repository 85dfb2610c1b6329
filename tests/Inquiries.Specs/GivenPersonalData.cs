using static Inquiries.Specs.Given;

namespace Inquiries.Specs;

/// <summary>Facts about personal data that the specs share.</summary>
public static class GivenPersonalData
{
    public static readonly Guid DemandId = Guid.Parse("01a20000-0000-7000-8000-000000000004");
    public static readonly Guid WordsId = Guid.Parse("01a20000-0000-7000-8000-000000000005");

    public static readonly PersonalDataDemanded Demanded = new(Id, DemandId, "akimat-75", "erase", "subject", WordsId, new(2026, 11, 23), new(2026, 11, 24), "94-V-2025-11", "2026-11-1", Noon);
    public static readonly PersonalDataDemandDeclined Declined = new(Id, DemandId, "retention-running", WordsId, Noon);
    public static readonly PersonalDataBlocked Blocked = new(Id, WordsId, [DemandId], Noon);
    public static readonly PersonalDataUnblocked Unblocked = new(Id, WordsId, Noon);
    public static readonly PersonalDataCorrected Corrected = new(Id, ["applicant.surname", "contacts.email"], Other, DemandId, WordsId, [], Noon);
    public static readonly PersonalDataErased Erased = new(Id, Subject, "court-decision", "7599-26/2", new(2031, 11, 23), [DemandId], Noon);

    public static readonly object[] OneOfEach = [Demanded, Declined, Blocked, Unblocked, Corrected, Erased];
}
