namespace Publications;

/// <summary>What the registries know of a publication's pictures and people. <paramref name="Halted"/>: people with an open dispute about a picture that is out.</summary>
public sealed record KnownFrame(IReadOnlyDictionary<Guid, MediaItem> Media, IReadOnlyDictionary<Guid, RegisteredPerson> People, IReadOnlySet<Guid> Halted);

/// <summary>
/// Whether everybody in the pictures is who is meant: from the content and what the registries know to what speaks against going out. Codes: subject-missing, media-unknown,
/// depiction-unconfirmed, person-living, others-unnamed, halted.
/// </summary>
public static class IdentityRules
{
    public const string Condolence = "Condolence";

    public static IReadOnlyList<Finding> Check(Publication publication, KnownFrame known)
    {
        var content = publication.Content;
        List<Finding> found = [.. Subject(content, known)];
        foreach (var (use, i) in (content.Media ?? []).Select((use, i) => (use, i)))
        {
            found.AddRange(Use(publication, use, $"media[{i}]", known));
        }

        var shown = Persons(content, known).Where(known.Halted.Contains).ToArray();
        return shown.Length == 0 ? found : [.. found, Block("halted", "A depiction of a person that it shows or is about is disputed.", shown.Contains(content.SubjectPersonId ?? Guid.Empty) ? "subjectPersonId" : "media")];
    }

    /// <summary>Everybody whom a publication is about or may show.</summary>
    public static IEnumerable<Guid> Persons(Content content, KnownFrame known) => (content.Media ?? []).SelectMany(use => known.Media.GetValueOrDefault(use.MediaId) is { } media
            ? media.Depictions.Where(d => !d.Withdrawn).SelectMany(d => d.Persons).Where(p => Frames.MayShow(Frames.Of(use, media), p.Region)).Select(p => p.PersonId) : [])
        .Concat(content.SubjectPersonId is { } subject ? [subject] : []).Distinct();

    private static IEnumerable<Finding> Subject(Content content, KnownFrame known)
    {
        if (content.SubjectPersonId is not { } id || known.People.GetValueOrDefault(id) is not { } subject)
        {
            return ContentRules.AboutPersons.Contains(content.Kind) || content.SubjectPersonId is not null
                ? [Block("subject-missing", "Say by the registry's id whom it is about.", "subjectPersonId")] : [];
        }

        return content.Kind == Condolence && subject.State != RegisteredPerson.Dead
            ? [Block("person-living", "No death of this person is confirmed.", "subjectPersonId")] : [];
    }

    private static IEnumerable<Finding> Use(Publication publication, MediaUse use, string field, KnownFrame known)
    {
        if (known.Media.GetValueOrDefault(use.MediaId) is not { } media || media.Body != publication.Body)
        {
            return [Block("media-unknown", "No such picture of this body is in the registry.", field + ".mediaId")];
        }

        if (Standing(publication, media, known) is not { } depiction)
        {
            return [Block("depiction-unconfirmed", "Who is in the picture was not said with evidence by one person and confirmed by another, or it is disputed.", field)];
        }

        return Frame(publication.Content, use, Frames.Of(use, media), depiction, field, known);
    }

    private static IEnumerable<Finding> Frame(Content content, MediaUse use, Crop? crop, Depiction depiction, string field, KnownFrame known)
    {
        var persons = depiction.Persons.Where(p => Frames.MayShow(crop, p.Region)).Select(p => p.PersonId).ToArray();
        var others = depiction.Others.Where(o => Frames.MayShow(crop, o.Region)).ToArray();
        var living = persons.Select(known.People.GetValueOrDefault).Where(p => p?.State != RegisteredPerson.Dead).Select(p => p?.Name).Concat(others.Select(o => o.Name));
        if (content.Kind == Condolence && !living.All(name => Captions.Name(use, name)))
        {
            yield return Block("person-living", "Somebody in the picture lives, and the captions in kk and ru do not say the name.", field);
        }

        if (ContentRules.AboutPersons.Contains(content.Kind) && !depiction.Persons.Any(p => p.PersonId == content.SubjectPersonId && (Frames.SurelyShows(crop, p.Region) || Alone(depiction))))
        {
            yield return Block("depiction-unconfirmed", "The picture is not confirmed to show whom it is about.", field);
        }

        if (others.Any(o => o.Name is null) || persons.Any(p => !known.People.ContainsKey(p)))
        {
            yield return Block("others-unnamed", "Others in the frame are named, or cropped away.", field);
        }
    }

    /// <summary>
    /// The depiction that counts for this publication: confirmed since everybody in it is called so, and not by its authors alone. None while the picture is disputed.
    /// </summary>
    public static Depiction? Standing(Publication publication, MediaItem media, KnownFrame known)
    {
        if (media.Disputes.Any(d => d.Outcome is null) || MediaDecider.Confirmed(media) is not { } depiction)
        {
            return null;
        }

        var since = depiction.Persons.Select(p => known.People.GetValueOrDefault(p.PersonId)?.KnownSince ?? DateTimeOffset.MaxValue).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
        return depiction.Confirmations.Any(c => c.At >= since && (!publication.Authors.Contains(c.By) || !publication.Authors.Contains(depiction.AssertedBy))) ? depiction : null;
    }

    private static bool Alone(Depiction depiction) => depiction.Persons.Count == 1 && depiction.Others.Count == 0;

    private static Finding Block(string code, string text, string field) => new(code, text, field, true);
}

/// <summary>Whether a caption says who is there.</summary>
public static class Captions
{
    /// <summary>In both languages the words of the registered name stand there whole, in its order and form; letter case does not count.</summary>
    public static bool Name(MediaUse use, Bilingual? name) => Languages.All.All(l => Says(use.Caption?.In(l), name?.In(l)));

    private static bool Says(string? caption, string? name)
    {
        var (said, called) = (Words(caption), Words(name));
        return called.Length > 0 && Enumerable.Range(0, Math.Max(0, said.Length - called.Length + 1)).Any(i => said.AsSpan(i, called.Length).SequenceEqual(called));
    }

    private static string[] Words(string? text) => new string([.. (text ?? "").Normalize().ToLowerInvariant().Select(c => char.IsLetterOrDigit(c) ? c : ' ')])
        .Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Whether every picture may be used: a credit, a category, and a lease that holds now and at the time it goes out.</summary>
public static class RightsRules
{
    public static IReadOnlyList<Finding> Check(Publication publication, IReadOnlyDictionary<Guid, MediaItem> media, DateTimeOffset now)
    {
        var due = publication.DueAt ?? publication.Content.WantedAt ?? now;
        var until = due > now ? due : now;
        return [.. (publication.Content.Media ?? []).Select((use, i) => (media.GetValueOrDefault(use.MediaId)?.Rights, i)).Where(u => u.Rights is not null)
            .SelectMany(u => Missing(u.Rights!, until).Select(why => new Finding("rights-missing", why, $"media[{u.i}]", true)))];
    }

    private static IEnumerable<string> Missing(MediaRights rights, DateTimeOffset until)
    {
        if (string.IsNullOrWhiteSpace(rights.Credit))
        {
            yield return "The picture has no credit.";
        }

        if (!MediaRights.Categories.Contains(rights.Category))
        {
            yield return "The picture has no category of rights.";
        }

        if (rights.LeaseUntil <= until)
        {
            yield return "The right to use the picture ends before it goes out.";
        }
    }
}
