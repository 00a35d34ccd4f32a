namespace Identity.Domain.Applications;

/// <summary>The way into production as both sides see it: the same checklist, the same document line by line.</summary>
public sealed class ProductionViews(ProductionProposals proposals, ReviewDesk reviews, ApplicationTeam team)
{
    /// <param name="wished">Addresses to look at while nothing is asked for; what is asked for has its own.</param>
    /// <param name="key">The same for a key of its own, where it needs one.</param>
    /// <returns>Without a document when there is none that it could be made of.</returns>
    public async Task<ProductionView> OpenAsync(ReachedApplication reached, ProductionAddresses wished, ProductionKey? key, CancellationToken ct)
    {
        var latest = await reviews.LatestAsync(reached, ct);
        var comments = latest is null ? [] : await reviews.CommentsAsync(latest.Id, ct);
        var proposal = latest is { IsPending: true } ? await proposals.OfAsync(reached.Application, latest, ct) : await proposals.MakeAsync(reached.Application, wished, key, ct);
        if (proposal is null) return new ProductionView(latest, comments, null, [], []);
        var (before, after) = (ProductionCopy.Text(proposal.Live ?? proposal.Tried), ProductionCopy.Text(proposal.Client));
        return new ProductionView(latest, comments, proposal, GoLiveChecklist.Of(reached.Application, proposal.Client, await team.KnownOwnersAsync(reached.Application.Id, ct)), LineDiff.Between(before, after, around: 1))
        {
            Whole = LineDiff.Whole(before, after), Read = latest is { IsPending: true } ? ReadRequest.Of(latest, proposal) : null,
        };
    }
}

/// <param name="Latest">Judged ones stay readable until the next.</param>
/// <param name="Checklist">What a machine sees of each item; null is for a human.</param>
/// <param name="Changes">Against production as it is, or against the sandbox the first time.</param>
public sealed record ProductionView(ProductionRequest? Latest, IReadOnlyList<ReviewComment> Comments, Proposal? Proposal, IReadOnlyList<(ReviewItem Item, bool? Holds)> Checklist, IReadOnlyList<DiffLine> Changes)
{
    /// <summary>All of it: nobody has read it before the first time, and whoever judges a change may want to.</summary>
    public IReadOnlyList<DiffLine> Whole { get; init; } = [];

    /// <summary>What this shows of a request that waits, for the answer to it.</summary>
    public ReadRequest? Read { get; init; }
}
