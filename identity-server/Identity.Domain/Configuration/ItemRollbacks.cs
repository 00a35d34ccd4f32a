using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Clients;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>
/// Back to a version that was live before: one call, no second person, because at 17:02 there may be only one. What comes back is a new
/// version. Credentials stay as they are today: a secret or a key that was taken away because others knew it must not come back with it,
/// also when it was taken away with its client.
/// </summary>
public sealed class ItemRollbacks(IdentityDb db, ConfigurationReader reader, StoredItems items, ItemChanges changes)
{
    /// <param name="baseVersion">The version that stood when the button was shown.</param>
    public async Task<ItemOutcome> RollBackAsync(AdminActor actor, ItemKey item, int toVersion, int baseVersion, string? reason, CancellationToken ct)
    {
        var why = string.IsNullOrWhiteSpace(reason) ? $"rolled back to version {toVersion}" : reason.Trim();
        if (ItemChanges.ProblemOf(actor, new ItemEdit(item, baseVersion, null, why)) is { } problem) return problem;
        var version = await db.ConfigurationVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Kind == item.Kind && v.Name == item.Name && v.Version == toVersion && v.Version < baseVersion, ct);
        if (version?.Document is not { } old) return new ItemOutcome.Denied(ChangeRefusal.UnknownVersion);
        var current = await db.ConfigurationItems.AsNoTracking().SingleOrDefaultAsync(i => i.Kind == item.Kind && i.Name == item.Name, ct);
        var document = item.Kind switch
        {
            ConfigurationStore.ClientKind => current is null ? WithoutCredentials(old) : WithCredentialsOf((Client)items.Parse(current), old),
            ConfigurationStore.ConnectorKind => WithSecrets(current, old, items.Open(item.Name, version.SealedSecret)),
            _ => old,
        };
        return await changes.ApplyAsync(new ItemEdit(item, baseVersion, document, why), new ChangeNote(actor.Name, why) { RolledBackTo = toVersion }, ct);
    }

    private string WithCredentialsOf(Client today, string old) => reader.ReadClient(old) is ItemRead<Client>.Accepted { Item: var then }
        ? ConfigurationWriter.Write(then with { TokenEndpointAuthMethod = today.TokenEndpointAuthMethod, Secrets = today.Secrets, Jwks = today.Jwks, JwksUri = today.JwksUri })
        : old;

    /// <summary>Switched off, until somebody has given it new ones; and those have a second person.</summary>
    private string WithoutCredentials(string old) => reader.ReadClient(old) is ItemRead<Client>.Accepted { Item: var then }
        ? ConfigurationWriter.Write(then with { Enabled = false, Secrets = [], Jwks = null, JwksUri = null })
        : old;

    /// <summary>Today's secret wherever it may still be sent; else the one that belonged to the old address, which went there before.</summary>
    private string WithSecrets(ConfigurationItem? current, string old, string? oldSecrets)
    {
        var today = current is null ? null : (ConnectorRegistration)items.Parse(current);
        if (reader.ReadConnector(old, oldSecrets) is not ItemRead<ConnectorRegistration>.Accepted { Item: var then }) return old;
        var kept = then.Secrets.ToDictionary(s => s.Key, s => today is not null && ConnectorSecret.MaySurvive(s.Key, today, then.Protocol, then.Settings) ? ConnectorSecret.Mask : s.Value);
        var document = JsonNode.Parse(old)!.AsObject();
        document["settings"] = JsonNode.Parse(ConnectorSecret.PutInto(then.Settings, kept).GetRawText());
        return document.ToJsonString();
    }
}
