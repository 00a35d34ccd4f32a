using System.Text.Json;
using Identity.Protocols.Federation;
using Identity.Protocols.Jose;

namespace Identity.Connectors.Register;

/// <summary>Security Event Tokens of the register (RFC 8417), signed by the keys that it publishes.</summary>
internal sealed class RegisterEventReader(RegisterConnectorSettings settings, RegisterHttp http, TimeProvider clock)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>A register that was away sends what it owes; older than this, its answer is known from the timetable.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Whoever sends us unknown key names must not be able to make us hammer the register.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private const int MostOrganisations = 100;

    private volatile Keys? _keys;

    public async Task<RegisterEvent> ReadAsync(string token, string audience, CancellationToken ct)
    {
        if (JsonWebSignature.ReadUnverified(token) is not { } peek || !JwtClaims.TryRead(peek.Payload, out var claimed)) return Refused("invalid_request", "not a signed token");
        // RFC 3986 says that an empty path and / are one; the settings' parser writes the slash.
        if (claimed.Issuer?.TrimEnd('/') != settings.Issuer.AbsoluteUri.TrimEnd('/')) return new RegisterEvent.Foreign();
        if (settings.JwksUri is null) return Refused("invalid_issuer", "this register is not known to send events");
        if (await VerifyAsync(token, ct) is not { } result) return new RegisterEvent.Undecided();
        if (result is not JwsResult.Verified verified) return Refused("invalid_key", "the signature is not the register's");
        // RFC 8417 §2.3: nothing else that the register signs may pass for an event.
        if (!verified.HasType("secevent+jwt")) return Refused("invalid_request", "typ is not secevent+jwt");
        return JwtClaims.TryRead(verified.Payload, out var claims) ? Judge(claims, audience) : Refused("invalid_request", "claims");
    }

    private RegisterEvent Judge(JwtClaims claims, string audience)
    {
        var now = clock.GetUtcNow();
        if (claims.Audiences is not [var one] || one != audience) return Refused("invalid_audience", "aud is not this server alone");
        if (claims.Id is null) return Refused("invalid_request", "jti is missing");
        if (claims.IssuedAt is not { } issued || issued - Skew > now || issued + Oldest < now) return Refused("invalid_request", "iat is missing, ahead or too old");
        // RFC 8417 §2.2: an event states what has happened and never expires; exp would make an ID token of it.
        if (claims.ExpiresAt is not null) return Refused("invalid_request", "exp has no place in an event");
        if (!claims.Element.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Object) return Refused("invalid_request", "events are missing");
        // Other kinds of event are not for us, and acknowledged all the same (RFC 8935 §2).
        return new RegisterEvent.Genuine(claims.Id, events.TryGetProperty(settings.EventType!, out var payload) ? TaxCodes(payload) : []);
    }

    /// <summary>One tax code, or a list of them.</summary>
    private string[] TaxCodes(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object || !payload.TryGetProperty(settings.Member("tax_code"), out var said)) return [];
        JsonElement[] all = said.ValueKind == JsonValueKind.Array ? [.. said.EnumerateArray().Take(MostOrganisations)] : [said];
        return [.. all.Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!).Where(s => s.Length is > 0 and <= 40)];
    }

    private async Task<JwsResult?> VerifyAsync(string token, CancellationToken ct)
    {
        if (await KeysAsync(newerThan: null, ct) is not { } keys) return null;
        var result = JsonWebSignature.Verify(token, keys.Set.Keys, JwsAlgorithms.All);
        if (result is not JwsResult.Refused { Why: JwsProblem.UnknownKey } || await KeysAsync(keys, ct) is not { } newer) return result;
        return ReferenceEquals(newer, keys) ? result : JsonWebSignature.Verify(token, newer.Set.Keys, JwsAlgorithms.All);
    }

    private async Task<Keys?> KeysAsync(Keys? newerThan, CancellationToken ct)
    {
        var (known, now) = (_keys, clock.GetUtcNow());
        if (known is not null && now < known.ReadAt + (newerThan is null ? Fresh : Pause)) return known;
        var reply = await http.ReadAsync("the key set", settings.JwksUri!, ct);
        // A register whose keys cannot be read now is believed by those of before.
        if (reply.Json is not { } json || JsonWebKeySet.Read(json) is not { } set) return known;
        return _keys = new Keys(set, now);
    }

    private static RegisterEvent.Refused Refused(string error, string why) => new(error, why);

    private sealed record Keys(JsonWebKeySet Set, DateTimeOffset ReadAt);
}
