using Platform;

namespace Publications;

/// <summary>Pictures and films in use; the registry's own rules are gates.</summary>
public static class MediaRules
{
    public const int Most = 20, LongestWords = 1000;

    public static IReadOnlyList<MediaUse> Checked(IReadOnlyList<MediaUse> given)
    {
        if (given.Count > Most)
        {
            throw Refused.Invalid("media-too-many", $"At most {Most} pictures and films.", "media");
        }

        for (var i = 0; i < given.Count; i++)
        {
            var (use, at) = (given[i], $"media[{i}]");
            if (use.MediaId == Guid.Empty || given.Take(i).Any(other => other.MediaId == use.MediaId && other.Crop == use.Crop))
            {
                throw Refused.Invalid("media-invalid", "Name a medium of the registry, each part of it once.", at + ".mediaId");
            }

            if (use.Crop is { } crop && (crop.X < 0 || crop.Y < 0 || crop.Width <= 0 || crop.Height <= 0))
            {
                throw Refused.Invalid("crop-invalid", "A crop lies within the picture and is not empty.", at + ".crop");
            }

            foreach (var (words, name) in new[] { (use.Caption, "caption"), (use.Alt, "alt") })
            {
                if (Languages.All.FirstOrDefault(l => words?.In(l)?.Length > LongestWords) is { } language)
                {
                    throw Refused.Invalid("words-too-long", $"At most {LongestWords} characters.", $"{at}.{name}.{language}");
                }
            }
        }

        return given;
    }
}
