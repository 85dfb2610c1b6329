using Platform;

namespace Publications;

/// <summary>What an assertion of who is in the frame must be; each broken rule has its code and names its field.</summary>
public static class DepictionRules
{
    private const int Most = 200;

    public static IReadOnlyList<ShownPerson> Persons(AssertDepiction ask, MediaItem media)
    {
        var persons = (ask.Persons ?? []).Select((p, i) => p is { PersonId: { } id } && id != Guid.Empty ? new ShownPerson(id, Region(p.Region, media, $"persons[{i}].region"))
            : throw Refused.Invalid("person-unknown", "A person is named by the id of the registry.", $"persons[{i}].personId")).ToArray();
        return persons.Length > Most || persons.DistinctBy(p => p.PersonId).Count() != persons.Length
            ? throw Refused.Invalid("persons-invalid", $"Each person once, and at most {Most}.", "persons") : persons;
    }

    public static IReadOnlyList<ShownOther> Others(AssertDepiction ask, MediaItem media)
    {
        var others = (ask.Others ?? []).Select((o, i) => o is null ? throw Refused.Invalid("others-invalid", "Say a name, a region, or both.", $"others[{i}]")
            : new ShownOther(o.Name is null ? null : RegistryWords.Name(o.Name, $"others[{i}].name"), Region(o.Region, media, $"others[{i}].region"))).ToArray();
        return others.Length > Most ? throw Refused.Invalid("others-invalid", $"At most {Most}.", "others") : others;
    }

    public static string? Nobody(AssertDepiction ask, IReadOnlyList<ShownPerson> persons, IReadOnlyList<ShownOther> others)
    {
        if (ask.Nobody is not null && !MediaDecider.Nobodies.Contains(ask.Nobody))
        {
            throw Refused.Invalid("nobody-invalid", $"nobody is one of: {string.Join(", ", MediaDecider.Nobodies)}.", "nobody");
        }

        return (persons.Count + others.Count > 0) == (ask.Nobody is not null)
            ? throw Refused.Invalid("frame-missing", "Say who is in the frame, or that nobody is; not both.", ask.Nobody is null ? "persons" : "nobody") : ask.Nobody;
    }

    /// <summary>Within the picture where its size is known.</summary>
    private static Crop? Region(Crop? region, MediaItem media, string field) => region is null || Frames.IsWithin(region, media) ? region
        : throw Refused.Invalid("region-invalid", "A region lies within the picture, in pixels, and has a size.", field);
}

/// <summary>What of a frame a use shows. Where it is not certain it counts as shown, and never as surely shown.</summary>
public static class Frames
{
    /// <summary>It has a size and lies within the picture, as far as the picture's own size is known.</summary>
    public static bool IsWithin(Crop region, MediaItem media) => region is { X: >= 0, Y: >= 0, Width: > 0, Height: > 0 }
        && (long)region.X + region.Width <= (media.Width ?? int.MaxValue) && (long)region.Y + region.Height <= (media.Height ?? int.MaxValue);

    /// <summary>A crop that is none, such as one without a size, hides nobody.</summary>
    public static Crop? Of(MediaUse use, MediaItem media) => use.Crop is { } crop && IsWithin(crop, media) ? crop : null;

    /// <summary>Not surely cut away.</summary>
    public static bool MayShow(Crop? crop, Crop? region) => crop is null || region is null
        || (region.X < (long)crop.X + crop.Width && crop.X < (long)region.X + region.Width && region.Y < (long)crop.Y + crop.Height && crop.Y < (long)region.Y + region.Height);

    /// <summary>The whole region is there.</summary>
    public static bool SurelyShows(Crop? crop, Crop? region) => crop is null || (region is not null && region.X >= crop.X && region.Y >= crop.Y
        && (long)region.X + region.Width <= (long)crop.X + crop.Width && (long)region.Y + region.Height <= (long)crop.Y + crop.Height);
}
