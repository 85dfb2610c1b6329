using System.Text;
using System.Text.Json;
using Npgsql;
using Platform;

namespace Inquiries;

/// <summary>
/// A form that is ready to be committed. What stands here is all that the group's transaction writes for it, beside its number:
/// whoever prepares more of a form adds to it and needs not know about groups.
/// </summary>
/// <param name="Message">Keyed hash of the messageId.</param>
/// <param name="Content">Keyed hash of the content, the sender's clock left out.</param>
/// <param name="Author">Who handed it in, and in which trace.</param>
/// <param name="Received">The first fact; its At, unless an official entered it, is set when the form is durably accepted.</param>
/// <param name="IsAnonymous">Proposed not to be considered, and so given no number.</param>
/// <param name="Tokens">What it is found by.</param>
public sealed record PreparedForm(byte[] Message, byte[] Content, Author Author, InquiryReceived Received, bool IsAnonymous, FormTokens Tokens)
{
    /// <summary>Rows of the vault, sealed already.</summary>
    public List<SealedItem> Items { get; } = [];

    /// <summary>Facts of the same stream that follow registration; each is made when the moment of acceptance is known.</summary>
    public List<Func<DateTimeOffset, object>> Facts { get; } = [];

    /// <summary>Files that lie in the storage already.</summary>
    public List<KeptFile> Files { get; } = [];

    /// <summary>Other statements of the same transaction; they go before the numbers, and must take no locks that others wait for.</summary>
    public List<NpgsqlBatchCommand> Rows { get; } = [];
}

/// <summary>
/// What is done for one form alone, before its group commits and while other forms are prepared beside it: hashes, subject key,
/// sealing, defects. Here is the place for slow work, as asking a verifier or storing files: nothing is locked meanwhile. What it
/// finds goes into <see cref="PreparedForm"/>: a field or a defect by <c>with { Received = … }</c>, rows, sealed items, facts.
/// A form may be prepared and then turn out to be known already; what was stored for it then is nobody's and may be swept.
/// </summary>
public sealed class PrepareForm(ISubjectKeys keys, Sealing sealing, InlineFiles inline, SignatureVerifier verifier, SignedForms signatures, SearchTokens tokens, Work work)
{
    public async Task<PreparedForm> Prepare(Form form, JsonElement json, ReceiveForm ask, CancellationToken ct)
    {
        var key = await keys.Next(ct);
        var holder = Holders.Find(form.Holder);
        var signature = ask.Entered is null ? await verifier.Check(form, json, ct) : null; // paper is signed by hand
        var received = new InquiryReceived(Guid.CreateVersion7(), key.SubjectId, (holder ?? Holders.Find(Holders.CentralCommunications)!).Code, form.Language,
            form.AnswerForm, ask.Channel, form.Applicant.Kind, Defects.Of(form, holder is not null, signatures.Fails(signature)), form.Attachments.Count, ask.Entered?.ReceivedAt ?? default)
        {
            Regime = Regimes.Proposed($"{form.Subject} {form.Text}") is var regime and not Regimes.AccessToInformation ? regime : null,
            ByRepresentative = ask.Entered?.ByRepresentative is true ? true : null,
        };
        var prepared = new PreparedForm(sealing.Mac("message-id", form.MessageId), sealing.Mac("form", CanonicalJson.Write(json, leaveOut: "sentAt")), work.Author, received, form.IsAnonymous, tokens.Of(form))
        {
            Items = { SealedItem.Of(key, FormItems.Kind, Encoding.UTF8.GetBytes(json.GetRawText())) },
        };
        signatures.Enter(signature, prepared);
        await inline.Enter(key, form, prepared, ct);
        return prepared;
    }

    /// <summary>Its message was known already: what was stored for it beside the transaction goes.</summary>
    public Task Discard(PreparedForm form, CancellationToken ct) => inline.Discard(form.Files, ct);
}
