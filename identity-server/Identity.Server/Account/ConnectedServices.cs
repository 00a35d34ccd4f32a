using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Server.Login;
using Identity.Server.Oidc.Tokens;
using Identity.Server.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>Applications that may receive something about the person now: by a live grant or by an answer that is still remembered.</summary>
public sealed class ConnectedServices(IdentityDb db, ClientRegistry registry, GrantStore grants, AuditTrail trail, LoginSession login, AccountNames names, TimeProvider clock)
{
    public const string Stopped = "service.stopped";

    public async Task<IReadOnlyList<ServiceRow>> ListAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var live = await LiveGrantsAsync(personId, now, ct);
        var answers = await db.Consents.AsNoTracking().Where(c => c.PersonId == personId && c.WithdrawnAt == null).ToListAsync(ct);
        var connected = live.Select(g => g.ClientId).Concat(answers.Where(c => c.ExpiresAt is null || c.ExpiresAt > now).Select(c => c.ClientId)).ToHashSet();
        var visits = await VisitsAsync(personId, connected, ct);
        var known = await db.PersonAttributes.Where(a => a.PersonId == personId && a.SupersededAt == null).Select(a => a.Name).ToListAsync(ct);
        return [.. connected
            .Select(id => Row(id, [.. live.Where(g => g.ClientId == id)], [.. answers.Where(c => c.ClientId == id)], visits.GetValueOrDefault(id), known))
            .OrderByDescending(row => row.LastUsedAt ?? row.Since)];
    }

    /// <summary>False when a statute orders the transfer. Unknown and already stopped applications are answered like stopped ones.</summary>
    public async Task<bool> StopAsync(Session session, string clientId)
    {
        if (!CanStop(clientId)) return false;
        DateTimeOffset? now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var withdrawn = await db.Consents.Where(c => c.PersonId == session.PersonId && c.ClientId == clientId && c.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.WithdrawnAt, now));
        // A code on its way would open a new grant a moment after the person said stop.
        await db.AuthorizationCodes.Where(c => c.PersonId == session.PersonId && c.ClientId == clientId && c.RedeemedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RedeemedAt, now));
        var revoked = await grants.RevokeAllAsync(session.PersonId, clientId, "service_stopped", CancellationToken.None);
        if (withdrawn + revoked > 0)
            trail.Add(Stopped, personId: session.PersonId, clientId: clientId, sessionId: session.Id, detail: $"answers={withdrawn} grants={revoked}");
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>What a statute orders goes on; who has agreed to anything beyond it may take that back.</summary>
    private bool CanStop(string clientId) => registry.FindClient(clientId) is not { DataRelease: DataRelease.Notice } client || client.Release.Any(r => r.Kind == DataRelease.Consent);

    private ServiceRow Row(string clientId, IReadOnlyList<Grant> live, IReadOnlyList<Consent> answers, Visits? visits, List<string> known)
    {
        // Without a page there is no answer to read from: then what its scopes carry is what it receives.
        List<string> claims = [.. answers.Count > 0
            ? answers.SelectMany(c => Words(c.Claims))
            : live.SelectMany(g => Words(g.Scope)).SelectMany(scope => registry.FindScope(scope)?.Claims ?? []).Where(claim => known.Contains(ClaimsRelease.AttributeOf(claim)))];
        var since = answers.Select(c => c.GrantedAt).Concat(visits is null ? [] : [visits.First]).Min();
        var byLaw = registry.FindClient(clientId) is { } client ? claims.Where(client.IsByLaw).ToHashSet() : [];
        return new(clientId, names.App(clientId), names.Agency(clientId), Attributes(claims.Where(c => !byLaw.Contains(c))), since, visits?.Last, CanStop(clientId)) { ByLaw = Attributes(byLaw) };
    }

    private async Task<List<Grant>> LiveGrantsAsync(Guid personId, DateTimeOffset now, CancellationToken ct)
    {
        var idleSince = now - login.Limits.Idle;
        return await db.Grants.AsNoTracking().Where(g => g.PersonId == personId && g.RevokedAt == null
            && (g.Offline
                ? g.RefreshExpiresAt > now && g.RefreshIdleAt > now
                : db.Sessions.Any(s => s.Id == g.SessionId && s.EndedAt == null && s.ExpiresAt > now && s.LastSeenAt > idleSince))).ToListAsync(ct);
    }

    private async Task<Dictionary<string, Visits>> VisitsAsync(Guid personId, HashSet<string> clients, CancellationToken ct)
    {
        var rows = await db.Grants.Where(g => g.PersonId == personId && clients.Contains(g.ClientId)).GroupBy(g => g.ClientId)
            .Select(g => new { Client = g.Key, First = g.Min(x => x.CreatedAt), Opened = g.Max(x => x.CreatedAt), Renewed = g.Max(x => x.RotatedAt) }).ToListAsync(ct);
        return rows.ToDictionary(r => r.Client, r => new Visits(r.First, r.Renewed > r.Opened ? r.Renewed.Value : r.Opened), StringComparer.Ordinal);
    }

    private static IReadOnlyList<string> Attributes(IEnumerable<string> claims) => [.. claims.Select(ClaimsRelease.AttributeOf).Distinct()];

    private static string[] Words(string list) => list.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private sealed record Visits(DateTimeOffset First, DateTimeOffset Last);
}
