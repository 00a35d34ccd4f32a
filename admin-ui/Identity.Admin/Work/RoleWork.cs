using Identity.Domain.Administration;

namespace Identity.Admin.Work;

/// <summary>Requests for more rights, roles that wait for a second person, and glasses that were broken: nobody breaks one without everybody who gives roles knowing.</summary>
public sealed class RoleWork(RoleList list) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
    [
        .. (await list.BrokenGlassesAsync(actor, ct)).Select(e => new WorkItem(WorkUrgency.Now, "todo.glass_broken", "/roles", "todo.open_roles")
        {
            Subject = $"{e.Assignment.Id}", Values = [("person", e.PersonName), ("reason", e.Assignment.Reason)], Since = e.Assignment.GivenAt,
        }),
        .. (await list.ProposalsAsync(actor, ct)).Where(e => e.Assignment.GivenBy != actor.Name).Select(e => new WorkItem(WorkUrgency.Soon, "todo.role_proposed", "/roles", "todo.open_roles")
        {
            Subject = $"{e.Assignment.Id}", Values = [("mail", e.Mail)], Since = e.Assignment.GivenAt,
        }),
        .. (await list.RequestsAsync(actor, ct)).Where(e => !e.IsOwn).Select(e => new WorkItem(WorkUrgency.Soon, "todo.elevation", "/roles", "todo.open_roles")
        {
            Subject = $"{e.Request.Id}", Values = [("person", e.PersonName), ("hours", e.Request.Hours)], Since = e.Request.AskedAt,
        }),
    ];
}
