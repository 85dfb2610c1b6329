using System.Text.Json.Serialization;
using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using Platform;

namespace Publications;

/// <summary>A body published something by itself, at <paramref name="Url"/>; another one for the same address takes the place of the former.</summary>
public sealed record LocalPublicationReported(Guid ReportId, string Body, string Url, Bilingual Title, DateTimeOffset PublishedAt, DateTimeOffset At)
{
    /// <summary>On which of its registered accounts, or site; null: not said, or on none of them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }
}

/// <summary>What a body published elsewhere than by this platform, as it reported it.</summary>
public sealed record LocalPublication(Guid Id, string Body, string Url, Bilingual Title, DateTimeOffset PublishedAt) : IRevisioned, IOfBody
{
    public int Version { get; set; }
    public string? Channel { get; init; }
}

/// <summary>The rules about it: values in, values out.</summary>
public static class LocalPublicationDecider
{
    public static readonly Type[] Facts = [typeof(LocalPublicationReported)];

    public static LocalPublication? Evolve(LocalPublication? state, object fact) => fact switch
    {
        LocalPublicationReported e => new(e.ReportId, e.Body, e.Url, e.Title, e.PublishedAt.ToUniversalTime()) { Channel = e.Channel },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact about what was published elsewhere."),
    };

    public static string Url(string? url) => url is { Length: <= 2000 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address.AbsoluteUri
        : throw Refused.Invalid("url-invalid", "url is the address of a page.", "url");

    public static IReadOnlyList<object> Decide(LocalPublication? state, Guid id, string body, ReportPublished ask, DateTimeOffset now)
    {
        var title = new Bilingual(GivenText.Of(ask.Title?.Kk, "title.kk", ContentRules.LongestTitle), GivenText.Of(ask.Title?.Ru, "title.ru", ContentRules.LongestTitle));
        var at = ask.PublishedAt switch
        {
            null => throw Refused.Invalid("published-at-missing", "Say when it was published.", "publishedAt"),
            { Year: < 2000 } => throw Refused.Invalid("published-at-invalid", "publishedAt is an instant of this century.", "publishedAt"),
            { } later when later > now => throw Refused.Invalid("published-at-future", "It is reported once it is published.", "publishedAt"),
            { } given => given.ToUniversalTime(),
        };
        var reported = new LocalPublicationReported(id, body, Url(ask.Url),
            title is { Kk: null, Ru: null } ? throw Refused.Invalid("title-missing", "Give a title, in kk, ru or both.", "title") : title, at, now)
        { Channel = string.IsNullOrWhiteSpace(ask.Channel) ? null : ask.Channel };
        return state is not null && (state.Url, state.Title, state.PublishedAt, state.Channel) == (reported.Url, reported.Title, reported.PublishedAt, reported.Channel) ? [] : [reported];
    }
}

public sealed partial class LocalPublicationViews : SingleStreamProjection<LocalPublication, Guid>
{
    public LocalPublicationViews() => IncludeType<LocalPublicationReported>();

    public override LocalPublication? Evolve(LocalPublication? snapshot, Guid id, IEvent e) => LocalPublicationDecider.Evolve(snapshot, e.Data);
}

public static class ElsewhereComposition
{
    public static void AddElsewhere(this WebApplicationBuilder builder) => builder.Services.AddScoped<ReportPublishedHandler>();

    public static void Register(StoreOptions options)
    {
        options.MapFacts(LocalPublicationDecider.Facts);
        options.Projections.Add<LocalPublicationViews>(ProjectionLifecycle.Inline);
        options.Schema.For<LocalPublication>().UseNumericRevisions(true).Duplicate(p => p.Body).Duplicate(p => p.PublishedAt).Index([p => p.Body, p => p.PublishedAt]);
    }

    public static void MapElsewhere(this WebApplication app) => app.MapReportPublished();
}
