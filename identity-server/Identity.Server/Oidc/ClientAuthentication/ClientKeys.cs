using System.Collections.Concurrent;
using Identity.Domain.Clients;
using Identity.Protocols.Jose;
using Identity.Server.Http;

namespace Identity.Server.Oidc.ClientAuthentication;

/// <summary>Public keys of clients: inline, or from their <c>jwks_uri</c>, fetched with hard limits and kept for a while.</summary>
public sealed class ClientKeys(IHttpClientFactory http, TimeProvider clock, ILogger<ClientKeys> log)
{
    public const string HttpClientName = "client-keys";
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(15);

    /// <summary>A token with an unknown key may make us look again, but not more often than this.</summary>
    private static readonly TimeSpan RefetchPause = TimeSpan.FromSeconds(60);

    // One entry per registered client, whatever its address was before (M14).
    private readonly ConcurrentDictionary<string, Fetched> _fetched = new(StringComparer.Ordinal);

    public async Task<JwsResult> VerifyAsync(Client client, string compact, CancellationToken ct)
    {
        if (client.Jwks is not null)
        {
            var good = ClientKey.Of(client).Where(k => k.IsValidAt(clock.GetUtcNow()));
            return JsonWebSignature.Verify(compact, [.. good.Select(k => JsonWebKey.TryRead(k.Jwk, out var key) ? key : null).OfType<JsonWebKey>()], JwsAlgorithms.All);
        }
        if (client.JwksUri is not { } address) return new JwsResult.Refused(JwsProblem.UnknownKey);

        var result = JsonWebSignature.Verify(compact, (await GetAsync(client.ClientId, address, Fresh).WaitAsync(ct)).Keys, JwsAlgorithms.All);
        return result is JwsResult.Refused { Why: JwsProblem.UnknownKey }
            ? JsonWebSignature.Verify(compact, (await GetAsync(client.ClientId, address, RefetchPause).WaitAsync(ct)).Keys, JwsAlgorithms.All)
            : result;
    }

    /// <summary>Parallel requests share one fetch: a stranger with a thousand false assertions makes us ask the client's server once.</summary>
    private Task<JsonWebKeySet> GetAsync(string clientId, string address, TimeSpan maxAge)
    {
        var now = clock.GetUtcNow();
        var known = _fetched.GetValueOrDefault(clientId) is { } entry && entry.Address == address ? entry : null;
        if (known is not null && known.At + maxAge > now) return known.Keys.Value;

        var mine = new Fetched(address, now, new Lazy<Task<JsonWebKeySet>>(() => FetchAsync(clientId, address, known)));
        return _fetched.AddOrUpdate(clientId, mine, (_, current) => current == known || current.Address != address ? mine : current).Keys.Value;
    }

    private async Task<JsonWebKeySet> FetchAsync(string clientId, string address, Fetched? before)
    {
        try
        {
            var document = await http.CreateClient(HttpClientName).GetByteArrayAsync(new Uri(address));
            if (JsonWebKeySet.Parse(document) is { } keys) return keys;
            log.ClientKeysUnavailable(clientId, "no key set");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            log.ClientKeysUnavailable(clientId, e.InnerException is AddressRefusedException ? "address refused" : e.GetType().Name);
        }
        return before is null ? JsonWebKeySet.Empty : await before.Keys.Value;
    }

    private sealed record Fetched(string Address, DateTimeOffset At, Lazy<Task<JsonWebKeySet>> Keys);
}
