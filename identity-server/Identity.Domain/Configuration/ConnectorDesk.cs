using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>Connectors in operation: what they are, whether they work, and a switch that leaves running sessions alone.</summary>
public sealed class ConnectorDesk(IdentityDb db, StoredItems items, ItemDrafts drafts, ItemChanges changes, ClientRegistry registry, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Ways to sign in, in the order of the sign-in page.</summary>
    public async Task<IReadOnlyList<ConnectorEntry>> ListAsync(AdminActor actor, CancellationToken ct)
    {
        if (!actor.May(Permission.OperateConnectors)) return [];
        var checks = await db.ConnectorChecks.AsNoTracking().ToDictionaryAsync(c => c.Connector, ct);
        return [.. registry.Document.Connectors.Where(c => c.IsWayIn).OrderBy(c => c.Order).Select(c => new ConnectorEntry(c, checks.GetValueOrDefault(c.Name)))];
    }

    /// <summary>As stored now, with its version.</summary>
    public async Task<(ConnectorRegistration Connector, int Version)?> FindAsync(AdminActor actor, string name, CancellationToken ct)
    {
        if (!actor.May(Permission.OperateConnectors)) return null;
        return await StoredAsync(name, ct);
    }

    /// <summary>How many applications take it, and how many of them would have no other way in.</summary>
    public (int Applications, int WithoutOther) DependenceOf(string name)
    {
        var clients = registry.Document.Clients.Where(c => c.Enabled && c.AllowsConnector(name)).ToList();
        return (clients.Count, clients.Count(c => registry.ConnectorsFor(c).All(way => way.Name == name)));
    }

    /// <summary>Off, nobody signs in by it any more; who is signed in stays so. The reason stands in the configuration's history.</summary>
    /// <param name="version">Of the connector that the form was made from.</param>
    public async Task<ConnectorRefusal?> SwitchAsync(AdminActor actor, string name, bool enabled, int version, string reason, CancellationToken ct)
    {
        if (!actor.May(Permission.OperateConnectors)) return ConnectorRefusal.NotYours;
        if (reason.Trim().Length is 0 or > ItemEdit.LongestReason) return ConnectorRefusal.ReasonIsMissing;
        return await StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            if (await StoredAsync(name, ct) is not { } stored) return ConnectorRefusal.Unknown;
            // Nothing risky: whoever is kept out sees the other ways in, and the switch back is as near. All else stays as it is stored.
            var edit = new ItemEdit(new ItemKey(ConfigurationStore.ConnectorKind, name), version, ConfigurationWriter.Write(stored.Connector with { Enabled = enabled }), reason);
            return await changes.ApplyAsync(await drafts.MakeAsync(edit, ct), new ChangeNote(actor.Name, reason.Trim()), ct) switch
            {
                ItemOutcome.Changed or ItemOutcome.Unchanged => (ConnectorRefusal?)null,
                ItemOutcome.Stale => ConnectorRefusal.ChangedMeanwhile,
                _ => ConnectorRefusal.NotAccepted,
            };
        }, ct);
    }

    public async Task NoteCheckAsync(AdminActor actor, ConnectorCheck found, CancellationToken ct)
    {
        if (!actor.May(Permission.OperateConnectors)) return;
        var check = await db.ConnectorChecks.SingleOrDefaultAsync(c => c.Connector == found.Connector, ct);
        if (check is null) db.ConnectorChecks.Add(check = new() { Connector = found.Connector });
        (check.At, check.Passed, check.Detail, check.CertificateUntil) = (clock.GetUtcNow(), found.Passed, found.Detail, found.CertificateUntil ?? check.CertificateUntil);
        audit.Add(found.Passed ? "connector.test_passed" : "connector.test_failed", connector: found.Connector, detail: found.Detail);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>From the row itself: what this node holds in memory may be older than the version beside it.</summary>
    private async Task<(ConnectorRegistration Connector, int Version)?> StoredAsync(string name, CancellationToken ct) =>
        await db.ConfigurationItems.AsNoTracking().SingleOrDefaultAsync(i => i.Kind == ConfigurationStore.ConnectorKind && i.Name == name, ct) is { } row
            && (ConnectorRegistration)items.Parse(row) is { IsWayIn: true } connector ? (connector, row.Version) : null;
}

/// <param name="Check">Null when nobody has tested it yet.</param>
public sealed record ConnectorEntry(ConnectorRegistration Connector, ConnectorCheck? Check);

public enum ConnectorRefusal
{
    NotYours,
    ReasonIsMissing,
    Unknown,
    ChangedMeanwhile,

    /// <summary>The configuration as a whole would not hold; the import of a file says why.</summary>
    NotAccepted,
}
