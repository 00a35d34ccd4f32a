namespace Identity.Domain.Keys;

/// <summary>An ASP.NET data-protection key, encrypted under the master key file; shared by all nodes.</summary>
public sealed class StoredProtectionKey
{
    public int Id { get; private set; }
    public string? FriendlyName { get; init; }
    public required string Xml { get; init; }
}

/// <summary>A key that data at rest hangs on (sealing, look-up digests); wrapped by data protection and never replaced, only added to.</summary>
public sealed class DataKey
{
    public required string Name { get; init; }
    public required string WrappedKey { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
