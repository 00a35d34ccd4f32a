using Identity.Domain.Administration;
using Identity.Domain.Factors;
using Identity.Domain.Linking;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>What a desk sees of a person behind a look-up. An agency sees what belongs to the office: no private door, no mandate, no letter.</summary>
public sealed class PersonDesk(IdentityDb db, PersonLookUps lookUps, PersonReach reach, PersonDirectory people, TimeProvider clock)
{
    private const int ShownNotices = 20;

    public async Task<DeskRecord?> OpenAsync(AdminActor actor, Guid lookUpId, CancellationToken ct)
    {
        if (await lookUps.FindAsync(actor, lookUpId, ct) is not { } lookUp) return null;
        var (id, province) = (lookUp.PersonId, actor.May(Permission.LookUpPeople));
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == id, ct);
        return new DeskRecord(lookUp, person.Status, person.CreatedAt, MaskedFact.Of(await people.SourcedAsync(id, ct), !province))
        {
            IsForOffice = !province,
            Doors = province ? await db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == id).OrderBy(l => l.LinkedAt).ToListAsync(ct) : [],
            Sessions = await SessionsAsync(id, ct),
            Factors = await FactorsAsync(id, ct),
            Standings = await StandingsAsync(actor, id, ct),
            Mandates = province ? await MandatesAsync(id, ct) : [],
            Notices = province ? await db.Notices.AsNoTracking().Where(n => n.PersonId == id).OrderByDescending(n => n.At).Take(ShownNotices).Select(n => new DeskNotice(n.Kind, n.At)).ToListAsync(ct) : [],
            Obstacle = await reach.JudgeDeedAsync(actor, Permission.ActOnPeople, id, ct),
        };
    }

    private async Task<IReadOnlyList<DeskSession>> SessionsAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var open = await db.Sessions.AsNoTracking().Where(s => s.PersonId == personId && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt)
            .Select(s => new { s.Id, s.Device, s.Connector, s.Level, s.CreatedAt, s.LastSeenAt, Clients = db.SessionParticipants.Where(p => p.SessionId == s.Id).OrderBy(p => p.FirstAt).Select(p => p.ClientId).ToList() })
            .ToListAsync(ct);
        return [.. open.Select(s => new DeskSession(s.Id, s.Device, s.Connector, s.CreatedAt) { LastSeenAt = s.LastSeenAt, Level = s.Level, Clients = s.Clients })];
    }

    private async Task<DeskFactors> FactorsAsync(Guid personId, CancellationToken ct) => new(
        await db.OwnPasskeys.CountAsync(k => k.PersonId == personId, ct), await db.TotpApps.CountAsync(a => a.PersonId == personId, ct),
        await db.RecoveryCodes.CountAsync(c => c.PersonId == personId && c.UsedAt == null, ct), await db.Users.AnyAsync(u => u.Id == personId && u.PasswordHash != null, ct));

    private async Task<IReadOnlyList<DeskStanding>> StandingsAsync(AdminActor actor, Guid personId, CancellationToken ct)
    {
        var own = db.Affiliations.AsNoTracking().Where(a => a.PersonId == personId && a.EndedAt == null);
        if (!actor.May(Permission.LookUpPeople))
        {
            var units = await reach.UnitsAsync(actor, Permission.LookUpPeople, ct);
            own = own.Where(a => a.OrgUnitId != null && units.Contains(a.OrgUnitId.Value));
        }
        return await own.OrderBy(a => a.CreatedAt).Select(a => new DeskStanding(
            a.OrgUnitId != null ? db.OrgUnits.Where(u => u.Id == a.OrgUnitId).Select(u => u.NameVi).FirstOrDefault() : db.Organisations.Where(o => o.Id == a.OrganisationId).Select(o => o.Name).FirstOrDefault(),
            a.Kind, a.Position, a.Source, a.ValidTo, a.SuspendReason)).ToListAsync(ct);
    }

    private async Task<IReadOnlyList<DeskMandate>> MandatesAsync(Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await db.Mandates.AsNoTracking().Where(m => (m.GranteeId == personId || m.GrantorId == personId) && m.EndedAt == null && m.ValidTo > now).OrderBy(m => m.CreatedAt)
            .Select(m => new DeskMandate(m.GrantorId == personId, m.AcceptedAt != null, m.ValidTo, m.SuspendReason)).ToListAsync(ct);
    }
}

public sealed record DeskRecord(PersonLookUp LookUp, PersonStatus Status, DateTimeOffset CreatedAt, IReadOnlyList<MaskedFact> Facts)
{
    /// <summary>An agency looks; what is not its business is left out.</summary>
    public bool IsForOffice { get; init; }

    public IReadOnlyList<LinkedIdentity> Doors { get; init; } = [];
    public IReadOnlyList<DeskSession> Sessions { get; init; } = [];
    public DeskFactors Factors { get; init; } = new(0, 0, 0, false);
    public IReadOnlyList<DeskStanding> Standings { get; init; } = [];
    public IReadOnlyList<DeskMandate> Mandates { get; init; } = [];
    public IReadOnlyList<DeskNotice> Notices { get; init; } = [];

    /// <summary>Why this actor may look and not act; null when they may.</summary>
    public DeskRefusal? Obstacle { get; init; }
}

public sealed record DeskSession(Guid Id, string Device, string Connector, DateTimeOffset Since)
{
    public DateTimeOffset LastSeenAt { get; init; }
    public int Level { get; init; }
    public IReadOnlyList<string> Clients { get; init; } = [];
}

public sealed record DeskFactors(int Passkeys, int Apps, int Codes, bool Password);

/// <param name="Party">Name of the unit or organisation.</param>
public sealed record DeskStanding(string? Party, Organisations.AffiliationKind Kind, string? Position, string Source, DateTimeOffset? Until, string? SuspendReason);

/// <param name="Given">By this person; else to them.</param>
public sealed record DeskMandate(bool Given, bool Accepted, DateTimeOffset Until, string? SuspendReason);

public sealed record DeskNotice(NoticeKind Kind, DateTimeOffset At);
