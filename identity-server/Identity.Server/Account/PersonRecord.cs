using Identity.Domain.Audit;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages;
using Identity.Server.Pages.Account;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>What is known about a person, with its sources, for that person alone.</summary>
public sealed class PersonRecord(IdentityDb db, PersonDirectory people, AccountNames names)
{
    // A person looks for the name first and for flags last; what is not listed follows by its own name.
    private static readonly string[] Order =
    [
        AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate, AttributeNames.Gender,
        AttributeNames.PhoneNumber, AttributeNames.Email, AttributeNames.Address,
    ];

    public async Task<string> NameAsync(Guid personId, CancellationToken ct)
    {
        var values = await people.AttributesAsync(personId, ct);
        return values.GetValueOrDefault(AttributeNames.Name) ?? values.GetValueOrDefault(AttributeNames.PreferredUsername) ?? "";
    }

    public Task<string?> LanguageAsync(Guid personId, CancellationToken ct) => db.People.Where(p => p.Id == personId).Select(p => p.Language).SingleOrDefaultAsync(ct);

    /// <summary>The sign-in before this session, or null on the very first.</summary>
    public async Task<SignInTrace?> LastSignInAsync(Session current, CancellationToken ct)
    {
        // The trail remembers longer than the sessions do; the device is known only as long as its session is.
        var last = await db.AuditEvents.AsNoTracking()
            .Where(a => a.PersonId == current.PersonId && a.Name == "session.started" && a.SessionId != current.Id && a.At <= current.CreatedAt)
            .OrderByDescending(a => a.At).Select(a => new { a.At, a.SessionId, a.Connector, a.Sequence }).FirstOrDefaultAsync(ct);
        if (last is null) return null;
        var device = await db.Sessions.Where(s => s.Id == last.SessionId).Select(s => s.Device).SingleOrDefaultAsync(ct);
        return new(last.At, AccountNames.Device(device), Method: last.Connector is null ? null : names.Method(last.Connector)) { Entry = last.Sequence };
    }

    public Task<int> CountIdentitiesAsync(Guid personId, CancellationToken ct) => db.LinkedIdentities.CountAsync(l => l.PersonId == personId, ct);

    public async Task<IReadOnlyList<IdentityRow>> IdentitiesAsync(Session current, CancellationToken ct)
    {
        var links = await db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == current.PersonId).OrderByDescending(l => l.LastUsedAt).ToListAsync(ct);
        // The session knows its connector; of two accounts at one connector, the one used last is the one in use.
        var inUse = links.Find(l => l.Connector == current.Connector);
        return [.. links.Select(l => new IdentityRow(names.Method(l.Connector), l.LinkedAt, l.LastUsedAt, l.Proofing, l == inUse)
        {
            LinkId = l.Id,
            Frozen = l.FrozenAt is not null,
            Place = links.Count(other => other.Connector == l.Connector) < 2 ? DoorPlace.Only : l.SecondarySince is null ? DoorPlace.Main : DoorPlace.Secondary,
        })];
    }

    /// <summary>Current values, grouped by who vouches for them; the source of most comes first.</summary>
    public async Task<IReadOnlyList<SourcedFacts>> FactsAsync(Guid personId, CancellationToken ct)
    {
        var values = await people.AttributesAsync(personId, ct);
        var sources = await db.PersonAttributes.AsNoTracking().Where(a => a.PersonId == personId && a.SupersededAt == null)
            .Select(a => new { a.Name, a.Source }).ToListAsync(ct);
        return [.. sources.Where(a => values.ContainsKey(a.Name))
            .GroupBy(a => a.Source)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new SourcedFacts(names.Method(group.Key), [.. group
                .OrderBy(a => Place(a.Name)).ThenBy(a => a.Name, StringComparer.Ordinal)
                .Select(a => new ShownFact(a.Name, values[a.Name]))]))];
    }

    private static int Place(string name) => Array.IndexOf(Order, name) is var place and >= 0 ? place : Order.Length;
}
