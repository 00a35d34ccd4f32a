using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Applications;

/// <summary>
/// Sees to it that everything in production has a day by which it is confirmed, and nothing else: what was live before this was asked, or
/// was switched on again, is given one; what is switched off loses it.
/// </summary>
public sealed class ConfirmationDates(IdentityDb db, ClientRegistry registry, AuditTrail audit, IOptions<ConfirmationOptions> options, TimeProvider clock)
{
    private const int Batch = 500;

    /// <summary>Null while another node is at it. Each batch is a transaction, so that owners do not wait for all of a province.</summary>
    /// <returns>How many days were given or taken.</returns>
    public async Task<int?> KeepAsync(CancellationToken ct)
    {
        var (changed, after) = (0, Guid.Empty);
        while (await StorageLock.TryRunAsync(db, StorageLockName.ExpiryReminders, () => GiveAsync(after, ct), ct) is { } step)
        {
            db.ChangeTracker.Clear();
            changed += step.Given;
            if (step.Last is not { } last) return changed + await StorageLock.TryRunAsync(db, StorageLockName.ExpiryReminders, () => TakeAsync(ct), ct);
            after = last;
        }
        return null;
    }

    /// <summary>A year after production began, as far as that is still to come; the others are spread over the year that begins after the first reminder, so that not everybody is asked on one day.</summary>
    internal static DateTimeOffset FirstDay(Guid id, DateTimeOffset live, DateTimeOffset now, TimeSpan every)
    {
        var soonest = now.AddDays(ExpiryRadar.FirstReminder);
        if (live + every > soonest) return live + every;
        // The end of a UUIDv7 is random (RFC 9562 §5.7), and the same on every node.
        return soonest.AddDays(id.ToByteArray()[^1] * every.Days / 256);
    }

    private async Task<(int Given, Guid? Last)> GiveAsync(Guid after, CancellationToken ct)
    {
        var without = await db.Applications.Where(a => a.ProductionClientId != null && a.ConfirmationDueAt == null && a.Id > after).OrderBy(a => a.Id).Take(Batch)
            .Select(a => new { Application = a, LiveAt = db.ProductionRequests.Where(r => r.ApplicationId == a.Id && r.State == RequestState.Live).OrderByDescending(r => r.RequestedAt).Select(r => r.DecidedAt).FirstOrDefault() }).ToListAsync(ct);
        var running = without.Where(a => IsOn(a.Application.ProductionClientId)).ToList();
        foreach (var a in running)
            (a.Application.ConfirmationDueAt, a.Application.ClosingProposalId) = (FirstDay(a.Application.Id, a.LiveAt ?? a.Application.CreatedAt, clock.GetUtcNow(), options.Value.Every), null);
        if (running.Count > 0) audit.Add("application.confirmation_dated", detail: $"{running.Count} applications");
        await db.SaveChangesAsync(ct);
        return (running.Count, without.Count == Batch ? without[^1].Application.Id : null);
    }

    private async Task<int> TakeAsync(CancellationToken ct)
    {
        var near = await db.Applications.AsNoTracking().Where(a => a.ConfirmationDueAt <= clock.GetUtcNow().AddDays(ExpiryRadar.FirstReminder)).Select(a => new { a.Id, a.ProductionClientId }).ToListAsync(ct);
        var off = near.Where(a => !IsOn(a.ProductionClientId)).Select(a => a.Id).ToArray();
        if (off.Length == 0) return 0;
        await db.Applications.Where(a => EF.Parameter(off).Contains(a.Id)).ExecuteUpdateAsync(set => set.SetProperty(a => a.ConfirmationDueAt, (DateTimeOffset?)null), ct);
        audit.Add("application.confirmation_dropped", detail: $"{off.Length} applications that are switched off");
        await db.SaveChangesAsync(ct);
        return off.Length;
    }

    private bool IsOn(string? clientId) => clientId is not null && registry.FindClient(clientId) is { Enabled: true };
}
