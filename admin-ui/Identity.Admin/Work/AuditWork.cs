using Identity.Domain.Administration;
using Identity.Domain.Audit;

namespace Identity.Admin.Work;

/// <summary>The last check of the trail found that it had been touched.</summary>
public sealed class AuditWork(AuditChecks checks) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
        actor.May(Permission.ReadAudit) && await checks.LastAsync(ct) is { Problem: not null } failed
            ? [new(WorkUrgency.Now, "todo.audit_broken", "/audit", "todo.open_audit") { Since = failed.At }] : [];
}
