using Marten;

namespace Publications;

/// <summary>Stops what shows or is about a person at once, beside what an open dispute stops by itself (<see cref="IdentityRules"/>).</summary>
public interface IPersonHalts
{
    /// <summary>Within the caller's transaction, before it locks any stream; the caller saves. The reason is a code and holds no personal data.</summary>
    Task Halt(IDocumentSession session, Guid personId, string reason, CancellationToken ct);
}
