using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Benchmarks.Stage;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
using Identity.Domain.People;
using Identity.Domain.Privacy;
using Identity.Protocols.Jose;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Identity.Benchmarks.Micro;

/// <summary>The leaves that every path of the server is made of, called as the server calls them.</summary>
internal sealed class Leaves(IServiceProvider services, int rounds)
{
    private const int ManyClients = 50_000;
    private static readonly byte[] Payload = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        iss = BenchmarkClients.Issuer, sub = "yPb2R0nCqT0iBv3kVZ1kXw", aud = "https://bench.example", client_id = "bench-web", scope = "openid profile", iat = 1_800_000_000,
        exp = 1_800_000_300, jti = "5S1iY0YkQ0u9mQw4b3tV8g", sid = "c0bqXwW2Sg2kq3jY7tq9Zg", acr = "level2",
    }));

    public IEnumerable<MicroFigure> Measure() => [.. Platform(), .. Signatures(JwsAlgorithms.Es256), .. Signatures(JwsAlgorithms.Rs256), Parse(), Lookup(), .. Vault(), Password()];

    /// <summary>What the base library alone takes: the difference to ours is what ours adds.</summary>
    private IEnumerable<MicroFigure> Platform()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var hash = SHA256.HashData(Payload);
        var signature = key.SignHash(hash);
        yield return Time("ECDSA P-256 sign, base library", () => key.SignHash(hash));
        yield return Time("ECDSA P-256 verify, base library", () => key.VerifyHash(hash, signature));
    }

    private IEnumerable<MicroFigure> Signatures(string algorithm)
    {
        using var key = PrivateSigningKey.Create(algorithm);
        var token = key.Sign("at+jwt", Payload);
        yield return Time($"{algorithm} sign a token", () => key.Sign("at+jwt", Payload));
        yield return Time($"{algorithm} verify a token", () => JsonWebSignature.Verify(token, [key.PublicKey], [algorithm]));
    }

    private MicroFigure Parse()
    {
        using var key = PrivateSigningKey.Create(JwsAlgorithms.Es256);
        var token = key.Sign("at+jwt", Payload);
        return Time("JWT parse with its claims, unverified", () => JwtClaims.TryRead(JsonWebSignature.ReadUnverified(token)!.Payload, out var claims) ? claims : null);
    }

    private MicroFigure Lookup()
    {
        var client = new Client
        {
            ClientId = "", ClientName = new("Đo", "Bench"), Agency = new("Sở", "Department"), ApplicationType = ApplicationType.Web,
            TokenEndpointAuthMethod = ClientAuthenticationMethod.ClientSecretPost, GrantTypes = [GrantType.AuthorizationCode],
        };
        var registry = new ClientRegistry();
        registry.Replace(ConfigurationDocument.Empty with { Clients = [.. Enumerable.Range(0, ManyClients).Select(n => client with { ClientId = $"bench-{n:000000}" })] }, 1);
        return Time($"configuration snapshot, one client of {ManyClients}", () => registry.FindClient("bench-040000"));
    }

    private IEnumerable<MicroFigure> Vault()
    {
        var vault = services.GetRequiredService<PersonalDataVault>();
        const string Context = "0190b3a1d2c87f3e9a4b5c6d7e8f9012/name";
        var box = vault.Seal(VaultPurpose.Attribute, Context, "Nguyễn Thị Minh Châu");
        yield return Time("vault: seal an attribute (AES-256-GCM)", () => vault.Seal(VaultPurpose.Attribute, Context, "Nguyễn Thị Minh Châu"));
        yield return Time("vault: open an attribute", () => vault.Open(VaultPurpose.Attribute, Context, box));
    }

    private MicroFigure Password()
    {
        var hasher = services.GetRequiredService<IPasswordHasher<LocalAccount>>();
        var account = new LocalAccount();
        var hash = hasher.HashPassword(account, BenchmarkClients.Password(0));
        return Time("password check (PBKDF2-SHA512, as configured)", () => hasher.VerifyHashedPassword(account, hash, BenchmarkClients.Password(0)));
    }

    private MicroFigure Time(string name, Func<object?> work) => MicroLoop.Measure(name, rounds, work);
}
