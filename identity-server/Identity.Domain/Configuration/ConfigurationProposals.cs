using System.Text.Json.Nodes;
using Identity.Domain.Administration;
using Identity.Domain.Audit;
using Identity.Domain.Storage;
using Microsoft.EntityFrameworkCore;

namespace Identity.Domain.Configuration;

/// <summary>Two pairs of eyes: one person writes the change and says why, another one makes it so. Nothing of it is live in between.</summary>
public sealed class ConfigurationProposals(IdentityDb db, ItemDrafts drafts, ItemChanges changes, StoredItems items, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Anything may be proposed; what is not risky need not be.</summary>
    public async Task<ItemOutcome> ProposeAsync(AdminActor actor, ItemEdit edit, CancellationToken ct)
    {
        if (ItemChanges.ProblemOf(actor, edit) is { } problem) return problem;
        switch (await drafts.MakeAsync(edit, ct))
        {
            case ItemDraft.Unknown: return new ItemOutcome.Denied(ChangeRefusal.UnknownItem);
            case ItemDraft.Stale stale: return new ItemOutcome.Stale(stale.Current);
            case ItemDraft.Refused refused: return new ItemOutcome.Refused(refused.Errors);
            case ItemDraft.Ready { Changes.Count: 0 } same: return new ItemOutcome.Unchanged(same.Version);
            case ItemDraft.Ready ready:
                var proposal = new ConfigurationProposal
                {
                    Kind = edit.Item.Kind, Name = edit.Item.Name, BaseVersion = edit.BaseVersion, Document = ready.Text?.Document, SealedSecret = ready.Text is { } text ? items.Seal(text) : null,
                    Reason = edit.Reason.Trim(), ProposedBy = actor.Name, ProposedAt = clock.GetUtcNow(),
                };
                db.ConfigurationProposals.Add(proposal);
                Audit("configuration.proposed", proposal);
                await db.SaveChangesAsync(ct);
                return new ItemOutcome.Proposed(proposal.Id);
            default: throw new InvalidOperationException("A draft is ready, refused, stale or unknown.");
        }
    }

    /// <summary>Makes the change, if it still is the one that was proposed: on the same version, and by the rules of today.</summary>
    public async Task<ItemOutcome> ApproveAsync(AdminActor actor, Guid id, string? reason, CancellationToken ct)
    {
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.Configuration, ct);
        var (proposal, problem) = await FindOpenAsync(actor, id, ct);
        if (proposal is null) return problem!;
        if (!IsSecondPerson(actor, proposal)) return new ItemOutcome.Denied(ChangeRefusal.OwnProposal);
        // First of all: what was taken back or refused in this moment is not made, and what is not made after all stays open.
        if (!await DecideAsync(actor, proposal, ProposalState.Applied, reason, "configuration.approved", ct)) return new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided);
        var draft = await drafts.MakeAsync(new ItemEdit(proposal.Item, proposal.BaseVersion, DocumentOf(proposal), proposal.Reason), ct);
        var outcome = await changes.ApplyAsync(draft, new ChangeNote(proposal.ProposedBy, proposal.Reason) { ApprovedBy = actor.Name }, ct);
        if (outcome is ItemOutcome.Changed or ItemOutcome.Unchanged) await transaction.CommitAsync(ct);
        return outcome;
    }

    /// <summary>Its maker may not refuse it, only take it back.</summary>
    /// <returns>Null when it was refused.</returns>
    public async Task<ItemOutcome?> RefuseAsync(AdminActor actor, Guid id, string? reason, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason)) return new ItemOutcome.Denied(ChangeRefusal.ReasonIsMissing);
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.Configuration, ct);
        var (proposal, problem) = await FindOpenAsync(actor, id, ct);
        if (proposal is null) return problem;
        if (!IsSecondPerson(actor, proposal)) return new ItemOutcome.Denied(ChangeRefusal.OwnProposal);
        if (!await DecideAsync(actor, proposal, ProposalState.Refused, reason, "configuration.proposal.refused", ct)) return new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <returns>Null when it was taken back.</returns>
    public async Task<ItemOutcome?> WithdrawAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        await using var transaction = await StorageLock.BeginAsync(db, StorageLockName.Configuration, ct);
        var proposal = await db.ConfigurationProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal is null || proposal.ProposedBy != actor.Name || !actor.May(Permission.ChangeConfiguration)) return new ItemOutcome.Denied(ChangeRefusal.UnknownProposal);
        if (!await DecideAsync(actor, proposal, ProposalState.Withdrawn, null, "configuration.proposal.withdrawn", ct)) return new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided);
        await transaction.CommitAsync(ct);
        return null;
    }

    internal Task<ConfigurationProposal?> FindOpenAsync(Guid? id, CancellationToken ct) =>
        db.ConfigurationProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.State == ProposalState.Open, ct);

    /// <summary>By an owner, who may change nothing of the configuration: it is judged like any other. The caller answers for the right and for the document, and commits.</summary>
    internal ConfigurationProposal AddOfOwner(AdminActor owner, ItemKey item, int version, string document, string reason)
    {
        var proposal = new ConfigurationProposal { Kind = item.Kind, Name = item.Name, BaseVersion = version, Document = document, Reason = reason.Trim(), ProposedBy = owner.Name, ProposedAt = clock.GetUtcNow() };
        db.ConfigurationProposals.Add(proposal);
        Audit("configuration.proposed", proposal);
        return proposal;
    }

    /// <summary>By an owner, whichever of them had made it. The caller answers for the right and has a transaction; false when somebody has decided meanwhile.</summary>
    internal Task<bool> TakeBackAsync(AdminActor owner, ConfigurationProposal proposal, CancellationToken ct) => DecideAsync(owner, proposal, ProposalState.Withdrawn, null, "configuration.proposal.withdrawn", ct);

    /// <summary>By another owner. The caller answers for the right, and holds the lock and its transaction.</summary>
    internal async Task<ItemOutcome> ApproveOfOwnerAsync(AdminActor owner, ConfigurationProposal proposal, CancellationToken ct)
    {
        if (!IsSecondPerson(owner, proposal)) return new ItemOutcome.Denied(ChangeRefusal.OwnProposal);
        var draft = await drafts.MakeAsync(new ItemEdit(proposal.Item, proposal.BaseVersion, DocumentOf(proposal), proposal.Reason), ct);
        if (draft is ItemDraft.Ready { Changes.Count: > 0 } && !await DecideAsync(owner, proposal, ProposalState.Applied, null, "configuration.approved", ct)) return new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided);
        return await changes.ApplyAsync(draft, new ChangeNote(proposal.ProposedBy, proposal.Reason) { ApprovedBy = owner.Name }, ct);
    }

    private async Task<(ConfigurationProposal? Proposal, ItemOutcome? Problem)> FindOpenAsync(AdminActor actor, Guid id, CancellationToken ct)
    {
        if (!actor.May(Permission.ApproveConfiguration)) return (null, new ItemOutcome.Denied(ChangeRefusal.NotPermitted));
        var proposal = await db.ConfigurationProposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (proposal is null) return (null, new ItemOutcome.Denied(ChangeRefusal.UnknownProposal));
        return proposal.State == ProposalState.Open ? (proposal, null) : (null, new ItemOutcome.Denied(ChangeRefusal.AlreadyDecided));
    }

    /// <summary>Somebody else, and not two machines: whoever holds the keys of both would be alone.</summary>
    private static bool IsSecondPerson(AdminActor actor, ConfigurationProposal proposal) =>
        actor.Name != proposal.ProposedBy && !(actor.IsMachine && AdminActor.IsMachineName(proposal.ProposedBy));

    /// <summary>One of two who decide at once wins; the row count says who.</summary>
    private async Task<bool> DecideAsync(AdminActor actor, ConfigurationProposal proposal, ProposalState state, string? reason, string name, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        var why = string.IsNullOrWhiteSpace(reason) ? null : reason.Trim();
        if (await db.ConfigurationProposals.Where(p => p.Id == proposal.Id && p.State == ProposalState.Open).ExecuteUpdateAsync(set => set
                .SetProperty(p => p.State, state).SetProperty(p => p.DecidedBy, actor.Name).SetProperty(p => p.DecidedAt, now).SetProperty(p => p.DecisionReason, why), ct) == 0) return false;
        Audit(name, proposal);
        await db.SaveChangesAsync(ct);
        return true;
    }

    /// <summary>With the secrets that came with it, so that the rules judge what will be stored.</summary>
    private string? DocumentOf(ConfigurationProposal proposal)
    {
        if (proposal.Document is null || items.Open(proposal.Name, proposal.SealedSecret) is not { } secrets) return proposal.Document;
        var document = JsonNode.Parse(proposal.Document)!.AsObject();
        var settings = document["settings"]!.AsObject();
        foreach (var (member, secret) in ConnectorSecret.FromStored(secrets)) settings[member] = secret;
        return document.ToJsonString();
    }

    private void Audit(string name, ConfigurationProposal proposal) => audit.Add(name,
        clientId: proposal.Kind == ConfigurationStore.ClientKind ? proposal.Name : null, connector: proposal.Kind == ConfigurationStore.ConnectorKind ? proposal.Name : null,
        detail: $"{proposal.Id} {proposal.Kind} {proposal.Name} from version {proposal.BaseVersion} by {proposal.ProposedBy}");
}
