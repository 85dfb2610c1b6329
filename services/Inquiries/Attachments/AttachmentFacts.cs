using Platform;

namespace Inquiries;

// Facts about the files of a request. The name and the plain hash of a file are vault text; the content lies sealed in the storage.

/// <summary>
/// A file is stored with a request. <paramref name="Direction"/>: <c>request</c> (from the asker) or <c>answer</c> (from an official); <paramref name="Size"/> in bytes;
/// <paramref name="ContentMac"/> and <paramref name="NameMac"/> (keyed hashes, base64) tell a repeat; <paramref name="NameId"/> is the vault text with name and SHA-256;
/// <paramref name="State"/>: <c>unscanned</c> while a scanner has it before it, <c>unscanned-allowed</c> where none is configured.
/// </summary>
public sealed record AttachmentAdded(Guid InquiryId, Guid AttachmentId, Guid NameId, string Direction, long Size, string ContentMac, string NameMac, string State,
    IReadOnlyList<string> Defects, DateTimeOffset At);

/// <summary>A scanner found something in a stored file: it is kept, and handed out to nobody. <paramref name="Threat"/> is the scanner's name for it.</summary>
public sealed record AttachmentHeldBack(Guid InquiryId, Guid AttachmentId, string Reason, string? Threat, DateTimeOffset At);

/// <summary>One file of a request, as its facts leave it.</summary>
public sealed record StoredFile(Guid Id, Guid NameId, string Direction, long Size, string ContentMac, string NameMac, string State, IReadOnlyList<string> Defects, DateTimeOffset At)
{
    public const string Request = "request", Answer = "answer";
    public const string Unscanned = "unscanned", UnscannedAllowed = "unscanned-allowed", Clean = "clean", HeldBack = "held-back";
}

/// <summary>A file that is to be added, judged by its hashes.</summary>
public sealed record NewFile(string Direction, string NameMac, string ContentMac, long Size, string State, IReadOnlyList<string> Defects);

/// <summary>The rules about files: pure.</summary>
public static class AttachmentDecider
{
    public const int MostFiles = 100;
    public const string HashMismatch = "attachment-hash-mismatch";

    public static IReadOnlyList<StoredFile> Evolve(IReadOnlyList<StoredFile> files, object fact) => fact switch
    {
        AttachmentAdded e => [.. files, new(e.AttachmentId, e.NameId, e.Direction, e.Size, e.ContentMac, e.NameMac, e.State, e.Defects, e.At)],
        AttachmentHeldBack e => [.. files.Select(f => f.Id == e.AttachmentId ? f with { State = StoredFile.HeldBack } : f)],
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about a file."),
    };

    /// <summary>The file that came before under this name with these bytes.</summary>
    public static StoredFile? Same(Inquiry state, NewFile file) => state.Files.FirstOrDefault(f =>
        f.Direction == file.Direction && f.NameMac == file.NameMac && f.ContentMac == file.ContentMac);

    /// <summary>The asker's files are taken in every state, for nothing that is sent may be lost; an answer's files only while there is an answer to give.</summary>
    public static IReadOnlyList<object> Decide(Inquiry state, NewFile file, Guid attachmentId, Guid nameId, DateTimeOffset now) => state.Files switch
    {
        _ when Same(state, file) is not null => [],
        _ when file.Direction == StoredFile.Answer && !state.IsOpen => throw Refused.Conflict("not-open", $"It waits for no act of the holder: it is {state.State}."),
        var files when files.Any(f => f.Direction == file.Direction && f.NameMac == file.NameMac) =>
            throw Refused.Reused("attachment-name-reused", "A file of this name came before with other bytes.", "name"),
        { Count: >= MostFiles } => throw Refused.Conflict("attachments-too-many", $"A request holds at most {MostFiles} files."),
        _ => [new AttachmentAdded(state.Id, attachmentId, nameId, file.Direction, file.Size, file.ContentMac, file.NameMac, file.State, file.Defects, now)],
    };

    public static IReadOnlyList<object> HoldBack(Inquiry state, Guid attachmentId, string? threat, DateTimeOffset now) =>
        state.Files.Any(f => f.Id == attachmentId && f.State != StoredFile.HeldBack) ? [new AttachmentHeldBack(state.Id, attachmentId, "infected", threat, now)] : [];
}

/// <summary>The files that an answer carries.</summary>
public static class AnswerFiles
{
    /// <summary>For the command that answers: every id is a file of this request, uploaded for an answer, and none is held back.</summary>
    public static IReadOnlyList<Guid> Check(Inquiry state, IReadOnlyList<Guid>? answerFiles)
    {
        var ids = (answerFiles ?? []).Distinct().ToList();
        foreach (var id in ids)
        {
            var file = state.Files.FirstOrDefault(f => f.Id == id && f.Direction == StoredFile.Answer)
                ?? throw Refused.Invalid("answer-file-unknown", "answerFiles are ids of files that were uploaded for the answer of this request.", "answerFiles");
            if (file.State == StoredFile.HeldBack)
            {
                throw Held();
            }
        }

        return ids;
    }

    /// <summary>What the asker may fetch: nothing before the answer is given.</summary>
    public static IEnumerable<StoredFile> Given(Inquiry state) => state.Answer is not { } answer ? []
        : state.Files.Where(f => f.Direction == StoredFile.Answer && (answer.Files is null || answer.Files.Contains(f.Id)));

    public static RefusedException Held() => Refused.Conflict("attachment-held", "The file is held back: it is infected, or no scanner has looked at it yet.");
}
