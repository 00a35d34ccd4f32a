using Identity.Domain.Administration;
using Identity.Domain.Factors;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>Recoveries that wait for their second administrator, of people within reach, oldest first. One's own are among them, to see that they wait.</summary>
public sealed class RecoveryList(IdentityDb db, PersonReach reach, PersonDirectory people, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <param name="after">Id of the last one of the page before; ids grow with time.</param>
    public async Task<RecoveryQueue> ReadAsync(AdminActor actor, Guid? after, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var waiting = db.RecoveryAids.AsNoTracking().Where(a => a.DecidedAt == null && a.ExpiresAt > now);
        if (!actor.May(Permission.ApproveRecovery))
        {
            var within = reach.InOffice(await reach.UnitsAsync(actor, Permission.ApproveRecovery, ct)).Select(a => a.PersonId);
            waiting = waiting.Where(a => within.Contains(a.PersonId));
        }
        if (after is { } last) waiting = waiting.Where(a => a.Id > last);
        var found = await waiting.OrderBy(a => a.Id).Take(PageSize + 1).ToListAsync(ct);
        var page = found.Take(PageSize).ToList();
        var facts = await people.SourcedAsync([.. page.Select(a => a.PersonId)], ct);
        var names = await people.NamesAsync([.. page.Select(a => a.RequestedBy).Distinct()], ct);
        return new([.. page.Select(aid => new WaitingRecovery(aid, FactsOf(aid.PersonId), aid.RequestedBy == actor.PersonId, names.GetValueOrDefault(aid.RequestedBy)))],
            found.Count > PageSize ? page[^1].Id : null);

        IReadOnlyList<MaskedFact> FactsOf(Guid person) => facts.TryGetValue(person, out var known) ? MaskedFact.Of(known, ofOffice: true) : [];
    }
}

public sealed record RecoveryQueue(IReadOnlyList<WaitingRecovery> Waiting, Guid? Next);

/// <param name="IsOwn">Asked for by the one who looks.</param>
/// <param name="RequestedBy">Name of the administrator: colleagues know each other.</param>
public sealed record WaitingRecovery(RecoveryAid Aid, IReadOnlyList<MaskedFact> Facts, bool IsOwn, string? RequestedBy);
