using Marten.Schema;

namespace Inquiries;

/// <summary>
/// Columns beside the view's JSON, and the indexes of the desk's lists. Every list is a walk along one of them from where the last page
/// ended, so that it costs the same among ten thousand requests and among millions; there are no others, for intake writes each.
/// </summary>
public static class ViewIndexes
{
    private static readonly string[] Order = ["safe_due", "id"];

    public static void On(DocumentMapping<InquiryView> mapping)
    {
        foreach (var column in new[] { nameof(InquiryView.Holder), nameof(InquiryView.State), nameof(InquiryView.SafeDue), nameof(InquiryView.Due), nameof(InquiryView.IsOpen), nameof(InquiryView.FromHolder), nameof(InquiryView.ComplaintWith) })
        {
            mapping.DuplicateField(column);
        }

        mapping.AddIndex(Order); // auditors see all bodies'
        mapping.AddIndex(["state", .. Order]);
        mapping.AddIndex(["holder", .. Order]);
        mapping.AddIndex(["holder", "state", .. Order]);
        // what still waits is a small share of all: overdue lists and alarms
        Open(mapping.AddIndex(["is_open", .. Order]));
        Open(mapping.AddIndex(["holder", "is_open", .. Order]));
        // few requests were handed over, and fewer are complained of: only those stand there
        mapping.AddIndex(["from_holder", "id"]).Predicate = "from_holder is not null";
        mapping.AddIndex(["complaint_with", "id"]).Predicate = "complaint_with is not null";
    }

    private static void Open(DocumentIndex index) => index.Predicate = "is_open = true";
}
