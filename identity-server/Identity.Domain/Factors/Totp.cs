using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Identity.Domain.Factors;

/// <summary>RFC 6238 as every authenticator app understands it without being told: SHA-1, six digits, thirty seconds.</summary>
public static class Totp
{
    private const int StepSeconds = 30;
    private const int SecretBytes = 20;   // RFC 4226 §4, R6
    private const int Digits = 6;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>Either side of now, for clocks that are off and fingers that are slow (RFC 6238 §5.2 advises one).</summary>
    private const int Window = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string Code(byte[] secret, long step)
    {
        Span<byte> message = stackalloc byte[8], mac = stackalloc byte[20];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
#pragma warning disable CA5350 // What the apps compute; an HMAC does not ask for collision resistance.
        HMACSHA1.HashData(secret, message, mac);
#pragma warning restore CA5350
        var offset = mac[^1] & 15;
        var number = (BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & int.MaxValue) % 1_000_000;
        return number.ToString("D6", CultureInfo.InvariantCulture);
    }

    /// <summary>The step that the code belongs to, or null. Every step is looked at, so that time tells nothing.</summary>
    public static long? FindStep(byte[] secret, string code, DateTimeOffset now)
    {
        long? found = null;
        var given = Encoding.ASCII.GetBytes(code);
        for (var step = StepAt(now) - Window; step <= StepAt(now) + Window; step++)
            if (CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(Code(secret, step)))) found = step;
        return found;
    }

    /// <summary>Six digits however they were typed: with spaces, or with the wide digits of an input method. Null when it is none.</summary>
    public static string? Read(string typed)
    {
        if (typed.Length > 40) return null;
        var text = new string([.. typed.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))]);
        return text.Length == Digits && text.All(char.IsAsciiDigit) ? text : null;
    }

    /// <summary>RFC 4648 §6 without padding, as apps take it.</summary>
    public static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int held = 0, bits = 0;
        foreach (var value in bytes)
        {
            (held, bits) = (held << 8 | value, bits + 8);
            while (bits >= 5) text.Append(Alphabet[held >> (bits -= 5) & 31]);
            held &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(Alphabet[held << (5 - bits) & 31]);
        return text.ToString();
    }

    /// <summary>What the square on the page says to the app. No name of the person: others may see the picture, and the app keeps it. What every app assumes is left out, so that the square stays coarse.</summary>
    public static string Address(byte[] secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={ToBase32(secret)}&issuer={Uri.EscapeDataString(issuer)}";
}
