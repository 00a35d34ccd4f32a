using System.Text.Json;
using Identity.Domain.Clients;

namespace Identity.Domain.Applications;

/// <summary>What the last looks at the address of an application's keys found. Nobody signs in for it, so an application that is rarely used is watched like any other.</summary>
public sealed class ClientKeyWatch
{
    /// <summary>One look that fails is a restart or a lost packet.</summary>
    public const int FailuresToTell = 2;

    public required string ClientId { get; init; }

    /// <summary>Of the address that all the rest is about.</summary>
    public required string AddressDigest { get; set; }

    public DateTimeOffset LookedAt { get; set; }

    /// <summary>In a row, up to now.</summary>
    public int FailedLooks { get; set; }

    /// <summary>The first look of that row.</summary>
    public DateTimeOffset? UnusableSince { get; set; }

    /// <summary>The first end among the certificates that no other key of the set outlives.</summary>
    public DateTimeOffset? CertificateUntil { get; set; }

    /// <summary>The same of what the keys say of themselves.</summary>
    public DateTimeOffset? KeyUntil { get; set; }
}

/// <summary>What one look found.</summary>
/// <param name="Keys">The set; null when there was none to read.</param>
/// <param name="Problem">Why no signature could be checked with it, for operators; null when one can.</param>
public sealed record ClientKeySight(Client Client, JsonElement? Keys, string? Problem);
