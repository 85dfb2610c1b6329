using Platform;
using static Publications.Specs.Given;

namespace Publications.Specs;

/// <summary>What the specs of people and media share: a writer who died, another of the same name who lives, a picture, those who say things of it.</summary>
static class GivenMedia
{
    public static readonly Guid Writer = new("0197f3a0-0000-7000-8000-00000000b001"), Namesake = new("0197f3a0-0000-7000-8000-00000000b002"), Minister = new("0197f3a0-0000-7000-8000-00000000b003"),
        PictureId = new("0197f3a0-0000-7000-8000-00000000c001"), DepictionId = new("0197f3a0-0000-7000-8000-00000000d001"), NextDepiction = new("0197f3a0-0000-7000-8000-00000000d002"),
        DisputeId = new("0197f3a0-0000-7000-8000-00000000e001"), Subject = new("0197f3a0-0000-7000-8000-00000000f001"), Item = new("0197f3a0-0000-7000-8000-00000000f002");
    public const string Uploader = "photo-editor", Witness = "editor-2", Second = "approver-1", Third = "approver-3";
    public static readonly DateTimeOffset Before = Noon.AddDays(-30);
    public static readonly Crop Left = new(0, 0, 400, 600), Right = new(400, 0, 400, 600);

    public static readonly PersonRegistered Registered = new(Writer, Body, new("Әбіш Кекілбай", "Абиш Кекильбаев"), 1939, Editor, Before);
    public static readonly PersonDeathRecorded DeathRecorded = new(Writer, 2015, new(2015, 12, 11), "Отбасының хабары", Editor, Before);
    public static readonly PersonDeathConfirmed DeathConfirmed = new(Writer, Second, Before);
    public static readonly object[] Dead = [Registered, DeathRecorded, DeathConfirmed];
    public static readonly PersonRegistered Lives = Registered with { PersonId = Namesake, BirthYear = 1961 };
    public static readonly PersonRegistered MinisterRegistered = new(Minister, Body, new("Гүлнар Сейіт", "Гульнар Сеит"), 1975, Editor, Before);

    public static readonly MediaUploaded Uploaded = new(PictureId, Body, new('a', 64), "image/jpeg", 1000, 800, 600, "Әбіш Кекілбай.jpg", Uploader, Before);
    public static readonly MediaRightsSet RightsSet = new(PictureId, "ҚазАқпарат", "agency", Due.AddDays(30), Uploader, Before);
    public static DepictionAsserted Asserted(params Guid[] persons) => new(PictureId, DepictionId, [.. persons.Select(p => new ShownPerson(p, null))], [], null, "Мұрағат, 1998 жылғы қор", Witness, Before);
    public static readonly DepictionConfirmed Confirmed = new(PictureId, DepictionId, Second, Before.AddHours(1));
    public static readonly MediaDisputed Disputed = new(PictureId, DisputeId, DepictionId, Subject, Item, null, [Writer], Noon);

    public static RegisteredPerson PersonOf(params object[] facts) => facts.Aggregate((RegisteredPerson?)null, PersonDecider.Evolve)!;
    public static MediaItem Media(params object[] facts) => facts.Aggregate((MediaItem?)null, MediaFold.Evolve)!;

    /// <summary>The picture with its rights, and what was said of it.</summary>
    public static MediaItem Pictured(params object[] facts) => Media([Uploaded, RightsSet, .. facts]);

    public static KnownFrame Known(MediaItem media, params Guid[] halted) => new(new Dictionary<Guid, MediaItem> { [media.Id] = media },
        new Dictionary<Guid, RegisteredPerson> { [Writer] = PersonOf(Dead), [Namesake] = PersonOf(Lives), [Minister] = PersonOf(MinisterRegistered) }, halted.ToHashSet());

    public static Publication About(string kind, Guid? subject, params MediaUse[] uses) => State(Drafted(Written with { Kind = kind, SubjectPersonId = subject, Media = uses }));
    public static MediaUse Use(Crop? crop = null, Bilingual? caption = null) => new(PictureId, crop, caption, null);
    public static string[] Codes(IEnumerable<Finding> found) => [.. found.Select(f => f.Code)];
    public static string[] Check(Publication publication, MediaItem media, params Guid[] halted) => Codes(IdentityRules.Check(publication, Known(media, halted)));
    public static RefusedException Refuses(Action act) => Assert.Throws<RefusedException>(act);
}
