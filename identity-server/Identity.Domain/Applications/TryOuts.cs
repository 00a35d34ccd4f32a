using Identity.Domain.Administration;
using Identity.Domain.Audit;

namespace Identity.Domain.Applications;

/// <summary>Remembers that somebody made-up got in: the checklist asks for it.</summary>
public sealed class TryOuts(ApplicationAccess access, AuditTrail audit, TimeProvider clock)
{
    public Task<ApplicationOutcome> SucceededAsync(AdminActor actor, Guid id, CancellationToken ct) => access.ChangeAsync(actor, id, ApplicationRights.Try, reached =>
    {
        reached.Application.TriedAt = clock.GetUtcNow();
        audit.Add("application.tried", personId: actor.Human, clientId: reached.Application.SandboxClientId, detail: $"{id}");
        return Task.FromResult<ApplicationOutcome>(new ApplicationOutcome.Done(id));
    }, ct);
}
