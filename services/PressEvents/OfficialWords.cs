using Platform;

namespace PressEvents;

/// <summary>What officials say to everybody is said in both languages.</summary>
public static class OfficialWords
{
    public static Bilingual InBoth(Bilingual? words, string field, int most = 10_000)
    {
        var said = Filing.Words(words, field, most);
        return said.IsComplete ? said : throw new RefusedException(RefusalKind.Invalid, "language-missing", "An official's words are given in kk and ru.",
            Filing.Incomplete(said, field).ToDictionary(side => side, _ => new[] { "missing" }));
    }
}
