using System.Security.Cryptography;
using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>
/// Signs people in at a directory by their mailbox and its password. The subject is the directory's immutable id, so a renamed
/// mailbox keeps its person and a mailbox that is given to somebody else does not reach the person before.
/// </summary>
public sealed class LdapConnector : IPasswordConnector
{
    private readonly string _name;
    private readonly LdapConnectorSettings _settings;
    private readonly EntryReader _entries;
    private readonly LineGuard _guard;
    private readonly TimeProvider _clock;

    /// <param name="name">The configuration row's name.</param>
    /// <exception cref="ArgumentException">The settings have <see cref="LdapConnectorSettings.Problems"/>.</exception>
    public LdapConnector(string name, LdapConnectorSettings settings, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        (_name, _settings, _clock) = (name, settings, clock);
        (_entries, _guard) = (new EntryReader(settings), new LineGuard(settings, clock));
    }

    public async Task<UpstreamOutcome> AuthenticateAsync(PasswordAttempt attempt, CancellationToken ct)
    {
        // RFC 4513 §5.1.2 and what servers cut off at a null character: never sent, whatever the server would say.
        if (attempt.Password.Length == 0 || attempt.Password.Contains('\0', StringComparison.Ordinal)) return Refused("no password");
        return await _guard.RunAsync(async within =>
        {
            await using var line = await LdapLine.OpenAsync(_settings, within);
            return _settings.BindDn is { } service ? await SearchThenBindAsync(line, service, attempt, within) : await BindThenReadAsync(line, attempt, within);
        }, ct);
    }

    private async Task<UpstreamOutcome> SearchThenBindAsync(LdapLine line, string service, PasswordAttempt attempt, CancellationToken ct)
    {
        await DirectorySearch.BindServiceAsync(line, service, _settings.BindPassword!, ct);
        var entries = await DirectorySearch.FindAsync(line, _settings, _entries.Wanted, attempt, ct);
        var entry = entries.Count == 1 ? entries[0] : null;
        // Nobody, or more than one: the same question is asked about a name that does not exist (L1), without the password.
        var (dn, password) = entry is null ? ($"cn={RandomNumberGenerator.GetHexString(24)},{_settings.SearchBase}", RandomNumberGenerator.GetHexString(16)) : (entry.Dn, attempt.Password);
        var bound = await line.BindAsync(dn, password, ct);
        if (entry is null) return Refused(entries.Count == 0 ? "no entry for this address" : "more than one entry for this address");
        return Problem(bound) is { } problem ? problem : Judge(entry, attempt);
    }

    private async Task<UpstreamOutcome> BindThenReadAsync(LdapLine line, PasswordAttempt attempt, CancellationToken ct)
    {
        var bound = await line.BindAsync(LoginTemplate.FillDn(_settings.UserDn!, attempt.Mailbox), attempt.Password, ct);
        if (Problem(bound) is { } problem) return problem;
        var entries = await DirectorySearch.FindAsync(line, _settings, _entries.Wanted, attempt, ct);
        return entries.Count == 1 ? Judge(entries[0], attempt) : new UpstreamOutcome.Failed(UpstreamFailure.MissingClaim, $"{entries.Count} entries that this account may read match its own address");
    }

    private static UpstreamOutcome.Failed? Problem(LdapResult bound) => bound.Code switch
    {
        LdapResult.Success => null,
        LdapResult.Referral => new(UpstreamFailure.Refused, "the directory referred to another server, which is not followed"),
        LdapResult.Busy or LdapResult.Unavailable => new(UpstreamFailure.Unreachable, $"the directory is not available: {bound}"),
        LdapResult.StrongerAuthRequired or LdapResult.ConfidentialityRequired => new(UpstreamFailure.Refused, $"the directory does not take a simple bind: {bound}"),
        // Locked, expired, disabled, wrong: an operator reads the number, a stranger reads the same sentence.
        _ => Refused(bound.ToString()),
    };

    private UpstreamOutcome Judge(LdapEntry entry, PasswordAttempt attempt)
    {
        if (_entries.IsDisabled(entry)) return Refused("the account is disabled");
        if (_entries.IsShared(entry, attempt.Mailbox)) return new UpstreamOutcome.Failed(UpstreamFailure.SharedMailbox, "the mailbox belongs to an office");
        if (_entries.Id(entry) is not { } id) return new UpstreamOutcome.Failed(UpstreamFailure.MissingClaim, $"no readable {_settings.IdAttribute}");
        return new UpstreamOutcome.Authenticated(new ExternalIdentity(_name, _settings.Issuer, id, ExternalSubjectKind.Individual, ProofingLevel.MailOnly,
            _entries.Attributes(entry, attempt), ["pwd"], _clock.GetUtcNow()));
    }

    private static UpstreamOutcome.Failed Refused(string detail) => new(UpstreamFailure.CredentialsRefused, detail);
}
