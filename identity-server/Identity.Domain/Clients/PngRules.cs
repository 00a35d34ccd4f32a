using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace Identity.Domain.Clients;

/// <summary>
/// What a logo consists of (PNG, third edition): one still picture, small, with nothing before, beside or behind it that another reader
/// could take for a page, a script or a note about where it was taken. Everything is judged before anybody shows it.
/// </summary>
internal static class PngRules
{
    public const int MaxBytes = 12 * 1_024;
    public const int MaxSide = 96;

    private const int LengthAndType = 8;
    private const int Crc = 4;
    private const int HeaderLength = 13;
    private static readonly uint[] CrcTable = MakeCrcTable();

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static LocalizedText? ProblemOf(ReadOnlySpan<byte> file, out PngSize size)
    {
        size = default;
        if (file.Length > MaxBytes) return LogoFaults.TooLarge(MaxBytes / 1_024);
        if (!file.StartsWith(Signature)) return LogoFaults.NotPng;
        var rest = file[Signature.Length..];
        var walk = new ChunkWalk();
        while (!walk.Ended)
        {
            if (rest.Length < LengthAndType + Crc || BinaryPrimitives.ReadUInt32BigEndian(rest) > rest.Length - LengthAndType - Crc) return LogoFaults.EndsEarly;
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(rest);
            var typed = rest.Slice(4, 4 + length);
            if (BinaryPrimitives.ReadUInt32BigEndian(rest[(LengthAndType + length)..]) != CrcOf(typed)) return LogoFaults.Damaged;
            if (walk.ProblemOf(typed[..4], typed[4..]) is { } problem) return problem;
            rest = rest[(LengthAndType + length + Crc)..];
        }
        if (rest.Length > 0) return LogoFaults.BehindTheEnd;
        size = walk.Size;
        return FillsExactly(walk.Pixels.WrittenSpan.ToArray(), walk.RawLength) ? null : LogoFaults.PixelsDoNotFill;
    }

    /// <summary>What is packed is as long as the header says: neither a bomb nor a hiding place.</summary>
    private static bool FillsExactly(byte[] packed, int expected)
    {
        try
        {
            using var raw = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var buffer = new byte[4_096];
            var total = 0;
            for (int read; total <= expected && (read = raw.Read(buffer)) > 0;) total += read;
            return total == expected;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static uint CrcOf(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = CrcTable[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var n = 0u; n < table.Length; n++)
        {
            var crc = n;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            table[n] = crc;
        }
        return table;
    }

    /// <summary>One pass over the chunks; each comes at its place and, but for the pixels, once.</summary>
    private sealed class ChunkWalk
    {
        private string _last = "";
        private int _bitsPerPixel;
        private bool _needsPalette;
        private readonly HashSet<string> _seen = [];

        public bool Ended => _last == "IEND";
        public PngSize Size { get; private set; }
        public ArrayBufferWriter<byte> Pixels { get; } = new();
        public int RawLength => Size.Height * (1 + (((Size.Width * _bitsPerPixel) + 7) / 8));

        public LocalizedText? ProblemOf(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
        {
            var name = NameOf(type);
            if (name is null) return LogoFaults.MoreThanPicture;
            if ((_last.Length == 0) != (name == "IHDR")) return LogoFaults.HeaderIsNotFirst;
            if (!_seen.Add(name) && !(name == "IDAT" && _last == "IDAT")) return LogoFaults.ChunkTwice(name);
            _last = name;
            return name switch
            {
                "IHDR" => ReadHeader(data),
                "IDAT" => TakePixels(data),
                "IEND" => data.Length > 0 ? LogoFaults.EndIsNotEmpty : Pixels.WrittenCount > 0 ? null : LogoFaults.NoPixels,
                _ when Pixels.WrittenCount > 0 => LogoFaults.ChunkBehindPixels(name),
                "PLTE" => data.Length is > 0 and <= 768 && data.Length % 3 == 0 && !_seen.Contains("tRNS") ? null : LogoFaults.PaletteShape,
                "tRNS" => data.Length is > 0 and <= 256 ? null : LogoFaults.TransparencyShape,
                "sRGB" => data.Length == 1 ? null : LogoFaults.ChunkShape(name),
                _ => data.Length == 4 ? null : LogoFaults.ChunkShape(name),
            };
        }

        private static string? NameOf(ReadOnlySpan<byte> type) =>
            type.SequenceEqual("IHDR"u8) ? "IHDR" : type.SequenceEqual("PLTE"u8) ? "PLTE" : type.SequenceEqual("tRNS"u8) ? "tRNS" : type.SequenceEqual("IDAT"u8) ? "IDAT"
            : type.SequenceEqual("IEND"u8) ? "IEND" : type.SequenceEqual("sRGB"u8) ? "sRGB" : type.SequenceEqual("gAMA"u8) ? "gAMA" : null;

        private LocalizedText? ReadHeader(ReadOnlySpan<byte> data)
        {
            if (data.Length != HeaderLength) return LogoFaults.NoHeader;
            var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
            if (width is 0 or > MaxSide || height is 0 or > MaxSide) return LogoFaults.TooManyPixels(MaxSide);
            // Colour type and depth as table 11.1 of the specification allows them; 16 bits are more than a screen shows.
            var channels = (data[9], data[8]) switch { (0, 1 or 2 or 4 or 8) => 1, (3, 1 or 2 or 4 or 8) => 1, (2, 8) => 3, (4, 8) => 2, (6, 8) => 4, _ => 0 };
            if (channels == 0 || data[10] != 0 || data[11] != 0 || data[12] != 0) return LogoFaults.ColourShape;
            (Size, _bitsPerPixel, _needsPalette) = (new PngSize((int)width, (int)height), channels * data[8], data[9] == 3);
            return null;
        }

        private LocalizedText? TakePixels(ReadOnlySpan<byte> data)
        {
            if (_needsPalette && !_seen.Contains("PLTE")) return LogoFaults.NoPalette;
            Pixels.Write(data);
            return null;
        }
    }
}

internal readonly record struct PngSize(int Width, int Height);
