using System.Security.Cryptography;
using Identity.Domain.Audit;
using Identity.Domain.Policies;
using Identity.Domain.Organisations;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Delegation;

/// <summary>
/// Offers to people whose accounts the inviter cannot look up. Whoever types the code and bears the name sees the offer; only their yes
/// makes a right of it, and only if the inviter still has what was offered.
/// </summary>
public sealed class InvitationDesk(IdentityDb db, MandateOffice mandates, StandingOffice standings, PersonDirectory people, PersonalDataVault vault, AuditTrail trail, TimeProvider clock)
{
    public static TimeSpan Lifetime(ReviewPolicy policy) => policy.Invitation ?? TimeSpan.FromDays(7);

    // No 0 and O, no 1 and I.
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const int CodeLength = 12;
    private const int LongestCode = 40;

    /// <summary>The code to pass on, shown once; or why this cannot be given.</summary>
    public async Task<(string? Code, MandateFault? Fault)> InviteAsync(Invitation draft, string name, CancellationToken ct)
    {
        if (await FaultOfAsync(draft, ct) is { } fault) return (null, fault);
        var code = RandomNumberGenerator.GetString(Letters, CodeLength);
        var invitation = draft.WithSecrets(DigestOf(code), vault.Seal(VaultPurpose.InvitationName, draft.Id.ToString("N"), name.Trim()));
        db.Invitations.Add(invitation);
        trail.Add("invitation.sent", personId: draft.InviterId, detail: $"{draft.Id} {draft.Kind} from {draft.FromCapacity}");
        await db.SaveChangesAsync(ct);
        return (string.Join('-', code.Chunk(4).Select(part => new string(part))), null);
    }

    /// <summary>The open invitation that this code opens for this person; null for a wrong code and for a name that is not theirs, without a difference.</summary>
    public async Task<Invitation?> FindAsync(string? code, Guid personId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (code is null or { Length: > LongestCode }) return null;
        var digest = DigestOf(new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant());
        var found = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(i => i.CodeDigest == digest && i.AnsweredAt == null && i.WithdrawnAt == null && i.ExpiresAt > now, ct);
        if (found is null || found.InviterId == personId) return null;
        var name = (await people.AttributesAsync(personId, ct)).GetValueOrDefault(AttributeNames.Name, "");
        return LooseName.AreAlike(name, NameOf(found)) ? found : null;
    }

    /// <summary>The one answer that an invitation gets. A yes may still come too late: then the fault says why, and nothing was given.</summary>
    public async Task<(bool Answered, MandateFault? Fault)> AnswerAsync(Invitation invitation, Guid personId, bool accepts, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Invitations.Where(i => i.Id == invitation.Id && i.AnsweredAt == null && i.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.AnsweredAt, now).SetProperty(i => i.Accepted, accepts), ct) == 0) return (false, null);
        if (accepts && await GrantAsync(invitation, personId, now.Value, ct) is { } fault) return (true, fault);
        trail.Add(accepts ? "invitation.accepted" : "invitation.declined", personId: personId, detail: invitation.Id.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return (true, null);
    }

    public async Task<bool> WithdrawAsync(Guid invitationId, Guid inviterId, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        DateTimeOffset? now = clock.GetUtcNow();
        if (await db.Invitations.Where(i => i.Id == invitationId && i.InviterId == inviterId && i.AnsweredAt == null && i.WithdrawnAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.WithdrawnAt, now), ct) == 0) return false;
        trail.Add("invitation.withdrawn", personId: inviterId, detail: invitationId.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>What the inviter still waits for.</summary>
    public Task<List<Invitation>> OpenOfAsync(Guid inviterId, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return db.Invitations.AsNoTracking().Where(i => i.InviterId == inviterId && i.AnsweredAt == null && i.WithdrawnAt == null && i.ExpiresAt > now)
            .OrderByDescending(i => i.CreatedAt).ToListAsync(ct);
    }

    public string NameOf(Invitation invitation) => vault.Open(VaultPurpose.InvitationName, invitation.Id.ToString("N"), invitation.SealedName);

    private async Task<MandateFault?> FaultOfAsync(Invitation draft, CancellationToken ct) =>
        draft.Kind == InvitationKind.Mandate ? await mandates.FaultOfAsync(TermsOf(draft, Guid.Empty), ct)
        : await EmployerAsync(draft, ct) is null ? MandateFault.NotHeld
        : null;

    private async Task<MandateFault?> GrantAsync(Invitation invitation, Guid personId, DateTimeOffset now, CancellationToken ct)
    {
        if (invitation.Kind == InvitationKind.Mandate)
            return await mandates.GiveAsync(TermsOf(invitation, personId), accepted: true, ct) is MandateOutcome.Refused refused ? refused.Why : null;
        if (await EmployerAsync(invitation, ct) is not { } employer) return MandateFault.NotLive;
        await standings.GiveAsync(new()
        {
            PersonId = personId,
            OrganisationId = employer.Id,
            Kind = AffiliationKind.Employee,
            Strength = RepresentationStrength.ConfirmedByAdministrator,
            Position = invitation.Position,
            Roles = invitation.Roles,
            Source = AffiliationSource.Invitation,
            ValidFrom = invitation.ValidFrom,
            ValidTo = invitation.ValidTo,
            ConfirmedByOrganisationAt = invitation.CreatedAt,
            ConfirmedByPersonAt = now,
            CreatedAt = now,
        }, employer.Name, ct);
        return null;
    }

    /// <summary>The business, if the inviter may still bind it.</summary>
    private async Task<Organisation?> EmployerAsync(Invitation invitation, CancellationToken ct)
    {
        if (Capacity.Parse(invitation.FromCapacity).Standing is not { } id) return null;
        var organisationId = await db.Affiliations.Where(a => a.Id == id && a.PersonId == invitation.InviterId).Select(a => a.OrganisationId).SingleOrDefaultAsync(ct);
        return await standings.IsOfficerAsync(invitation.InviterId, organisationId, ct) ? await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == organisationId, ct) : null;
    }

    private static MandateTerms TermsOf(Invitation invitation, Guid grantee) => new(
        invitation.InviterId, grantee, invitation.FromCapacity, invitation.ValidFrom, invitation.ValidTo ?? invitation.ValidFrom + MandateRules.MaximumDuration)
    {
        Services = invitation.Services,
        Roles = invitation.Roles,
        Parameters = invitation.Parameters,
        FurtherSteps = invitation.FurtherSteps,
        Evidence = $"invitation {invitation.Id}",
    };

    private string DigestOf(string code) => vault.Digest(VaultPurpose.InvitationCode, code);
}
