using System.Buffers.Binary;
using Identity.Domain.Clients;
using SkiaSharp;

namespace Identity.Admin.Logos;

/// <summary>
/// Makes a logo out of a picture that somebody sent: its pixels are read and drawn anew, and nothing else of the file is taken over: no
/// note of where it was taken, no text, nothing behind its end.
/// </summary>
public sealed class LogoDrawing : IDisposable
{
    public const int LargestFile = 256 * 1_024;
    public const int LargestSide = 2_048;

    /// <summary>Ordinary pictures have ten. Each one is a pass over all pixels, and costs a hostile file a few bytes.</summary>
    private const int MostScans = 100;

    /// <summary>From the largest that is shown to one that fits whatever the pixels are.</summary>
    private static readonly int[] Sides = [96, 72, 48];

    /// <summary>Pixels of one picture at a time: they are a thousand times larger than the file.</summary>
    private readonly SemaphoreSlim _table = new(1);

    private static ReadOnlySpan<byte> Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];
    private static ReadOnlySpan<byte> StartOfScan => [0xFF, 0xDA];

    public async Task<LogoOutcome> DrawAsync(byte[] file, CancellationToken ct)
    {
        if (file.Length > LargestFile) return LogoFault.TooLarge;
        if (!IsKnown(file)) return LogoFault.NotPicture;
        await _table.WaitAsync(ct);
        try
        {
            return Draw(file);
        }
        finally
        {
            _table.Release();
        }
    }

    public void Dispose() => _table.Dispose();

    /// <summary>By its own first bytes: what the sender calls it says nothing. Readers of other kinds never see it.</summary>
    private static bool IsKnown(ReadOnlySpan<byte> file) => file.StartsWith(Png) || file.StartsWith(Jpeg)
        || (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8));

    private static LogoOutcome Draw(byte[] file)
    {
        using var bytes = new SKMemoryStream(file);
        using var codec = SKCodec.Create(bytes);
        if (codec is null) return LogoFault.Broken;
        // From the header, before there is room for a single pixel.
        if (codec.Info.Width > LargestSide || codec.Info.Height > LargestSide) return LogoFault.TooManyPixels;
        if (file.AsSpan().StartsWith(Jpeg) && file.AsSpan().Count(StartOfScan) > MostScans) return LogoFault.Broken;
        using var space = SKColorSpace.CreateSrgb();
        using var whole = new SKBitmap(new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, space));
        if (codec.GetPixels(whole.Info, whole.GetPixels()) != SKCodecResult.Success) return LogoFault.Broken;
        whole.SetImmutable();
        foreach (var side in Sides)
            if (Smaller(whole, codec.EncodedOrigin, side) is { } logo) return new LogoOutcome.Drawn(logo);
        throw new InvalidOperationException("A picture of the smallest size is always small enough.");
    }

    private static ClientLogo? Smaller(SKBitmap whole, SKEncodedOrigin origin, int side)
    {
        var (width, height) = origin >= SKEncodedOrigin.LeftTop ? (whole.Height, whole.Width) : (whole.Width, whole.Height);
        var scale = Math.Min(1f, (float)side / Math.Max(width, height));
        using var small = new SKBitmap(whole.Info.WithSize(Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale))));
        small.Erase(SKColors.Transparent);
        using (var canvas = new SKCanvas(small))
        using (var picture = SKImage.FromBitmap(whole))
        {
            canvas.Scale((float)small.Width / width, (float)small.Height / height);
            canvas.Concat(Upright(origin, whole.Width, whole.Height));
            canvas.DrawImage(picture, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
        using var pixels = small.PeekPixels();
        using var png = pixels.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.AllFilters, 9)) ?? throw new InvalidOperationException("Pixels in memory can be written.");
        return ClientLogo.ProblemOf(Convert.ToBase64String(WithoutNote(png.AsSpan())), out var logo) is null ? logo : null;
    }

    /// <summary>The library notes how many bits its pixels had (sBIT). No logo carries a note.</summary>
    private static byte[] WithoutNote(ReadOnlySpan<byte> png)
    {
        var kept = new List<byte>(png.Length);
        kept.AddRange(png[..Png.Length]);
        for (var rest = png[Png.Length..]; rest.Length > 0;)
        {
            // Length, type, what is in it, check sum.
            var chunk = rest[..(12 + BinaryPrimitives.ReadInt32BigEndian(rest))];
            if (!chunk[4..8].SequenceEqual("sBIT"u8)) kept.AddRange(chunk);
            rest = rest[chunk.Length..];
        }
        return [.. kept];
    }

    /// <summary>Cameras store what they see as they are held, and note (Exif 2.32 §4.6.4, Orientation) how to turn it.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}

public abstract record LogoOutcome
{
    private LogoOutcome() { }
    public sealed record Drawn(ClientLogo Logo) : LogoOutcome;
    public sealed record Refused(LogoFault Why) : LogoOutcome;
    public static implicit operator LogoOutcome(LogoFault why) => new Refused(why);
}

public enum LogoFault
{
    Missing,
    TooLarge,
    NotPicture,
    TooManyPixels,

    /// <summary>It begins like a picture and is none, or ends too early.</summary>
    Broken,
}
