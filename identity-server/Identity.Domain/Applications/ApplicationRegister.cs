using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>Makes applications: one form, and a sandbox client is live.</summary>
public sealed class ApplicationRegister(IdentityDb db, ApplicationAccess access, ClientDocuments documents, ClientDefaults defaults, ApplicationTeam team, AuditTrail audit, TimeProvider clock)
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
        if (actor.IsMachine && start.FirstOwner.Length == 0) return ApplicationRefusal.FirstOwnerIsMissing;
        if (!await IsForAsync(actor, start.UnitId, ct)) return ApplicationRefusal.UnitIsNotYours;
        if (await db.OrgUnits.AsNoTracking().SingleOrDefaultAsync(u => u.Id == start.UnitId, ct) is not { } unit || !unit.IsAt(now)) return ApplicationRefusal.UnitIsNotYours;
        if (start.Kind != ApplicationKind.Machine && defaults.SandboxConnectors.Count == 0) return ApplicationRefusal.NoSandboxConnector;
        if (start.Kind != ApplicationKind.Machine && start.RedirectUris.Count == 0) return ApplicationRefusal.AddressIsMissing;

        var (clientId, secret) = (ClientDefaults.NewClientId(), ClientDefaults.NeedsSecret(start.Kind) ? BearerSecret.New().Value : null);
        var application = new Application { UnitId = unit.Id, NameVi = start.Name.Vi, NameEn = start.Name.En, Kind = start.Kind, SandboxClientId = clientId, CreatedAt = now, CreatedBy = actor.Name };
        db.Applications.Add(application);
        team.AddFounder(application, actor);
        if (await InviteOwnersAsync(application, start, actor, ct) is { } unfit) return unfit;
        if (await documents.WriteAsync(defaults.ForSandbox(start, unit, clientId, secret), version: 0, "application.started", actor.Name, ct) is { } problem) return problem;
        audit.Add("application.started", personId: actor.Human, clientId: clientId, detail: $"{application.Id} {application.Kind} unit {unit.Code}");
        return new ApplicationOutcome.Done(application.Id, secret);
    }

    /// <summary>An administrator may register for every unit, officials for their own, a machine as far as its role reaches.</summary>
    private async Task<bool> IsForAsync(AdminActor actor, Guid unit, CancellationToken ct) =>
        actor.IsMachine ? await access.MayAsync(actor, Permission.OwnApplications, unit, ct) : actor.OfficialUnits.Contains(unit) || actor.May(Permission.GiveRoles);

    private async Task<ApplicationOutcome?> InviteOwnersAsync(Application application, ApplicationStart start, AdminActor actor, CancellationToken ct)
    {
        if (!actor.IsMachine) return await team.InviteAsync(application, MemberRole.Owner, start.SecondOwner, actor, ct);
        if (start.FirstOwner.Trim().Equals(start.SecondOwner.Trim(), StringComparison.OrdinalIgnoreCase)) return ApplicationRefusal.SecondOwnerIsYou;
        return await team.InviteAsync(application, MemberRole.Owner, start.FirstOwner, actor, ct) ?? await team.InviteAsync(application, MemberRole.Owner, start.SecondOwner, actor, ct);
    }
}

/// <param name="Purpose">Completes "The service needs the following to …"; citizens read it.</param>
/// <param name="SecondOwner">Official mail.</param>
/// <param name="TryAddress">Where the try-it page takes answers for it.</param>
public sealed record ApplicationStart(LocalizedText Name, LocalizedText Purpose, Guid UnitId, ApplicationKind Kind, string SecondOwner)
{
    /// <summary>The official mail of the first one, where a machine registers: it cannot be it.</summary>
    public string FirstOwner { get; init; } = "";

    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public required string TryAddress { get; init; }
}
