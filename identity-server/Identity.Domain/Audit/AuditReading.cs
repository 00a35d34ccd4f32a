using Identity.Domain.Administration;
using Identity.Domain.Desk;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>
/// Rows of the trail that an actor may read. The province reads all. An agency reads what its own administrators did, and what any
/// administrator did to its people in office; where else those people sign in is not the agency's to know.
/// </summary>
public sealed class AuditReading(IdentityDb db, PersonReach reach)
{
    private const string Administrators = "admin:";

    /// <summary>Clocks of nodes differ, and a transaction may be long: a row may stand this much before or behind its neighbours' time.</summary>
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(10);

    /// <summary>By sequence, newest first, is for the caller to ask.</summary>
    public async Task<IQueryable<AuditEvent>> RowsAsync(AdminActor actor, AuditQuery query, CancellationToken ct)
    {
        var (first, last) = await SpanAsync(query, ct);
        var rows = db.AuditEvents.AsNoTracking().Where(e => e.Sequence >= first && e.Sequence <= last && e.At >= query.From && e.At < query.To);
        if (!actor.May(Permission.ReadAudit)) rows = await OfAgencyAsync(rows, actor, ct);
        if (query.Actor is { } who) rows = rows.Where(e => e.Actor == who);
        if (query.Event is { } name) rows = rows.Where(e => e.Name == name);
        if (query.PersonId is { } person) rows = rows.Where(e => e.PersonId == person);
        if (query.ClientId is { } client) rows = rows.Where(e => e.ClientId == client);
        if (query.SessionId is { } session) rows = rows.Where(e => e.SessionId == session);
        // Said twice, so that the small index of what did not succeed serves.
        if (query.Outcome is { } outcome) rows = outcome == AuditOutcome.Succeeded ? rows.Where(e => e.Outcome == outcome) : rows.Where(e => e.Outcome == outcome && e.Outcome != AuditOutcome.Succeeded);
        return rows;
    }

    /// <summary>The span of time as a span of the key that pages go by; every index of the trail ends with that key.</summary>
    private async Task<(long First, long Last)> SpanAsync(AuditQuery query, CancellationToken ct)
    {
        var (from, to) = (query.From - Disorder, query.To + Disorder);
        var first = await db.AuditEvents.Where(e => e.At >= from).OrderBy(e => e.At).Select(e => (long?)e.Sequence).FirstOrDefaultAsync(ct);
        var last = await db.AuditEvents.Where(e => e.At < to).OrderByDescending(e => e.At).Select(e => (long?)e.Sequence).FirstOrDefaultAsync(ct);
        return (first ?? long.MaxValue, last ?? 0);
    }

    private async Task<IQueryable<AuditEvent>> OfAgencyAsync(IQueryable<AuditEvent> rows, AdminActor actor, CancellationToken ct)
    {
        var units = await reach.UnitsAsync(actor, Permission.ReadAudit, ct);
        var own = await db.RoleAssignments.Where(r => r.UnitId != null && units.Contains(r.UnitId.Value) && r.PersonId != null).Select(r => r.PersonId!.Value).Distinct().ToListAsync(ct);
        var names = own.Select(AdminActor.NameOf).ToList();
        var people = reach.InOffice(units).Select(a => (Guid?)a.PersonId);
        return rows.Where(e => e.Actor != null && (names.Contains(e.Actor) || (e.Actor.StartsWith(Administrators) && people.Contains(e.PersonId))));
    }
}
