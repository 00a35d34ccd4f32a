using Identity.Domain.Assurance;
using Identity.Domain.Audit;
using Identity.Domain.Configuration;
using Identity.Domain.Factors;
using Identity.Domain.Failures;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;

namespace Identity.Server.Login.Factors;

/// <summary>A passkey as the way in: no name, no password, and nothing that a lock-out could be aimed at (L3).</summary>
public sealed class PasskeySignIn(IdentityDb db, PasskeyCeremony ceremony, PersonDirectory people, LoginSession login, AuditTrail trail, BrowserCookies cookies, TimeProvider clock)
{
    public static PasskeyScene Scene(PendingAuthentication pending) => new(PasskeyPurpose.SignIn, pending.Id);

    /// <summary>Null when the person is in; else why not.</summary>
    public async Task<PasskeyFault?> EnterAsync(HttpContext http, PendingAuthentication pending, ConnectorRegistration connector, string credential)
    {
        var ct = http.RequestAborted;
        switch (await ceremony.AssertAsync(http, Scene(pending), credential))
        {
            case PasskeyVerdict.Refused { Fault: var fault, Detail: var detail }:
                return await RefuseAsync(pending, connector, fault, detail, null, ct);
            case PasskeyVerdict.Proved { Passkey: var passkey } when await people.StatusAsync(passkey.PersonId, ct) != PersonStatus.Active:
                return await RefuseAsync(pending, connector, PasskeyFault.Refused, "the person is not active", passkey.PersonId, ct);
            // While somebody proves who they are, another person's passkey is as wrong as none.
            case PasskeyVerdict.Proved { Passkey: var passkey } when pending.LinkPersonId is { } expected && expected != passkey.PersonId:
                return await RefuseAsync(pending, connector, PasskeyFault.Refused, "the proof is of another person", passkey.PersonId, ct);
            case PasskeyVerdict.Proved { Passkey: var passkey }:
                await StartAsync(http, pending, connector, passkey, ct);
                return null;
            default:
                throw new InvalidOperationException("A verdict is one of its cases.");
        }
    }

    private async Task StartAsync(HttpContext http, PendingAuthentication pending, ConnectorRegistration connector, OwnPasskey passkey, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var identity = new ExternalIdentity(connector.Name, "", "", ExternalSubjectKind.Individual, passkey.Proofing, new Dictionary<string, string>(),
            OwnMethods.AmrOf(OwnMethod.Passkey), clock.GetUtcNow());
        var (session, secret) = await login.StartAsync(http, passkey.PersonId, AssurancePolicy.Judge(identity, connector.Assurance), ct);
        pending.SessionId = session.Id;
        pending.Reach(SignInStep.Chosen, clock.GetUtcNow(), connector.Name);
        pending.Reach(SignInStep.SignedIn, clock.GetUtcNow());
        pending.Connector = connector.Name;
        pending.Problem = null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cookies.WriteSession(http, secret);
        cookies.WriteLastMethod(http, connector.Name);
    }

    private async Task<PasskeyFault> RefuseAsync(PendingAuthentication pending, ConnectorRegistration connector, PasskeyFault fault, string detail, Guid? personId, CancellationToken ct)
    {
        pending.Reach(SignInStep.Judged, clock.GetUtcNow(), $"Passkey{fault}");
        trail.Add("signin.failed", "Passkey", personId, pending.ClientId, connector: connector.Name, detail: detail);
        await db.SaveChangesAsync(ct);
        return fault;
    }
}
