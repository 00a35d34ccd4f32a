using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Administration;
using Identity.Domain.Linking;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Desk;

/// <summary>The queue of conflicts: who waits for how long, and both sides of a case, masked. Whoever is shown reads that they were.</summary>
public sealed class ConflictCases(IdentityDb db, LinkConflicts conflicts, PersonDirectory people, DeskLedger ledger, TimeProvider clock)
{
    private const int PageSize = 50;

    /// <summary>Oldest first: nobody's case is forgotten under newer ones.</summary>
    /// <param name="after">Id of the last case of the page before; ids grow with time.</param>
    public async Task<ConflictQueue> ListAsync(AdminActor actor, Guid? after, CancellationToken ct)
    {
        if (!actor.May(Permission.DecideConflicts)) return new([], null);
        var open = db.LinkConflicts.AsNoTracking().Where(c => c.ResolvedAt == null);
        if (after is { } last) open = open.Where(c => c.Id > last);
        var found = await open.OrderBy(c => c.Id).Take(PageSize + 1)
            .Select(c => new QueuedConflict(c.Id, c.Kind, c.Connector, c.Reference, c.CreatedAt) { Attempts = c.Attempts, IsProposed = db.ConflictProposals.Any(p => p.ConflictId == c.Id) }).ToListAsync(ct);
        return new([.. found.Take(PageSize)], found.Count > PageSize ? found[PageSize - 1].Id : null);
    }

    /// <summary>Null when there is none, or it is decided.</summary>
    public Task<ConflictCase?> OpenAsync(AdminActor actor, Guid id, CancellationToken ct) => ShowAsync(actor, id, isDecided: false, ct);

    /// <summary>As the records stand now. Null when there is none, or it is not decided.</summary>
    public Task<ConflictCase?> OpenDecidedAsync(AdminActor actor, Guid id, CancellationToken ct) => ShowAsync(actor, id, isDecided: true, ct);

    private async Task<ConflictCase?> ShowAsync(AdminActor actor, Guid id, bool isDecided, CancellationToken ct)
    {
        if (!actor.May(Permission.DecideConflicts) || await conflicts.FindAsync(id, ct) is not { } conflict || conflict.ResolvedAt.HasValue != isDecided) return null;
        var sides = new List<ConflictSide>();
        foreach (var party in conflict.Parties.OrderBy(p => p.PersonId)) sides.Add(await SideAsync(actor, party, conflict, ct));
        await db.SaveChangesAsync(ct);
        var said = conflicts.Read(conflict).Attributes.ToDictionary(a => a.Key, a => new SourcedValue(a.Value, conflict.Connector, ProofingLevel.SelfAsserted, conflict.LastSeenAt), StringComparer.Ordinal);
        return new(conflict, MaskedFact.Of(said, ofOffice: false), sides, await db.ConflictProposals.AsNoTracking().SingleOrDefaultAsync(p => p.ConflictId == id, ct));
    }

    private async Task<ConflictSide> SideAsync(AdminActor actor, LinkConflictParty party, LinkConflict conflict, CancellationToken ct)
    {
        var person = await db.People.AsNoTracking().SingleAsync(p => p.Id == party.PersonId, ct);
        var look = new PersonLookUp { ActorId = actor.Holder, PersonId = party.PersonId, Reason = LookUpReason.RecordsConflict, CaseNumber = conflict.Reference, At = clock.GetUtcNow() };
        await ledger.AddAsync(actor, look, DeskLedger.LookedUp, null, ct);
        var doors = await db.LinkedIdentities.AsNoTracking().Where(l => l.PersonId == party.PersonId).OrderBy(l => l.LinkedAt).ToListAsync(ct);
        return new(person.Status, person.CreatedAt, party.Proved, MaskedFact.Of(await people.SourcedAsync(party.PersonId, ct), ofOffice: false))
        {
            Mark = ConflictSide.MarkOf(conflict.Id, party.PersonId), Doors = doors,
        };
    }
}

public sealed record ConflictQueue(IReadOnlyList<QueuedConflict> Cases, Guid? Next);

public sealed record QueuedConflict(Guid Id, LinkRefusal Kind, string Connector, string Reference, DateTimeOffset CreatedAt)
{
    public int Attempts { get; init; }

    /// <summary>Somebody has proposed a decision, and waits for another desk.</summary>
    public bool IsProposed { get; init; }
}

/// <param name="Said">What the source said that brought the conflict, masked.</param>
public sealed record ConflictCase(LinkConflict Conflict, IReadOnlyList<MaskedFact> Said, IReadOnlyList<ConflictSide> Sides, ConflictProposal? Proposal)
{
    /// <summary>Number of that person's side as pages count them, from 1; null when it is nobody's.</summary>
    public int? NumberOf(Guid? personId) => personId is { } person && Sides.ToList().FindIndex(s => s.Mark == ConflictSide.MarkOf(Conflict.Id, person)) is var at and >= 0 ? at + 1 : null;
}

/// <param name="Proved">Was at the keyboard when it came up, and has proved to be this person.</param>
public sealed record ConflictSide(PersonStatus Status, DateTimeOffset Since, bool Proved, IReadOnlyList<MaskedFact> Facts)
{
    /// <summary>Names this side in a form: pages count sides anew when the case gets another one, and say of nobody which person it is.</summary>
    public required string Mark { get; init; }

    public IReadOnlyList<LinkedIdentity> Doors { get; init; } = [];

    public static string MarkOf(Guid conflictId, Guid personId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{conflictId:N} {personId:N}")));
}
