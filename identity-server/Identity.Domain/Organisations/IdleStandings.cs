using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>Suspends posts without a sign-in for too long, when the settings say so.</summary>
public sealed class IdleStandings(IdentityDb db, StandingEnds ends, StaffLists lists, IOptions<StaffOptions> options)
{
    private const int Batch = 50;

    /// <summary>Returns how many there were; a full batch means that there are more. Null while another node is at it.</summary>
    public Task<int?> SuspendAsync(CancellationToken ct) => StorageLock.TryRunAsync(db, StorageLockName.StandingEnds, async () =>
    {
        if (!options.Value.SuspendIdle) return 0;
        var idle = await lists.IdleIds().Take(Batch).ToListAsync(ct);
        foreach (var id in idle) await ends.SuspendAsync(id, StandingEndReason.Idle, ct);
        return idle.Count;
    }, ct);
}
