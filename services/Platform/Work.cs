using System.Diagnostics;
using JasperFx.Events;

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

    /// <summary>What the metadata of events says, taken now.</summary>
    public Author Author => new(Caller.Name, Caller.Body, Activity.Current?.TraceId.ToString(), CausedBy?.ToString() ?? Activity.Current?.SpanId.ToString(), Activity.Current?.Id);

    /// <summary>Opened by the idempotency middleware, which also commits it.</summary>
    public NpgsqlTransaction? Transaction { get; set; }

    /// <summary>What <see cref="OnceCommitted"/> keeps for whoever commits.</summary>
    public Func<Task>? Afterwards { get; private set; }

    /// <summary>Call it when the session is saved: at once where that was the commit, after the key's commit otherwise, and always before the caller has the reply.</summary>
    public async Task OnceCommitted(Func<Task> act)
    {
        if (Transaction is null)
        {
            await act();
            return;
        }

        Afterwards = act;
    }
}

/// <summary>Who acted, for which body, and in which trace: metadata of an event, not data.</summary>
public sealed record Author(string Name, string? Body, string? Correlation, string? Causation, string? TraceParent)
{
    public IEnumerable<(string Name, string Value)> Headers =>
        new[] { (Sessions.TraceParent, TraceParent!), (Sessions.Body, Body!) }.Where(header => header.Item2 is not null);

    /// <summary>For an event that shares its session with other authors' events. Its id grows with time, which keeps the index on it small to write.</summary>
    public IEvent Sign(IEvent fact)
    {
        fact.Id = Guid.CreateVersion7();
        (fact.UserName, fact.CorrelationId, fact.CausationId) = (Name, Correlation, Causation);
        foreach (var (name, value) in Headers)
        {
            fact.SetHeader(name, value);
        }

        return fact;
    }
}

/// <summary>Opens sessions whose events say who acted, for which body, and in which trace.</summary>
public sealed class Sessions(IDocumentStore store, Work work) : ISessionFactory
{
    public const string TraceParent = "traceparent", Body = "body";

    public IQuerySession QuerySession() => store.QuerySession();

    public IDocumentSession OpenSession()
    {
        var session = work.Transaction is { } shared
            ? store.LightweightSession(Marten.Services.SessionOptions.ForTransaction(shared, shouldAutoCommit: false))
            : store.LightweightSession();
        var author = work.Author;
        (session.LastModifiedBy, session.CorrelationId, session.CausationId) = (author.Name, author.Correlation, author.Causation);
        foreach (var (name, value) in author.Headers)
        {
            session.SetHeader(name, value);
        }

        return session;
    }
}
