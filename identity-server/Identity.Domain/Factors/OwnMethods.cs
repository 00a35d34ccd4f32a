using Identity.Domain.Assurance;

namespace Identity.Domain.Factors;

/// <summary>What a person could prove right now beyond the door they came through.</summary>
/// <param name="StrongLink">Some other way in of theirs reaches level 2 by itself (the e-ID). Whoever has one proves it before anything is added.</param>
public sealed record OwnMethods(bool Passkey, bool Totp, bool RecoveryCode, bool StrongLink)
{
    public static readonly OwnMethods None = new(false, false, false, false);

    /// <summary>A code may be mailed to them in this session. Not a factor of theirs: a mailbox is a contact, never a key (linking, rule 1).</summary>
    public bool MailedCode { get; init; }

    public bool HasSecondFactor => Passkey || Totp || RecoveryCode;

    /// <summary>RFC 8176 names that the method proves. A code from paper is a one-time password from a list that one has.</summary>
    public static IReadOnlyList<string> AmrOf(OwnMethod method) => method == OwnMethod.Passkey ? ["hwk", "pin"] : ["otp"];

    /// <summary>
    /// What its use adds to a session. Whoever sits at somebody's open browser often sits at their open mailbox as well, so a mailed code
    /// is worth nothing alone (NIST SP 800-63B-4 §3.1.3.1 takes none at all); beside a password it is the second kind.
    /// </summary>
    public static Proof ProofOf(OwnMethod method, DateTimeOffset at) =>
        new(method == OwnMethod.MailedCode ? 0 : AuthenticatorLevel.FromAmr(AmrOf(method)) ?? 0, AmrOf(method), at);

    public IEnumerable<OwnMethod> All()
    {
        if (Passkey) yield return OwnMethod.Passkey;
        if (Totp) yield return OwnMethod.Totp;
        if (RecoveryCode) yield return OwnMethod.RecoveryCode;
        if (MailedCode) yield return OwnMethod.MailedCode;
    }
}

public enum OwnMethod
{
    Passkey,
    Totp,
    RecoveryCode,
    MailedCode,
}
