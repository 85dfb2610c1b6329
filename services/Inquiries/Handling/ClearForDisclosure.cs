using System.Text.Json;
using System.Text.RegularExpressions;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;

namespace Inquiries;

/// <summary>Clear masked words of an answer for everybody; they become public at once and a draft in Publications.</summary>
public sealed record ClearForDisclosure(Bilingual? Title, Bilingual? Text);

public sealed class ClearForDisclosureHandler(IDocumentSession session, Vault vault, Work work, TimeProvider clock)
{
    public async Task<CommandDone> Handle(Guid id, Seen seen, ClearForDisclosure ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var found = await session.Find<Inquiry>(id, seen, i => work.Caller.ActsFor(i.Holder), InquiryDecider.Evolve, ct);
        var facts = InquiryDecider.Decide(found.State, ask, Guid.CreateVersion7(), clock.GetUtcNow());
        if (facts.Count > 0 && await vault.OpenForm(found.State.SubjectId, ct) is { } form)
        {
            Masking.Check(JsonDocument.Parse(form).RootElement, [ask.Title?.Kk, ask.Title?.Ru, ask.Text?.Kk, ask.Text?.Ru]);
        }

        var done = await found.Save(facts, ct);
        return new(id, done.Version, done.State.State.ToString());
    }
}

/// <summary>The last look before words become public: what the vault knows of the asker must not stand in them.</summary>
public static class Masking
{
    private static readonly string[] Paths = ["applicant.iin", "applicant.bin", "applicant.surname", "applicant.signer.surname", "contacts.email", "contacts.phone", "contacts.postalAddress"];

    public static void Check(JsonElement form, IReadOnlyList<string?> words)
    {
        var all = string.Join("\n", words);
        var digits = Digits(all);
        var left = Paths.Where(path => At(form, path) is { } value && (Stands(value, all) || (Digits(value) is { Length: >= 10 } number && digits.Contains(number, StringComparison.Ordinal))));
        if (left.ToDictionary(path => path, _ => new[] { "still stands in the words; mask it" }) is { Count: > 0 } errors)
        {
            throw new RefusedException(RefusalKind.Invalid, "personal-data-left", "The words still hold personal data of the asker.", errors);
        }
    }

    /// <summary>At the beginning of a word: Kazakh and Russian add endings, and "Ким" is not in "какими".</summary>
    private static bool Stands(string value, string words) =>
        value.Trim() is { Length: > 0 } plain && Regex.IsMatch(words, @"(?<![\p{L}\p{N}])" + Regex.Escape(plain), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiDigit)]);

    private static string? At(JsonElement form, string path)
    {
        foreach (var name in path.Split('.'))
        {
            if (form.ValueKind != JsonValueKind.Object || !form.TryGetProperty(name, out form))
            {
                return null;
            }
        }

        return form.ValueKind == JsonValueKind.String ? form.GetString() : null;
    }
}

public static class ClearForDisclosureRest
{
    public static void MapClearForDisclosure(this IEndpointRouteBuilder app) => app.MapPost("/v1/inquiries/{id:guid}/clear-for-disclosure",
        async (Guid id, Seen seen, ClearForDisclosure ask, ClearForDisclosureHandler handler, HttpResponse reply, CancellationToken ct) =>
        {
            var done = await handler.Handle(id, seen, ask, ct);
            return reply.Versioned(done, done.Version);
        })
        .ForRoles(InquiryCommands.Officials).WithTags("Commands").Produces<CommandDone>().WithSummary("Clears masked words of the answer for everybody.");
}

public sealed partial class InquiriesGrpc
{
    public override Task<CommandReply> ClearForDisclosure(ClearForDisclosureRequest request, ServerCallContext context) => Command(context, request.InquiryId, request.HasVersion, request.Version,
        (_, id, seen) => Handler<ClearForDisclosureHandler>(context).Handle(id, seen, new(Words(request.Title), Words(request.Text)), context.CancellationToken));
}
