using Identity.Domain.Administration;
using Identity.Domain.Applications;

namespace Identity.Admin.Work;

/// <summary>An owner wants production to prove itself with something new, and nothing of it is good until another owner has looked.</summary>
public sealed class ProofWork(KeyProposals proposals, PageLanguage language) : IWorkSource
{
    private const int Most = 5;

    public async Task<IReadOnlyList<WorkItem>> ReadAsync(AdminActor actor, CancellationToken ct) =>
        [.. (await proposals.ForOwnerAsync(actor, Most, ct)).Select(w => new WorkItem(WorkUrgency.Soon, "todo.app_keys", $"/apps/{w.ApplicationId}/keys", "todo.open_app_keys")
        {
            Subject = $"{w.ApplicationId}", Values = [("app", language.Current == "en" ? w.NameEn : w.NameVi)], Since = w.AskedAt,
        })];
}
