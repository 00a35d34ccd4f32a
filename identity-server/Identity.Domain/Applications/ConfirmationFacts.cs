using Identity.Domain.Configuration;
using Identity.Domain.Statistics;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Applications;

/// <summary>What makes the yearly question answerable without asking around: how much it is used, since when not, and who is still here.</summary>
public sealed class ConfirmationFacts(IdentityDb db, ApplicationTeam team, StatisticsReader statistics, TimeProvider clock)
{
    /// <summary>Of an application that is or was in production; the caller has seen to it that this person may know its numbers.</summary>
    public async Task<UseFacts> ReadAsync(ReachedApplication reached, CancellationToken ct)
    {
        var (application, clientId) = (reached.Application, reached.Application.ProductionClientId ?? "");
        var period = StatisticsPeriod.EndingAt(PeriodLength.Year, clock.GetUtcNow());
        var sums = await statistics.SumsAsync(new StatisticsReach.Applications(new HashSet<string> { clientId }), period, ct);
        var members = await team.ListAsync(reached, ct);
        return new UseFacts(sums.Answered, await LastUseAsync(clientId, ct), application.Contact ?? await AskedContactAsync(application.Id, ct), [.. members.Where(m => m.Role == MemberRole.Owner)])
        {
            Closing = application.ClosingProposalId is { } id ? await db.ConfigurationProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) : null,
        };
    }

    /// <summary>Somebody was signed in to it, or it proved itself with a secret or key: whichever was later. Both are known to the hour.</summary>
    private async Task<DateTimeOffset?> LastUseAsync(string clientId, CancellationToken ct)
    {
        var proved = await db.CredentialUses.AsNoTracking().Where(u => u.ClientId == clientId).OrderByDescending(u => u.LastUsedAt).Select(u => (DateTimeOffset?)u.LastUsedAt).FirstOrDefaultAsync(ct);
        var answered = await db.StatisticHours.AsNoTracking().Where(s => s.ClientId == clientId && s.Name == StatisticsSums.Code).OrderByDescending(s => s.Hour).Select(s => (DateTimeOffset?)s.Hour).FirstOrDefaultAsync(ct);
        return proved is null || answered > proved ? answered : proved;
    }

    private Task<string?> AskedContactAsync(Guid id, CancellationToken ct) =>
        db.ProductionRequests.AsNoTracking().Where(r => r.ApplicationId == id && r.State == RequestState.Live).OrderByDescending(r => r.RequestedAt).Select(r => r.Contact).FirstOrDefaultAsync(ct);
}

/// <param name="SignIns">Of the last twelve months; a few are shown as few.</param>
/// <param name="LastUsedAt">Null when nobody knows of any.</param>
public sealed record UseFacts(long SignIns, DateTimeOffset? LastUsedAt, string? Contact, IReadOnlyList<TeamMember> Owners)
{
    /// <summary>What became of the answer "not in use any more".</summary>
    public ConfigurationProposal? Closing { get; init; }

    public bool WaitsToBeSwitchedOff => Closing is { State: ProposalState.Open };
}
