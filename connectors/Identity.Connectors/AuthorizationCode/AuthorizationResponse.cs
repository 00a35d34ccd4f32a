using System.Security.Cryptography;
using System.Text;
using Identity.Protocols.Federation;

namespace Identity.Connectors.AuthorizationCode;

/// <summary>What came back through the browser. Anybody can write it, so nothing here proves anything but the trip itself.</summary>
internal abstract record AuthorizationResponse
{
    private const int LongestQuery = 16 * 1024;
    private const int LongestCode = 4096;

    private AuthorizationResponse() { }

    /// <param name="Parameters">All of the answer: some upstreams send a code that needs another parameter to be read.</param>
    public sealed record Code(string Value, IReadOnlyDictionary<string, string> Parameters) : AuthorizationResponse
    {
        public override string ToString() => nameof(Code);
    }

    public sealed record Ended(UpstreamOutcome Outcome) : AuthorizationResponse;

    /// <param name="plusIsSpace">As in a form. False where the upstream writes Base64 into its answer without encoding it.</param>
    public static AuthorizationResponse Read(
        UpstreamCallback callback, UpstreamTransaction transaction, UpstreamSettings settings, bool issuerExpected, bool plusIsSpace)
    {
        if (ParametersOf(callback, plusIsSpace) is not { } answer) return Failed(UpstreamFailure.Malformed, "is too long or repeats a parameter");

        // RFC 6749 §10.12. The server compares too; a connector that relies on that would be one refactoring from login CSRF.
        if (!answer.TryGetValue("state", out var state)) return Failed(UpstreamFailure.Malformed, "has no state");
        if (!SameSecret(state, transaction.State)) return Failed(UpstreamFailure.WrongNonce, "has the state of another sign-in");

        // RFC 9207 §2.4, before anything else is believed, errors included: the answer of another server is none of ours.
        var named = answer.TryGetValue("iss", out var issuer);
        if (named ? issuer != settings.Issuer : issuerExpected || settings.RequireIssuerParameter)
            return Failed(UpstreamFailure.WrongIssuer, named ? "names another issuer" : "names no issuer");

        if (answer.TryGetValue("error", out var error))
            return settings.CancelErrors.Contains(error)
                ? new Ended(new UpstreamOutcome.Cancelled())
                : Failed(UpstreamFailure.Refused, $"is the error {ProtocolError.Printable(error)}");
        return answer.TryGetValue("code", out var code) && IsCode(code)
            ? new Code(code, answer)
            : Failed(UpstreamFailure.Malformed, "has no usable code");
    }

    /// <summary>RFC 6749 appendix A.11: printable ASCII, which is also all that a token endpoint is asked to cope with.</summary>
    public static bool IsCode(string code) =>
        code.Length is > 0 and <= LongestCode && code.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0;

    public static bool SameSecret(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    private static Ended Failed(UpstreamFailure why, string what) =>
        new(new UpstreamOutcome.Failed(why, $"authorization response {what}"));

    private static IReadOnlyDictionary<string, string>? ParametersOf(UpstreamCallback callback, bool plusIsSpace)
    {
        if (callback.Form.Count > 0) return callback.Form;
        if (callback.RawQuery.Length > LongestQuery) return null;
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in callback.RawQuery.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
            if (!parameters.TryAdd(Decode(name, plusIsSpace), Decode(value, plusIsSpace))) return null;     // RFC 6749 §3.1
        }
        return parameters;
    }

    private static string Decode(string encoded, bool plusIsSpace) =>
        Uri.UnescapeDataString(plusIsSpace ? encoded.Replace('+', ' ') : encoded);
}
