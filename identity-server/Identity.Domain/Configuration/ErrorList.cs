namespace Identity.Domain.Configuration;

/// <summary>Collects every error of a file, each mistake once.</summary>
internal sealed class ErrorList
{
    private readonly List<ConfigurationError> errors = [];
    private readonly List<string> unreadable = [];

    public IReadOnlyList<ConfigurationError> All => errors;
    public bool IsEmpty => errors.Count == 0;

    /// <summary>A value by itself is wrong; a stand-in took its place.</summary>
    public void AddUnreadable(string path, string message)
    {
        unreadable.Add(path);
        errors.Add(new ConfigurationError(path, message));
    }

    /// <summary>Values do not go together. Silent where the value was unreadable: the rule would judge a stand-in.</summary>
    public void AddBrokenRule(string path, string message)
    {
        if (IsReadable(path)) errors.Add(new ConfigurationError(path, message));
    }

    public bool IsReadable(string path) => !unreadable.Any(place => IsAtOrIn(place, path));

    private static bool IsAtOrIn(string place, string path) =>
        place.StartsWith(path, StringComparison.Ordinal) && (place.Length == path.Length || place[path.Length] is '.' or '[');
}
