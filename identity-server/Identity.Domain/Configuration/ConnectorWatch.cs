namespace Identity.Domain.Configuration;

/// <summary>What the last looks at an upstream from outside found. They need no credential, so nobody's count of failures grows by them.</summary>
public sealed class ConnectorWatch
{
    /// <summary>For so long a node lives on what it read before; then nobody signs in any more.</summary>
    public static readonly TimeSpan UsableInNeed = TimeSpan.FromHours(24);

    /// <summary>A change is told to whoever is there within this time.</summary>
    public static readonly TimeSpan NewsFor = TimeSpan.FromDays(1);

    public required string Connector { get; init; }
    public DateTimeOffset LookedAt { get; set; }

    /// <summary>Of the upstream's own server; null when there was none to see.</summary>
    public DateTimeOffset? CertificateUntil { get; set; }

    /// <summary>The first end among the authorities that its settings name.</summary>
    public DateTimeOffset? AnchorUntil { get; set; }

    /// <summary>Of our settings: what changed with them was changed by us.</summary>
    public string? SettingsDigest { get; set; }

    public string? MetadataDigest { get; set; }
    public string? KeysDigest { get; set; }

    /// <summary>When the upstream last began to publish other addresses.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>The first look of the present row of failed ones.</summary>
    public DateTimeOffset? UnreadableSince { get; set; }
}

/// <summary>What one look found.</summary>
public sealed record ConnectorSight(string Connector)
{
    public DateTimeOffset? CertificateUntil { get; init; }
    public DateTimeOffset? AnchorUntil { get; init; }

    /// <summary>Null when the upstream publishes nothing.</summary>
    public bool? IsReadable { get; init; }

    public string? MetadataDigest { get; init; }
    public string? KeysDigest { get; init; }

    /// <summary>Why not, for operators.</summary>
    public string? Problem { get; init; }
}
