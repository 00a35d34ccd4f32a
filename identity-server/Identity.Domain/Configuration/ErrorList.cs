using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <summary>Collects every error of a file, each mistake once.</summary>
internal sealed class ErrorList
{
    private readonly List<ConfigurationError> errors = [];
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);

    public IReadOnlyList<ConfigurationError> All => errors;
    public bool IsEmpty => errors.Count == 0;

    /// <summary>A value by itself is wrong; a stand-in took its place.</summary>
    public void AddUnreadable(string path, LocalizedText message)
    {
        for (var end = path.Length; end > 0; end = path.AsSpan(0, end).LastIndexOfAny('.', '[')) unreadable.Add(path[..end]);
        errors.Add(new ConfigurationError(path, message));
    }

    /// <summary>Values do not go together. Silent where the value was unreadable: the rule would judge a stand-in.</summary>
    public void AddBrokenRule(string path, LocalizedText message)
    {
        if (IsReadable(path)) errors.Add(new ConfigurationError(path, message));
    }

    /// <summary>Neither the place itself nor anything inside it was unreadable.</summary>
    public bool IsReadable(string path) => !unreadable.Contains(path);
}
