namespace Identity.Protocols.Federation;

/// <summary>
/// An upstream that is asked whether a name and a password belong together (LDAP, IMAP). An instance is made from a configuration
/// row. It holds no thread while the upstream thinks, gives up within its own time limit, and keeps nothing about people.
/// </summary>
public interface IPasswordConnector
{
    /// <summary>
    /// Never throws for anything the upstream or the person did. An unknown name, a wrong password, a locked and a disabled account
    /// are one answer (<see cref="UpstreamFailure.CredentialsRefused"/>) for the same work: who cannot sign in learns nothing.
    /// </summary>
    Task<UpstreamOutcome> AuthenticateAsync(PasswordAttempt attempt, CancellationToken ct);
}

/// <param name="LoginName">What was typed, in its normal form: an address at one of the connector's domains.</param>
/// <param name="Mailbox">The one name of the mailbox whose aliases are known; what an upstream without immutable ids is linked by.</param>
public sealed record PasswordAttempt(string LoginName, string Mailbox, string Password)
{
    public override string ToString() => nameof(PasswordAttempt);
}
