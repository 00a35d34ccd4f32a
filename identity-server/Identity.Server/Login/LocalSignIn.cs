using Identity.Domain.Assurance;
using Identity.Domain.Configuration;
using Identity.Domain.Failures;
using Identity.Domain.People;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Federation;
using Identity.Server.Pages.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>
/// User name and password, for administrators, test accounts and closed pilots. Every answer to a wrong attempt is the same,
/// takes the same work and counts the same, whether the name exists or not (L1); the count rises before the password is looked
/// at (L2). Who finds the lane full has not been counted: that was no attempt.
/// </summary>
public sealed class LocalSignIn(IdentityDb db, AttemptLimit attempts, KnownDevice devices, BrowserCookies cookies, LoginSession login, LoginProblems problems,
    PasswordLane lane, IPasswordHasher<LocalAccount> hasher, ILookupNormalizer normalizer, TimeProvider clock)
{
    private const int MaximumLength = 256;

    // What an unknown name's password is checked against, so that it costs the same.
    private static string? _decoyHash;

    public async Task<LocalOutcome> SignInAsync(HttpContext http, PendingAuthentication pending, ConnectorRegistration connector, string username, string password)
    {
        var ct = http.RequestAborted;
        var isName = username.Length <= MaximumLength && !username.Any(IsNoText);
        pending.LoginHint = isName ? username : null;
        if (!isName || username.Length == 0 || password.Length is 0 or > MaximumLength)
            return await WrongAsync(pending, username.Length == 0 ? PasswordFault.UsernameMissing : password.Length == 0 ? PasswordFault.PasswordMissing : PasswordFault.Wrong, ct);

        using var place = await lane.EnterAsync(ct);
        if (place is null) return await BusyAsync(ct);
        var name = Normalize(normalizer, username);
        var isKnownDevice = devices.IsKnown(http, name);
        if (await attempts.CountAsync(http, name, isKnownDevice, ct) is { } pausedUntil) return await PauseAsync(pending, connector, pausedUntil, ct);

        // One statement whether the name exists or not: a second one would tell (L1).
        var found = await db.Users.Where(a => a.NormalizedUserName == name)
            .Select(a => new { Account = a, Status = db.People.Where(p => p.Id == a.Id).Select(p => (PersonStatus?)p.Status).SingleOrDefault() }).SingleOrDefaultAsync(ct);
        var (account, status) = (found?.Account, found?.Status);
        var matches = await PasswordLane.CheckAsync(() => Verify(account, password));
        // While somebody proves who they are, another person's password is as wrong as any other.
        var isExpected = pending.LinkPersonId is null || pending.LinkPersonId == account?.Id;
        if (account is null || !matches || status != PersonStatus.Active || !isExpected) return await WrongAsync(pending, PasswordFault.Wrong, ct, connector.Name, account?.Id);

        // After the password, so that only its owner learns of it.
        if (account.LockoutEnd > clock.GetUtcNow()) return await LockedAsync(pending, connector, ct);
        await StartAsync(http, pending, connector, account.Id, name, isKnownDevice, ct);
        return LocalOutcome.SignedIn;
    }

    private async Task StartAsync(HttpContext http, PendingAuthentication pending, ConnectorRegistration connector, Guid personId, string name, bool isKnownDevice, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await attempts.ForgiveAsync(http, name, isKnownDevice, ct);
        var identity = new ExternalIdentity(connector.Name, "", "", ExternalSubjectKind.Individual, ProofingLevel.SelfAsserted, new Dictionary<string, string>(), ["pwd"], clock.GetUtcNow());
        var (session, secret) = await login.StartAsync(http, personId, AssurancePolicy.Judge(identity, connector.Assurance), ct);
        pending.SessionId = session.Id;
        pending.Reach(SignInStep.Chosen, clock.GetUtcNow(), connector.Name);
        pending.Reach(SignInStep.SignedIn, clock.GetUtcNow());
        pending.Connector = connector.Name;
        pending.Problem = null;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        cookies.WriteSession(http, secret);
        cookies.WriteLastMethod(http, connector.Name);
        cookies.WriteKnownDevice(http, devices.Issue(name));
    }

    /// <summary>One spelling per name: compatibility forms folded, case folded (L2).</summary>
    public static string Normalize(ILookupNormalizer normalizer, string username) =>
        normalizer.NormalizeName(username.Normalize(System.Text.NormalizationForm.FormKC).Trim());

    // The null character cannot be stored, the noncharacters cannot be normalised.
    private static bool IsNoText(char letter) => letter is '\0' or '\uFFFE' or '\uFFFF';

    private bool Verify(LocalAccount? account, string password)
    {
        _decoyHash ??= hasher.HashPassword(new LocalAccount(), Guid.NewGuid().ToString());
        var result = hasher.VerifyHashedPassword(account ?? new LocalAccount(), account?.PasswordHash ?? _decoyHash, password);
        return account?.PasswordHash is not null && result != PasswordVerificationResult.Failed;
    }

    private async Task<LocalOutcome> WrongAsync(PendingAuthentication pending, PasswordFault fault, CancellationToken ct, string? connector = null, Guid? personId = null)
    {
        pending.Problem = $"Password{fault}";
        pending.ProblemAt = clock.GetUtcNow();
        // The person's own history shows the attempt; a name that nobody has leaves a row without one.
        if (fault == PasswordFault.Wrong) problems.NoteWrongPassword(pending, connector, personId);
        await db.SaveChangesAsync(ct);
        return LocalOutcome.Wrong;
    }

    /// <summary>The name that was typed is kept for the page that comes next.</summary>
    private async Task<LocalOutcome> BusyAsync(CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        return LocalOutcome.Busy;
    }

    /// <summary>The owner said "this was not me", and the desk has not looked yet.</summary>
    private async Task<LocalOutcome> LockedAsync(PendingAuthentication pending, ConnectorRegistration connector, CancellationToken ct)
    {
        pending.Connector = connector.Name;
        problems.Note(pending, "signin.refused", ProblemKind.LinkFrozen, connector.Name, "paused by the owner's report");
        await db.SaveChangesAsync(ct);
        return LocalOutcome.Paused;
    }

    private async Task<LocalOutcome> PauseAsync(PendingAuthentication pending, ConnectorRegistration connector, DateTimeOffset until, CancellationToken ct)
    {
        pending.Connector = connector.Name;
        problems.Note(pending, "signin.paused", ProblemKind.TooManyAttempts, connector.Name, until.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        await db.SaveChangesAsync(ct);
        return LocalOutcome.Paused;
    }
}

public enum LocalOutcome
{
    SignedIn,
    Wrong,
    Paused,

    /// <summary>Too many at once; nothing was looked at.</summary>
    Busy,
}
