using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>
/// The one way to a person's record. Whoever is shown, masked or not, has a row about it in the trail that they read in their own
/// history, and a letter the first time that day.
/// </summary>
public sealed class PersonLookUps(IdentityDb db, PersonFinder finder, PersonReach reach, PersonDirectory people, DeskLedger ledger, TimeProvider clock)
{
    public const string Searched = "person.searched";

    private static readonly TimeSpan CapWindow = TimeSpan.FromHours(1);
    private const int MostSearches = 100;

    /// <summary>With the weak key somebody could try year after year.</summary>
    private const int MostByEnding = 20;

    public async Task<LookUpOutcome> SearchAsync(AdminActor actor, LookUpRequest request, CancellationToken ct)
    {
        if (request.Problem() is { } problem) return problem;
        if (await IsCapReachedAsync(actor, request.Key, ct)) return LookUpRefusal.CapReached;
        if (await finder.FindAsync(request, ct) is not { } found) return LookUpRefusal.KeyIsWrong;
        var within = await reach.WithinAsync(actor, Permission.LookUpPeople, found, ct);
        ledger.Searched(request.Key, within.Count, CaseNumbers.Of(request.CaseNumber));
        var opened = new List<FoundPerson>();
        if (within.Count <= PersonFinder.Most)
            foreach (var personId in within) opened.Add(await OpenAsync(actor, personId, request, ct));
        await db.SaveChangesAsync(ct);
        return within.Count > PersonFinder.Most ? LookUpRefusal.TooMany : opened.Count == 0 ? LookUpRefusal.Nobody : new LookUpOutcome.Found(opened);
    }

    /// <summary>Null for another's look-up, one that is over, and a person who is out of reach by now.</summary>
    public async Task<PersonLookUp?> FindAsync(AdminActor actor, Guid lookUpId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = await db.PersonLookUps.AsNoTracking().SingleOrDefaultAsync(l => l.Id == lookUpId && l.ActorId == actor.Holder && l.ExpiresAt > now, ct);
        return row is not null && await reach.ReachesAsync(actor, Permission.LookUpPeople, row.PersonId, ct) ? row : null;
    }

    /// <summary>One value in clear. Null when it is not there or not for this actor to see.</summary>
    public async Task<string?> RevealAsync(AdminActor actor, Guid lookUpId, string attribute, CancellationToken ct)
    {
        if (await FindAsync(actor, lookUpId, ct) is not { } lookUp) return null;
        var shown = actor.May(Permission.LookUpPeople) ? MaskedFact.Compared : MaskedFact.OfOffice;
        if (!shown.Contains(attribute) || !(await people.AttributesAsync(lookUp.PersonId, ct)).TryGetValue(attribute, out var value)) return null;
        await ledger.AddAsync(actor, lookUp, "person.value_shown", attribute, ct);
        await db.SaveChangesAsync(ct);
        return value;
    }

    private async Task<FoundPerson> OpenAsync(AdminActor actor, Guid personId, LookUpRequest request, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var row = new PersonLookUp
        {
            ActorId = actor.Holder, PersonId = personId, Reason = request.Reason!.Value, CaseNumber = CaseNumbers.Of(request.CaseNumber), At = now, ExpiresAt = now + PersonLookUp.Lifetime,
        };
        db.PersonLookUps.Add(row);
        await ledger.AddAsync(actor, row, DeskLedger.LookedUp, request.Key.ToString(), ct);
        return new FoundPerson(row.Id, MaskedFact.Of(await people.SourcedAsync(personId, ct), ofOffice: !actor.May(Permission.LookUpPeople)));
    }

    private async Task<bool> IsCapReachedAsync(AdminActor actor, LookUpKey key, CancellationToken ct)
    {
        var (since, name, weak) = (clock.GetUtcNow() - CapWindow, actor.Name, nameof(LookUpKey.NumberEnding));
        var searches = db.AuditEvents.Where(a => a.Actor == name && a.Name == Searched && a.At > since);
        return await searches.CountAsync(ct) >= MostSearches || (key == LookUpKey.NumberEnding && await searches.CountAsync(a => a.Reason == weak, ct) >= MostByEnding);
    }
}
