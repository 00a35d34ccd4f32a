using System.Security.Cryptography;

namespace Identity.Faults.Tests.Harness;

/// <summary>A file system of a few megabytes with a SQLite database on it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-disk-").FullName;
    private readonly string _beside = Directory.CreateTempSubdirectory("identity-beside-").FullName;

    private string Ballast => Path.Combine(_folder, "ballast");

    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk();
        await Programs.RunAsync("/bin/mount", ["-t", "tmpfs", "-o", "size=16m", "tmpfs", disk._folder]);
        return disk;
    }

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["Storage__ConnectionString"] = $"Data Source={Path.Combine(_folder, "identity.db")}",
        ["Storage__MasterKeyFile"] = Write("master.key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), onlyOnce: true),
    };

    public string Write(string name, string text, bool onlyOnce = false)
    {
        var file = Path.Combine(_beside, name);
        if (!onlyOnce || !File.Exists(file)) File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Takes every byte that is left.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[64 * 1024, 4 * 1024, 1])
        {
            try
            {
                while (true) ballast.Write(new byte[size]);
            }
            catch (IOException)
            {
                // No room for a piece of this size.
            }
        }
    }

    public void Empty() => File.Delete(Ballast);

    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync("/bin/umount", [_folder]);
        Directory.Delete(_folder);
        Directory.Delete(_beside, recursive: true);
    }
}
