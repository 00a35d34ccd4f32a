using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Audit;

/// <summary>
/// The hash of one row: SHA-256 over 0x00 and all columns in a fixed order, each as 0x00 (null) or 0x01, length and bytes. Two
/// different rows can never encode alike, and neither engine's own spelling matters.
/// </summary>
internal static class AuditLeaf
{
    /// <summary>RFC 6962 §2.1: leaves and nodes are hashed apart, so that one can never pass for the other.</summary>
    private const byte LeafPrefix = 0;

    /// <summary>The first byte behind the prefix; a new column gets a new version.</summary>
    private const byte Version = 1;

    public static byte[] Hash(AuditEvent row)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write<byte>([LeafPrefix, Version]);
        Write(bytes, row.Sequence);
        Write(bytes, row.At.UtcTicks);
        Write(bytes, row.Name);
        Write(bytes, row.Outcome);
        Write(bytes, row.Reason);
        Write(bytes, row.Actor);
        Write(bytes, row.PersonId);
        Write(bytes, row.ClientId);
        Write(bytes, row.SessionId);
        Write(bytes, row.Connector);
        Write(bytes, row.Reference);
        Write(bytes, row.Address);
        Write(bytes, row.Port);
        Write(bytes, row.Detail);
        return SHA256.HashData(bytes.WrittenSpan);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, long? value)
    {
        if (value is not { } number)
        {
            bytes.Write<byte>([0]);
            return;
        }
        BinaryPrimitives.WriteInt64BigEndian(Begin(bytes, sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }

    private static void Write(ArrayBufferWriter<byte> bytes, Guid? value)
    {
        if (value is not { } guid)
        {
            bytes.Write<byte>([0]);
            return;
        }
        guid.TryWriteBytes(Begin(bytes, 16), bigEndian: true, out _);
        bytes.Advance(16);
    }

    private static void Write(ArrayBufferWriter<byte> bytes, string? value)
    {
        if (value is null)
        {
            bytes.Write<byte>([0]);
            return;
        }
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, Begin(bytes, length));
        bytes.Advance(length);
    }

    private static Span<byte> Begin(ArrayBufferWriter<byte> bytes, int length)
    {
        var head = bytes.GetSpan(5);
        head[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], length);
        bytes.Advance(5);
        return bytes.GetSpan(length)[..length];
    }
}
