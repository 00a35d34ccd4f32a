using Identity.Domain.Storage;

namespace Identity.Domain.Audit;

/// <summary>Adds the row to the caller's unit of work: it is committed, or lost, together with what it records. What changes nothing else goes through <see cref="AuditWriter"/>.</summary>
public sealed class AuditTrail(IdentityDb db, RequestOrigin origin)
{
    public AuditEvent Add(string name, string? reason = null, Guid? personId = null, string? clientId = null, Guid? sessionId = null,
        string? connector = null, string? reference = null, string? detail = null)
    {
        var entry = Describe(name, reason, personId, clientId, sessionId, connector, reference, detail);
        db.AuditEvents.Add(entry);
        return entry;
    }

    /// <summary>The row without a unit of work, for statements that write it themselves.</summary>
    public AuditEvent Describe(string name, string? reason = null, Guid? personId = null, string? clientId = null, Guid? sessionId = null,
        string? connector = null, string? reference = null, string? detail = null) =>
        origin.Describe(name, reason, personId, clientId, sessionId, connector, reference, detail);
}
