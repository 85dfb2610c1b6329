using Platform;

namespace Inquiries;

/// <summary>Codes for the citizen's door.</summary>
public sealed class SlipCodes(Sealing sealing)
{
    private const string Purpose = "slip";

    public string For(Guid inquiryId) => sealing.Code(Purpose, inquiryId);

    public bool Opens(Guid inquiryId, string code) => sealing.Opens(Purpose, inquiryId, code);
}
