using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Identity.Tests.Harness;

/// <summary>PNG files piece by piece, whole and broken, written without the library that the product reads them with.</summary>
internal static class PngForge
{
    public static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Whole(params byte[][] chunks) => [.. Signature, .. chunks.SelectMany(c => c)];

    /// <summary>Eight pixels by four, see-through in places.</summary>
    public static byte[] Good() => Whole(Header(8, 4), Pixels(4 * (1 + (8 * 4))), End());

    public static byte[] Header(uint width, uint height, byte depth = 8, byte colour = 6, byte interlaced = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[12]) = (depth, colour, interlaced);
        return Chunk("IHDR", data);
    }

    /// <param name="length">Of the rows before they are packed, each with the byte for its filter.</param>
    public static byte[] Pixels(int length, bool noise = false)
    {
        var raw = new byte[length];
        if (noise) new Random(1).NextBytes(raw);
        return Chunk("IDAT", Packed(raw));
    }

    public static byte[] Packed(byte[] raw)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(raw);
        return packed.ToArray();
    }

    public static byte[] End() => Chunk("IEND", []);

    public static byte[] Chunk(string type, byte[] data)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. data];
        var chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        typed.CopyTo(chunk, 4);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc(typed));
        return chunk;
    }

    public static IEnumerable<string> TypesOf(byte[] file)
    {
        for (var at = Signature.Length; at + 12 <= file.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at))) yield return Encoding.ASCII.GetString(file, at + 4, 4);
    }

    /// <summary>The same file with check sums that fit what is in it.</summary>
    public static byte[] Resealed(byte[] file)
    {
        var copy = file.ToArray();
        for (long at = Signature.Length; at + 12 <= copy.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(copy.AsSpan((int)at));
            if (at + 12 + length > copy.Length) break;
            BinaryPrimitives.WriteUInt32BigEndian(copy.AsSpan((int)(at + 8 + length)), Crc(copy.AsSpan((int)at + 4, (int)length + 4)));
            at += 12 + length;
        }
        return copy;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return ~crc;
    }
}
