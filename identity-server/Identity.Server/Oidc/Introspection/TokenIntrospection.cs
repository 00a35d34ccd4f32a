using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Grants;
using Identity.Domain.Organisations;
using Identity.Server.Oidc.Token;
using Identity.Server.Oidc.Tokens;
using Microsoft.Extensions.Options;

namespace Identity.Server.Oidc.Introspection;

/// <summary>What a live token may be described with, and to whom. The two kinds of token do not look alike, so <c>token_type_hint</c> is not needed.</summary>
public sealed class TokenIntrospection(AccessTokenReader reader, GrantStore grants, GrantGate gate, IOptions<OidcOptions> options, TimeProvider clock,
    ILogger<TokenIntrospection> log)
{
    // RFC 7662 §2.2 and RFC 9068 §2.2, in the words of the token itself: sub stays the identifier of the client's own sector.
    private static readonly string[] Copied = ["scope", "client_id", "sub", "aud", "iss", "exp", "iat", "jti", "acr", "amr", "auth_time", "act", "subject_type"];

    /// <summary>Null when the token is dead, or none of the caller's business.</summary>
    public async Task<byte[]?> DescribeAsync(Client caller, string token, CancellationToken ct) =>
        RefreshTokenValue.Parse(token) is { } refresh ? await DescribeAsync(caller, refresh, ct) : await DescribeAccessTokenAsync(caller, token, ct);

    private async Task<byte[]?> DescribeAccessTokenAsync(Client caller, string token, CancellationToken ct)
    {
        if (await reader.FindLiveAsync(token, withAttributes: false, ct) is not { Token: var live, Client: var client, Grant: var grant }) return null;
        if (live.ClientId != caller.ClientId && !live.Claims.Audiences.Any(caller.MayIntrospect))
        {
            log.Refused("introspection", "foreign_audience", caller.ClientId, $"token of client {live.ClientId}");
            return null;
        }
        return OidcJson.Write(json =>
        {
            json.WriteBoolean("active", true);
            json.WriteString("token_type", "Bearer");
            foreach (var name in Copied) Copy(live.Claims.Element, name, json);
            if (grant is not null) CapacityClaims.WriteWhole(json, client, grant.ActingAs, live.Claims.Subject!);
            if (grant is not null && live.Scopes.Contains(AssuranceClaim.Name)) AssuranceClaim.WriteTo(json, grant.Grant, grant.ActingAs?.Strength ?? RepresentationStrength.None);
        });
    }

    /// <summary>A refresh token is meant for nobody but its own client.</summary>
    private async Task<byte[]?> DescribeAsync(Client caller, RefreshTokenValue token, CancellationToken ct)
    {
        if (await grants.FindByRefreshHandleAsync(token.Handle, ct) is not { RevokedAt: null } grant || grant.ClientId != caller.ClientId) return null;
        if (grant.RefreshDigest != token.Secret.Digest || EndOf(grant) is not { } end || end <= clock.GetUtcNow()) return null;
        if (await gate.CheckAsync(grant, caller, ct) is not null) return null;
        return OidcJson.Write(json =>
        {
            json.WriteBoolean("active", true);
            json.WriteString("iss", options.Value.Issuer);
            json.WriteString("client_id", grant.ClientId);
            json.WriteString("scope", grant.Scope);
            json.WriteNumber("iat", grant.CreatedAt.ToUnixTimeSeconds());
            json.WriteNumber("exp", end.ToUnixTimeSeconds());
        });
    }

    /// <summary>Unused until then, or at its absolute end, whichever comes first.</summary>
    private static DateTimeOffset? EndOf(Grant grant) => grant.RefreshIdleAt < grant.RefreshExpiresAt ? grant.RefreshIdleAt : grant.RefreshExpiresAt;

    private static void Copy(JsonElement from, string name, Utf8JsonWriter to)
    {
        if (!from.TryGetProperty(name, out var value)) return;
        to.WritePropertyName(name);
        value.WriteTo(to);
    }
}
