using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Clients;

/// <summary>Who is who in which sector. A row is written at a person's first visit to a sector and never changes hands.</summary>
public sealed class SubjectLedger(IdentityDb db, TimeProvider clock)
{
    public async Task<string> IdentifierForAsync(Guid personId, Client client, CancellationToken ct)
    {
        var sector = SectorOf(client);
        if (await FindAsync(personId, sector, ct) is { } known) return known;
        var fresh = BearerSecret.NewIdentifier();
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO subject_identifiers (identifier, person_id, sector, created_at)
            VALUES ({fresh}, {personId}, {sector}, {now}) ON CONFLICT (person_id, sector) DO NOTHING
            """, ct);
        return await FindAsync(personId, sector, ct) ?? throw new InvalidOperationException("The subject ledger lost a row.");
    }

    /// <summary>What the client knows a party by: people keep the identifier they have when they come themselves.</summary>
    public async Task<string> IdentifierForAsync(Party party, Client client, CancellationToken ct)
    {
        if (party.Kind == PartyKind.Person) return await IdentifierForAsync(party.Id, client, ct);
        var sector = SectorOf(client);
        if (await FindPartyAsync(party.Id, sector, ct) is { } known) return known;
        var fresh = BearerSecret.NewIdentifier();
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO party_identifiers (identifier, party_id, sector, created_at)
            VALUES ({fresh}, {party.Id}, {sector}, {now}) ON CONFLICT (party_id, sector) DO NOTHING
            """, ct);
        return await FindPartyAsync(party.Id, sector, ct) ?? throw new InvalidOperationException("The subject ledger lost a row.");
    }

    /// <summary>Whose identifiers the client receives; empty for a client that signs nobody in.</summary>
    public static string SectorOf(Client client) => client.SubjectType == SubjectType.Public ? SubjectIdentifier.PublicSector : client.Sector ?? "";

    /// <summary>Whom this client knows by the identifier; null for another sector's identifier.</summary>
    public Task<Guid?> PersonOfAsync(string identifier, Client client, CancellationToken ct)
    {
        var sector = SectorOf(client);
        return db.SubjectIdentifiers.Where(s => s.Identifier == identifier && s.Sector == sector).Select(s => (Guid?)s.PersonId).SingleOrDefaultAsync(ct);
    }

    /// <summary>Which organisation or unit this client knows by the identifier; null for a person's, or another sector's.</summary>
    public Task<Guid?> PartyOfAsync(string identifier, Client client, CancellationToken ct)
    {
        var sector = SectorOf(client);
        return db.PartyIdentifiers.Where(p => p.Identifier == identifier && p.Sector == sector).Select(p => (Guid?)p.PartyId).SingleOrDefaultAsync(ct);
    }

    private Task<string?> FindPartyAsync(Guid partyId, string sector, CancellationToken ct) =>
        db.PartyIdentifiers.Where(p => p.PartyId == partyId && p.Sector == sector).Select(p => p.Identifier).SingleOrDefaultAsync(ct);

    private Task<string?> FindAsync(Guid personId, string sector, CancellationToken ct) =>
        db.SubjectIdentifiers.Where(s => s.PersonId == personId && s.Sector == sector).Select(s => s.Identifier).SingleOrDefaultAsync(ct);
}
