using Identity.Connectors.OpenIdConnect;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Hosting.Federation;

/// <summary>
/// Looks at an upstream from outside: its certificate, the authorities that we judge it by, what it publishes. Other than
/// <see cref="ConnectorProbe"/> it presents no credential, so that it may be done by a clock.
/// </summary>
public sealed class ConnectorLook(ConnectorCatalog catalog, ClientRegistry registry)
{
    /// <returns>Null when there is no such connector any more.</returns>
    public async Task<ConnectorSight?> AtAsync(string name, CancellationToken ct)
    {
        if (registry.FindConnector(name) is not { } row) return null;
        var published = catalog.MakeAnew(name) is OidcConnector oidc ? await oidc.LookAsync(ct) : null;
        return new(name)
        {
            CertificateUntil = await ConnectorProbe.CertificateUntilAsync(row, ct),
            AnchorUntil = ConnectorCatalog.AnchorsUntil(row),
            IsReadable = published is null ? null : published.Problem is null,
            MetadataDigest = published?.Metadata,
            KeysDigest = published?.Keys,
            Problem = published?.Problem,
        };
    }
}
