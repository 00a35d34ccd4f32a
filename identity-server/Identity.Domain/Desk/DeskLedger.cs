using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>Writes what a desk did where its person reads it: by which office, for which reason, under which case. Callers commit.</summary>
public sealed class DeskLedger(IdentityDb db, PersonReach reach, NoticeBoard notices, AuditTrail audit, TimeProvider clock)
{
    public const string LookedUp = "person.looked_up";

    /// <summary>A desk that helps somebody for a morning sends one letter, not ten; every single look stands in the history.</summary>
    private static readonly TimeSpan OneLetter = TimeSpan.FromDays(1);

    public void Searched(LookUpKey key, int matches, string? caseNumber) =>
        audit.Add(PersonLookUps.Searched, key.ToString(), detail: $"matches={matches}{(caseNumber is null ? "" : $" case={caseNumber}")}");

    /// <param name="what">The key, or the fact that was shown.</param>
    public async Task AddAsync(AdminActor actor, PersonLookUp lookUp, string name, string? what, CancellationToken ct)
    {
        var office = await reach.OfficeAsync(actor, Permission.LookUpPeople, ct);
        audit.Add(name, lookUp.Reason.ToString(), lookUp.PersonId, detail: new LookUpTrace(office, lookUp.CaseNumber, what).Write());
        var since = clock.GetUtcNow() - OneLetter;
        if (name != LookedUp || await db.Notices.AnyAsync(n => n.PersonId == lookUp.PersonId && n.Kind == NoticeKind.RecordLookedUp && n.At > since, ct)) return;
        await notices.TellAsync(lookUp.PersonId, NoticeKind.RecordLookedUp, new() { Organisation = office }, ct);
    }

    /// <summary>A deed, which has a letter of its own.</summary>
    public async Task AddDeedAsync(AdminActor actor, PersonLookUp lookUp, string name, string reason, string? caseNumber, CancellationToken ct) =>
        audit.Add(name, reason, lookUp.PersonId, detail: new LookUpTrace(await reach.OfficeAsync(actor, Permission.ActOnPeople, ct), caseNumber, null).Write());

    public async Task AddRecoveryAsync(AdminActor actor, Guid personId, string name, string caseNumber, CancellationToken ct) =>
        audit.Add(name, personId: personId, detail: new LookUpTrace(await reach.OfficeAsync(actor, Permission.ApproveRecovery, ct), caseNumber, null).Write());
}
