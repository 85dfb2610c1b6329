using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>A fact as an export shows it. <paramref name="At"/>: when it was so; <paramref name="RecordedAt"/>: when it was recorded; <paramref name="Link"/>: its link in the chain.</summary>
public sealed record ExportedFact(long Version, string Fact, DateTimeOffset At, DateTimeOffset RecordedAt, string? By, string? ForBody, JsonElement Data, string Link);

/// <summary>The words of the vault: open, blocked or erased; only open ones are given.</summary>
public sealed record ExportedVault(string State, IReadOnlyList<VaultItem> Items);

/// <summary>Everything about one request, for a court or for control.</summary>
public sealed record ExportedInquiry(InquiryView View, IReadOnlyList<ExportedFact> Facts, InquiryProof Proof, IReadOnlyList<RequestDeadline> Deadlines, ExportedVault Vault,
    IReadOnlyList<FileOfRequest> Attachments);

public sealed class ExportInquiryHandler(IQuerySession session, Vault vault, ProofStore store, Proofs proofs, AttachmentReads files, WorkingCalendar calendar, Work work, TimeProvider clock)
{
    /// <summary>The read of the vault is logged with its reason; words that are blocked or erased are left out, and the export says so.</summary>
    public async Task<ExportedInquiry> Handle(Guid id, string? reason, CancellationToken ct)
    {
        var view = await session.One(work.Caller, id, null, ct);
        var (state, _) = (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))!.Value;
        var items = await vault.ReadAll(state.SubjectId, reason, ct);
        var facts = await store.Of(id, null, ct);
        return new(view, [.. facts.Select(f => new ExportedFact(f.Version, f.Fact, f.Data.GetProperty("at").GetDateTimeOffset(), f.RecordedAt, f.By, f.ForBody, f.Data, f.Link))],
            await proofs.Of(id, facts, ct), RequestDeadline.Of(view, calendar, clock.GetUtcNow()),
            new(state.PersonalData.Erased ? "erased" : state.PersonalData.Blocked ? "blocked" : "open", items), await files.List(view, null, ct));
    }
}

/// <summary>The zip: its entries always in this order and without a clock, so that the same state gives the same bytes.</summary>
public static class ExportZip
{
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true, NewLine = "\n" };

    public static byte[] Of(ExportedInquiry inquiry)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "facts.json", Text(new { Verification.Format, inquiryId = inquiry.View.Id, inquiry.View.Number, inquiry.View.Holder, inquiry.Facts }));
            Add(zip, "proof.json", Text(inquiry.Proof));
            Add(zip, "deadlines.json", Text(inquiry.Deadlines));
            Add(zip, "vault.json", Text(inquiry.Vault with { Items = [.. inquiry.Vault.Items.Select(WithoutFiles)] }));
            Add(zip, "attachments.json", Text(inquiry.Attachments));
            Add(zip, "kk.html", ExportPage.Of(inquiry, "kk"));
            Add(zip, "ru.html", ExportPage.Of(inquiry, "ru"));
        }

        return bytes.ToArray();
    }

    /// <summary>Files are named by their hashes; their bytes stay where they are.</summary>
    private static VaultItem WithoutFiles(VaultItem item)
    {
        if (item.Kind != "form" || JsonNode.Parse(item.Words) is not JsonObject form)
        {
            return item;
        }

        foreach (var file in (form["attachments"] as JsonArray ?? []).OfType<JsonObject>())
        {
            file.Remove("contentBase64");
        }

        return item with { Words = form.ToJsonString(Json.Options) };
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Indented) + "\n";

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}

public static class ExportInquiryRest
{
    public static void MapExportInquiry(this IEndpointRouteBuilder app) => app.MapGet("/v1/inquiries/{id:guid}/export",
        async (Guid id, string? reason, ExportInquiryHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var inquiry = await handler.Handle(id, reason, ct);
            reply.Headers.CacheControl = "no-store";
            return TypedResults.Bytes(ExportZip.Of(inquiry), "application/zip", $"{inquiry.View.Number ?? id.ToString()}.zip");
        })
        .ForRoles(Roles.Officer, Roles.Head, Roles.Auditor).WithTags("Proofs")
        .WithSummary("Everything about one request as a zip for court or control: facts, proof, deadlines, words, hashes of files, pages in kk and ru. Logged with its reason.");
}
