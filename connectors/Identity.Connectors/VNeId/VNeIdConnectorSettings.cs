using System.Text.Json;
using System.Text.Json.Serialization;
using Identity.Connectors.AuthorizationCode;
using Identity.Protocols.Federation;

namespace Identity.Connectors.VNeId;

/// <summary>
/// An upstream of the shape that VNeID has been seen to have when a portal connects to it directly: an authorization code flow without
/// ID token and nonce, with encrypted codes and bodies. No official description was public when this was written, so whatever was
/// seen to differ, or may, is a member here; the defaults are what was seen.
/// </summary>
public sealed partial record VNeIdConnectorSettings : UpstreamSettings
{
    public VNeIdConnectorSettings()
    {
        SubjectClaim = "citizenPid";
        AttributeClaims = new Dictionary<string, IReadOnlyList<string>>
        {
            [AttributeNames.PersonalNumber] = ["citizenPid"],
            [AttributeNames.Name] = ["fullName"],
            [AttributeNames.BirthDate] = ["birthDate"],
        };
        RequiredAttributes = [AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate];
        AccountKindClaim = "accountType";
        ProofingClaim = "accountLevel";
    }

    /// <summary>What arrives encrypted. What is listed here and arrives plain is refused, and the other way round.</summary>
    public IReadOnlyList<VNeIdPart> Encrypted { get; init; } = [VNeIdPart.Code, VNeIdPart.Token, VNeIdPart.Userinfo];

    /// <summary>PEM, unencrypted; the upstream has its public half. Whoever makes the connector has resolved the reference that the row holds.</summary>
    public string PrivateKey { get; init; } = "";
    public VNeIdCipherMode CipherMode { get; init; } = VNeIdCipherMode.AesCbcIvPrefix;
    public VNeIdRsaPadding RsaPadding { get; init; } = VNeIdRsaPadding.Pkcs1;

    /// <summary>Beside <c>code</c> in the callback.</summary>
    public string KeyParameter { get; init; } = "encrypt_key";

    /// <summary>Of an encrypted body.</summary>
    public string DataMember { get; init; } = "data";
    public string KeyMember { get; init; } = "key";

    /// <summary>The only stable claim that was seen is the personal number itself, which must not lie about in the table of links.</summary>
    public VNeIdSubjectForm SubjectForm { get; init; } = VNeIdSubjectForm.KeyedDigest;

    /// <summary>How long after the start an answer counts. With no nonce in it, <c>state</c> alone ties it to the browser.</summary>
    public TimeSpan StateLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Unknown members are refused, because a misspelt one would silently be a default.</summary>
    /// <exception cref="JsonException">Not the JSON of a connector's settings.</exception>
    public static VNeIdConnectorSettings FromJson(string json) =>
        JsonSerializer.Deserialize<VNeIdConnectorSettings>(json, JsonOptions) ?? throw new JsonException("null");

    public string ToJson() => JsonSerializer.Serialize(this, JsonOptions);

    /// <summary>Holds secrets, so it never prints itself.</summary>
    public override string ToString() => $"VNeIdConnectorSettings({Issuer}, {ClientId})";
}

public enum VNeIdPart
{
    Code,
    Token,
    Userinfo,
}

/// <summary>Neither protects against change: what is encrypted so is as trustworthy as the connection that it came through.</summary>
public enum VNeIdCipherMode
{
    /// <summary>The first sixteen bytes are the initialisation vector.</summary>
    [JsonStringEnumMemberName("aes-cbc-iv-prefix")]
    AesCbcIvPrefix,

    /// <summary>Shows where equal blocks are; only for an upstream that knows nothing better.</summary>
    [JsonStringEnumMemberName("aes-ecb")]
    AesEcb,
}

public enum VNeIdRsaPadding
{
    [JsonStringEnumMemberName("pkcs1")]
    Pkcs1,

    [JsonStringEnumMemberName("oaep-sha256")]
    OaepSha256,
}

public enum VNeIdSubjectForm
{
    KeyedDigest,
    AsSent,
}
