using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Identity.Protocols.Jose;

namespace Identity.Domain.Audit;

/// <summary>What a block signs.</summary>
/// <param name="Root">Merkle root over the leaf hashes of the rows.</param>
/// <param name="LeavesDigest">SHA-256 of the packed leaves, so that the list which names a wrong row cannot itself be wrong.</param>
/// <param name="Previous">Hash of the block before; zeros for the first.</param>
public sealed record AuditStatement(long Block, long First, long Last, int Rows, string Root, string LeavesDigest, string Previous, DateTimeOffset SealedAt)
{
    /// <summary>The <c>typ</c> of the signed header: no token can pass for a block, no block for a token.</summary>
    public const string Type = "audit-block";

    public static readonly string NoPrevious = Base64Url.EncodeToString(new byte[SHA256.HashSizeInBytes]);

    /// <summary>What the next block names as <see cref="Previous"/>: a digest of the signed statement, signature and all.</summary>
    public static string HashOf(string statement) => Digest(Encoding.ASCII.GetBytes(statement));

    public static string Digest(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(SHA256.HashData(bytes));

    /// <summary>Who says to have signed; true once <see cref="Verify"/> has found it so.</summary>
    public static string KeyOf(string statement) =>
        JsonWebSignature.ReadUnverified(statement)?.Header.TryGetProperty("kid", out var key) == true ? key.GetString() ?? "" : "";

    public string Sign(PrivateSigningKey key)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("block", Block);
            json.WriteNumber("first", First);
            json.WriteNumber("last", Last);
            json.WriteNumber("rows", Rows);
            json.WriteString("root", Root);
            json.WriteString("leaves", LeavesDigest);
            json.WriteString("previous", Previous);
            json.WriteString("sealed_at", Moment(SealedAt));
            json.WriteEndObject();
        }
        return key.Sign(Type, buffer.WrittenSpan);
    }

    /// <summary>Null when the signature is not by one of the keys, or what is signed is no statement.</summary>
    public static AuditStatement? Verify(string statement, IReadOnlyList<JsonWebKey> keys) =>
        JsonWebSignature.Verify(statement, keys, [JwsAlgorithms.Es256]) is JwsResult.Verified { Payload: var json } signed && signed.HasType(Type) ? Read(json) : null;

    private static AuditStatement? Read(JsonElement json)
    {
        try
        {
            return new(json.GetProperty("block").GetInt64(), json.GetProperty("first").GetInt64(), json.GetProperty("last").GetInt64(), json.GetProperty("rows").GetInt32(),
                json.GetProperty("root").GetString()!, json.GetProperty("leaves").GetString()!, json.GetProperty("previous").GetString()!,
                DateTimeOffset.Parse(json.GetProperty("sealed_at").GetString()!, CultureInfo.InvariantCulture));
        }
        catch (Exception other) when (other is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            return null;
        }
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}
