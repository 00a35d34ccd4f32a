using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>The current document of one client, connector, scope, resource, sector or policy. Documents are what operators import and export.</summary>
public sealed class ConfigurationItem
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public int Version { get; set; }
    public required string Document { get; set; }

    /// <summary>A connector's secret, sealed; the document never holds it.</summary>
    public string? SealedSecret { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}

/// <summary>Every version that ever was: who, when, why. Append-only.</summary>
public sealed class ConfigurationVersion
{
    public required string Kind { get; init; }
    public required string Name { get; init; }
    public int Version { get; init; }

    /// <summary>Null when this version removed the item.</summary>
    public string? Document { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
    public required string ChangedBy { get; init; }
    public string? Reason { get; init; }

    /// <summary>The second person, when the change needed one.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>The version whose document came back with this one.</summary>
    public int? RolledBackTo { get; init; }

    /// <summary>A connector's secrets as they were with this version, sealed: its document would be worth little without them.</summary>
    public string? SealedSecret { get; init; }
}

/// <summary>One row. Bumped in the transaction of every change; a node whose snapshot is older reads everything again.</summary>
public sealed class ConfigurationRevision
{
    public int Id { get; init; } = 1;
    public long Revision { get; set; }

    /// <summary>Within the transaction of the change; the other nodes are called when it commits.</summary>
    public static async Task BumpAsync(IdentityDb db, CancellationToken ct)
    {
        await db.ConfigurationRevisions.ExecuteUpdateAsync(set => set.SetProperty(r => r.Revision, r => r.Revision + 1), ct);
        await WakeUp.SendAsync(db, WakeUpCall.Configuration, ct);
    }
}
