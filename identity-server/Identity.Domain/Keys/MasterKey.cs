using System.Security.Cryptography;
using Identity.Domain.Storage;
using Microsoft.Extensions.Options;

namespace Identity.Domain.Keys;

/// <summary>The one key that does not live in the database. Everything else at rest hangs on it.</summary>
public sealed class MasterKey
{
    private const int Bytes = 32;
    private readonly byte[] _key;

    public MasterKey(IOptions<StorageOptions> options)
    {
        var file = options.Value.MasterKeyFile;
        if (!File.Exists(file) && options.Value.CreateMasterKey) Create(file);
        if (!File.Exists(file))
            throw new FileNotFoundException($"The master key file '{file}' does not exist. Restore it from its backup, or set Storage:CreateMasterKey for a first start.");
        try
        {
            _key = Convert.FromBase64String(File.ReadAllText(file).Trim());
        }
        catch (FormatException)
        {
            _key = [];
        }
        if (_key.Length != Bytes) throw new InvalidDataException($"The master key file '{file}' must hold {Bytes} bytes in Base64.");
    }

    /// <summary>AES-256-GCM; the result carries its own nonce.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain) => AesGcmBox.Seal(_key, plain, []);

    /// <summary>Throws <see cref="CryptographicException"/> when the data was made under another master key.</summary>
    public byte[] Decrypt(ReadOnlySpan<byte> box) => AesGcmBox.Open(_key, box, []);

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
    }
}
