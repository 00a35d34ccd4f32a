using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Identity.Benchmarks.Seed;

/// <summary>Everything about the n-th person, session and client follows from n: tables are loaded in any order, and the generator finds a session without asking.</summary>
internal static class SeededRows
{
    private static readonly string[] FamilyNames = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
    private static readonly string[] MiddleNames = ["Văn", "Thị", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Hữu"];
    private static readonly string[] GivenNames = ["An", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hạnh", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Phương", "Quân", "Tâm", "Thảo", "Tuấn", "Vân", "Yến"];

    /// <summary>Row identifiers rise with time, as those of the product do (UUID version 7), a millisecond apart.</summary>
    private static readonly DateTime Start = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static Guid PersonId(int n) => Identifier('p', n);
    public static Guid SessionId(int n) => Identifier('s', n);

    /// <summary>A version 7 UUID whose random part is drawn from kind and number.</summary>
    public static Guid Identifier(char kind, long n)
    {
        Span<byte> bytes = stackalloc byte[16];
        Random(kind, n, bytes);
        var milliseconds = new DateTimeOffset(Start).ToUnixTimeMilliseconds() + n;
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, milliseconds);
        time[2..].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    public static string SessionSecret(int n) => Text('c', n, 32);

    public static DateTime CreatedAt(int n) => Start.AddMilliseconds(n);

    public static string ClientId(int n) => string.Create(CultureInfo.InvariantCulture, $"bench-{n:000000}");

    public static string Name(int n) => $"{FamilyNames[n % FamilyNames.Length]} {MiddleNames[n / 7 % MiddleNames.Length]} {GivenNames[n / 3 % GivenNames.Length]}";

    public static string BirthDate(int n) => new DateTime(1940, 1, 1).AddDays(n * 7L % 25_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Gender(int n) => n % 2 == 0 ? "female" : "male";

    /// <summary>Twelve digits that begin as no province's do: nobody has this number.</summary>
    public static string PersonalNumber(int n) => string.Create(CultureInfo.InvariantCulture, $"999{n:000000000}");

    /// <summary>Random bytes as Base64url; the same for the same kind and number.</summary>
    public static string Text(char kind, long n, int length)
    {
        Span<byte> bytes = stackalloc byte[32];
        Random(kind, n, bytes);
        return Base64Url.EncodeToString(bytes[..length]);
    }

    private static void Random(char kind, long n, Span<byte> target)
    {
        Span<byte> source = stackalloc byte[9];
        source[0] = (byte)kind;
        BinaryPrimitives.WriteInt64BigEndian(source[1..], n);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(source, hash);
        hash[..target.Length].CopyTo(target);
    }
}
