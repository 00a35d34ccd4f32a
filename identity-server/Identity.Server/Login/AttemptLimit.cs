using System.Net;
using System.Net.Sockets;
using Identity.Domain.Privacy;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Server.Login;

/// <summary>
/// How often a password may be tried. A stranger's failures count against the stranger's network and, much later, against all
/// unknown devices together; they never count against a device that the owner has signed in from, so nobody can lock the owner out.
/// </summary>
public sealed class AttemptLimit(IdentityDb db, PersonalDataVault vault, TimeProvider clock)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private const int PerDevice = 10;
    private const int PerNetwork = 5;
    private const int PerFactor = 5;
    private static readonly TimeSpan InRowMemory = TimeSpan.FromDays(30);

    private const int MailsPerPerson = 5;
    private const int MailsPerAddress = 3;

    /// <summary>NIST SP 800-63B-4 §3.2.2: at most 100 consecutive failures on an account.</summary>
    private const int PerAccount = 100;

    /// <summary>Counts this attempt before anything is checked; returns the end of the pause when there have been too many.</summary>
    public async Task<DateTimeOffset?> CountAsync(HttpContext http, string name, bool isKnownDevice, CancellationToken ct)
    {
        foreach (var (key, limit) in Keys(http, name, isKnownDevice))
        {
            var (attempts, until) = await CountAsync(key, Key($"owner\n{name}"), Window, ct);
            if (attempts > limit) return until;
        }
        return null;
    }

    /// <summary>
    /// The same for a second factor, per person: whoever gets here has proved the first one, so no network and no known device is
    /// spared. Five guesses at a time, a hundred in a row, and then other ways only: at three valid codes in a million that is one
    /// chance in three thousand, however patient the guesser.
    /// </summary>
    public async Task<FactorAttempt> CountFactorAsync(Guid personId, CancellationToken ct)
    {
        var owner = OwnerKey(personId);
        var (inRow, end) = await CountAsync(FactorKey(personId, "in a row"), owner, InRowMemory, ct);
        if (inRow > PerAccount) return new(0, end);
        var (attempts, until) = await CountAsync(FactorKey(personId, "now"), owner, Window, ct);
        return attempts > PerFactor ? new(0, until) : new(PerFactor - attempts, null);
    }

    public Task<int> ForgiveFactorAsync(Guid personId, CancellationToken ct)
    {
        var owner = OwnerKey(personId);
        return db.LoginThrottles.Where(t => t.Owner == owner).ExecuteDeleteAsync(ct);
    }

    public async Task ForgiveAsync(HttpContext http, string name, bool isKnownDevice, CancellationToken ct)
    {
        foreach (var (key, _) in Keys(http, name, isKnownDevice)) await db.LoginThrottles.Where(t => t.Key == key).ExecuteDeleteAsync(ct);
    }

    /// <summary>For an attempt that nobody judged, because the server that would have is away.</summary>
    public async Task TakeBackAsync(HttpContext http, string name, bool isKnownDevice, CancellationToken ct)
    {
        foreach (var (key, _) in Keys(http, name, isKnownDevice))
            await db.LoginThrottles.Where(t => t.Key == key && t.Attempts > 0).ExecuteUpdateAsync(set => set.SetProperty(t => t.Attempts, t => t.Attempts - 1), ct);
    }

    /// <summary>Whether another code may be mailed: a person does not need many, and nobody's mailbox is to be flooded by strangers' (L7).</summary>
    public async Task<bool> MayMailAsync(Guid personId, string address, CancellationToken ct)
    {
        var (person, mailbox) = (Key($"mail person\n{personId:N}"), Key($"mail address\n{address.ToLowerInvariant()}"));
        return (await CountAsync(person, person, Window, ct)).Attempts <= MailsPerPerson && (await CountAsync(mailbox, mailbox, Window, ct)).Attempts <= MailsPerAddress;
    }

    /// <summary>Lifts every pause of one account; returns how many there were. For operators.</summary>
    public Task<int> UnlockAsync(string name, CancellationToken ct)
    {
        var owner = Key($"owner\n{name}");
        return db.LoginThrottles.Where(t => t.Owner == owner).ExecuteDeleteAsync(ct);
    }

    private IEnumerable<(string Key, int Limit)> Keys(HttpContext http, string name, bool isKnownDevice) => isKnownDevice
        ? [(Key($"device\n{name}"), PerDevice)]
        : [(Key($"network\n{name}\n{Network(http.Connection.RemoteIpAddress)}"), PerNetwork), (Key($"account\n{name}"), PerAccount)];

    private string FactorKey(Guid personId, string counter) => Key($"factor\n{personId:N}\n{counter}");

    private string OwnerKey(Guid personId) => Key($"owner\n{personId:N}");

    private string Key(string text) => vault.Digest(VaultPurpose.ThrottleKey, text);

    /// <summary>One statement: a hundred parallel attempts get a hundred different numbers.</summary>
    private async Task<(int Attempts, DateTimeOffset Until)> CountAsync(string key, string owner, TimeSpan window, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var end = now + window;
        var rows = await db.LoginThrottles.FromSql($"""
            INSERT INTO login_throttles (key, owner, attempts, window_ends_at) VALUES ({key}, {owner}, 1, {end})
            ON CONFLICT (key) DO UPDATE SET
                attempts = CASE WHEN login_throttles.window_ends_at <= {now} THEN 1 ELSE login_throttles.attempts + 1 END,
                window_ends_at = CASE WHEN login_throttles.window_ends_at <= {now} THEN {end} ELSE login_throttles.window_ends_at END
            RETURNING key, owner, attempts, window_ends_at
            """).AsNoTracking().ToListAsync(ct);
        return (rows[0].Attempts, rows[0].WindowEndsAt);
    }

    /// <summary>A household or an office: /24 of IPv4, /56 of IPv6. A single address is too easily changed.</summary>
    private static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 7));
    }
}

/// <param name="Left">How many more there are before a pause.</param>
/// <param name="PausedUntil">Set when there have been too many: nothing is looked at.</param>
public sealed record FactorAttempt(int Left, DateTimeOffset? PausedUntil);
