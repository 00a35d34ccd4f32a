using System.Text.Json;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;

namespace Identity.Admin.Api;

/// <summary>What the API reads and writes of the configuration; the documents inside are those of the command line.</summary>
public sealed record ListedItem(string Kind, string Name, LocalizedText? Title, bool Enabled, int Version, DateTimeOffset ChangedAt);

public sealed record ItemListing(IReadOnlyList<ListedItem> Items);

public sealed record ShownItem(string Kind, string Name, int Version, DateTimeOffset ChangedAt, JsonElement Document);

public sealed record ItemToWrite(string Reason, JsonElement Document);

public sealed record ShownVersion(int Version, DateTimeOffset ChangedAt, string ChangedBy)
{
    public string? Reason { get; init; }
    public string? ApprovedBy { get; init; }
    public int? RolledBackTo { get; init; }

    /// <summary>This version removed the item.</summary>
    public bool Removal { get; init; }
    public IReadOnlyList<MemberChange> Changes { get; init; } = [];

    public static ShownVersion Of(HistoryEntry entry) => new(entry.Version, entry.ChangedAt, entry.ChangedBy)
    {
        Reason = entry.Reason, ApprovedBy = entry.ApprovedBy, RolledBackTo = entry.RolledBackTo, Removal = entry.IsRemoval, Changes = entry.Changes,
    };
}

public sealed record VersionListing(IReadOnlyList<ShownVersion> Versions);

public sealed record RollbackToMake(int To, string? Reason = null);

public sealed record ItemToPreview(JsonElement Document);

public sealed record ShownPreview(IReadOnlyList<MemberChange> Changes, IReadOnlyList<MemberChange> RiskyChanges, IReadOnlyList<Impact> Impacts);

/// <summary>Without a document it asks for the item to be removed; then <paramref name="Remove"/> says so.</summary>
public sealed record ProposalToMake(string Kind, string Name, int BaseVersion, string Reason, JsonElement? Document = null, bool Remove = false);

public sealed record ShownProposal(Guid Id, string Kind, string Name, int BaseVersion, ProposalState State, string Reason, string ProposedBy, DateTimeOffset ProposedAt)
{
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? DecisionReason { get; init; }
    public JsonElement? Document { get; init; }
    public IReadOnlyList<MemberChange>? Changes { get; init; }

    /// <summary>Another version stands now, so it can be approved no more.</summary>
    public bool? Stale { get; init; }
    public IReadOnlyList<ThreeWayChange>? Meanwhile { get; init; }

    public static ShownProposal Of(ConfigurationProposal p) => new(p.Id, p.Kind, p.Name, p.BaseVersion, p.State, p.Reason, p.ProposedBy, p.ProposedAt) { DecidedBy = p.DecidedBy, DecidedAt = p.DecidedAt, DecisionReason = p.DecisionReason };

    public static ShownProposal Of(ProposalView view) => Of(view.Proposal) with
    {
        Document = view.Proposal.Document is { } document ? JsonElement.Parse(document) : null, Changes = view.Changes, Stale = view.IsStale, Meanwhile = view.IsStale ? view.Meanwhile : null,
    };
}

public sealed record ProposalListing(IReadOnlyList<ShownProposal> Proposals);

public sealed record Decision(string? Reason = null);

public sealed record FileToImport(string Reason, JsonElement Document);

public sealed record ImportResult(int Changes);
