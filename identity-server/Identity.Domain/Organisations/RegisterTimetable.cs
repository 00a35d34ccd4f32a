using Identity.Domain.Audit;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Organisations;

/// <summary>Whom to ask about next. Every node looks; only the one whose claim succeeds asks, and a claim of a node that died runs out.</summary>
public sealed class RegisterTimetable(IdentityDb db, ReplayGuard replays, AuditTrail audit, IOptions<RegisterOptions> options, TimeProvider clock)
{
    /// <summary>Longer than a question may take.</summary>
    private static readonly TimeSpan Claim = TimeSpan.FromMinutes(1);

    /// <summary>Longer than an event is old when it is still taken.</summary>
    private static readonly TimeSpan EventMemory = TimeSpan.FromDays(2);

    private RegisterOptions Options => options.Value;

    public Task<List<Guid>> DueAsync(int most, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (used, other, lately) = (now - Options.RefreshUsedEvery, now - Options.RefreshOthersEvery, now - Options.UsedWithin);
        return db.Organisations.AsNoTracking()
            .Where(o => o.AskNotBefore <= now && (o.StaleSince != null || (o.RefreshedAt <= used
                && db.Affiliations.Any(a => a.OrganisationId == o.Id && a.Source == o.Source && a.EndedAt == null && a.SuspendedAt == null)
                && (o.RefreshedAt <= other
                    || db.Affiliations.Any(a => a.OrganisationId == o.Id && a.EndedAt == null && (a.LastUsedAt ?? a.CreatedAt) >= lately)
                    || db.Mandates.Any(m => m.OrganisationId == o.Id && m.EndedAt == null && m.SuspendedAt == null && m.FirstUsedAt != null)))))
            .OrderBy(o => o.StaleSince == null).ThenBy(o => o.RefreshedAt).Select(o => o.Id).Take(most).ToListAsync(ct);
    }

    /// <summary>The organisation, when this caller is the one to ask about it; one conditional statement is the verdict.</summary>
    public async Task<Organisation?> ClaimAsync(Guid organisationId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var until = now + Claim;
        var won = await db.Organisations.Where(o => o.Id == organisationId && o.AskNotBefore <= now).ExecuteUpdateAsync(set => set.SetProperty(o => o.AskNotBefore, until), ct);
        return won == 1 ? await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == organisationId, ct) : null;
    }

    /// <summary>
    /// The register says that something about these changed. They are asked about next, by this node or, should it die, by another: the
    /// event may be acknowledged. False when the very same event has been here already.
    /// </summary>
    public async Task<bool> TakeEventAsync(string register, RegisterEvent.Genuine said, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await replays.IsFirstUseAsync("register_event", register, said.Id, now + EventMemory, ct)) return false;
        var stale = await db.Organisations.Where(o => o.Source == register && said.TaxCodes.Contains(o.TaxCode))
            .ExecuteUpdateAsync(set => set.SetProperty(o => o.StaleSince, (DateTimeOffset?)now).SetProperty(o => o.AskNotBefore, now), ct);
        audit.Add("register.event_taken", connector: register, detail: $"{said.TaxCodes.Count} named, {stale} known");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>Whether a sign-in is a reason to ask this register about the person, or it was one not long ago.</summary>
    public async Task<bool> IsDueAsync(Guid personId, string register, CancellationToken ct)
    {
        var since = clock.GetUtcNow() - Options.AskAgainAfter;
        return Options.AskAfterSignIn && !await db.RegisterInquiries.AnyAsync(i => i.PersonId == personId && i.Register == register && i.AskedAt > since && i.Failure == null, ct);
    }

    /// <summary>What is remembered of a question about a person, so that a page can say why somebody is not on the list.</summary>
    /// <param name="failure">Null: the register answered.</param>
    public async Task NoteAsync(Guid personId, string register, string? failure, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var inquiry = await db.RegisterInquiries.SingleOrDefaultAsync(i => i.PersonId == personId && i.Register == register, ct);
        if (inquiry is null) db.RegisterInquiries.Add(inquiry = new() { PersonId = personId, Register = register });
        (inquiry.AskedAt, inquiry.Failure) = (now, failure);
        if (failure is null) inquiry.AnsweredAt = now;
        await db.SaveChangesAsync(ct);
    }
}
