using Identity.Domain.Administration;
using Identity.Domain.Storage;

namespace Identity.Domain.Configuration;

/// <summary>
/// The file of the command line in the hands of an administrator or a machine: risky changes inside it need a second person like any
/// other. (Whoever has the command line has the database.)
/// </summary>
public sealed class ConfigurationFiles(IdentityDb db, ConfigurationStore store, ConfigurationReader reader)
{
    /// <summary>Null for whoever may not read it.</summary>
    public async Task<string?> ExportAsync(AdminActor actor, CancellationToken ct) =>
        actor.May(Permission.ReadConfiguration) ? ConfigurationWriter.Write((await store.LoadAsync(ct)).Document) : null;

    /// <summary>Taken whole or not at all.</summary>
    public async Task<FileOutcome> ImportAsync(AdminActor actor, string json, string reason, CancellationToken ct)
    {
        if (!actor.May(Permission.ChangeConfiguration)) return new FileOutcome.Denied(ChangeRefusal.NotPermitted);
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > ItemEdit.LongestReason) return new FileOutcome.Denied(ChangeRefusal.ReasonIsMissing);
        return await StorageLock.RunAsync(db, StorageLockName.Configuration, async () =>
        {
            var (current, _) = await store.LoadAsync(ct);
            return reader.Read(json, current) switch
            {
                ConfigurationRead.Accepted accepted => await StoreAsync(ConfigurationStore.KeepingDates(accepted.Document, current), current, new ChangeNote(actor.Name, reason.Trim()), ct),
                ConfigurationRead.Refused refused => new FileOutcome.Refused(refused.Errors),
                _ => throw new InvalidOperationException("A configuration is accepted or refused."),
            };
        }, ct);
    }

    private async Task<FileOutcome> StoreAsync(ConfigurationDocument document, ConfigurationDocument current, ChangeNote note, CancellationToken ct) =>
        RiskyIn(document, current) is { Count: > 0 } risky ? new FileOutcome.NeedsSecondPerson(risky) : new FileOutcome.Imported(await store.StoreAsync(document, note, ct));

    /// <summary>With the item before the member, because a file holds many.</summary>
    private static List<MemberChange> RiskyIn(ConfigurationDocument document, ConfigurationDocument current)
    {
        var stored = ItemText.Of(current).ToDictionary(text => (text.Kind, text.Name));
        return [.. ItemText.Of(document).SelectMany(text => RiskyIn(text, stored.GetValueOrDefault((text.Kind, text.Name)))
            .Select(change => change with { Path = $"{text.Kind}[{Suggestion.Quote(text.Name)}].{change.Path}" }))];
    }

    private static IEnumerable<MemberChange> RiskyIn(ItemText text, ItemText? before) => before?.Document == text.Document && !string.Equals(before.Secret, text.Secret, StringComparison.Ordinal)
        ? [new MemberChange("settings", ConnectorSecret.Mask, ConnectorSecret.Mask)]
        : RiskyMembers.Of(text.Kind, DocumentDiff.Between(before?.Document, text.Document), text.Document);
}

public abstract record FileOutcome
{
    private FileOutcome() { }
    public sealed record Imported(int Changes) : FileOutcome;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : FileOutcome;
    public sealed record NeedsSecondPerson(IReadOnlyList<MemberChange> Risky) : FileOutcome;
    public sealed record Denied(ChangeRefusal Why) : FileOutcome;
}
