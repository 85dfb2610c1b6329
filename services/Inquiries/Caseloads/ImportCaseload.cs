using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Platform;

namespace Inquiries;

/// <summary>A line of an import's reply: a row that failed (which fields broke which rule; never a value), how far it is, or at the end the counts.</summary>
public sealed record ImportLine
{
    public int? Row { get; init; }
    public string? Code { get; init; }
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }
    public int? Done { get; init; }
    public int? Of { get; init; }
    public ImportCounts? Result { get; init; }
}

/// <summary>What came of an import: new requests, rows that were known from the same file before, rows that failed.</summary>
public sealed record ImportCounts(bool DryRun, int Imported, int Known, int Failed);

/// <summary>
/// A caseload into the holder's own list, row by row through the same intake as a paper that is typed in. A row is told by the file's hash
/// and its number: the same file sent again, after an interruption for example, makes nothing new and goes on.
/// </summary>
public sealed class ImportCaseload(ReceiveFormHandler intake, Work work, TimeProvider clock)
{
    public const string Channel = "import";
    private const int Beat = 100;

    public async IAsyncEnumerable<ImportLine> Handle(string format, byte[] file, bool dryRun, [EnumeratorCancellation] CancellationToken ct)
    {
        work.Caller.Demand(Roles.Head);
        var holder = Holders.Find(work.Caller.Body)?.Code ?? throw Refused.Invalid("body-missing", "The token names no holder.", "body");
        var hash = Convert.ToHexStringLower(SHA256.HashData(file))[..32];
        var rows = CaseloadRows.Of(format, file).ToList();
        var counts = new ImportCounts(dryRun, 0, 0, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            var (isNew, refused) = await One(rows[i].Json, $"{Channel}:{hash}:{rows[i].Row}", holder, dryRun, ct);
            counts = refused is not null ? counts with { Failed = counts.Failed + 1 } : isNew ? counts with { Imported = counts.Imported + 1 } : counts with { Known = counts.Known + 1 };
            if (refused is not null)
            {
                yield return new() { Row = rows[i].Row, Code = refused.Code, Errors = refused.Errors };
            }

            if ((i + 1) % Beat == 0)
            {
                yield return new() { Done = i + 1, Of = rows.Count };
            }
        }

        yield return new() { Result = counts };
    }

    private async Task<(bool IsNew, RefusedException? Refused)> One(ReadOnlyMemory<byte> json, string messageId, string holder, bool dryRun, CancellationToken ct)
    {
        try
        {
            using var parsed = CanonicalJson.Parse(json);
            var form = Paper.Read(parsed.RootElement, Channel, messageId, holder, clock.GetUtcNow());
            if (dryRun)
            {
                using var read = CanonicalJson.Parse(form.Json);
                FormReader.Read(read.RootElement);
                return (true, null);
            }

            return ((await intake.Handle(form, ct)).IsNew, null);
        }
        catch (RefusedException refused)
        {
            return (false, refused);
        }
    }
}
