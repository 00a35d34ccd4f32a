namespace Identity.Domain.Configuration;

/// <summary>What the last test of a connector found. The latest only; every test stands in the trail.</summary>
public sealed class ConnectorCheck
{
    public required string Connector { get; init; }
    public DateTimeOffset At { get; set; }
    public bool Passed { get; set; }

    /// <summary>For operators; free of personal data and secrets.</summary>
    public string? Detail { get; set; }

    /// <summary>Of the upstream's own certificate; null when there is none to see.</summary>
    public DateTimeOffset? CertificateUntil { get; set; }
}
