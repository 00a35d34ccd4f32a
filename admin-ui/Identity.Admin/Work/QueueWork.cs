using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Configuration;
using Identity.Domain.Desk;

namespace Identity.Admin.Work;

/// <summary>Queues in which somebody waits for the person who reads this: one line each, however long they are.</summary>
public sealed class QueueWork(ReviewDesk reviews, ProposalList proposals, ConflictCases conflicts, DecidedConflicts decided, RecoveryList recoveries, TimeProvider clock) : IWorkSource
{
    /// <summary>A case that is older is late (ux.md §9, V1).</summary>
    private static readonly TimeSpan ConflictsWait = TimeSpan.FromDays(3);

    private const int Most = 50;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
        [.. new[] { await ReviewsAsync(actor, ct), await ProposalsAsync(actor, ct), await ConflictsAsync(actor, ct), await UndosAsync(actor, ct), await RecoveriesAsync(actor, ct) }.OfType<WorkItem>()];

    private async Task<WorkItem?> ReviewsAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.MaySomewhere(Permission.ReviewApplications)) return null;
        var waiting = (await reviews.QueueAsync(actor, null, Most + 1, ct)).Where(r => !r.IsYours).ToList();
        return waiting.Count == 0 ? null : new(waiting[0].DueAt < clock.GetUtcNow() ? WorkUrgency.Now : WorkUrgency.Soon, "todo.reviews", "/reviews", "todo.open_reviews")
        {
            Values = [("count", Count(waiting.Count)), ("day", new ClockTime(waiting[0].DueAt, dayOnly: true))],
        };
    }

    private async Task<WorkItem?> ProposalsAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.ApproveConfiguration) || await proposals.PageAsync(actor, ProposalState.Open, null, ct) is not { } page) return null;
        var waiting = page.Proposals.Where(p => p.ProposedBy != actor.Name).ToList();
        return waiting.Count == 0 ? null : new(WorkUrgency.Soon, "todo.proposals", "/configuration/proposals", "todo.open_proposals") { Values = [("count", Count(waiting.Count, page.Next))] };
    }

    private async Task<WorkItem?> ConflictsAsync(AdminActor actor, CancellationToken ct)
    {
        var queue = await conflicts.ListAsync(actor, null, ct);
        return queue.Cases is not [var oldest, ..] ? null : new(clock.GetUtcNow() - oldest.CreatedAt > ConflictsWait ? WorkUrgency.Now : WorkUrgency.Soon, "todo.conflicts", "/conflicts", "todo.open_conflicts")
        {
            Values = [("count", Count(queue.Cases.Count, queue.Next))], Since = oldest.CreatedAt,
        };
    }

    private async Task<WorkItem?> UndosAsync(AdminActor actor, CancellationToken ct)
    {
        var waiting = await decided.WaitingAsync(actor, Most + 1, ct);
        return waiting is not [var oldest, ..] ? null : new(WorkUrgency.Soon, "todo.undos", "/conflicts/decided", "todo.open_decided") { Values = [("count", Count(waiting.Count))], Since = oldest };
    }

    private async Task<WorkItem?> RecoveriesAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.MaySomewhere(Permission.ApproveRecovery)) return null;
        var queue = await recoveries.ReadAsync(actor, null, ct);
        var waiting = queue.Waiting.Where(w => !w.IsOwn).ToList();
        return waiting.Count == 0 ? null : new(WorkUrgency.Now, "todo.recoveries", "/recoveries", "todo.open_recoveries") { Values = [("count", Count(waiting.Count, queue.Next))], Since = waiting[0].Aid.RequestedAt };
    }

    /// <summary>More than a page is not counted.</summary>
    private static string Count(int amount, Guid? next = null) => next is not null || amount > Most ? $"{Most}+" : $"{amount}";
}
