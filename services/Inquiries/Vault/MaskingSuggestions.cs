using System.Text.Json;
using Grpc.Core;
using Inquiries.V1;
using Marten;
using Platform;
using MaskingSpan = PersonalData.MaskingSpan;

namespace Inquiries;

/// <summary>A text that is to become public.</summary>
public sealed record SuggestMasking(string? Text);

/// <summary>What an officer should look at in it. The vault is read by the rule, not by the officer: no read is logged, and nothing of it is shown.</summary>
public sealed record MaskingSuggestions(IReadOnlyList<MaskingSpan> Spans);

public sealed class SuggestMaskingHandler(IQuerySession session, Vault vault, Work work)
{
    private const int MostCharacters = 200_000;

    public async Task<MaskingSuggestions> Handle(Guid id, SuggestMasking ask, CancellationToken ct)
    {
        work.Caller.Demand(Roles.Officer, Roles.Head);
        var state = id == Guid.Empty ? null : (await session.AsOf<Inquiry>(id, null, InquiryDecider.Evolve, ct))?.State;
        if (state is null || !work.Caller.ActsFor(state.Holder))
        {
            throw Refused.Missing(nameof(Inquiry));
        }

        if (string.IsNullOrWhiteSpace(ask.Text))
        {
            throw Refused.Invalid("text-missing", "Give the text that is to become public.", "text");
        }

        if (ask.Text.Length > MostCharacters)
        {
            throw Refused.TooLarge($"A text has at most {MostCharacters} characters here.");
        }

        using var form = JsonDocument.Parse(await vault.NeedForm(state.SubjectId, ct) ?? "{}");
        return new(FormMasking.Suggest(form.RootElement, ask.Text));
    }
}

public static class MaskingSuggestionsRest
{
    public static void MapMaskingSuggestions(this IEndpointRouteBuilder app) => app.MapPost("/v1/inquiries/{id:guid}/masking-suggestions",
        (Guid id, SuggestMasking ask, SuggestMaskingHandler handler, CancellationToken ct) => handler.Handle(id, ask, ct))
        .ForRoles(Roles.Officer, Roles.Head).WithTags("Personal data")
        .WithSummary("Spans of a text that hold personal data: of the asker by the vault, of anybody by their look. An officer decides and clears.");
}

public sealed partial class PersonalDataGrpc
{
    public override async Task<SuggestMaskingReply> SuggestMasking(SuggestMaskingRequest request, ServerCallContext context)
    {
        var found = await Handler<SuggestMaskingHandler>(context).Handle(Id(request.InquiryId), new(request.Text), context.CancellationToken);
        return new() { Spans = { found.Spans.Select(s => new V1.MaskingSpan { Start = s.Start, Length = s.Length, Kind = s.Kind, Field = s.Field ?? "" }) } };
    }
}
