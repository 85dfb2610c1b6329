using System.Text.Json.Nodes;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Set fields of the form right (94-V): path such as <c>applicant.surname</c> or <c>contacts.email</c> to its new words. The reason is kept in the vault.</summary>
public sealed record CorrectPersonalData(IReadOnlyDictionary<string, string>? Corrections, string? Reason);

/// <summary>
/// A new item supersedes the old one, which is destroyed: what was wrong about a person is kept nowhere. That it was corrected, which fields, by
/// whom and when stays as a fact, why in the vault.
/// </summary>
public sealed class CorrectPersonalDataHandler(IDocumentSession session, Vault vault, VaultRows rows, SearchTokens tokens, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, CorrectPersonalData ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var family = await Family.Find(session, id, seen, i => work.Caller.ActsFor(i.Holder), ct);
        var own = family[0].State;
        Corrections.Check(ask);
        if (await vault.NeedForm(own.SubjectId, ct) is not { } form || await rows.FormItem(own.SubjectId, ct) is not { } former)
        {
            throw VaultRefusals.IsErased();
        }

        if (Corrections.Apply(form, ask.Corrections!) is not { } corrected)
        {
            return await Family.Save(session, family, _ => [], ct); // it says so already
        }

        var (item, reason) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await vault.Keep(own.SubjectId, item, FormItems.Kind, corrected, ct);
        await vault.Keep(own.SubjectId, reason, "reason", ask.Reason!, ct);
        await rows.Destroy(former, ct);
        await rows.FindBy(own.SubjectId, tokens.Of(FormReader.Read(System.Text.Json.JsonDocument.Parse(corrected).RootElement)), ct);
        IReadOnlyList<string> fields = [.. ask.Corrections!.Keys.Order(StringComparer.Ordinal)];
        return await Family.Save(session, family, i => PersonalDataRules.DecideCorrect(i, fields, former, item, reason, clock.GetUtcNow()), ct);
    }
}

/// <summary>Which fields can be corrected, and what each may hold.</summary>
public static class Corrections
{
    private static readonly Dictionary<string, (string Code, Func<string, bool> Fits)> Fields = new()
    {
        ["applicant.iin"] = ("id-invalid", IinOrBin.Is),
        ["applicant.bin"] = ("id-invalid", IinOrBin.Is),
        ["applicant.surname"] = ("words-missing", HasWords),
        ["applicant.name"] = ("words-missing", HasWords),
        ["applicant.patronymic"] = ("words-missing", HasWords),
        ["applicant.outgoingNumber"] = ("words-missing", HasWords),
        ["applicant.signer.surname"] = ("words-missing", HasWords),
        ["applicant.signer.post"] = ("words-missing", HasWords),
        ["contacts.email"] = ("email-invalid", Identifiers.IsEmail),
        ["contacts.phone"] = ("phone-invalid", p => Identifiers.NormalPhone(p) is not null),
        ["contacts.postalAddress"] = ("words-missing", HasWords),
    };

    public static void Check(CorrectPersonalData ask)
    {
        if (ask.Corrections is not { Count: > 0 })
        {
            throw Refused.Invalid("corrections-missing", "Name the fields with their right words.", "corrections");
        }

        if (ask.Corrections.Keys.Any(path => !Fields.ContainsKey(path)))
        {
            // the caller's own spelling is not repeated: it may hold anything
            throw Refused.Invalid("field-unknown", $"corrections names fields of: {string.Join(", ", Fields.Keys)}.", "corrections");
        }

        if (ask.Corrections.Where(c => !Fields[c.Key].Fits(c.Value)).Select(c => c.Key).FirstOrDefault() is { } wrong)
        {
            throw Refused.Invalid(Fields[wrong].Code, "It cannot be what this field is for.", wrong);
        }

        if (string.IsNullOrWhiteSpace(ask.Reason))
        {
            throw Refused.Invalid("reason-missing", "Say why; the vault keeps it.", "reason");
        }
    }

    /// <summary>The form with its corrections; null when it says all of them already.</summary>
    public static string? Apply(string form, IReadOnlyDictionary<string, string> corrections)
    {
        var root = JsonNode.Parse(form)!;
        var changed = false;
        foreach (var (path, words) in corrections)
        {
            var names = path.Split('.');
            var parent = root.AsObject();
            foreach (var name in names[..^1])
            {
                if (parent[name] is not JsonObject next)
                {
                    parent[name] = next = [];
                }

                parent = next;
            }

            changed |= parent[names[^1]]?.ToString() != words;
            parent[names[^1]] = words;
        }

        return changed ? root.ToJsonString(Json.Options) : null;
    }

    private static bool HasWords(string words) => !string.IsNullOrWhiteSpace(words);
}

public static class CorrectPersonalDataRest
{
    public static void MapCorrectPersonalData(this IEndpointRouteBuilder app) => app.MapPersonalDataCommand<CorrectPersonalData, CorrectPersonalDataHandler>(
        "correct-personal-data", "Sets fields of the form right; the former version is destroyed.", (h, id, seen, ask, ct) => h.Handle(id, seen, ask, ct), Roles.Officer, Roles.Head);
}

public sealed partial class PersonalDataGrpc
{
    public override Task<CommandReply> Correct(CorrectPersonalDataRequest request, ServerCallContext context) => Command(request.InquiryId, request.HasVersion, request.Version,
        (id, seen) => Handler<CorrectPersonalDataHandler>(context).Handle(id, seen, new(request.Corrections, request.Reason), context.CancellationToken));
}
