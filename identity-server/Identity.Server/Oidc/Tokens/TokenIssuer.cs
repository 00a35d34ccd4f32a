using System.Buffers;
using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Delegation;
using Identity.Domain.Grants;
using Identity.Domain.Keys;
using Identity.Domain.Sessions;
using Identity.Domain.Storage;
using Identity.Protocols.Jose;
using Identity.Server.Oidc.Token;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Tokens;

/// <summary>Writes and signs what clients receive: ID tokens (OpenID Connect Core §2) and access tokens (RFC 9068).</summary>
public sealed class TokenIssuer(SigningKeyRing keys, ClientRegistry registry, VerifiedTokens verified, SubjectLedger subjects,
    SessionStore sessions, ClaimsRelease release, IOptions<OidcOptions> options, TimeProvider clock)
{
    public const string AccessTokenType = "at+jwt";

    private static readonly TimeSpan LongestForAnother = TimeSpan.FromMinutes(5);

    private readonly string _issuer = options.Value.Issuer;

    public async Task<TokenSet> IssueAsync(Client client, StandingGrant standing, string? refreshToken, string? nonce, CancellationToken ct, string? scope = null)
    {
        var grant = standing.Grant;
        // What was granted, as far as the client may still have it (O22).
        var scopes = (scope ?? grant.Scope).Split(' ').Where(client.AllowsScope).ToArray();
        scope = string.Join(' ', scopes);
        var human = standing.Subject ?? await subjects.IdentifierForAsync(grant.PersonId, client, ct);
        var about = new TokenSubject(standing.ActingAs is { } party ? await subjects.IdentifierForAsync(party.Party, client, ct) : human, human, standing.ActingAs);
        var lifetime = LifetimeOf(client, standing.ActingAs);
        var access = AccessToken(client, about, scopes, AccessTokenId.New(grant.Id), grant, lifetime);
        if (!scopes.Contains(Scope.OpenId)) return new TokenSet(access, lifetime, scope) { RefreshToken = refreshToken };
        var sid = standing.Sid is { } known && (standing.JoinedAs == about.Subject || standing.JoinedAs == "")
            ? known : await sessions.JoinAsync(grant.SessionId, client.ClientId, about.Subject, ct);
        return new TokenSet(access, lifetime, scope)
        {
            RefreshToken = refreshToken,
            IdToken = IdToken(client, grant, about, sid, access, nonce, await release.ForIdTokenAsync(client, standing, ct)),
        };
    }

    public TokenSet IssueForClient(Client client, IReadOnlyCollection<string> scopes) =>
        new(AccessToken(client, new(client.ClientId, client.ClientId, null), scopes, AccessTokenId.New(), grant: null, client.AccessTokenLifetime), client.AccessTokenLifetime, string.Join(' ', scopes));

    /// <summary>APIs that only check a signature must learn soon that a right was taken away.</summary>
    private TimeSpan LifetimeOf(Client client, Capacity? actingAs)
    {
        if (actingAs is null) return client.AccessTokenLifetime;
        var lifetime = client.AccessTokenLifetime < LongestForAnother ? client.AccessTokenLifetime : LongestForAnother;
        return actingAs.ValidUntil - clock.GetUtcNow() is { } left && left < lifetime ? left : lifetime;
    }

    private string AccessToken(Client client, TokenSubject about, IReadOnlyCollection<string> scopes, string tokenId, Grant? grant, TimeSpan lifetime)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var payload = Payload(json =>
        {
            json.WriteString("iss", _issuer);
            json.WriteString("sub", about.Subject);
            WriteAudience(json, [.. Audiences(client, scopes, grant)]);
            json.WriteString("client_id", client.ClientId);
            json.WriteString("scope", string.Join(' ', scopes));
            json.WriteNumber("iat", now);
            json.WriteNumber("exp", now + (long)lifetime.TotalSeconds);
            json.WriteString("jti", tokenId);
            if (grant is not null) WriteAuthentication(json, grant);
            if (grant is not null) CapacityClaims.WriteLean(json, client, about);
        });
        var token = keys.Current(JwsAlgorithms.Es256).Sign(AccessTokenType, payload);
        // It may come back here, to UserInfo. A machine's token goes to an API.
        if (grant is not null) verified.Add(token, payload);
        return token;
    }

    private string IdToken(Client client, Grant grant, TokenSubject about, string sid, string accessToken, string? nonce, IReadOnlyList<ReleasedClaim> claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var algorithm = client.IdTokenSignedResponseAlg == IdTokenSignatureAlgorithm.Rs256 ? JwsAlgorithms.Rs256 : JwsAlgorithms.Es256;
        var payload = Payload(json =>
        {
            json.WriteString("iss", _issuer);
            json.WriteString("sub", about.Subject);
            json.WriteString("aud", client.ClientId);
            json.WriteNumber("iat", now);
            json.WriteNumber("exp", now + (long)options.Value.IdTokenLifetime.TotalSeconds);
            WriteAuthentication(json, grant);
            json.WriteString("sid", sid);
            if (nonce is not null) json.WriteString("nonce", nonce);
            json.WriteString("at_hash", TokenHash.LeftHalf(accessToken, algorithm));
            CapacityClaims.WriteClaims(json, client, about, claims);
        });
        return keys.Current(algorithm).Sign("JWT", payload);
    }

    /// <summary>The APIs that the scopes lead to, and this server itself where UserInfo may be asked.</summary>
    private IEnumerable<string> Audiences(Client client, IReadOnlyCollection<string> scopes, Grant? grant)
    {
        var audiences = registry.AudiencesFor(client, scopes);
        return grant is not null ? audiences.Append(_issuer) : audiences;
    }

    private static void WriteAudience(Utf8JsonWriter json, string[] audiences)
    {
        if (audiences is [var single])
        {
            json.WriteString("aud", single);
            return;
        }
        json.WriteStartArray("aud");
        foreach (var audience in audiences) json.WriteStringValue(audience);
        json.WriteEndArray();
    }

    private static void WriteAuthentication(Utf8JsonWriter json, Grant grant)
    {
        json.WriteNumber("auth_time", grant.AuthenticatedAt.ToUnixTimeSeconds());
        json.WriteString("acr", grant.Acr);
        var amr = grant.Amr.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (amr.Length == 0) return;
        json.WriteStartArray("amr");
        foreach (var method in amr) json.WriteStringValue(method);
        json.WriteEndArray();
    }

    private static ReadOnlySpan<byte> Payload(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, OidcJson.Options))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan;
    }
}
