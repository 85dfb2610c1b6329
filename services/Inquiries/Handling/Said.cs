using Platform;

namespace Inquiries;

/// <summary>Words of a command that go to the vault: the id they get there, and the keyed hash that tells a repeat. The rules see no more of them.</summary>
public sealed record Said(Guid Id, string Mac, bool IsEmpty)
{
    public void Required(string code, string words, string field)
    {
        if (IsEmpty)
        {
            throw Refused.Invalid(code, words, field);
        }
    }
}
