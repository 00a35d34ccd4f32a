using Identity.Domain.Assurance;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.Notices;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Factors;

/// <summary>Everything a person can sign in with, seen together: what there is, and what must stay.</summary>
public sealed class PersonFactors(IdentityDb db, Passkeys passkeys, TotpApps apps, RecoveryCodes codes, ContactBook contacts, ClientRegistry registry)
{
    private static readonly TimeSpan UsualChangeWindow = TimeSpan.FromMinutes(10);

    public async Task<OwnMethods> OfAsync(Guid personId, CancellationToken ct)
    {
        var found = await db.People.Where(p => p.Id == personId).Select(p => new
        {
            Passkey = db.OwnPasskeys.Any(k => k.PersonId == personId),
            Totp = db.TotpApps.Any(a => a.PersonId == personId),
            Code = db.RecoveryCodes.Any(c => c.PersonId == personId && c.UsedAt == null),
        }).SingleAsync(ct);
        return new(found.Passkey, found.Totp, found.Code, (await LinksAsync(personId, ct)).Any(IsStrong));
    }

    /// <summary>The same in one session of theirs: whoever has nothing of their own may be mailed a code there. Who has, is never let in by the weaker way round it.</summary>
    public async Task<OwnMethods> OfAsync(Session session, CancellationToken ct)
    {
        var own = await OfAsync(session.PersonId, ct);
        return own.HasSecondFactor || own.StrongLink ? own : own with { MailedCode = await MailableAddressAsync(session, ct) is not null };
    }

    public async Task<bool> HasAddedSinceAsync(Guid personId, DateTimeOffset since, CancellationToken ct) =>
        await db.TotpApps.AnyAsync(a => a.PersonId == personId && a.AddedAt >= since, ct) || await db.OwnPasskeys.AnyAsync(k => k.PersonId == personId && k.AddedAt >= since, ct);

    /// <summary>
    /// Where a code proves something beside this sign-in: to an address that was proved before it, since whoever sits at an open browser
    /// could add their own, and to no official mailbox when the door was one, which would be the same key twice.
    /// </summary>
    public async Task<string?> MailableAddressAsync(Session session, CancellationToken ct) =>
        await contacts.ProvedBeforeAsync(session.PersonId, session.Context().PresentAt, ct) is { } address && !(IsOfficial(session.Connector) && IsOfficialAddress(address)) ? address : null;

    /// <summary>
    /// Doors that a person can come in through: linked identities whose connector is switched on, a password, passkeys. The last one is
    /// never taken away (identity-model, rule 8). For whoever removes any of them.
    /// </summary>
    public async Task<int> CountWaysInAsync(Guid personId, CancellationToken ct)
    {
        var links = await LinksAsync(personId, ct);
        var password = await db.Users.CountAsync(a => a.Id == personId && a.PasswordHash != null, ct);
        var keys = IsOffered(ConnectorProtocol.Passkey) ? await db.OwnPasskeys.CountAsync(p => p.PersonId == personId, ct) : 0;
        return links.Count(c => registry.FindConnector(c) is { Enabled: true }) + password + keys;
    }

    /// <summary>
    /// What a change of the ways to sign in needs: the person present within ten minutes or what the province decided, and as strongly as they can be (L6, L16). Who
    /// has just come through the e-ID, or through a strong door and has nothing else, has shown what they can: an upstream that names no
    /// methods would otherwise be asked for level 2 for ever.
    /// </summary>
    public AssuranceRequirement ChangeRequirement(Session session, OwnMethods own, DateTimeOffset now)
    {
        var isBestDoor = IsStrong(session.Connector) && (!own.HasSecondFactor || registry.FindConnector(session.Connector)?.Kind == ConnectorKind.NationalEid);
        var window = registry.Policies.SignIn.FreshProof ?? UsualChangeWindow;
        var hasJustComeThrough = now - session.CreatedAt <= window && now - session.Context().Proofs[0].At <= window;
        var needsMore = (own.HasSecondFactor || own.StrongLink) && !(isBestDoor && hasJustComeThrough);
        return new(needsMore ? AssurancePolicy.JoinedCeiling : 1, window);
    }

    public Task<RemovalOutcome> RemovePasskeyAsync(Guid personId, Guid id, NoticeFacts facts, CancellationToken ct) =>
        RemoveAsync(personId, () => passkeys.RemoveAsync(personId, id, facts, ct), guarded: IsOffered(ConnectorProtocol.Passkey), ct);

    public Task<RemovalOutcome> RemoveTotpAsync(Guid personId, Guid id, NoticeFacts facts, CancellationToken ct) =>
        RemoveAsync(personId, () => apps.RemoveAsync(personId, id, facts, ct), guarded: false, ct);

    public Task<RemovalOutcome> RemoveCodesAsync(Guid personId, NoticeFacts facts, CancellationToken ct) =>
        RemoveAsync(personId, () => codes.RemoveAsync(personId, facts, ct), guarded: false, ct);

    /// <summary>"This was not me": whatever has this id goes, without a question about the last way in. The caller commits.</summary>
    public async Task<bool> DisownAsync(Guid personId, Guid about, NoticeFacts facts, CancellationToken ct) =>
        await passkeys.RemoveAsync(personId, about, facts, ct) || await apps.RemoveAsync(personId, about, facts, ct);

    /// <summary>For a recovery: everything may have been found by somebody. The caller commits.</summary>
    internal async Task RemoveAllAsync(Guid personId, NoticeFacts facts, CancellationToken ct)
    {
        foreach (var key in await passkeys.ListAsync(personId, ct)) await passkeys.RemoveAsync(personId, key.Id, facts, ct);
        foreach (var app in await apps.ListAsync(personId, ct)) await apps.RemoveAsync(personId, app.Id, facts, ct);
        await codes.RemoveAsync(personId, facts, ct);
    }

    /// <param name="guarded">It is a way in by itself.</param>
    private async Task<RemovalOutcome> RemoveAsync(Guid personId, Func<Task<bool>> remove, bool guarded, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await PersonLock.HoldAsync(db, personId, ct);
        if (guarded && await CountWaysInAsync(personId, ct) <= 1) return RemovalOutcome.LastWayIn;
        if (!await remove()) return RemovalOutcome.NotThere;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return RemovalOutcome.Removed;
    }

    private Task<List<string>> LinksAsync(Guid personId, CancellationToken ct) =>
        db.LinkedIdentities.Where(l => l.PersonId == personId && l.FrozenAt == null).Select(l => l.Connector).ToListAsync(ct);

    /// <summary>An upstream with a page of its own, which may ask for two steps there. A password that is typed here is one, wherever it is judged.</summary>
    private bool IsStrong(string connector) => registry.FindConnector(connector) is
        { Enabled: true, Protocol: ConnectorProtocol.Oidc or ConnectorProtocol.VNeId, Assurance.LevelCeiling: >= AssurancePolicy.JoinedCeiling };

    private bool IsOfficial(string connector) => registry.FindConnector(connector)?.Kind is null or ConnectorKind.OfficialMail;

    private bool IsOfficialAddress(string address) => address.Split('@') is [_, var domain]
        && registry.Document.Connectors.SelectMany(c => c.Domains).Any(d => d.Name.Equals(domain, StringComparison.OrdinalIgnoreCase));

    private bool IsOffered(ConnectorProtocol protocol) => registry.Document.Connectors.Any(c => c.Enabled && c.Protocol == protocol);
}

public enum RemovalOutcome
{
    Removed,
    NotThere,

    /// <summary>Without it the person could not come in again.</summary>
    LastWayIn,
}
