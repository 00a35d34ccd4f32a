using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;

namespace Identity.Connectors.OpenIdConnect;

/// <summary>
/// Signs people in at an OpenID Connect upstream. One instance lives as long as its configuration row's version and serves any
/// number of sign-ins; it remembers the upstream's metadata and keys, and nothing about people.
/// </summary>
public sealed class OidcConnector : IRedirectConnector
{
    private const int LongestHint = 255;    // it comes from a stranger's request and would make our redirect as long as it likes

    private readonly OidcConnectorSettings _settings;
    private readonly TimeProvider _clock;
    private readonly RememberedAnswer<UpstreamMetadata> _metadata;
    private readonly UpstreamKeys _keys;
    private readonly TokenEndpoint _tokenEndpoint;
    private readonly UserinfoEndpoint _userinfoEndpoint;
    private readonly IdTokenValidation _idTokens;
    private readonly IdentityMapping _identities;

    /// <param name="name">The configuration row's name.</param>
    /// <param name="http">Made on <see cref="CreateHandler"/>, or on a test's handler.</param>
    /// <exception cref="ArgumentException">The settings have <see cref="OidcConnectorSettings.Problems"/>.</exception>
    public OidcConnector(string name, OidcConnectorSettings settings, HttpClient http, TimeProvider clock)
    {
        if (settings.Problems() is { Count: > 0 } problems)
            throw new ArgumentException(string.Join(' ', problems), nameof(settings));
        (_settings, _clock) = (settings, clock);
        var upstream = new UpstreamHttp(http, settings, clock);
        _metadata = new(clock, () => UpstreamMetadata.LoadAsync(settings, upstream, CancellationToken.None));
        _keys = new UpstreamKeys(upstream, clock, () => _metadata.GetAsync(CancellationToken.None));
        _tokenEndpoint = new TokenEndpoint(settings, upstream);
        _userinfoEndpoint = new UserinfoEndpoint(upstream);
        _idTokens = new IdTokenValidation(settings, _keys, clock);
        _identities = new IdentityMapping(name, settings);
    }

    /// <summary>Follows no redirect (it could carry the client secret away) and keeps no cookie (it would join people's sign-ins).</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // Our trace ids are nobody else's business; the span itself stays.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    /// <summary>Reads what the upstream publishes, as far as this connector does not remember it: meant for one that was made for this look.</summary>
    public async Task<UpstreamSight> LookAsync(CancellationToken ct)
    {
        var known = await _metadata.GetAsync(ct);
        if (!known.Passed(out var metadata, out var failed)) return new(null, null, $"{failed.Why}: {failed.Detail}");
        var published = await _keys.PublishedAsync(ct);
        return published.Passed(out var keys, out failed) ? new(metadata.Digest(), Convert.ToHexStringLower(SHA256.HashData(keys.ToUtf8Bytes())), null) : new(null, null, $"{failed.Why}: {failed.Detail}");
    }

    public async Task<UpstreamStart> StartAsync(UpstreamRequest request, CancellationToken ct)
    {
        var known = await _metadata.GetAsync(ct);
        if (!known.Passed(out var metadata, out var failed)) return new UpstreamStart.Unavailable(failed.Why, failed.Detail);
        var transaction = AuthorizationRequest.NewTransaction(request.Callback, _clock.GetUtcNow());
        var address = AuthorizationRequest.WithQuery(metadata.AuthorizationEndpoint, Parameters(request, transaction));
        return new UpstreamStart.Redirect(address, transaction);
    }

    public async Task<UpstreamOutcome> CompleteAsync(UpstreamCallback callback, UpstreamTransaction transaction, CancellationToken ct)
    {
        var known = await _metadata.GetAsync(ct);
        if (!known.Passed(out var metadata, out var failed)) return failed;

        var response = AuthorizationResponse.Read(callback, transaction, _settings, metadata.SendsIssuerParameter, plusIsSpace: true);
        if (response is not AuthorizationResponse.Code code) return ((AuthorizationResponse.Ended)response).Outcome;

        var exchanged = await _tokenEndpoint.ExchangeAsync(metadata.TokenEndpoint, code.Value, transaction, ct);
        if (!exchanged.Passed(out var tokens, out failed)) return failed;

        var validated = await _idTokens.ValidateAsync(tokens, transaction.Nonce, ct);
        if (!validated.Passed(out var idToken, out failed)) return failed;

        JsonElement? userinfo = null;
        if (metadata.UserinfoEndpoint is { } endpoint)
        {
            var asked = await _userinfoEndpoint.AskAsync(endpoint, tokens.AccessToken, idToken.Subject, ct);
            if (!asked.Passed(out var claims, out failed)) return failed;
            userinfo = claims.Json;
        }
        return _identities.Map(new UpstreamClaims(idToken.Claims.Element, userinfo), idToken.AuthenticatedAt, idToken.Methods, tokens.IdToken);
    }

    /// <summary>OpenID Connect Core §3.1.2.1.</summary>
    private Dictionary<string, string> Parameters(UpstreamRequest request, UpstreamTransaction transaction)
    {
        var parameters = AuthorizationRequest.Parameters(_settings, request, transaction);
        parameters["nonce"] = transaction.Nonce;
        if (_settings.AcrValuesFor(request.Needs) is { Count: > 0 } acr) parameters["acr_values"] = string.Join(' ', acr);
        if (request.Needs.MaxAge is { } age) parameters["max_age"] = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (request.LoginHint is { Length: > 0 and <= LongestHint } hint) parameters["login_hint"] = hint;
        if (request.Language.Length > 0) parameters["ui_locales"] = request.Language;
        return parameters;
    }

    /// <summary>OpenID Connect RP-Initiated Logout §2. Without discovery known at once, otherwise from the first sign-in on.</summary>
    public Uri? LogoutAddress(Uri returnTo)
    {
        var endpoint = _settings.EndSessionEndpoint ?? _metadata.Current?.EndSessionEndpoint;
        return endpoint is null ? null : AuthorizationRequest.LogoutAddress(endpoint, _settings, returnTo);
    }
}
