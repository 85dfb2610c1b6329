namespace Publications;

/// <summary>Parts of content as a draft or an edit gives them; null: not said.</summary>
public interface IContentParts
{
    string? Kind { get; }
    Bilingual? Title { get; }
    Bilingual? Text { get; }
    IReadOnlyList<string>? Channels { get; }
    DateTimeOffset? WantedAt { get; }
    string? MaxLateness { get; }
    string? OnMiss { get; }
    IReadOnlyList<MediaUse>? Media { get; }
    Guid? SubjectPersonId { get; }
    DateTimeOffset? Embargo { get; }
    string? LanguagePolicy { get; }
    IReadOnlyList<string>? Tags { get; }
    bool? AiMade { get; }
    string? WantedLocal { get; }
    string? Zone { get; }
    IReadOnlyList<string>? Clear { get; }
}

/// <summary>The same for every command that gives content; see <see cref="Content"/> for what each part means.</summary>
public abstract record ContentParts(string? Kind, Bilingual? Title, Bilingual? Text, IReadOnlyList<string>? Channels, DateTimeOffset? WantedAt, string? MaxLateness, string? OnMiss) : IContentParts
{
    public IReadOnlyList<MediaUse>? Media { get; init; }
    public Guid? SubjectPersonId { get; init; }
    public DateTimeOffset? Embargo { get; init; }

    /// <summary>both, or kk-first.</summary>
    public string? LanguagePolicy { get; init; }
    public IReadOnlyList<string>? Tags { get; init; }
    public bool? AiMade { get; init; }

    /// <summary>The wanted time as a wall clock in <see cref="Zone"/> shows it, <c>yyyy-MM-ddTHH:mm</c>; in place of wantedAt.</summary>
    public string? WantedLocal { get; init; }

    /// <summary>An IANA zone; Asia/Almaty unless given.</summary>
    public string? Zone { get; init; }

    /// <summary>Parts to take away: wantedAt, embargo, subjectPersonId.</summary>
    public IReadOnlyList<string>? Clear { get; init; }
}
