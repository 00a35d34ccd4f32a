using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Clients;

/// <summary>An application's picture. There is none but what <see cref="PngRules"/> let through, whoever sent it and by whichever way.</summary>
public sealed class ClientLogo
{
    private readonly byte[] _png;

    private ClientLogo(byte[] png, PngSize size)
    {
        _png = png;
        (Width, Height) = (size.Width, size.Height);
        Name = Convert.ToHexStringLower(SHA256.HashData(png).AsSpan(0, 16));
    }

    /// <summary>By content: a browser may keep what it got under this name for ever, and another picture has another name.</summary>
    public string Name { get; }

    public int Width { get; }
    public int Height { get; }

    /// <summary>As the configuration holds it.</summary>
    public string Base64 => Convert.ToBase64String(_png);

    public ReadOnlyMemory<byte> AsPng() => _png;

    /// <returns>What is wrong with it; null, and the logo, when nothing is.</returns>
    public static LocalizedText? ProblemOf(string base64, out ClientLogo? logo)
    {
        logo = null;
        if (base64.Length > PngRules.MaxBytes / 3 * 4) return LogoFaults.LargerThanDrawn(PngRules.MaxBytes / 1_024);
        var png = new byte[base64.Length / 4 * 3];
        // One spelling for one picture: no spaces, no bits that say nothing.
        if (!Convert.TryFromBase64String(base64, png, out var length) || Convert.ToBase64String(png, 0, length) != base64) return LogoFaults.NotBase64;
        Array.Resize(ref png, length);
        if (PngRules.ProblemOf(png, out var size) is { } problem) return problem;
        logo = new ClientLogo(png, size);
        return null;
    }

    /// <summary>What stands for a picture wherever documents are compared: nobody reads base64.</summary>
    public static string MarkOf(string base64) => $"sha256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(base64)))[..16]}…";

    public override string ToString() => $"ClientLogo({Name})";
}
