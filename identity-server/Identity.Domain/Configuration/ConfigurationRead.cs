using Identity.Domain.Clients;

namespace Identity.Domain.Configuration;

/// <param name="Path">Where in the file, for example <c>clients[2].redirect_uris[0]</c>; empty for the whole.</param>
/// <param name="Message">What is wrong and what would be right, from a catalogue such as <see cref="ReadingFaults"/>; never the value of a secret.</param>
public sealed record ConfigurationError(string Path, LocalizedText Message)
{
    public string In(string language) => Path.Length == 0 ? Message.In(language) : $"{Path}: {Message.In(language)}";

    /// <summary>For operators: the command line and the log are English.</summary>
    public override string ToString() => In("en");
}

/// <summary>A file is taken whole or not at all; refused, it says everything that is wrong at once.</summary>
public abstract record ConfigurationRead
{
    private ConfigurationRead() { }
    public sealed record Accepted(ConfigurationDocument Document) : ConfigurationRead;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : ConfigurationRead;
}

/// <summary>The same for one stored item.</summary>
public abstract record ItemRead<T>
{
    private ItemRead() { }
    public sealed record Accepted(T Item) : ItemRead<T>;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : ItemRead<T>;
}
