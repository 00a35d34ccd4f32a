using Identity.Domain.Administration;

namespace Identity.Domain.Configuration;

/// <summary>What a change would do, for whoever is about to make or propose it.</summary>
public sealed class ItemPreviews(ItemDrafts drafts, ImpactPreview impact)
{
    public async Task<PreviewOutcome> OfAsync(AdminActor actor, ItemEdit edit, CancellationToken ct)
    {
        if (ItemChanges.ProblemOf(actor, edit with { Reason = "preview" }) is { } problem) return new PreviewOutcome.Problem(problem);
        return await drafts.MakeAsync(edit, ct) switch
        {
            ItemDraft.Unknown => new PreviewOutcome.Problem(new ItemOutcome.Denied(ChangeRefusal.UnknownItem)),
            ItemDraft.Stale stale => new PreviewOutcome.Problem(new ItemOutcome.Stale(stale.Current)),
            ItemDraft.Refused refused => new PreviewOutcome.Problem(new ItemOutcome.Refused(refused.Errors)),
            ItemDraft.Ready ready => new PreviewOutcome.Shown(new ItemPreview(ready.Changes, RiskyMembers.Of(edit.Item.Kind, ready.Changes, ready.Text?.Document),
                await impact.OfAsync(edit.Item, ready.Row?.Document, ready.Text?.Document, ct))),
            _ => throw new InvalidOperationException("A draft is ready, refused, stale or unknown."),
        };
    }
}

public abstract record PreviewOutcome
{
    private PreviewOutcome() { }
    public sealed record Shown(ItemPreview Preview) : PreviewOutcome;
    public sealed record Problem(ItemOutcome Outcome) : PreviewOutcome;
}

/// <param name="Risky">Those of the changes that need a second person.</param>
public sealed record ItemPreview(IReadOnlyList<MemberChange> Changes, IReadOnlyList<MemberChange> Risky, IReadOnlyList<Impact> Impacts);
