using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Platform;

namespace PersonalData;

/// <summary>
/// The list of subjects whose data was erased, outside both databases: a restored backup brings rows and keys back, and this list takes them
/// away again. Append-only, one line per subject (<c>id time HMAC</c>), on disk before the key is destroyed. One writer at a time.
/// </summary>
public sealed class ErasedLedger(string folder, Sealing sealing)
{
    private const string Purpose = "erased-ledger";

    public string File { get; } = Path.Combine(folder, "erased-subjects");

    /// <summary>A folder beside the secrets, not in them, for a restore of the secrets must not bring an old ledger with it.</summary>
    public static string Beside(PlatformOptions platform, string folder) =>
        Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(platform.SecretsFolder)))!, folder);

    /// <summary>Adds a line unless there is one; returns when it is on the disk.</summary>
    public void Append(Guid subjectId, DateTimeOffset at)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var (subjects, whole) = Read(file);
        if (subjects.Contains(subjectId))
        {
            return;
        }

        file.SetLength(whole); // the rest of a line that a crash cut off: its key was not destroyed yet
        file.Position = whole;
        file.Write(Encoding.ASCII.GetBytes(Line(subjectId, at) + "\n"));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Every erased subject; a line that is not ours stops the start, for then nobody knows what else was changed.</summary>
    public IReadOnlySet<Guid> Subjects()
    {
        if (!System.IO.File.Exists(File))
        {
            return new HashSet<Guid>();
        }

        using var file = new FileStream(File, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Read(file).Subjects;
    }

    private (HashSet<Guid> Subjects, long Whole) Read(FileStream file)
    {
        HashSet<Guid> subjects = [];
        var (whole, number) = (0L, 0);
        using var reader = new StreamReader(file, Encoding.ASCII, leaveOpen: true);
        var lines = reader.ReadToEnd();
        for (int end; (end = lines.IndexOf('\n', (int)whole)) >= 0; whole = end + 1)
        {
            subjects.Add(Subject(lines[(int)whole..end], ++number));
        }

        return (subjects, whole);
    }

    private Guid Subject(string line, int number) =>
        line.Split(' ') is [var id, var at, _] && Guid.TryParseExact(id, "D", out var subject)
        && DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.None, out var when)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(line), Encoding.ASCII.GetBytes(Line(subject, when)))
            ? subject
            : throw new InvalidOperationException($"Line {number} of the ledger of erased subjects was not written by this service, or the master keys are others.");

    private string Line(Guid subjectId, DateTimeOffset at)
    {
        var said = $"{subjectId:D} {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}";
        return said + " " + Convert.ToBase64String(sealing.Mac(Purpose, said));
    }
}
