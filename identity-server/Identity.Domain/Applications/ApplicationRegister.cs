using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Makes applications: one form, and a sandbox client is live.</summary>
public sealed class ApplicationRegister(IdentityDb db, ClientDocuments documents, ClientDefaults defaults, ApplicationTeam team, AuditTrail audit, TimeProvider clock)
{
    public Task<ApplicationOutcome> StartAsync(ApplicationStart start, AdminActor actor, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            var outcome = await RegisterAsync(start, actor, ct);
            if (outcome is ApplicationOutcome.Done) await db.SaveChangesAsync(ct);
            else db.ChangeTracker.Clear();
            return outcome;
        }, ct);

    private async Task<ApplicationOutcome> RegisterAsync(ApplicationStart start, AdminActor actor, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (start.Name.Vi.Length == 0 || start.Name.En.Length == 0) return ApplicationRefusal.NameIsMissing;
        if (start.Purpose.Vi.Length == 0 || start.Purpose.En.Length == 0) return ApplicationRefusal.PurposeIsMissing;
        if (start.SecondOwner.Length == 0) return ApplicationRefusal.SecondOwnerIsMissing;
        if (!actor.OfficialUnits.Contains(start.UnitId) && !actor.May(Permission.GiveRoles)) return ApplicationRefusal.UnitIsNotYours;
        if (await db.OrgUnits.AsNoTracking().SingleOrDefaultAsync(u => u.Id == start.UnitId, ct) is not { } unit || !unit.IsAt(now)) return ApplicationRefusal.UnitIsNotYours;
        if (start.Kind != ApplicationKind.Machine && defaults.SandboxConnectors.Count == 0) return ApplicationRefusal.NoSandboxConnector;
        if (start.Kind != ApplicationKind.Machine && start.RedirectUris.Count == 0) return ApplicationRefusal.AddressIsMissing;

        var (clientId, secret) = (ClientDefaults.NewClientId(), ClientDefaults.NeedsSecret(start.Kind) ? BearerSecret.New().Value : null);
        var application = new Application { UnitId = unit.Id, NameVi = start.Name.Vi, NameEn = start.Name.En, Kind = start.Kind, SandboxClientId = clientId, CreatedAt = now, CreatedBy = actor.Name };
        db.Applications.Add(application);
        team.AddFounder(application, actor);
        if (await team.InviteAsync(application, MemberRole.Owner, start.SecondOwner, actor, ct) is { } unfit) return unfit;
        if (await documents.WriteAsync(defaults.ForSandbox(start, unit, clientId, secret), version: 0, "application.started", actor.Name, ct) is { } problem) return problem;
        audit.Add("application.started", personId: actor.PersonId, clientId: clientId, detail: $"{application.Id} {application.Kind} unit {unit.Code}");
        return new ApplicationOutcome.Done(application.Id, secret);
    }
}

/// <param name="Purpose">Completes "The service needs the following to …"; citizens read it.</param>
/// <param name="SecondOwner">Official mail.</param>
/// <param name="TryAddress">Where the try-it page takes answers for it.</param>
public sealed record ApplicationStart(LocalizedText Name, LocalizedText Purpose, Guid UnitId, ApplicationKind Kind, string SecondOwner)
{
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public required string TryAddress { get; init; }
}
