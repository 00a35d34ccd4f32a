using Identity.Domain.Audit;
using Identity.Domain.Delegation;
using Identity.Domain.Notices;
using Identity.Domain.People;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Organisations;

/// <summary>
/// What a register says becomes organisations and standings. Recognising an officer is all or nothing: number and birth date both equal,
/// or nobody. Who is named no more is suspended, never deleted, together with every mandate given in that role.
/// </summary>
public sealed class BusinessRegister(IdentityDb db, RegisteredPeople people, StandingEnds ends, PartyStops parties, StandingNotices notices, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Everything that the register says about one organisation, in one transaction. What is older than what is known changes nothing.</summary>
    public async Task ApplyAsync(RegisterQuestion asked, RegisteredOrganisation said, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await OrganisationAsync(asked, said.TaxCode, said.Name, said.State, parentId: null, ct) is { } organisation)
        {
            (organisation.EnterpriseCode, organisation.ForeignName, organisation.DissolvedAt) = (said.EnterpriseCode, said.ForeignName, organisation.State == OrganisationState.Dissolved ? said.DissolvedAt ?? organisation.DissolvedAt : null);
            foreach (var branch in said.Branches) await OrganisationAsync(asked, branch.TaxCode, branch.Name, branch.State, organisation.Id, ct);
            await db.SaveChangesAsync(ct);
            await ApplyOfficersAsync(organisation, said.Officers, asked.ReportsNearMisses, ct);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The register was asked about a person: standings that it does not mention any more are suspended.</summary>
    public async Task ConcludeAsync(string register, Guid personId, IReadOnlyList<RegisteredOrganisation> said, CancellationToken ct)
    {
        var named = said.Select(o => Canonical(o.TaxCode)).OfType<string>().ToList();
        var left = await db.Affiliations.Where(a => a.PersonId == personId && a.Source == register && a.EndedAt == null && a.SuspendedAt == null && a.OrganisationId != null)
            .Join(db.Organisations.Where(o => !named.Contains(o.TaxCode)), a => a.OrganisationId, o => o.Id, (a, o) => a.Id).ToListAsync(ct);
        foreach (var id in left) await ends.SuspendAsync(id, StandingEndReason.LeftByRegister, ct);
    }

    /// <summary>The register does not know the organisation any more: nobody is known to act for it.</summary>
    public async Task VanishedAsync(Guid organisationId, CancellationToken ct)
    {
        var standing = await db.Affiliations.Where(a => a.OrganisationId == organisationId && a.EndedAt == null && a.SuspendedAt == null)
            .Join(db.Organisations, a => a.OrganisationId, o => o.Id, (a, o) => new { a.Id, a.Source, Register = o.Source }).Where(x => x.Source == x.Register).Select(x => x.Id).ToListAsync(ct);
        foreach (var id in standing) await ends.SuspendAsync(id, StandingEndReason.LeftByRegister, ct);
        var now = clock.GetUtcNow();
        await db.Organisations.Where(o => o.Id == organisationId).ExecuteUpdateAsync(set => set.SetProperty(o => o.RefreshedAt, now).SetProperty(o => o.StaleSince, (DateTimeOffset?)null), ct);
    }

    private async Task<Organisation?> OrganisationAsync(RegisterQuestion asked, string taxCode, string name, RegisteredState state, Guid? parentId, CancellationToken ct)
    {
        // A household's tax code is its owner's national number, which has no place in a table of public data.
        if (Canonical(taxCode) is not { } code) return null;
        var now = clock.GetUtcNow();
        var known = await db.Organisations.SingleOrDefaultAsync(o => o.TaxCode == code, ct);
        if (known?.Source == StandingOffice.Operator)
        {
            // Written by hand for a pilot; from now on the register vouches for it. Standings that the operator gave stay the operator's.
            known.Source = asked.Register;
            audit.Add("organisation.taken_over", connector: asked.Register, detail: code);
        }
        if (known is not null && (known.Source != asked.Register || (parentId is null && known.RefreshedAt > asked.At))) return null;
        if (known is null)
        {
            db.Organisations.Add(known = new() { TaxCode = code, ParentId = parentId, Name = name, Source = asked.Register, CreatedAt = now, AskNotBefore = now });
            audit.Add("organisation.added", connector: asked.Register, detail: code);
        }
        else if (known.Name != name) audit.Add("organisation.renamed", connector: asked.Register, detail: code);
        known.Name = name;
        if (parentId is null) known.RefreshedAt = now;
        // Called again since the question: the answer may be of before.
        if (parentId is null && known.StaleSince <= asked.At) known.StaleSince = null;
        await ChangeStateAsync(known, OfRegister(state), ct);
        return known;
    }

    private async Task ChangeStateAsync(Organisation organisation, OrganisationState state, CancellationToken ct)
    {
        if (organisation.State == state) return;
        organisation.State = state;
        audit.Add($"organisation.{state switch { OrganisationState.Dissolved => "dissolved", OrganisationState.Suspended => "suspended", _ => "active" }}", connector: organisation.Source, detail: organisation.TaxCode);
        if (state == OrganisationState.Suspended) await parties.PauseAsync(organisation.Id, ct);
        if (state != OrganisationState.Dissolved) return;
        organisation.DissolvedAt ??= clock.GetUtcNow();
        await parties.DissolveAsync(organisation.Id, ct);
    }

    private async Task ApplyOfficersAsync(Organisation organisation, IReadOnlyList<RegisteredOfficer> officers, bool reportNearMisses, CancellationToken ct)
    {
        var before = await db.Affiliations.Where(a => a.OrganisationId == organisation.Id && a.Source == organisation.Source && a.EndedAt == null).ToDictionaryAsync(a => a.SourceKey!, StringComparer.Ordinal, ct);
        foreach (var officer in officers)
        {
            if (await people.RecogniseAsync(officer, organisation, reportNearMisses, ct) is not { } person) continue;
            var key = $"{organisation.TaxCode}/{officer.Role}/{person.NumberDigest}";
            if (before.Remove(key, out var standing)) await KeepAsync(standing, officer, ct);
            else await BeginAsync(organisation, officer, person.Id, key, ct);
            await db.SaveChangesAsync(ct);
        }
        foreach (var standing in before.Values) await ends.SuspendAsync(standing.Id, StandingEndReason.LeftByRegister, ct);
    }

    private async Task KeepAsync(Affiliation standing, RegisteredOfficer officer, CancellationToken ct)
    {
        standing.Position = officer.Position;
        await db.SaveChangesAsync(ct);
        await ends.ResumeAsync(standing.Id, StandingEndReason.LeftByRegister, ct);
    }

    private async Task BeginAsync(Organisation organisation, RegisteredOfficer officer, Guid personId, string key, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (kind, strength) = officer.Role switch
        {
            RegisteredRole.LegalRepresentative => (AffiliationKind.LegalRepresentative, RepresentationStrength.RegisteredOfficer),
            RegisteredRole.Owner => (AffiliationKind.Owner, RepresentationStrength.RegisteredOfficer),
            _ => (AffiliationKind.Representative, RepresentationStrength.AppointedInRegister),
        };
        var standing = new Affiliation
        {
            PersonId = personId, OrganisationId = organisation.Id, Kind = kind, Strength = strength, Position = officer.Position,
            Source = organisation.Source, SourceKey = key, ValidFrom = officer.Since is { } since && since < now ? since : now, CreatedAt = now,
        };
        db.Affiliations.Add(standing);
        await notices.TellAsync(standing, NoticeKind.CapacityGiven, ct);
        audit.Add("standing.began", personId: personId, connector: organisation.Source, detail: $"{kind} {organisation.TaxCode}");
    }

    /// <summary>Null for a personal number. What else breaks the format is the register's own and stays as it says.</summary>
    private string? Canonical(string taxCode) => TaxCode.Parse(taxCode, clock.GetUtcNow()) switch
    {
        Parsed<TaxCode, TaxCodeError>.Valid({ Kind: TaxCodeKind.Person }) => null,
        Parsed<TaxCode, TaxCodeError>.Valid(var code) => code.Value,
        _ => taxCode.Length is > 0 and <= 20 && taxCode.Count(char.IsAsciiDigit) != 12 ? taxCode : null,
    };

    private static OrganisationState OfRegister(RegisteredState state) => state switch
    {
        RegisteredState.Active => OrganisationState.Active,
        RegisteredState.Suspended => OrganisationState.Suspended,
        _ => OrganisationState.Dissolved,
    };
}

/// <param name="At">When it was asked: an answer that took longer than a later one must not undo it.</param>
/// <param name="ReportsNearMisses">Somebody asked: a partial match is worth a line in the trail. A timetable would write one every few minutes.</param>
public sealed record RegisterQuestion(string Register, DateTimeOffset At, bool ReportsNearMisses);
