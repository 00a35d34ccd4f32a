using Identity.Domain.Factors;

namespace Identity.Server.Login.Factors;

/// <summary>Where a challenge was asked for, and so the only place where its answer counts.</summary>
/// <param name="Context">The parked request, or the session for pages of the account.</param>
/// <param name="PersonId">Who may answer; null at a sign-in without a name.</param>
public sealed record PasskeyScene(PasskeyPurpose Purpose, string Context, Guid? PersonId = null);

public abstract record PasskeyVerdict
{
    private PasskeyVerdict() { }
    public sealed record Proved(OwnPasskey Passkey) : PasskeyVerdict;

    /// <param name="Detail">For operators; free of personal data.</param>
    public sealed record Refused(PasskeyFault Fault, string Detail) : PasskeyVerdict;
}

/// <summary>Why no passkey was used or added. The browser names the first four; anything it says beyond them is <see cref="Refused"/>.</summary>
public enum PasskeyFault
{
    /// <summary>The form came as it was written: no script ran.</summary>
    NoScript,

    /// <summary>The person said no, waited too long, or the device has none for us; the browser does not tell which.</summary>
    Cancelled,

    /// <summary>The browser or the device cannot.</summary>
    Unsupported,

    /// <summary>This device holds one for this person already.</summary>
    AlreadyThere,

    /// <summary>The answer did not check out. One text: the difference helps only an attacker.</summary>
    Refused,
}
