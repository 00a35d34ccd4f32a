using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Factors;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>
/// Takes a person out, or lets them in again. Freezing ends every session, every grant and every code on its way, and owes each application
/// a logout, in the transaction that suspends them: from its commit on nothing of theirs works on any node.
/// </summary>
public sealed class PersonFreeze(IdentityDb db, PersonLookUps lookUps, PersonReach reach, OpenDoors open, DeskLedger ledger, NoticeBoard notices)
{
    public const string Suspended = "person.suspended";
    public const string Resumed = "person.resumed";

    public Task<DeskRefusal?> FreezeAsync(AdminActor actor, Guid lookUpId, FreezeWish wish, CancellationToken ct) => DoAsync(actor, lookUpId, wish, async lookUp =>
    {
        if (await TurnAsync(lookUp.PersonId, PersonStatus.Active, PersonStatus.Suspended, ct) == 0) return DeskRefusal.IsSoAlready;
        await open.EndAllAsync(lookUp.PersonId, "frozen", ct);
        await ledger.AddDeedAsync(actor, lookUp, Suspended, wish.Reason!.Value.ToString(), CaseNumbers.Of(wish.CaseNumber), ct);
        await notices.TellAsync(lookUp.PersonId, NoticeKind.AccountFrozen, NoticeFacts.None, ct);
        return null;
    }, ct);

    public Task<DeskRefusal?> UnfreezeAsync(AdminActor actor, Guid lookUpId, FreezeWish wish, CancellationToken ct) => DoAsync(actor, lookUpId, wish, async lookUp =>
    {
        if (!actor.May(Permission.ActOnPeople) && !await WasAnAgencyAsync(lookUp.PersonId, ct)) return DeskRefusal.IsTheProvinces;
        if (await TurnAsync(lookUp.PersonId, PersonStatus.Suspended, PersonStatus.Active, ct) == 0) return DeskRefusal.IsSoAlready;
        await ledger.AddDeedAsync(actor, lookUp, Resumed, wish.Reason!.Value.ToString(), CaseNumbers.Of(wish.CaseNumber), ct);
        await notices.TellAsync(lookUp.PersonId, NoticeKind.AccountUnfrozen, NoticeFacts.None, ct);
        return null;
    }, ct);

    private async Task<DeskRefusal?> DoAsync(AdminActor actor, Guid lookUpId, FreezeWish wish, Func<PersonLookUp, Task<DeskRefusal?>> work, CancellationToken ct)
    {
        if (await lookUps.FindAsync(actor, lookUpId, ct) is not { } lookUp) return DeskRefusal.NotThere;
        if (await reach.JudgeDeedAsync(actor, Permission.ActOnPeople, lookUp.PersonId, ct) is { } refusal) return refusal;
        if (wish.Problem() is { } problem) return problem;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, lookUp.PersonId, ct);
        if (await work(lookUp) is { } no) return no;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>The row count is the verdict: of two desks one does it, and who is closed or dead stays so.</summary>
    private Task<int> TurnAsync(Guid personId, PersonStatus from, PersonStatus to, CancellationToken ct) =>
        db.People.Where(p => p.Id == personId && p.Status == from).ExecuteUpdateAsync(set => set.SetProperty(p => p.Status, to), ct);

    private async Task<bool> WasAnAgencyAsync(Guid personId, CancellationToken ct) => LookUpTrace.Read(
        await db.AuditEvents.Where(a => a.PersonId == personId && a.Name == Suspended).OrderByDescending(a => a.At).Select(a => a.Detail).FirstOrDefaultAsync(ct)).Office is not null;
}

/// <summary>Why, and on which paper: both are needed, both are read by the person.</summary>
public sealed record FreezeWish(FreezeReason? Reason, string? CaseNumber)
{
    public DeskRefusal? Problem() =>
        Reason is null || !Enum.IsDefined(Reason.Value) ? DeskRefusal.ReasonIsMissing
        : CaseNumbers.IsMissing(CaseNumber) ? DeskRefusal.CaseIsMissing
        : CaseNumbers.IsWrong(CaseNumber) ? DeskRefusal.CaseIsWrong
        : null;
}

public enum FreezeReason
{
    AskedByPerson = 0,
    SecurityIncident = 1,
    AuthorityOrder = 2,
    RecordsConflict = 3,

    /// <summary>For letting in again.</summary>
    ChecksDone = 4,
}
