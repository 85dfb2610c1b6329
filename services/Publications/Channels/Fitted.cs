namespace Publications;

/// <summary>What a channel's limits took away. <paramref name="What"/>: title.kk, text.ru, captions.kk, media; lengths in UTF-16 units, of media in pieces.</summary>
public sealed record Cut(string What, int Kept, int Of);

/// <summary>A post as a channel can take it: one text, the pictures that fit, and what was cut. <paramref name="MediaMissing"/>: the channel takes nothing without one.</summary>
public sealed record Fitted(string Text, IReadOnlyList<PostMedia> Media, IReadOnlyList<Cut> Cuts, bool MediaMissing)
{
    private const string Gap = "\n\n";

    /// <summary>What a line of captions begins with, and how machine-made material is marked, in kk and ru.</summary>
    public static readonly Bilingual CaptionsAre = new("Суретте: ", "На снимке: "), AiLabel = new("Жасанды интеллектінің көмегімен жасалған.", "Создано с помощью искусственного интеллекта.");

    private sealed record Part(string What, string Language, int Order, string Value);

    /// <summary>Kazakh first. The label is never cut, titles before captions before texts get what room there is, both languages their fair share of it.</summary>
    public static Fitted For(ChannelCapabilities can, Post post)
    {
        IReadOnlyList<PostMedia> media = [.. post.Media.Take(can.MostMedia)];
        List<Cut> cuts = media.Count < post.Media.Count ? [new("media", media.Count, post.Media.Count)] : [];
        var parts = Languages.All.SelectMany(language => Parts(post, media, language)).ToList();
        var label = Label(post);
        var room = (media.Count > 0 ? can.LongestBesideMedia : null) ?? can.LongestText;
        var left = Math.Max(0, room - (label.Length == 0 ? 0 : label.Length + (parts.Count == 0 ? 0 : Gap.Length)) - Math.Max(0, parts.Count - 1) * Gap.Length);
        Dictionary<Part, string> fitted = [];
        foreach (var alike in parts.GroupBy(p => p.Order).OrderBy(g => g.Key))
        {
            foreach (var (part, most) in Shares([.. alike], left))
            {
                fitted[part] = Shorten(part.Value, most);
                left -= fitted[part].Length;
            }
        }

        cuts.AddRange(parts.Where(p => fitted[p] != p.Value).Select(p => new Cut($"{p.What}.{p.Language}", fitted[p].TrimEnd('…').Length, p.Value.Length)));
        return new(string.Join(Gap, parts.Select(p => fitted[p]).Append(label).Where(text => text.Length > 0)), media, cuts, can.NeedsMedia && media.Count == 0);
    }

    private static IEnumerable<Part> Parts(Post post, IReadOnlyList<PostMedia> media, string language)
    {
        var captions = string.Join("; ", media.Select(m => m.Caption?.In(language)).Where(c => !string.IsNullOrWhiteSpace(c)));
        Part[] all =
        [
            new("title", language, 0, post.Title.In(language) ?? ""), new("text", language, 2, post.Text.In(language) ?? ""),
            new("captions", language, 1, captions.Length == 0 ? "" : CaptionsAre.In(language) + captions),
        ];
        return all.Where(p => p.Value.Length > 0);
    }

    private static string Label(Post post) => !post.AiMade ? ""
        : string.Join(' ', Languages.All.Where(l => post.Title.In(l) is not null || post.Text.In(l) is not null).Select(l => AiLabel.In(l)));

    /// <summary>To each as much as it needs of an equal share; what one leaves the others have.</summary>
    private static IEnumerable<(Part, int)> Shares(IReadOnlyList<Part> parts, int room)
    {
        var open = parts.Count;
        foreach (var part in parts.OrderBy(p => p.Value.Length))
        {
            var share = Math.Min(part.Value.Length, room / open--);
            room -= share;
            yield return (part, share);
        }
    }

    /// <summary>Ends at a word where one ends near, never within a character, and says that there was more.</summary>
    public static string Shorten(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        if (most < 2)
        {
            return "";
        }

        var end = most - 1;
        var word = text.LastIndexOfAny([' ', '\n'], end, Math.Min(40, end));
        end = word > end / 2 ? word : char.IsLowSurrogate(text[end]) ? end - 1 : end;
        return text[..end].TrimEnd() + "…";
    }
}
