using Identity.Connectors.Ldap;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Imap;

/// <summary>
/// Signs people in at a mail server by trying the door of their mailbox and going away again. What the server knows about the
/// human is nothing but the address; a directory beside it, if the province has one, says who it is for good.
/// </summary>
public sealed class ImapConnector : IPasswordConnector
{
    private readonly string _name;
    private readonly ImapConnectorSettings _settings;
    private readonly LdapDirectory? _directory;
    private readonly LineGuard _guard;
    private readonly TimeProvider _clock;

    /// <param name="name">The configuration row's name.</param>
    /// <param name="directory">Made from the row that <see cref="ImapConnectorSettings.Directory"/> names.</param>
    /// <exception cref="ArgumentException">The settings have problems, or name a directory that is not given.</exception>
    public ImapConnector(string name, ImapConnectorSettings settings, LdapDirectory? directory, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        if (settings.Directory is null != directory is null) throw new ArgumentException("The directory that the settings name is needed.", nameof(directory));
        (_name, _settings, _directory, _clock) = (name, settings, directory, clock);
        _guard = new LineGuard(settings, clock);
    }

    public async Task<UpstreamOutcome> AuthenticateAsync(PasswordAttempt attempt, CancellationToken ct)
    {
        // A line break would be a command of the attacker's, a null character ends a name in PLAIN.
        if (attempt.Password.Length == 0 || (attempt.Mailbox + attempt.Password).AsSpan().IndexOfAny("\r\n\0") >= 0) return Refused("no password, or one with characters that no mail server takes");
        var outcome = await _guard.RunAsync(within => TryDoorAsync(attempt, within), ct);
        return outcome is UpstreamOutcome.Authenticated { Identity: var proved } && _directory is not null
            ? await _directory.CompleteAsync(proved, attempt, ct)
            : outcome;
    }

    private async Task<UpstreamOutcome> TryDoorAsync(PasswordAttempt attempt, CancellationToken ct)
    {
        // Mail servers let people in under their first address only; aliases receive, and open nothing.
        var name = LoginTemplate.Fill(_settings.LoginName, attempt.Mailbox);
        await using var line = await ImapLine.OpenAsync(_settings, ct);
        var reply = _settings.Mechanism == ImapMechanism.Plain
            ? await line.AuthenticatePlainAsync(name, attempt.Password, ct)
            : await line.LoginAsync(name, attempt.Password, ct);
        return reply switch
        {
            { Status: ImapStatus.Ok } => Judge(attempt),
            { Status: ImapStatus.No, Code: "UNAVAILABLE" or "INUSE" or "LIMIT" or "SERVERBUG" } => new UpstreamOutcome.Failed(UpstreamFailure.Unreachable, $"the mail server is not available: {reply.Code}"),
            { Status: ImapStatus.No, Code: "PRIVACYREQUIRED" } => new UpstreamOutcome.Failed(UpstreamFailure.Refused, "the mail server wants more protection than it was given"),
            { Status: ImapStatus.No } => Refused(reply.Code ?? "NO"),
            _ => new UpstreamOutcome.Failed(UpstreamFailure.Refused, $"the mail server does not understand {_settings.Mechanism.ToString().ToUpperInvariant()}"),
        };
    }

    private UpstreamOutcome Judge(PasswordAttempt attempt)
    {
        if (_settings.IsShared(attempt.Mailbox)) return new UpstreamOutcome.Failed(UpstreamFailure.SharedMailbox, "the mailbox belongs to an office");
        var attributes = new Dictionary<string, string> { [AttributeNames.Email] = attempt.Mailbox, [AttributeNames.EmailVerified] = "true" };
        return new UpstreamOutcome.Authenticated(new ExternalIdentity(_name, _settings.Issuer, attempt.Mailbox, ExternalSubjectKind.Individual, ProofingLevel.MailOnly, attributes, ["pwd"], _clock.GetUtcNow()));
    }

    private static UpstreamOutcome.Failed Refused(string detail) => new(UpstreamFailure.CredentialsRefused, detail);
}
