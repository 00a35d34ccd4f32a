using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Applications;

/// <summary>Applications in production whose owners have not said yet that they are still in use. Whoever said that one is not has answered too.</summary>
public sealed class OpenConfirmations(IdentityDb db, ApplicationAccess access, ClientRegistry registry, IOptions<ConfirmationOptions> options, TimeProvider clock)
{
    /// <summary>Of those that had to be confirmed by this moment; also what a list is filtered with.</summary>
    internal static IQueryable<Application> DueBy(DateTimeOffset moment, IQueryable<Application> applications, IdentityDb db) => applications.Where(a => a.ConfirmationDueAt <= moment
        && !db.ConfigurationProposals.Any(p => p.Id == a.ClosingProposalId && (p.State == ProposalState.Open || p.State == ProposalState.Applied)));

    /// <summary>For the reminders: what is due within so many days, and what is overdue.</summary>
    internal async Task<IReadOnlyList<Ending>> WithinAsync(int days, CancellationToken ct)
    {
        var due = await DueBy(clock.GetUtcNow().AddDays(days), db.Applications.AsNoTracking(), db).Where(a => a.ProductionClientId != null)
            .Select(a => new { ClientId = a.ProductionClientId!, DueAt = a.ConfirmationDueAt!.Value }).ToListAsync(ct);
        return [.. due.Where(d => registry.FindClient(d.ClientId) is { Enabled: true })
            .Select(d => new Ending(EndingKind.ClientConfirmation, d.ClientId, Ending.SubjectOf(EndingKind.ClientConfirmation, d.ClientId, $"{d.DueAt.UtcTicks}"), d.DueAt))];
    }

    /// <summary>What an owner has to answer now, the most urgent first.</summary>
    public Task<List<OpenConfirmation>> OfOwnerAsync(AdminActor actor, int most, CancellationToken ct)
    {
        var own = db.Applications.AsNoTracking().Where(a => db.ApplicationMembers.Any(m => m.ApplicationId == a.Id && m.PersonId == actor.PersonId && m.Role == MemberRole.Owner && m.EndedAt == null));
        return ReadAsync(DueBy(clock.GetUtcNow().AddDays(ExpiryRadar.FirstReminder), own, db), most, ct);
    }

    /// <summary>What owners have left unanswered for too long, within the reach of whoever can name others.</summary>
    public async Task<List<OpenConfirmation>> UnansweredAsync(AdminActor actor, int most, CancellationToken ct)
    {
        if (!actor.MaySomewhere(Permission.GiveRoles)) return [];
        var reached = db.Applications.AsNoTracking();
        if (await access.ReachAsync(actor, Permission.GiveRoles, ct) is { } units) reached = reached.Where(a => units.Contains(a.UnitId));
        return await ReadAsync(DueBy(clock.GetUtcNow() - options.Value.EscalateAfter, reached, db), most, ct);
    }

    /// <summary>What owners do not use any more, for whoever may switch it off.</summary>
    public async Task<List<AskedClosing>> ClosingsAsync(AdminActor actor, int most, CancellationToken ct) => !actor.May(Permission.ApproveConfiguration) ? []
        : await (from proposal in db.ConfigurationProposals.AsNoTracking()
                 where proposal.State == ProposalState.Open && proposal.ProposedBy != actor.Name
                 join application in db.Applications.AsNoTracking() on proposal.Id equals application.ClosingProposalId
                 orderby proposal.Id
                 select new AskedClosing(proposal.Id, application.NameVi, application.NameEn, proposal.ProposedAt)).Take(most).ToListAsync(ct);

    private Task<List<OpenConfirmation>> ReadAsync(IQueryable<Application> applications, int most, CancellationToken ct) =>
        (from a in applications
         join unit in db.OrgUnits on a.UnitId equals unit.Id
         orderby a.ConfirmationDueAt, a.Id
         select new OpenConfirmation(a.Id, a.NameVi, a.NameEn, unit.NameVi, unit.NameEn, a.ConfirmationDueAt!.Value)).Take(most).ToListAsync(ct);
}

public sealed record OpenConfirmation(Guid ApplicationId, string NameVi, string NameEn, string UnitVi, string UnitEn, DateTimeOffset DueAt);

public sealed record AskedClosing(Guid ProposalId, string NameVi, string NameEn, DateTimeOffset AskedAt);
