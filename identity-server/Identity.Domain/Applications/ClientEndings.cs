using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>What of the clients ends. From memory: fifty thousand of them cost a few milliseconds, because a certificate is read once for as long as its client stays the same.</summary>
public sealed class ClientEndings(ClientRegistry registry, TimeProvider clock)
{
    private static readonly ConditionalWeakTable<Client, IReadOnlyList<Ending>> KeysOf = [];

    /// <summary>In the future and within so many days, the next first.</summary>
    public IReadOnlyList<Ending> Within(int days)
    {
        var now = clock.GetUtcNow();
        var until = now.AddDays(days);
        return [.. registry.Document.Clients.Where(c => c.Enabled).SelectMany(All).Where(e => e.EndsAt > now && e.EndsAt <= until).OrderBy(e => e.EndsAt)];
    }

    /// <summary>Of one client, whenever that is or was.</summary>
    public static IEnumerable<Ending> All(Client client)
    {
        var secrets = from secret in client.Secrets
                      where secret.ExpiresAt is not null
                      select new Ending(EndingKind.ClientSecret, client.ClientId, secret.Sha256, secret.ExpiresAt!.Value) { HasHeir = HasHeir(client, secret) };
        return client.Jwks is null ? secrets : secrets.Concat(KeysOf.GetValue(client, ReadKeys));
    }

    private static bool HasHeir(Client client, ClientSecret secret) =>
        client.Secrets.Any(s => !ClientDefaults.IsTry(s) && s.CreatedAt > secret.CreatedAt && (s.ExpiresAt is null || s.ExpiresAt > secret.ExpiresAt));

    /// <summary>Of a key set, wherever it was read.</summary>
    public static IReadOnlyList<Ending> OfSet(string clientId, JsonElement set)
    {
        var ends = ClientKey.Of(set).Select(key => EndsOf(clientId, key).ToList()).ToList();
        // Another key of the set that lives longer, or says nothing of an end, is what the application goes on with.
        return [.. ends.SelectMany((own, i) => own.Select(e => e with { HasHeir = ends.Where((other, j) => j != i && other.All(o => o.EndsAt > e.EndsAt)).Any() }))];
    }

    private static IReadOnlyList<Ending> ReadKeys(Client client) => client.Jwks is { } set ? OfSet(client.ClientId, set) : [];

    private static IEnumerable<Ending> EndsOf(string id, ClientKey key)
    {
        if (CertificateOf(key.Jwk) is var (fingerprint, end))
            yield return new(EndingKind.ClientCertificate, id, Ending.SubjectOf(EndingKind.ClientCertificate, id, fingerprint), end);
        if (key.EndsAt is { } last)
            yield return new(EndingKind.ClientKey, id, Ending.SubjectOf(EndingKind.ClientKey, id, key.Jwk.GetRawText()), last);
    }

    /// <summary>The first of <c>x5c</c> holds the key itself. What is no certificate ends nowhere: it is the key beside it that is used.</summary>
    private static (string Fingerprint, DateTimeOffset End)? CertificateOf(JsonElement key)
    {
        if (!key.TryGetProperty("x5c", out var chain) || chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() == 0 || chain[0].ValueKind != JsonValueKind.String) return null;
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[0].GetBytesFromBase64());
            return (certificate.GetCertHashString(HashAlgorithmName.SHA256), new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
