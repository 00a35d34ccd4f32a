using System.Security.Cryptography;

namespace Identity.Connectors.VNeId;

public sealed partial record VNeIdConnectorSettings
{
    private const int ShortestKey = 2048;
    private const int LongestKey = 8192;
    private static readonly TimeSpan ShortestState = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestState = TimeSpan.FromMinutes(5);

    /// <summary>For the administrator who saves the row; empty when a connector can be made from it.</summary>
    public IReadOnlyList<SettingsFault> Problems() => [.. SharedProblems(), .. EndpointProblems(), .. KeyProblems(), .. NameProblems(), .. TimeProblems()];

    private IEnumerable<SettingsFault> EndpointProblems()
    {
        (string Name, Uri? Address)[] endpoints =
            [("authorization_endpoint", AuthorizationEndpoint), ("token_endpoint", TokenEndpoint), ("userinfo_endpoint", UserinfoEndpoint)];
        foreach (var (name, address) in endpoints)
            if (!IsAcceptable(address)) yield return SettingsFaults.IsNotHttps(name);
        if (EndSessionEndpoint is not null && !IsAcceptable(EndSessionEndpoint)) yield return SettingsFaults.IsNotHttps("end_session_endpoint");
    }

    private IEnumerable<SettingsFault> KeyProblems()
    {
        if (Encrypted.Distinct().Count() != Encrypted.Count) yield return VNeIdSettingsFaults.PartTwice;
        if (!Enum.IsDefined(CipherMode)) yield return VNeIdSettingsFaults.CipherIsUnknown;
        if (!Enum.IsDefined(RsaPadding)) yield return VNeIdSettingsFaults.PaddingIsUnknown;
        if (Encrypted.Count == 0 && PrivateKey.Length > 0) yield return VNeIdSettingsFaults.KeyOpensNothing;
        if (Encrypted.Count > 0 && !IsUsableKey(PrivateKey)) yield return VNeIdSettingsFaults.KeyIsUnusable(ShortestKey, LongestKey);
    }

    private IEnumerable<SettingsFault> NameProblems()
    {
        if (KeyParameter.Length == 0 || KeyParameter is "code" or "state" or "iss" or "error") yield return VNeIdSettingsFaults.ParameterIsTaken;
        if (DataMember.Length == 0 || KeyMember.Length == 0 || DataMember == KeyMember) yield return VNeIdSettingsFaults.MembersAreOne;
    }

    private IEnumerable<SettingsFault> TimeProblems()
    {
        if (StateLifetime < ShortestState || StateLifetime > LongestState) yield return VNeIdSettingsFaults.StateOutOfRange;
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
