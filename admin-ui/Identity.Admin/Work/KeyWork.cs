using Identity.Domain.Administration;
using Identity.Domain.Keys;

namespace Identity.Admin.Work;

/// <summary>Somebody says that a key is known to a stranger, and waits for the second person.</summary>
public sealed class KeyWork(KeyOffice office) : IWorkSource
{
    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
        [.. (await office.WithdrawalsAsync(actor, ct)).Where(w => w.AskedById != actor.PersonId).Select(w => new WorkItem(WorkUrgency.Now, "todo.key_withdrawal", "/keys", "todo.open_keys") { Subject = w.Algorithm, Values = [("algorithm", w.Algorithm)], Since = w.AskedAt })];
}
