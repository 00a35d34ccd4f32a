namespace Identity.Domain.Factors;

/// <summary>What a person could prove right now beyond the door they came through.</summary>
/// <param name="StrongLink">Some other way in of theirs reaches level 2 by itself (the e-ID). Whoever has one proves it before anything is added.</param>
public sealed record OwnMethods(bool Passkey, bool Totp, bool RecoveryCode, bool StrongLink)
{
    public static readonly OwnMethods None = new(false, false, false, false);

    public bool HasSecondFactor => Passkey || Totp || RecoveryCode;

    /// <summary>RFC 8176 names that the method proves. A code from paper is a one-time password from a list that one has.</summary>
    public static IReadOnlyList<string> AmrOf(OwnMethod method) => method == OwnMethod.Passkey ? ["hwk", "pin"] : ["otp"];

    public IEnumerable<OwnMethod> All()
    {
        if (Passkey) yield return OwnMethod.Passkey;
        if (Totp) yield return OwnMethod.Totp;
        if (RecoveryCode) yield return OwnMethod.RecoveryCode;
    }
}

public enum OwnMethod
{
    Passkey,
    Totp,
    RecoveryCode,
}
