using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>
/// Rows of the trail that an actor may read. The province reads all. An agency reads what its own administrators and service accounts did while they
/// answered for it and for nothing else, and what any administrator did to its people in office; where else those people sign in is not the agency's
/// to know, nor what its administrators did before, after or for others.
/// </summary>
public sealed class AuditReading(IdentityDb db, PersonReach reach, AgencyTimes agencies)
{
    private const string Administrators = "admin:";

    /// <summary>Clocks of nodes differ, and a row is numbered a moment after it was dated: among so many neighbours the order of time and that of numbers may differ.</summary>
    private const int Disorder = 1_000;

    /// <summary>
    /// Every row that <see cref="AuditQuery.Holds"/>, and at the two ends of the span perhaps some that it does not: time is asked for by the
    /// key that pages go by. A condition on both would make the planner of PostgreSQL expect far fewer rows than there are.
    /// </summary>
    public async Task<IQueryable<AuditEvent>> RowsAsync(AdminActor actor, AuditQuery query, CancellationToken ct)
    {
        // How it ended follows from what it was: asked for together, one of the two is idle or nothing is found.
        if (query is { Event: { } named, Outcome: { } ending } && AuditOutcome.Of(named) != ending) return db.AuditEvents.Where(e => false);
        var (first, last) = await SpanAsync(query, ct);
        var rows = (query.PersonId is { } person ? OfPerson(person) : db.AuditEvents.AsNoTracking()).Where(e => e.Sequence >= first && e.Sequence <= last);
        if (query.Actor is { } who) rows = rows.Where(e => e.Actor == who);
        if (query.Event is { } name) rows = rows.Where(e => e.Name == name);
        if (query.ClientId is { } client) rows = rows.Where(e => e.ClientId == client);
        if (query.SessionId is { } session) rows = rows.Where(e => e.SessionId == session);
        // Said twice, so that the small index of what did not succeed serves.
        if (query is { Event: null, Outcome: { } outcome }) rows = outcome == AuditOutcome.Succeeded ? rows.Where(e => e.Outcome == outcome) : rows.Where(e => e.Outcome == outcome && e.Outcome != AuditOutcome.Succeeded);
        return await WithinAsync(rows, actor, ct);
    }

    /// <summary>The row of this number, as far as the actor may read it; one at most.</summary>
    public Task<IQueryable<AuditEvent>> RowAsync(AdminActor actor, long sequence, CancellationToken ct) => WithinAsync(db.AuditEvents.AsNoTracking().Where(e => e.Sequence == sequence), actor, ct);

    private async Task<IQueryable<AuditEvent>> WithinAsync(IQueryable<AuditEvent> rows, AdminActor actor, CancellationToken ct) =>
        actor.May(Permission.ReadAudit) ? rows : await OfAgencyAsync(rows, actor, ct);

    /// <summary>
    /// The span of time as a span of the key. The outermost rows are read and compared here: asked for the least number of a time, a database
    /// that plans for any time would walk along the numbers from the very first.
    /// </summary>
    private async Task<(long First, long Last)> SpanAsync(AuditQuery query, CancellationToken ct)
    {
        var first = await db.AuditEvents.Where(e => e.At >= query.From).OrderBy(e => e.At).Take(Disorder).Select(e => e.Sequence).ToListAsync(ct);
        var last = await db.AuditEvents.Where(e => e.At < query.To).OrderByDescending(e => e.At).Take(Disorder).Select(e => e.Sequence).ToListAsync(ct);
        return (first.DefaultIfEmpty(long.MaxValue).Min(), last.DefaultIfEmpty(0).Max());
    }

    /// <summary>
    /// One person has few rows, and they are looked through whatever else is asked for. Skipping none of them is a wall that no planner looks
    /// over: without it, one that hopes to have a page full soon walks through all rows of an application that the person never was at.
    /// </summary>
    private IQueryable<AuditEvent> OfPerson(Guid person)
    {
        var none = 0;
        return db.AuditEvents.AsNoTracking().Where(e => e.PersonId == person).OrderBy(e => e.At).Skip(none);
    }

    /// <summary>Two ways to the rows, each with an index of its own; a row that both find is taken from the first.</summary>
    private async Task<IQueryable<AuditEvent>> OfAgencyAsync(IQueryable<AuditEvent> rows, AdminActor actor, CancellationToken ct)
    {
        var units = await reach.UnitsAsync(actor, Permission.ReadAudit, ct);
        var times = await agencies.OfAsync(units, ct);
        var names = times.Select(t => t.Actor).Distinct().ToList();
        var people = reach.InOffice(units).Select(a => (Guid?)a.PersonId);
        var own = AgencyTimes.Within(times);
        // The names are said by themselves as well: they are what the index of actors is asked for.
        var byOwn = rows.Where(e => e.Actor != null && names.Contains(e.Actor)).Where(own);
        return byOwn.Concat(rows.Where(e => e.Actor != null && (e.Actor.StartsWith(Administrators) || e.Actor.StartsWith(AdminActor.MachinePrefix)) && e.PersonId != null && people.Contains(e.PersonId)).Where(AgencyTimes.Not(own)));
    }
}
