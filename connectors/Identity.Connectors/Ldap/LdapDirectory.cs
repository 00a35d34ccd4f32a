using Identity.Connectors.Lines;
using Identity.Protocols.Federation;

namespace Identity.Connectors.Ldap;

/// <summary>A directory to read, not to sign in at: by a mail server's connector for immutable ids, and entry by entry for whoever compares it with the record.</summary>
public sealed class LdapDirectory
{
    private static readonly TimeSpan PageLimit = TimeSpan.FromSeconds(30);

    private readonly LdapConnectorSettings _settings;
    private readonly EntryReader _entries;
    private readonly LineGuard _guard;

    /// <exception cref="ArgumentException">The settings have problems, or no account that may search.</exception>
    public LdapDirectory(LdapConnectorSettings settings, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems) throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        if (settings.BindDn is null) throw new ArgumentException("bind_dn is needed to read a directory.", nameof(settings));
        (_settings, _entries, _guard) = (settings, new EntryReader(settings), new LineGuard(settings, clock));
    }

    /// <summary>
    /// Hands over every mailbox, a page at a time, in the directory's order. Null means that the last page was handed over; anything
    /// else that the list is not whole, so nobody may be taken for gone because of it. Entries without an immutable id are left out.
    /// </summary>
    public async Task<UpstreamOutcome.Failed?> ReadAsync(int pageSize, Func<IReadOnlyList<DirectoryEntry>, CancellationToken, Task> take, CancellationToken ct)
    {
        var opened = await _guard.RunAsync(async within => new Reading(await OpenAsync(within), null), failed => new Reading(null, failed), _settings.Timeout, ct);
        if (opened.Line is not { } line) return opened.Failed;
        await using (line)
        {
            var query = new LdapQuery(_settings.SearchBase, LdapScope.Subtree, DirectorySearch.People(_settings, LdapFilter.Has(_settings.Login.Keys.First())), _entries.Wanted) { PageSize = pageSize };
            byte[]? cookie = null;
            do
            {
                var page = await _guard.RunAsync(async within => (Found: (LdapFound?)await line.SearchAsync(query, cookie, within), Failed: (UpstreamOutcome.Failed?)null), failed => (null, failed), PageLimit, ct);
                if (page.Found is not { } found) return page.Failed;
                if (found.Result.Code != LdapResult.Success) return new(UpstreamFailure.Refused, $"the list was not finished: {found.Result}");
                await take([.. found.Entries.Select(_entries.Describe).OfType<DirectoryEntry>()], ct);
                cookie = found.NextPage;
            }
            while (cookie.Length > 0);
        }
        return null;
    }

    /// <summary>
    /// Completes what a mail server proved with what the directory knows about the mailbox; the identity keeps the mail server's
    /// name and takes the directory's subject.
    /// </summary>
    internal Task<UpstreamOutcome> CompleteAsync(ExternalIdentity proved, PasswordAttempt attempt, CancellationToken ct) => _guard.RunAsync(async within =>
    {
        await using var line = await OpenAsync(within);
        var entries = await DirectorySearch.FindAsync(line, _settings, _entries.Wanted, attempt, within);
        if (entries.Count != 1) return new UpstreamOutcome.Failed(UpstreamFailure.MissingClaim, $"{entries.Count} entries of the directory match this mailbox");
        if (_entries.IsDisabled(entries[0])) return new UpstreamOutcome.Failed(UpstreamFailure.CredentialsRefused, "the account is disabled in the directory");
        if (_entries.IsShared(entries[0], attempt.Mailbox)) return new UpstreamOutcome.Failed(UpstreamFailure.SharedMailbox, "the mailbox belongs to an office");
        if (_entries.Id(entries[0]) is not { } id) return new UpstreamOutcome.Failed(UpstreamFailure.MissingClaim, $"no readable {_settings.IdAttribute}");
        return new UpstreamOutcome.Authenticated(proved with { Subject = id, Attributes = _entries.Attributes(entries[0], attempt) });
    }, ct);

    private async Task<LdapLine> OpenAsync(CancellationToken ct)
    {
        var line = await LdapLine.OpenAsync(_settings, ct);
        try
        {
            await DirectorySearch.BindServiceAsync(line, _settings.BindDn!, _settings.BindPassword!, ct);
            return line;
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    private sealed record Reading(LdapLine? Line, UpstreamOutcome.Failed? Failed);
}
