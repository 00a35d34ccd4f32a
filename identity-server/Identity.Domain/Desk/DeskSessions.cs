using Identity.Domain.Administration;
using Identity.Domain.Factors;
using Identity.Domain.Storage;

namespace Identity.Domain.Desk;

/// <summary>Signs a person out from the desk: of one browser, or of everything.</summary>
public sealed class DeskSessions(IdentityDb db, PersonLookUps lookUps, PersonReach reach, OpenDoors open, DeskLedger ledger)
{
    /// <summary>Stored as the reason of the session's end, and read by its person.</summary>
    public const string EndReason = "ended_by_desk";

    public const string AllEnded = "person.signed_out";

    public Task<DeskRefusal?> EndAsync(AdminActor actor, Guid lookUpId, Guid sessionId, CancellationToken ct) =>
        DoAsync(actor, lookUpId, async lookUp => await open.EndAsync(lookUp.PersonId, sessionId, EndReason, ct) ? null : DeskRefusal.IsSoAlready, ct);

    public Task<DeskRefusal?> EndAllAsync(AdminActor actor, Guid lookUpId, CancellationToken ct) => DoAsync(actor, lookUpId, async lookUp =>
    {
        await open.EndAllAsync(lookUp.PersonId, EndReason, ct);
        await ledger.AddDeedAsync(actor, lookUp, AllEnded, lookUp.Reason.ToString(), lookUp.CaseNumber, ct);
        return null;
    }, ct);

    private async Task<DeskRefusal?> DoAsync(AdminActor actor, Guid lookUpId, Func<PersonLookUp, Task<DeskRefusal?>> work, CancellationToken ct)
    {
        if (await lookUps.FindAsync(actor, lookUpId, ct) is not { } lookUp) return DeskRefusal.NotThere;
        if (await reach.JudgeDeedAsync(actor, Permission.ActOnPeople, lookUp.PersonId, ct) is { } refusal) return refusal;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, lookUp.PersonId, ct);
        if (await work(lookUp) is { } no) return no;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return null;
    }
}
