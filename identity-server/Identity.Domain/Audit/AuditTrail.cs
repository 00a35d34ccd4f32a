using Identity.Domain.Storage;

namespace Identity.Domain.Audit;

/// <summary>
/// Adds the row to the caller's unit of work: it is committed, or lost, together with what it records. The origin of the request
/// is filled in here, so that no caller can forget it.
/// </summary>
public sealed class AuditTrail(IdentityDb db, TimeProvider clock, RequestOrigin origin)
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
        string? connector = null, string? reference = null, string? detail = null) => new()
        {
            At = clock.GetUtcNow(),
            Name = name,
            Reason = reason,
            Actor = origin.Actor,
            PersonId = personId,
            ClientId = clientId,
            SessionId = sessionId,
            Connector = connector,
            Reference = reference,
            Address = origin.Address,
            Port = origin.Port,
            Detail = detail is { Length: > 2_000 } ? detail[..2_000] : detail,
        };
}

/// <summary>Where the current unit of work came from: the peer of a request, or the command that an operator typed.</summary>
public sealed class RequestOrigin
{
    public string? Address { get; set; }

    /// <summary>Source port: behind carrier-grade NAT the address alone names nobody (vietnam.md §4.3).</summary>
    public int? Port { get; set; }

    public string? Actor { get; set; }
}
