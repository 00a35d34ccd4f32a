using Identity.Domain.Administration;
using Identity.Domain.Storage;

namespace Identity.Domain.Configuration;

/// <summary>Changes one item. Two people who edit the same one never overwrite each other, and what is risky needs a second person (<see cref="ConfigurationProposals"/>).</summary>
public sealed class ItemChanges(IdentityDb db, ItemDrafts drafts, StoredItems items)
{
    public Task<ItemOutcome> ChangeAsync(AdminActor actor, ItemEdit edit, CancellationToken ct) =>
        ProblemOf(actor, edit) is { } problem ? Task.FromResult<ItemOutcome>(problem)
        : StorageLock.RunAsync(db, StorageLockName.Configuration, async () => await drafts.MakeAsync(edit, ct) switch
        {
            ItemDraft.Ready { Changes.Count: > 0 } ready when RiskyMembers.Of(edit.Item.Kind, ready.Changes, edit.Document) is { Count: > 0 } risky => new ItemOutcome.NeedsSecondPerson(risky),
            var draft => await ApplyAsync(draft, new ChangeNote(actor.Name, edit.Reason.Trim()), ct),
        }, ct);

    /// <summary>For rules of this domain that have had their second person, or need none. The caller answers for that.</summary>
    internal Task<ItemOutcome> ApplyAsync(ItemEdit edit, ChangeNote note, CancellationToken ct) =>
        StorageLock.RunAsync(db, StorageLockName.Configuration, async () => await ApplyAsync(await drafts.MakeAsync(edit, ct), note, ct), ct);

    /// <summary>The same inside a transaction that holds the lock already.</summary>
    internal async Task<ItemOutcome> ApplyAsync(ItemDraft draft, ChangeNote note, CancellationToken ct)
    {
        switch (draft)
        {
            case ItemDraft.Unknown: return new ItemOutcome.Denied(ChangeRefusal.UnknownItem);
            case ItemDraft.Stale stale: return new ItemOutcome.Stale(stale.Current);
            case ItemDraft.Refused refused: return new ItemOutcome.Refused(refused.Errors);
            case ItemDraft.Ready { Changes.Count: 0 } same: return new ItemOutcome.Unchanged(same.Version);
            case ItemDraft.Ready ready:
                var version = ready.Text is { } text ? items.Write(ready.Row, text, ready.Version, note) : items.Remove(ready.Row!, note);
                await ConfigurationRevision.BumpAsync(db, ct);
                await db.SaveChangesAsync(ct);
                return new ItemOutcome.Changed(version);
            default: throw new InvalidOperationException("A draft is ready, refused, stale or unknown.");
        }
    }

    internal static ItemOutcome? ProblemOf(AdminActor actor, ItemEdit edit) =>
        !actor.May(Permission.ChangeConfiguration) ? new ItemOutcome.Denied(ChangeRefusal.NotPermitted)
        : string.IsNullOrWhiteSpace(edit.Reason) || edit.Reason.Length > ItemEdit.LongestReason ? new ItemOutcome.Denied(ChangeRefusal.ReasonIsMissing)
        : !ItemKey.IsKind(edit.Item.Kind) ? new ItemOutcome.Denied(ChangeRefusal.UnknownItem)
        : null;
}

public abstract record ItemOutcome
{
    private ItemOutcome() { }
    public sealed record Changed(int Version) : ItemOutcome;

    /// <summary>It says what is stored already.</summary>
    public sealed record Unchanged(int Version) : ItemOutcome;
    public sealed record Refused(IReadOnlyList<ConfigurationError> Errors) : ItemOutcome;

    /// <summary>Another version stands now; what changed meanwhile has to be looked at first.</summary>
    public sealed record Stale(int Current) : ItemOutcome;

    /// <param name="Risky">What nobody changes alone.</param>
    public sealed record NeedsSecondPerson(IReadOnlyList<MemberChange> Risky) : ItemOutcome;

    /// <summary>It waits for somebody else.</summary>
    public sealed record Proposed(Guid Id) : ItemOutcome;
    public sealed record Denied(ChangeRefusal Why) : ItemOutcome;
}

public enum ChangeRefusal
{
    NotPermitted,
    ReasonIsMissing,
    UnknownItem,
    UnknownVersion,
    UnknownProposal,

    /// <summary>Nobody is their own second person; and of the two, one is a human being.</summary>
    OwnProposal,
    AlreadyDecided,
}
