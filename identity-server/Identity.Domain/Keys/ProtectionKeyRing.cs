using System.Xml.Linq;
using Identity.Domain.Storage;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Internal;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Keys;

/// <summary>
/// Makes data-protection keys. The library would make them by itself, but then two nodes that start together make two, and on
/// SQLite it would write beside a transaction that already holds the write lock.
/// </summary>
public sealed class ProtectionKeyRing(IKeyManager keys, IOptions<KeyManagementOptions> options, IActivator activator, ILoggerFactory logs)
{
    /// <summary>Nodes read the keys again once a day at least, so a key that begins in two days is known everywhere when it does.</summary>
    private static readonly TimeSpan Announce = TimeSpan.FromDays(2);

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Creates the first key, or the next one when the last is about to end. Safe to call from every node at any time.</summary>
    public async Task MaintainAsync(IdentityDb db, CancellationToken ct)
    {
        if (NextActivation() is null) return;
        await StorageLock.RunAsync(db, StorageLockName.ProtectionKeys, async () =>
        {
            // Another node may have been faster while this one waited for the lock.
            if (NextActivation() is not { } activates) return 0;
            db.ProtectionKeys.Add(Create(activates));
            return await db.SaveChangesAsync(ct);
        }, ct);
    }

    private DateTimeOffset? NextActivation()
    {
        // The library compares its keys with the system clock and with no other.
        var now = TimeProvider.System.GetUtcNow();
        var live = keys.GetAllKeys().Where(k => !k.IsRevoked && k.ExpirationDate > now).ToList();
        if (live.Count == 0) return now;
        // Opens the newest one: under a wrong master key this says so at once.
        _ = live.MaxBy(k => k.ActivationDate)!.Descriptor;
        var end = live.Max(k => k.ExpirationDate);
        return end - now > 2 * Announce ? null : now + Announce < end ? now + Announce : now;
    }

    private StoredProtectionKey Create(DateTimeOffset activates)
    {
        var made = new Capture();
        var maker = new XmlKeyManager(Options.Create(new KeyManagementOptions
        {
            AuthenticatedEncryptorConfiguration = options.Value.AuthenticatedEncryptorConfiguration,
            XmlEncryptor = options.Value.XmlEncryptor,
            XmlRepository = made,
        }), activator, logs);
        maker.CreateNewKey(activates, activates + Lifetime);
        return made.Key ?? throw new InvalidOperationException("No data-protection key was made.");
    }

    /// <summary>Hands the finished element over, so that it is written by the connection that holds the lock.</summary>
    private sealed class Capture : IXmlRepository
    {
        public StoredProtectionKey? Key { get; private set; }

        public IReadOnlyCollection<XElement> GetAllElements() => [];

        public void StoreElement(XElement element, string friendlyName) =>
            Key = new() { FriendlyName = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) };
    }
}
