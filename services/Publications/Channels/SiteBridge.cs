namespace Publications;

/// <summary>The site as the releaser calls it while it knows of no other channel; goes when the releaser looks adapters up by their kind.</summary>
public static class SiteBridge
{
    public static Task<Outcome> Send(this SiteChannel site, Publication publication, Guid attemptId, CancellationToken ct) => site.Publish(ConfiguredAccounts.Site, Of(publication, attemptId), ct);

    public static Task<Outcome> ReadBack(this SiteChannel site, Guid attemptId, CancellationToken ct) =>
        site.ReadBack(ConfiguredAccounts.Site, new(Guid.Empty, attemptId, "", "", null, new(null, null), new(null, null), [], false, default), default, ct);

    private static Post Of(Publication p, Guid attemptId) => new(p.Id, attemptId, p.Body, p.Content.Kind, null, p.Content.Title, p.Content.Text, [], p.Content.AiMade ?? false, p.DueAt!.Value);
}
