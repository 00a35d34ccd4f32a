using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Work;

/// <summary>An owner is not in office any more: somebody else has to take over before the application has nobody.</summary>
public sealed class HandoverWork(Handovers handovers, PageLanguage language) : IWorkSource
{
    /// <summary>More stand in the list.</summary>
    private const int Most = 5;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct)
    {
        var (own, few) = (await handovers.LeftBehindAsync(actor, Most, ct), await handovers.ShortAsync(actor, Most + 1, ct));
        List<WorkItem> items = [.. own.Select(h => ItemFor(h, WorkUrgency.Soon, "todo.owner_left")), .. few.Take(Most).Select(h => ItemFor(h, WorkUrgency.Now, h.Owners == 0 ? "todo.no_owner" : "todo.few_owners"))];
        if (few.Count > Most) items.Add(new(WorkUrgency.Now, "todo.few_owners_more", "/apps?of=orphaned", "todo.open_list"));
        return items;
    }

    private WorkItem ItemFor(Handover handover, WorkUrgency urgency, string text) => new(urgency, text, $"/apps/{handover.ApplicationId}/team", "todo.open_team")
    {
        Subject = $"{handover.ApplicationId}", Values = language.Current == "en" ? [("app", handover.NameEn), ("unit", handover.UnitEn)] : [("app", handover.NameVi), ("unit", handover.UnitVi)],
    };
}
