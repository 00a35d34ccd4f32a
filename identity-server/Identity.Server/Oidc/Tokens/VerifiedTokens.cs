using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Identity.Domain.Keys;
using Identity.Protocols.Jose;

namespace Identity.Server.Oidc.Tokens;

/// <summary>
/// Payloads of access tokens whose signature this node made or has checked, found by digest: checking one costs twice what making
/// it does. Says nothing about today: lifetime, revocation and everything behind the token are still asked. Bounded: when one
/// generation is full, the one before it is forgotten.
/// </summary>
public sealed class VerifiedTokens(SigningKeyRing keys)
{
    private const int Generation = 4_000;

    private volatile Known _known = new(PublishedKeys.Empty, [], []);

    public JwtClaims? Find(string token) => Current().TryFind(DigestOf(token), out var payload) ? payload.Claims : null;

    public void Add(string token, ReadOnlySpan<byte> payload) => Add(token, new Payload(payload.ToArray()));

    public void Add(string token, JwtClaims claims) => Add(token, new Payload(claims));

    private void Add(string token, Payload payload)
    {
        var known = Current();
        known.Newer[DigestOf(token)] = payload;
        if (known.Newer.Count > Generation) _known = new(known.Keys, [], known.Newer);
    }

    /// <summary>A change of keys may be a withdrawal: what a stolen key signed must not live on here.</summary>
    private Known Current()
    {
        var known = _known;
        return ReferenceEquals(known.Keys, keys.Published) ? known : _known = new(keys.Published, [], []);
    }

    private static Digest DigestOf(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = token.Length <= 2_048 ? stackalloc byte[token.Length] : new byte[token.Length];
        // Foreign characters become "?"; such a text was never added, for it would not have verified.
        SHA256.HashData(bytes[..Encoding.ASCII.GetBytes(token, bytes)], hash);
        return MemoryMarshal.Read<Digest>(hash);
    }

    private readonly record struct Digest(ulong A, ulong B, ulong C, ulong D);

    private sealed record Known(PublishedKeys Keys, ConcurrentDictionary<Digest, Payload> Newer, ConcurrentDictionary<Digest, Payload> Older)
    {
        public bool TryFind(Digest digest, out Payload payload) => Newer.TryGetValue(digest, out payload!) || Older.TryGetValue(digest, out payload!);
    }

    /// <summary>Parsed at the first question: most tokens come to another server.</summary>
    private sealed class Payload
    {
        private byte[]? _json;
        private JwtClaims? _claims;

        public Payload(byte[] json) => _json = json;

        public Payload(JwtClaims claims) => _claims = claims;

        public JwtClaims? Claims
        {
            get
            {
                if (_claims is null && _json is { } json && StrictJson.TryReadObject(json, out var element) && JwtClaims.TryRead(element, out var claims))
                    (_claims, _json) = (claims, null);
                return _claims;
            }
        }
    }
}
