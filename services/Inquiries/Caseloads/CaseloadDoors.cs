using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>A request in an exported caseload: what the desk sees, without personal data. Days in Asia/Almaty.</summary>
public sealed record ExportedRow(Guid Id, string? Number, string Holder, string State, string Regime, string Language, string Channel, DateTimeOffset ReceivedAt, DateTimeOffset? RegisteredAt,
    DateOnly? Due, DateOnly? SafeDue, DateTimeOffset? ConcludedAt, string? RefusalGround, string Violations)
{
    public static ExportedRow Of(InquiryView v) => new(v.Id, v.Number, v.Holder, v.State, v.Regime, v.Language, v.Channel, v.ReceivedAt, v.RegisteredAt, v.Due, v.SafeDue,
        v.Times.LastConcluded, v.RefusalGround, string.Join(' ', v.Violations));
}

/// <summary>Importing and exporting a caseload, as CSV or JSONL, row by row.</summary>
public static class CaseloadDoors
{
    private static readonly byte[] LineEnd = "\n"u8.ToArray();

    public static void MapCaseloads(this IEndpointRouteBuilder app)
    {
        app.MapPost("/v1/caseload/imports", Import).ForRoles(Roles.Head).WithTags("Caseload").Produces<ImportLine>(contentType: "application/x-ndjson")
            .WithSummary("Imports papers of the caller's body (format=csv|jsonl, dryRun). The reply is one line for each row that failed, a line of progress every hundred, and the counts at the end.");
        app.MapGet("/v1/caseload/export", Export).ForRoles(Roles.Head, Roles.Auditor).WithTags("Caseload")
            .WithSummary("The caseload of the caller's body (auditors: all; holder narrows it) without personal data, received from day to day, as csv or jsonl; jsonl ends with the count.");
    }

    private static async Task Import(string? format, bool? dryRun, HttpRequest request, HttpResponse reply, ImportCaseload import, CancellationToken ct)
    {
        using var file = new MemoryStream();
        await request.Body.CopyToAsync(file, ct);
        var lines = import.Handle(format ?? CaseloadRows.Jsonl, file.ToArray(), dryRun ?? false, ct).GetAsyncEnumerator(ct);
        await using var _ = lines;
        var any = await lines.MoveNextAsync(); // what refuses the file as a whole is refused before the reply begins
        reply.ContentType = "application/x-ndjson";
        for (; any; any = await lines.MoveNextAsync())
        {
            await reply.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(lines.Current, Json.WithoutAbsent), ct);
            await reply.Body.WriteAsync(LineEnd, ct);
            await reply.Body.FlushAsync(ct);
        }
    }


    private static async Task Export(string? format, string? holder, DateOnly? from, DateOnly? to, IQuerySession session, Work work, HttpResponse reply, CancellationToken ct)
    {
        if (format is not (null or CaseloadRows.Csv or CaseloadRows.Jsonl))
        {
            throw Refused.Invalid("format-unknown", "format is csv or jsonl.", "format");
        }

        var body = work.Caller.Is(Roles.Auditor) ? holder : work.Caller.Body ?? "";
        var views = (IQueryable<InquiryView>)session.Query<InquiryView>();
        views = body is null ? views : views.Where(v => v.Holder == body);
        var rows = views.OrderBy(v => v.Id).ToAsyncEnumerable(ct).Where(v => Within(v, from, to)).Select(ExportedRow.Of);
        reply.Headers.CacheControl = "no-store";
        await (format == CaseloadRows.Csv ? Csv(rows, reply, ct) : Lines(rows, reply, ct));
    }

    private static bool Within(InquiryView view, DateOnly? from, DateOnly? to)
    {
        var day = Registration.AlmatyDate(view.ReceivedAt).ToDateOnly();
        return !(day < from) && !(day > to);
    }

    private static async Task Lines(IAsyncEnumerable<ExportedRow> rows, HttpResponse reply, CancellationToken ct)
    {
        reply.ContentType = "application/x-ndjson";
        var count = 0;
        await foreach (var row in rows)
        {
            count++;
            await reply.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(row, Json.Options), ct);
            await reply.Body.WriteAsync(LineEnd, ct);
        }

        await reply.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new { exported = count }, Json.Options), ct);
        await reply.Body.WriteAsync(LineEnd, ct);
    }

    private static async Task Csv(IAsyncEnumerable<ExportedRow> rows, HttpResponse reply, CancellationToken ct)
    {
        reply.ContentType = "text/csv; charset=utf-8";
        await using var csv = new CsvWriter(new StreamWriter(reply.Body), CultureInfo.InvariantCulture);
        await csv.WriteRecordsAsync(rows, ct);
    }
}
