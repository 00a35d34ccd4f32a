using System.Text.Json;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Protocols.Jose;
using Identity.Server.Http;

namespace Identity.Server.Oidc.ClientAuthentication;

/// <summary>Looks at the address of a client's keys on nobody's behalf: with the limits of <see cref="ClientKeys"/>, and without touching what that keeps.</summary>
public sealed class ClientKeyLook(IHttpClientFactory http)
{
    public async Task<ClientKeySight> AtAsync(Client client, CancellationToken ct)
    {
        try
        {
            var document = await http.CreateClient(ClientKeys.HttpClientName).GetByteArrayAsync(new Uri(client.JwksUri!), ct);
            return StrictJson.TryReadObject(document, out var set) && JsonWebKeySet.Read(set) is { } keys
                ? new(client, set, keys.Keys.Count == 0 ? "no key to check a signature with" : null) : new(client, Keys: null, "no key set");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return new(client, Keys: null, e.InnerException is AddressRefusedException ? "address refused" : e.GetType().Name);
        }
    }
}
