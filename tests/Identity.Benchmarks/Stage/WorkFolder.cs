namespace Identity.Benchmarks.Stage;

/// <summary>Where a measurement keeps databases, keys and logs. A folder that was named stays; one of our own goes.</summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly bool _isOurs;

    public WorkFolder(string? named)
    {
        _isOurs = named is null;
        Root = named is null ? Directory.CreateTempSubdirectory("identity-benchmark-").FullName : Directory.CreateDirectory(named).FullName;
        // The user that PostgreSQL runs as must get through.
        File.SetUnixFileMode(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
    }

    public string Root { get; }

    public string Sub(string name) => Directory.CreateDirectory(Path.Combine(Root, name)).FullName;

    public void Dispose()
    {
        if (_isOurs) Directory.Delete(Root, recursive: true);
    }
}
