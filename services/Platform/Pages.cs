using System.Linq.Expressions;
using JasperFx;

namespace Platform;

/// <summary>Lists in the order in which their things came to be, which is that of their ids.</summary>
public static class Pages
{
    public static async Task<Page<T>> ById<T>(this IQueryable<T> all, Expression<Func<T, Guid>> id, string? cursor, int limit, CancellationToken ct) where T : notnull
    {
        if (Cursor.Parse(cursor) is { } last)
        {
            all = all.Where(Expression.Lambda<Func<T, bool>>(Expression.GreaterThan(id.Body, Expression.Constant(last.Id)), id.Parameters));
        }

        var items = await all.OrderBy(id).Take(limit).ToListAsync(ct);
        return new(items, items.Count == limit ? new Cursor((long?)null, id.Compile()(items[^1])).ToString() : null);
    }

    /// <summary>One thing that is stored inline, now or as it was recorded at an instant, with its version; an id of another kind of thing is unknown.</summary>
    public static async Task<(T State, long Version)> One<T>(this IQuerySession session, Guid id, DateTimeOffset? asOf, Func<T?, object, T?> evolve, CancellationToken ct) where T : class, IRevisioned
    {
        var now = id == Guid.Empty ? null : await session.LoadAsync<T>(id, ct);
        var then = now is null || asOf is null ? null : await session.AsOf(id, asOf, evolve, ct);
        return then ?? (now is not null && asOf is null ? (now, now.Version) : throw Refused.Missing(typeof(T).Name));
    }
}
