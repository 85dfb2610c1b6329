using System.Diagnostics;

namespace Platform;

/// <summary>What one request or message works with: who acts, what caused it, and the transaction it shares (when a key opened one).</summary>
public sealed class Work(IHttpContextAccessor http)
{
    private Caller? _caller;

    public Caller Caller
    {
        get => _caller ??= Caller.From(http.HttpContext?.User);
        set => _caller = value;
    }

    /// <summary>The id of the message that is acted upon; null at a door.</summary>
    public Guid? CausedBy { get; set; }

    /// <summary>Opened by the idempotency middleware, which also commits it.</summary>
    public NpgsqlTransaction? Transaction { get; set; }
}

/// <summary>Opens sessions whose events say who acted, for which body, and in which trace (metadata, not data).</summary>
public sealed class Sessions(IDocumentStore store, Work work) : ISessionFactory
{
    public const string TraceParent = "traceparent", Body = "body";

    public IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession()
    {
        var session = work.Transaction is { } shared
            ? store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(shared, shouldAutoCommit: false))
            : store.LightweightSession();
        session.LastModifiedBy = work.Caller.Name;
        session.CorrelationId = Activity.Current?.TraceId.ToString();
        session.CausationId = work.CausedBy?.ToString() ?? Activity.Current?.SpanId.ToString();
        if (Activity.Current?.Id is { } parent)
        {
            session.SetHeader(TraceParent, parent);
        }

        if (work.Caller.Body is { } body)
        {
            session.SetHeader(Body, body);
        }

        return session;
    }
}
