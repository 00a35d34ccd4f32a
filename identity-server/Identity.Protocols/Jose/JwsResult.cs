using System.Text.Json;

namespace Identity.Protocols.Jose;

/// <summary>What became of a compact JWS. The payload exists only behind a verified signature.</summary>
public abstract record JwsResult
{
    private JwsResult() { }

    /// <param name="Type">The header's <c>typ</c> without an <c>application/</c> prefix; empty when absent. Compare with <see cref="HasType"/>.</param>
    /// <param name="KeyId">The header's <c>kid</c>.</param>
    public sealed record Verified(string Type, string? KeyId, string Algorithm, JsonElement Payload) : JwsResult
    {
        /// <summary>RFC 8725 §3.11: one kind of token must not pass for another. Media types ignore case (RFC 7515 §4.1.9).</summary>
        public bool HasType(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);

        public override string ToString() => $"Verified({Type}, {Algorithm})";
    }

    public sealed record Refused(JwsProblem Why) : JwsResult;
}

public enum JwsProblem
{
    /// <summary>Not three canonical Base64url parts around JSON objects without duplicate members.</summary>
    Malformed,

    /// <summary>Beyond <see cref="JsonWebSignature.MaximumLength"/>; nothing was decoded.</summary>
    TooLarge,

    /// <summary>No algorithm, one we do not know (none, HMAC), or one the caller did not allow.</summary>
    AlgorithmRefused,

    /// <summary>The header demands an extension (<c>crit</c>, <c>b64</c>).</summary>
    CriticalHeader,

    /// <summary>No given key has this <c>kid</c>, or none is of the type that the algorithm needs.</summary>
    UnknownKey,

    SignatureInvalid,
}
