using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>The upstream's published keys, read again when a token names one that we have not seen.</summary>
internal sealed class UpstreamKeys(UpstreamHttp http, TimeProvider clock, Func<Task<Checked<UpstreamMetadata>>> metadata)
{
    private readonly RememberedAnswer<JsonWebKeySet> _keys = new(clock, () => LoadAsync(http, metadata));

    public Task<Checked<JsonWebKeySet>> PublishedAsync(CancellationToken ct) => _keys.GetAsync(ct);

    public async Task<Checked<JwsResult.Verified>> VerifyAsync(
        string token, IReadOnlyList<string> algorithms, CancellationToken ct)
    {
        var loaded = await _keys.GetAsync(ct);
        if (!loaded.Passed(out var keys, out var failed)) return failed;
        var result = JsonWebSignature.Verify(token, keys.Keys, algorithms);
        if (result is JwsResult.Refused { Why: JwsProblem.UnknownKey or JwsProblem.SignatureInvalid })
        {
            // A rotated key usually has a new name, but some upstreams name no keys, and a few use a name twice.
            loaded = await _keys.GetNewerThanAsync(keys, ct);
            if (!loaded.Passed(out keys, out failed)) return failed;
            result = JsonWebSignature.Verify(token, keys.Keys, algorithms);
        }
        return result is JwsResult.Verified verified ? verified : Translate((JwsResult.Refused)result);
    }

    private static UpstreamOutcome.Failed Translate(JwsResult.Refused refused) => new(
        refused.Why is JwsProblem.Malformed or JwsProblem.TooLarge or JwsProblem.CriticalHeader
            ? UpstreamFailure.Malformed
            : UpstreamFailure.SignatureInvalid,
        $"ID token: {refused.Why}");

    private static async Task<Checked<JsonWebKeySet>> LoadAsync(
        UpstreamHttp http, Func<Task<Checked<UpstreamMetadata>>> metadata)
    {
        var known = await metadata();
        if (!known.Passed(out var endpoints, out var failed)) return failed;
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoints.JwksUri);
        var sent = await http.SendAsync("key set", request, CancellationToken.None);
        if (!sent.Passed(out var reply, out failed)) return failed;
        return reply.IsSuccess && JsonWebKeySet.Parse(reply.Body) is { Keys.Count: > 0 } keys
            ? keys
            : new UpstreamOutcome.Failed(UpstreamFailure.Malformed, "key set holds no usable key");
    }
}
