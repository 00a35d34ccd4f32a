using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.Account;
using Identity.Server.Pages.ActingFor;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Account;

/// <summary>For whom a person acts, and who acts for them and for the businesses they may bind.</summary>
public sealed class ActingForRecord(IdentityDb db, CapacityDirectory capacities, CapacityRows rows, InvitationDesk invitations, PersonDirectory people, AccountNames names)
{
    public async Task<IReadOnlyList<HeldRow>> MineAsync(Guid personId, CancellationToken ct)
    {
        var situation = await capacities.SituationAsync(personId, null, ct);
        var held = new List<HeldRow>();
        foreach (var capacity in situation.Usable.Where(c => !c.IsSelf)) held.Add(await OfAsync(capacity, null, ct));
        foreach (var (capacity, why) in situation.Unusable) held.Add(await OfAsync(capacity, why, ct));
        return held;
    }

    /// <summary>Mandates in the person's own name, and the offers of theirs that nobody has answered.</summary>
    public async Task<ActingPeople> ForMeAsync(Guid personId, CancellationToken ct)
    {
        var given = await db.Mandates.AsNoTracking().Where(m => m.RepresentedPersonId == personId && m.EndedAt == null).OrderBy(m => m.CreatedAt).ToListAsync(ct);
        var open = (await invitations.OpenOfAsync(personId, ct)).Where(i => i.FromCapacity == Capacity.SelfId);
        return new(Capacity.SelfId, "", null, [.. await OfAsync(given, ct), .. open.Select(Of)]);
    }

    /// <summary>"Who can act for us", for each business that the person is a registered officer of.</summary>
    public async Task<IReadOnlyList<ActingPeople>> ForOrganisationsAsync(Guid personId, CancellationToken ct)
    {
        var organisations = new List<ActingPeople>();
        foreach (var capacity in (await capacities.SituationAsync(personId, null, ct)).Usable.Where(MayBind))
        {
            var organisation = capacity.Party.Id;
            var standings = await db.Affiliations.AsNoTracking().Where(a => a.OrganisationId == organisation && a.EndedAt == null).OrderBy(a => a.CreatedAt).ToListAsync(ct);
            var mandates = await db.Mandates.AsNoTracking().Where(m => m.OrganisationId == organisation && m.EndedAt == null).OrderBy(m => m.CreatedAt).ToListAsync(ct);
            var open = (await invitations.OpenOfAsync(personId, ct)).Where(i => i.FromCapacity == capacity.Id);
            organisations.Add(new(capacity.Id, capacity.Party.Name, capacity.Party.Code, [.. await OfAsync(standings, ct), .. await OfAsync(mandates, ct), .. open.Select(Of)]));
        }
        return organisations;
    }

    /// <summary>The capacity, if the person may give something from it.</summary>
    public async Task<CapacityRow?> FindSourceAsync(Guid personId, string? from, CancellationToken ct) =>
        from is not null && await capacities.FindUsableAsync(personId, from, null, ct) is { } capacity && (capacity.IsSelf || MayBind(capacity) || await CanPassOnAsync(capacity, ct))
            ? await rows.OfAsync(capacity, null, ct) : null;

    public async Task<string> NameAsync(Guid personId, CancellationToken ct) => (await people.AttributesAsync(personId, ct)).GetValueOrDefault(AttributeNames.Name, "");

    public IReadOnlyList<OfferedService> Services(IEnumerable<Client> clients) =>
        [.. clients.Where(c => c.Enabled && c.Accepts(CapacityKind.Helper)).Select(c => new OfferedService(c.ClientId, names.App(c.ClientId)))];

    public IReadOnlyList<string> ServiceNames(string? services) => [.. (services ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(names.App)];

    private static bool MayBind(Capacity capacity) =>
        capacity is { Kind: CapacityKind.Representative, Standing: AffiliationKind.LegalRepresentative or AffiliationKind.Owner, Strength: RepresentationStrength.RegisteredOfficer, IsReadOnly: false };

    private async Task<bool> CanPassOnAsync(Capacity capacity, CancellationToken ct) =>
        capacity.MandateId is { } mandate && await db.Mandates.AnyAsync(m => m.Id == mandate && m.FurtherSteps > 0, ct);

    private async Task<HeldRow> OfAsync(Capacity capacity, CapacityRefusal? why, CancellationToken ct) => new(await rows.OfAsync(capacity, why, ct), capacity.Source, names.Method(capacity.Source))
    {
        MandateId = capacity.MandateId,
        StandingId = capacity.Source == AffiliationSource.Invitation ? Capacity.Parse(capacity.Id).Standing : null,
        IsWaiting = capacity.MandateId is not null && why == CapacityRefusal.NotConfirmed,
        IsOver = why is CapacityRefusal.Ended or CapacityRefusal.Expired,
        CanPassOn = why is null && await CanPassOnAsync(capacity, ct),
    };

    private async Task<IReadOnlyList<ActingRow>> OfAsync(IEnumerable<Affiliation> standings, CancellationToken ct)
    {
        var found = new List<ActingRow>();
        foreach (var standing in standings)
            found.Add(new(standing.Id, standing.Source == AffiliationSource.Invitation ? ActingKind.Employee : ActingKind.Registered, await NameAsync(standing.PersonId, ct)) { Until = standing.ValidTo, Standing = standing.Kind });
        return found;
    }

    private async Task<IReadOnlyList<ActingRow>> OfAsync(IEnumerable<Mandate> mandates, CancellationToken ct)
    {
        var found = new List<ActingRow>();
        foreach (var mandate in mandates)
            found.Add(new(mandate.Id, ActingKind.Mandate, await NameAsync(mandate.GranteeId, ct)) { Until = mandate.ValidTo, Services = ServiceNames(mandate.Services), IsWaiting = mandate.AcceptedAt is null });
        return found;
    }

    private ActingRow Of(Invitation open) => new(open.Id, ActingKind.Invitation, invitations.NameOf(open)) { Until = open.ExpiresAt, Services = ServiceNames(open.Services), IsWaiting = true };
}
