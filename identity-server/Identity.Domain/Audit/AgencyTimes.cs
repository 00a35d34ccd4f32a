using System.Linq.Expressions;
using Identity.Domain.Administration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Audit;

/// <summary>
/// When somebody answered for an agency and for nothing else. The trail says who did what, not in which of their roles; in such a time it was this one.
/// </summary>
/// <param name="Actor">As the trail names them.</param>
/// <param name="Until">Null while it lasts.</param>
public sealed record AgencyTime(string Actor, DateTimeOffset From, DateTimeOffset? Until);

/// <summary>The times of an agency's administrators and service accounts, from the roles that they hold and held.</summary>
public sealed class AgencyTimes(IdentityDb db)
{
    public async Task<IReadOnlyList<AgencyTime>> OfAsync(IReadOnlyCollection<Guid> units, CancellationToken ct)
    {
        var own = db.RoleAssignments.Where(r => r.UnitId != null && units.Contains(r.UnitId.Value));
        // Whatever role they ever held anywhere: two questions, however many there are.
        var held = await db.RoleAssignments.AsNoTracking().Where(r => (r.PersonId != null && own.Any(o => o.PersonId == r.PersonId)) || (r.ClientId != null && own.Any(o => o.ClientId == r.ClientId))).ToListAsync(ct);
        return [.. held.GroupBy(NameOf).SelectMany(roles => TimesOf(roles.Key, [.. roles], units)).OrderBy(t => t.Actor, StringComparer.Ordinal).ThenBy(t => t.From)];
    }

    /// <summary>Rows of these times.</summary>
    internal static Expression<Func<AuditEvent, bool>> Within(IReadOnlyList<AgencyTime> times)
    {
        var row = Expression.Parameter(typeof(AuditEvent), "e");
        var any = times.Select(time => Replaced(Within(time), row)).Aggregate((Expression)Expression.Constant(false), Expression.OrElse);
        return Expression.Lambda<Func<AuditEvent, bool>>(any, row);
    }

    internal static Expression<Func<AuditEvent, bool>> Not(Expression<Func<AuditEvent, bool>> condition) => Expression.Lambda<Func<AuditEvent, bool>>(Expression.Not(condition.Body), condition.Parameters);

    private static Expression<Func<AuditEvent, bool>> Within(AgencyTime time)
    {
        var (actor, from, until) = (time.Actor, time.From, time.Until ?? DateTimeOffset.MaxValue);
        return e => e.Actor == actor && e.At >= from && e.At < until;
    }

    private static Expression Replaced(Expression<Func<AuditEvent, bool>> condition, ParameterExpression row) => new Parameter(condition.Parameters[0], row).Visit(condition.Body);

    /// <summary>The spans between any two changes of somebody's roles in which this agency's was there and no other one.</summary>
    private static IEnumerable<AgencyTime> TimesOf(string name, IReadOnlyList<RoleAssignment> roles, IReadOnlyCollection<Guid> units)
    {
        var changes = roles.SelectMany(r => new[] { r.GivenAt, EndOf(r) }).Distinct().Order().ToList();
        foreach (var (from, until) in changes.Zip(changes.Skip(1)))
        {
            var then = roles.Where(r => r.GivenAt <= from && EndOf(r) >= until).ToList();
            if (then.Count > 0 && then.TrueForAll(r => r.UnitId is { } unit && units.Contains(unit))) yield return new AgencyTime(name, from, until == DateTimeOffset.MaxValue ? null : until);
        }
    }

    private static DateTimeOffset EndOf(RoleAssignment role) =>
        new[] { role.EndedAt, role.ValidUntil }.OfType<DateTimeOffset>().DefaultIfEmpty(DateTimeOffset.MaxValue).Min();

    private static string NameOf(RoleAssignment role) => role.PersonId is { } person ? AdminActor.NameOf(person) : AdminActor.NameOf(role.ClientId!);

    private sealed class Parameter(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
