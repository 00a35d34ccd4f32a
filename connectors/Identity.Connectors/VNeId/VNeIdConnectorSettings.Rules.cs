using System.Security.Cryptography;

namespace Identity.Connectors.VNeId;

public sealed partial record VNeIdConnectorSettings
{
    private const int ShortestKey = 2048;
    private const int LongestKey = 8192;
    private static readonly TimeSpan ShortestState = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestState = TimeSpan.FromMinutes(5);

    /// <summary>Sentences for the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<string> Problems() => [.. SharedProblems(), .. EndpointProblems(), .. KeyProblems(), .. NameProblems(), .. TimeProblems()];

    private IEnumerable<string> EndpointProblems()
    {
        (string Name, Uri? Address)[] endpoints =
            [("authorization_endpoint", AuthorizationEndpoint), ("token_endpoint", TokenEndpoint), ("userinfo_endpoint", UserinfoEndpoint)];
        foreach (var (name, address) in endpoints)
            if (!IsAcceptable(address)) yield return $"{name} must be an absolute https address.";
        if (EndSessionEndpoint is not null && !IsAcceptable(EndSessionEndpoint)) yield return "end_session_endpoint must be an absolute https address.";
    }

    private IEnumerable<string> KeyProblems()
    {
        if (Encrypted.Distinct().Count() != Encrypted.Count) yield return "encrypted names a part twice.";
        if (!Enum.IsDefined(CipherMode)) yield return "cipher_mode must be aes-cbc-iv-prefix or aes-ecb.";
        if (!Enum.IsDefined(RsaPadding)) yield return "rsa_padding must be pkcs1 or oaep-sha256.";
        if (Encrypted.Count == 0 && PrivateKey.Length > 0) yield return "private_key is given, but encrypted names nothing that it would open.";
        if (Encrypted.Count > 0 && !IsUsableKey(PrivateKey)) yield return $"private_key must be an unencrypted PEM RSA key of {ShortestKey} to {LongestKey} bits.";
    }

    private IEnumerable<string> NameProblems()
    {
        if (KeyParameter.Length == 0 || KeyParameter is "code" or "state" or "iss" or "error") yield return "key_parameter must be the name of a parameter of its own.";
        if (DataMember.Length == 0 || KeyMember.Length == 0 || DataMember == KeyMember) yield return "data_member and key_member must be two names.";
    }

    private IEnumerable<string> TimeProblems()
    {
        if (StateLifetime < ShortestState || StateLifetime > LongestState) yield return "state_lifetime must be between 30 seconds and 5 minutes.";
    }

    private static bool IsUsableKey(string pem)
    {
        try
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            // A public key is imported just as well.
            key.ExportPkcs8PrivateKey();
            return key.KeySize is >= ShortestKey and <= LongestKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
