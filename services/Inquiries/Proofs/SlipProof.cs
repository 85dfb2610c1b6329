using System.Text.Json;
using Platform;

namespace Inquiries;

/// <summary>
/// The slip's own proof: the link after registration, and the day (Asia/Almaty) whose signed root commits to it, by itself or through the root before.
/// Both follow from the facts, so a reply repeats byte for byte and can be recomputed from the store at any time.
/// </summary>
public sealed record SlipProof(string Head, DateOnly Day)
{
    public static SlipProof Of(Guid inquiryId, DateTimeOffset receivedAt, params IReadOnlyList<object> facts)
    {
        var head = Chain.Start;
        for (var i = 0; i < facts.Count; i++)
        {
            head = Chain.Link(head, inquiryId, i + 1, Store.NameOf(facts[i].GetType()), JsonSerializer.SerializeToElement(facts[i], facts[i].GetType(), Json.Options));
        }

        return new(head, Registration.AlmatyDate(receivedAt).ToDateOnly());
    }
}
