using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Identity.Connectors.Imap;
using Identity.Connectors.OpenIdConnect;

namespace Identity.Tests.Connectors;

/// <summary>What is seen of an upstream from outside, without a credential.</summary>
public sealed class UpstreamLookTests
{
    [Fact]
    public async Task Two_looks_at_the_same_upstream_see_the_same()
    {
        await using var trip = await SignInTrip.PlanAsync();
        Assert.Equal(await LookAsync(trip), await LookAsync(trip));
        Assert.Null((await LookAsync(trip)).Problem);
        Assert.DoesNotContain("/token", trip.Upstream.Requests);
    }

    [Fact]
    public async Task Other_addresses_and_other_keys_are_told_apart()
    {
        await using var trip = await SignInTrip.PlanAsync();
        var before = await LookAsync(trip);

        trip.Upstream.Rotate();
        var rotated = await LookAsync(trip);
        trip.Upstream.ChangeMetadata = metadata => metadata["token_endpoint"] = $"{trip.Upstream.Issuer}/token2";
        var moved = await LookAsync(trip);

        Assert.Equal((true, false), (before.Metadata == rotated.Metadata, before.Keys == rotated.Keys));
        Assert.NotEqual(rotated.Metadata, moved.Metadata);
    }

    [Theory, InlineData("/.well-known/openid-configuration"), InlineData("/jwks")]
    public async Task What_cannot_be_read_says_why(string path)
    {
        await using var trip = await SignInTrip.PlanAsync();
        trip.Upstream.Instead[path] = Answer.Status(500);

        var sight = await LookAsync(trip);

        Assert.Null(sight.Metadata);
        Assert.StartsWith("Unreachable", sight.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_authority_that_ends_counts_and_a_file_that_is_missing_does_not()
    {
        var (soon, late) = (DateTimeOffset.UtcNow.AddDays(10), DateTimeOffset.UtcNow.AddDays(900));
        var file = Path.GetTempFileName();
        File.WriteAllText(file, Pem(soon));
        var settings = new ImapConnectorSettings { Issuer = "urn:anbinh:mail", Host = "mail.anbinh.example", CaCertificates = [Pem(late)], CaFiles = [file, "/không/có.pem"] };

        Assert.Equal(soon.ToUnixTimeSeconds(), settings.AnchorsUntil()!.Value.ToUnixTimeSeconds());
        Assert.Null((settings with { CaCertificates = [], CaFiles = [] }).AnchorsUntil());
        File.Delete(file);
    }

    private static string Pem(DateTimeOffset end)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=goc-mau", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), end);
        return certificate.ExportCertificatePem();
    }

    /// <summary>By a connector that remembers nothing.</summary>
    private static async Task<UpstreamSight> LookAsync(SignInTrip trip) => await trip.NewConnector().LookAsync(default);
}
