using System.Buffers.Binary;
using System.Text;
using Identity.Tests.Harness;
using SkiaSharp;

namespace Identity.Tests.Applications;

/// <summary>Pictures as people have them: left half red, right half blue, and what cameras and strangers put beside.</summary>
internal static class Pictures
{
    public static byte[] Png(int width, int height) => Drawn(width, height, SKEncodedImageFormat.Png);
    public static byte[] Jpeg(int width, int height) => Drawn(width, height, SKEncodedImageFormat.Jpeg);
    public static byte[] Webp(int width, int height) => Drawn(width, height, SKEncodedImageFormat.Webp);

    /// <summary>What no packing makes smaller.</summary>
    public static byte[] Noise(int width, int height) => PngForge.Whole(PngForge.Header((uint)width, (uint)height), PngForge.Chunk("IDAT", PngForge.Packed(NoisyRows(width, height))), PngForge.End());

    public static byte[] WithHole(int width, int height)
    {
        using var bitmap = Halves(width, height);
        using (var canvas = new SKCanvas(bitmap))
        using (var eraser = new SKPaint { BlendMode = SKBlendMode.Clear })
            canvas.DrawRect(width / 4f, height / 4f, width / 2f, height / 2f, eraser);
        return Encoded(bitmap, SKEncodedImageFormat.Png);
    }

    public static byte[] WithText(byte[] png, string text)
    {
        byte[] inside = [.. PngForge.Chunk("tEXt", [.. "Comment\0"u8, .. Encoding.UTF8.GetBytes(text)]), .. PngForge.Chunk("evIl", Encoding.UTF8.GetBytes(text))];
        const int BehindHeader = 8 + 25;
        return [.. png[..BehindHeader], .. inside, .. png[BehindHeader..]];
    }

    /// <summary>Exif 2.32 in little-endian order: the orientation and a description.</summary>
    public static byte[] WithExif(byte[] jpeg, string description, ushort orientation)
    {
        var text = Encoding.UTF8.GetBytes(description + "\0");
        byte[] tiff =
        [
            .. "II*\0"u8, 8, 0, 0, 0, 2, 0,
            0x0E, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 38, 0, 0, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0,
            0, 0, 0, 0, .. text,
        ];
        byte[] segment = [.. "Exif\0\0"u8, .. tiff];
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(segment.Length + 2));
        return [0xFF, 0xD8, 0xFF, 0xE1, .. length, .. segment, .. jpeg[2..]];
    }

    /// <summary>A few bytes each, and each one is a pass over all pixels.</summary>
    public static byte[] WithScans(int count) => [.. Jpeg(64, 64)[..^2], .. Enumerable.Repeat((byte[])[0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0], count).SelectMany(scan => scan), 0xFF, 0xD9];

    public static SKColor At(byte[] png, int x, int y)
    {
        using var bitmap = SKBitmap.Decode(png)!;
        return bitmap.GetPixel(x, y);
    }

    private static byte[] Drawn(int width, int height, SKEncodedImageFormat format)
    {
        using var bitmap = Halves(width, height);
        return Encoded(bitmap, format);
    }

    private static SKBitmap Halves(int width, int height)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.Blue);
        using var red = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, width / 2f, height, red);
        return bitmap;
    }

    private static byte[] Encoded(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 95);
        return data!.ToArray();
    }

    private static byte[] NoisyRows(int width, int height)
    {
        var raw = new byte[height * (1 + (width * 4))];
        new Random(1).NextBytes(raw);
        for (var row = 0; row < height; row++) raw[row * (1 + (width * 4))] = 0;
        return raw;
    }
}
