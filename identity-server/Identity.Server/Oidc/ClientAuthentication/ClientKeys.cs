using System.Collections.Concurrent;
using Identity.Domain.Clients;
using Identity.Protocols.Jose;

namespace Identity.Server.Oidc.ClientAuthentication;

/// <summary>Public keys of clients: inline, or from their <c>jwks_uri</c>, fetched with hard limits and kept for a while.</summary>
public sealed class ClientKeys(IHttpClientFactory http, TimeProvider clock, ILogger<ClientKeys> log)
{
    public const string HttpClientName = "client-keys";
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>A token with an unknown key may make us look again, but not more often than this.</summary>
    private static readonly TimeSpan RefetchPause = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, (JsonWebKeySet Keys, DateTimeOffset At)> _fetched = new(StringComparer.Ordinal);

    public async Task<JwsResult> VerifyAsync(Client client, string compact, CancellationToken ct)
    {
        if (client.Jwks is { } inline)
            return JsonWebSignature.Verify(compact, (JsonWebKeySet.Read(inline) ?? JsonWebKeySet.Empty).Keys, JwsAlgorithms.All);
        if (client.JwksUri is not { } address) return new JwsResult.Refused(JwsProblem.UnknownKey);

        var result = JsonWebSignature.Verify(compact, (await GetAsync(client.ClientId, address, Fresh, ct)).Keys, JwsAlgorithms.All);
        return result is JwsResult.Refused { Why: JwsProblem.UnknownKey }
            ? JsonWebSignature.Verify(compact, (await GetAsync(client.ClientId, address, RefetchPause, ct)).Keys, JwsAlgorithms.All)
            : result;
    }

    private async Task<JsonWebKeySet> GetAsync(string clientId, string address, TimeSpan maxAge, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_fetched.TryGetValue(address, out var known) && known.At + maxAge > now) return known.Keys;
        var keys = await FetchAsync(clientId, address, ct) ?? known.Keys ?? JsonWebKeySet.Empty;
        _fetched[address] = (keys, now);
        return keys;
    }

    private async Task<JsonWebKeySet?> FetchAsync(string clientId, string address, CancellationToken ct)
    {
        try
        {
            var client = http.CreateClient(HttpClientName);
            var document = await client.GetByteArrayAsync(new Uri(address), ct);
            return JsonWebKeySet.Parse(document);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            log.ClientKeysUnavailable(clientId, e.GetType().Name);
            return null;
        }
    }
}
