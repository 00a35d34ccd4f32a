using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Identity.Tests.Factors;

/// <summary>
/// A passkey device in software, with a browser around it that can be told to lie: every member that WebAuthn §7 checks can be set
/// wrong, one at a time.
/// </summary>
internal sealed class SoftAuthenticator(string origin, string relyingParty) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);

    public string Origin { get; set; } = origin;
    public string RelyingParty { get; set; } = relyingParty;
    public string? Type { get; set; }
    public bool CrossOrigin { get; set; }
    public bool UserPresent { get; set; } = true;
    public bool UserVerified { get; set; } = true;

    /// <summary>Eligible for backup, and backed up: what a synchronised passkey says.</summary>
    public bool BackupEligible { get; set; }

    public bool BackedUp { get; set; }
    public uint Counter { get; set; } = 1;

    /// <summary>COSE algorithm that the key claims to be of.</summary>
    public int Algorithm { get; set; } = -7;

    /// <summary>Claimed in the answer instead of the real one.</summary>
    public string? RawId { get; set; }

    public string? UserHandle { get; set; }
    public string? Challenge { get; set; }

    /// <summary>Breaks the signature.</summary>
    public bool Forged { get; set; }

    public string Create(string options)
    {
        using var asked = JsonDocument.Parse(options);
        UserHandle ??= asked.RootElement.GetProperty("user").GetProperty("id").GetString();
        var data = ClientData("webauthn.create", asked.RootElement);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(AuthenticatorData(attested: true));
        attestation.WriteEndMap();
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(data),
            ["attestationObject"] = Base64Url.EncodeToString(attestation.Encode()),
            ["transports"] = new JsonArray("internal"),
        });
    }

    public string Get(string options)
    {
        using var asked = JsonDocument.Parse(options);
        var data = ClientData("webauthn.get", asked.RootElement);
        var authenticator = AuthenticatorData(attested: false);
        var signature = _key.SignData([.. authenticator, .. SHA256.HashData(data)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        if (Forged) signature[^1] ^= 1;
        return Answer(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(data),
            ["authenticatorData"] = Base64Url.EncodeToString(authenticator),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = UserHandle,
        });
    }

    public void Dispose() => _key.Dispose();

    private string Answer(JsonObject response)
    {
        var id = Base64Url.EncodeToString(_id);
        return new JsonObject
        {
            ["id"] = id, ["rawId"] = RawId ?? id, ["type"] = "public-key", ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(), ["response"] = response,
        }.ToJsonString();
    }

    private byte[] ClientData(string type, JsonElement options) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = Type ?? type, ["challenge"] = Challenge ?? options.GetProperty("challenge").GetString(), ["origin"] = Origin, ["crossOrigin"] = CrossOrigin,
    }.ToJsonString());

    private byte[] AuthenticatorData(bool attested)
    {
        var flags = (UserPresent ? 0x01 : 0) | (UserVerified ? 0x04 : 0) | (BackupEligible ? 0x08 : 0) | (BackedUp ? 0x10 : 0) | (attested ? 0x40 : 0);
        var head = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(RelyingParty)).CopyTo(head, 0);
        head[32] = (byte)flags;
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(33), Counter);
        return attested ? [.. head, .. new byte[16], (byte)(_id.Length >> 8), (byte)_id.Length, .. _id, .. PublicKey()] : head;
    }

    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        foreach (var (label, value) in ((int, int)[])[(1, 2), (3, Algorithm), (-1, 1)])
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }
}
