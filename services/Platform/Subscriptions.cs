using System.Security.Cryptography;

namespace Platform;

/// <summary>Ask to be told of changes: where to, and of which types (full names as <c>GET /v1/changes</c> gives them; none: all). From <paramref name="After"/> on, or from now.</summary>
public sealed record Subscribe(string? Url, IReadOnlyList<string>? Types, string? After);

/// <summary>Go on from a position: earlier, to have messages again, or where it stopped.</summary>
public sealed record Replay(string? After);

/// <summary>A subscription; <paramref name="Secret"/> is told once, when it is made. <paramref name="State"/>: active, paused (three days of failures, or 410).</summary>
public sealed record Subscription(Guid Id, long Version, string State, string Url, IReadOnlyList<string> Types, string Position, int Attempts, string? LastCode, DateTimeOffset? FailingSince,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] string? Secret = null);

/// <summary>
/// Subscriptions to this service's changes by Standard Webhooks: each caller its own, with what its role and body may see. The position is
/// all that is kept of what was told: a message is told until it is taken, and again after a replay, always under its own id.
/// </summary>
public sealed class Subscriptions(NpgsqlDataSource database, Sealing sealing, IHostEnvironment environment, TimeProvider clock)
{
    public const string Purpose = "subscription";
    private const int Most = 20;
    private const string Columns = "subscription_id, version, state, url, types, position, attempts, last_code, failing_since";

    public async Task<Subscription> Create(Caller caller, Subscribe ask, CancellationToken ct)
    {
        var url = Address(ask.Url, environment);
        var types = (ask.Types ?? []).Distinct().ToArray();
        if (types.Length > 100 || types.Any(t => string.IsNullOrWhiteSpace(t) || t.Length > 200))
        {
            throw Refused.Invalid("types-invalid", "types are full names of messages, such as Contracts.Inquiries.InquiryAnswered.", "types");
        }

        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await using var insert = database.CreateCommand($"""
            insert into platform.subscriptions (subscription_id, owner, body, sees_all, url, types, secret, position, due_at, created_at)
            select $1, $2, $3, $4, $5, $6, $7, coalesce($8, (select last_seq_id from mt_event_progression where name = 'HighWaterMark'), 0), $9, $9
            where (select count(*) from platform.subscriptions where owner = $2) < {Most} returning {Columns}
            """);
        insert.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = Guid.CreateVersion7() }, new() { Value = caller.Id }, new() { Value = (object?)caller.Body ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text },
            new() { Value = caller.Is(Roles.Auditor) }, new() { Value = url.AbsoluteUri }, new() { Value = types }, new() { Value = sealing.Seal(Purpose, System.Text.Encoding.UTF8.GetBytes(secret)) },
            new() { Value = ask.After is null ? DBNull.Value : Changes.Position(ask.After), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint }, new() { Value = clock.GetUtcNow() },
        });
        return await One(insert, ct) is { } made ? made with { Secret = secret } : throw Refused.Conflict("subscriptions-too-many", $"A caller has at most {Most} subscriptions.");
    }

    /// <summary>Where signed calls may go: https, and no password in the address.</summary>
    public static Uri Address(string? asked, IHostEnvironment environment) =>
        Uri.TryCreate(asked, UriKind.Absolute, out var url) && url.UserInfo.Length == 0 && (url.Scheme == "https" || (environment.IsDevelopment() && url.Scheme == "http")) ? url
            : throw Refused.Invalid("url-invalid", "url is a full https address without a password in it.", "url");

    public async Task<IReadOnlyList<Subscription>> Of(Caller caller, CancellationToken ct)
    {
        await using var select = database.CreateCommand($"select {Columns} from platform.subscriptions where owner = $1 order by subscription_id");
        select.Parameters.Add(new() { Value = caller.Id });
        return await Many(select, ct);
    }

    public async Task<Subscription> Of(Caller caller, Guid id, CancellationToken ct) =>
        (await Of(caller, ct)).FirstOrDefault(s => s.Id == id) ?? throw Refused.Missing("subscription");

    public async Task End(Caller caller, Guid id, CancellationToken ct)
    {
        await using var delete = database.CreateCommand($"delete from platform.subscriptions where owner = $1 and subscription_id = $2 returning {Columns}");
        delete.Parameters.AddRange(new NpgsqlParameter[] { new() { Value = caller.Id }, new() { Value = id } });
        _ = await One(delete, ct) ?? throw Refused.Missing("subscription");
    }

    /// <summary>Active again, from the position given or from where it stopped.</summary>
    public async Task<Subscription> GoOn(Caller caller, Guid id, Seen seen, Replay ask, CancellationToken ct)
    {
        var now = await Of(caller, id, ct);
        _ = seen is { Version: null, Any: false } ? throw Refused.VersionRequired() : 0;
        await using var update = database.CreateCommand($"""
            update platform.subscriptions set position = coalesce($3, position), state = 'active', due_at = $4, attempts = 0, failing_since = null, last_code = null, version = version + 1
            where owner = $1 and subscription_id = $2 and ($5::bigint is null or version = $5) returning {Columns}
            """);
        update.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = caller.Id }, new() { Value = id }, new() { Value = ask.After is null ? DBNull.Value : Changes.Position(ask.After), NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
            new() { Value = clock.GetUtcNow() }, new() { Value = (object?)seen.Version ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
        });
        return await One(update, ct) ?? throw Refused.Stale(now.Version);
    }

    private static async Task<Subscription?> One(NpgsqlCommand command, CancellationToken ct) => (await Many(command, ct)).SingleOrDefault();

    private static async Task<IReadOnlyList<Subscription>> Many(NpgsqlCommand command, CancellationToken ct)
    {
        await using var row = await command.ExecuteReaderAsync(ct);
        List<Subscription> found = [];
        while (await row.ReadAsync(ct))
        {
            found.Add(new(row.GetGuid(0), row.GetInt64(1), row.GetString(2), row.GetString(3), row.GetFieldValue<string[]>(4),
                row.GetInt64(5).ToString(System.Globalization.CultureInfo.InvariantCulture), row.GetInt32(6), row.IsDBNull(7) ? null : row.GetString(7),
                row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8)));
        }

        return found;
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var doors = app.MapGroup("/v1/subscriptions").RequireAuthorization().WithTags("Changes");
        doors.MapPost("/", async (Subscribe ask, Subscriptions subscriptions, Work work, HttpResponse reply, CancellationToken ct) =>
            {
                var made = await subscriptions.Create(work.Caller, ask, ct);
                reply.Headers.Location = $"/v1/subscriptions/{made.Id}";
                return reply.Versioned(made, made.Version, StatusCodes.Status201Created);
            })
            .Produces<Subscription>(StatusCodes.Status201Created).WithSummary("Tells a url of changes by Standard Webhooks; the secret is in this reply alone.");
        doors.MapGet("/", async (Subscriptions subscriptions, Work work, CancellationToken ct) => new Page<Subscription>(await subscriptions.Of(work.Caller, ct), null))
            .WithSummary("The caller's own subscriptions, and how the last try of each went.");
        doors.MapGet("/{id:guid}", async (Guid id, Subscriptions subscriptions, Work work, HttpResponse reply, CancellationToken ct) =>
            await subscriptions.Of(work.Caller, id, ct) is var one ? reply.Versioned(one, one.Version) : null).Produces<Subscription>().WithSummary("One of the caller's subscriptions.");
        doors.MapPost("/{id:guid}/replay", async (Guid id, Seen seen, Replay ask, Subscriptions subscriptions, Work work, HttpResponse reply, CancellationToken ct) =>
            await subscriptions.GoOn(work.Caller, id, seen, ask, ct) is var one ? reply.Versioned(one, one.Version) : null).Produces<Subscription>()
            .WithSummary("Goes on from a position (after), or where it stopped; wakes a paused one.");
        doors.MapDelete("/{id:guid}", async (Guid id, Subscriptions subscriptions, Work work, CancellationToken ct) =>
            {
                await subscriptions.End(work.Caller, id, ct);
                return TypedResults.NoContent();
            })
            .WithSummary("Ends a subscription.");
    }
}
