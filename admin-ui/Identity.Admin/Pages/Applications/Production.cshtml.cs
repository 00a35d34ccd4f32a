using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>The way into production, one page for both sides: the same checklist, the same document, the same clock.</summary>
[NeedsSignIn]
public sealed class ProductionModel : ApplicationPage
{
    [BindProperty(SupportsGet = true)] public ProductionInput Input { get; set; } = new();

    /// <summary>The latest one; judged ones stay readable until the next.</summary>
    public ProductionRequest? Latest { get; private set; }

    /// <summary>What this page shows of it, for the buttons that answer it.</summary>
    public ReadRequest? Read { get; private set; }

    public bool IsPending => Latest is { IsPending: true };
    public IReadOnlyList<(ReviewItem Item, bool? Holds)> Checklist { get; private set; } = [];
    public IReadOnlyList<DiffLine> Diff { get; private set; } = [];

    /// <summary>All of it: nobody has read it before the first time, and whoever judges a change may want to.</summary>
    public IReadOnlyList<DiffLine> Whole { get; private set; } = [];

    /// <summary>Nothing is in production yet.</summary>
    public bool IsFirst { get; private set; }

    /// <summary>A key of production's own has to be named.</summary>
    public bool NeedsKey { get; private set; }

    /// <summary>Private half of a key that was made with the request.</summary>
    public string? Secret { get; private set; }

    /// <summary>The client as it would go live.</summary>
    public Client Proposed { get; private set; } = null!;

    public ILookup<ReviewItem, ReviewComment> Comments { get; private set; } = Array.Empty<ReviewComment>().ToLookup(c => c.Item);
    public bool MayDecide => Latest is { State: RequestState.Open } request && May(ApplicationRights.Review) && request.RequestedBy != Actor.PersonId;
    public bool MayComment => IsPending && (May(ApplicationRights.Review) || May(ApplicationRights.Own));

    /// <summary>The client has addresses at all.</summary>
    public bool SignsIn { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromServices] ProductionPageServices services, [FromServices] ClientDocuments documents, [FromServices] ShownOnce shown, string? done, string? once, CancellationToken ct)
    {
        if (!await LoadAsync(services, done, ct)) return NotFound();
        Secret = await shown.TakeAsync(once, Actor, ct);
        if (!IsPending && !FormCameBack) await SuggestAsync(documents, ct);
        return Page();
    }

    public async Task<IActionResult> OnGetLogoAsync([FromServices] ProductionPageServices services, CancellationToken ct) => await LoadAsync(services, null, ct) ? Picture(Proposed.Logo) : NotFound();

    public async Task<IActionResult> OnPostAskAsync([FromServices] ProductionPageServices services, [FromServices] ProductionRequests requests, [FromServices] ShownOnce shown, CancellationToken ct)
    {
        var outcome = await requests.AskAsync(Actor, Id, new ProductionWish(Input.Addresses, OrNull(Input.Contact) ?? "") { Key = Input.KeyWish }, ct);
        return outcome is ApplicationOutcome.Done { Secret: { } key }
            ? SeeOther(await shown.AddressAsync($"/apps/{Id}/production", "requested", key, Actor, ct))
            : await AnswerAsync(services, Task.FromResult(outcome), "requested", ct);
    }

    public Task<IActionResult> OnPostWithdrawAsync([FromServices] ProductionPageServices services, [FromServices] ProductionRequests requests, CancellationToken ct) =>
        AnswerAsync(services, requests.WithdrawAsync(Actor, Id, ct), "withdrawn", ct);

    public Task<IActionResult> OnPostCommentAsync([FromServices] ProductionPageServices services, CancellationToken ct) =>
        AnswerAsync(services, services.Reviews.CommentAsync(Actor, Id, Input.Item, Input.Text ?? "", ct), "commented", ct);

    public Task<IActionResult> OnPostApproveAsync([FromServices] ProductionPageServices services, CancellationToken ct) =>
        AnswerAsync(services, services.Reviews.ApproveAsync(Actor, Id, Input.Read, ct), "approved", ct);

    public Task<IActionResult> OnPostRefuseAsync([FromServices] ProductionPageServices services, CancellationToken ct) =>
        AnswerAsync(services, services.Reviews.RefuseAsync(Actor, Id, Input.Read, Input.Reason ?? "", Input.NextStep ?? "", ct), "refused", ct);

    public async Task<IActionResult> OnPostLiveAsync([FromServices] ProductionPageServices services, [FromServices] ProductionRequests requests, [FromServices] ShownOnce shown, CancellationToken ct)
    {
        var outcome = await requests.GoLiveAsync(Actor, Id, Input.Read, ct);
        return outcome is ApplicationOutcome.Done { Secret: var secret }
            ? SeeOther(await shown.AddressAsync($"/apps/{Id}", "live", secret, Actor, ct))
            : await AnswerAsync(services, Task.FromResult(outcome), "live", ct);
    }

    private async Task<IActionResult> AnswerAsync(ProductionPageServices services, Task<ApplicationOutcome> change, string done, CancellationToken ct)
    {
        var outcome = await change;
        if (outcome is ApplicationOutcome.Done) return SeeOther($"/apps/{Id}/production", done);
        return await LoadAsync(services, null, ct) ? Explain(outcome)! : NotFound();
    }

    private async Task<bool> LoadAsync(ProductionPageServices services, string? done, CancellationToken ct)
    {
        if (!await OpenAsync(services.Access, done, ct)) return false;
        if (await services.Views.OpenAsync(Reached, Input.Addresses, Input.KeyWish?.Read(), ct) is not { Proposal: { } proposal } view) return false;
        (Latest, Checklist, Diff, Whole, Comments) = (view.Latest, view.Checklist, view.Changes, view.Whole, view.Comments.ToLookup(c => c.Item));
        (Read, SignsIn) = (view.Read, proposal.Tried.Allows(GrantType.AuthorizationCode));
        (Proposed, IsFirst, NeedsKey) = (proposal.Client, proposal.Live is null, proposal.NeedsKey);
        return true;
    }

    /// <summary>What is live now, or what of the sandbox could be.</summary>
    private async Task SuggestAsync(ClientDocuments documents, CancellationToken ct)
    {
        var live = (await documents.FindAsync(Application.ProductionClientId, ct))?.Client;
        var from = live ?? (await documents.FindAsync(Application.SandboxClientId, ct))!.Client;
        Input = new()
        {
            RedirectUris = string.Join('\n', from.RedirectUris.Where(a => a.StartsWith("https://", StringComparison.Ordinal) && !a.EndsWith(TryIt.TryItRoutes.Callback, StringComparison.Ordinal))),
            PostLogoutRedirectUris = string.Join('\n', from.PostLogoutRedirectUris.Where(a => a.StartsWith("https://", StringComparison.Ordinal))),
            BackchannelLogoutUri = from.BackchannelLogoutUri, InitiateLoginUri = from.InitiateLoginUri, Contact = Application.Contact ?? Latest?.Contact,
        };
    }
}

/// <summary>What the page of the way into production is made from.</summary>
public sealed record ProductionPageServices(ApplicationAccess Access, ProductionViews Views, ReviewDesk Reviews);

public sealed record ProductionInput
{
    public string? RedirectUris { get; set; }
    public string? PostLogoutRedirectUris { get; set; }
    public string? BackchannelLogoutUri { get; set; }
    public string? InitiateLoginUri { get; set; }
    public string? Contact { get; set; }
    public KeySource? Key { get; set; }
    public string? Jwk { get; set; }
    public string? JwksUri { get; set; }
    public ReviewItem Item { get; set; }
    public string? Text { get; set; }
    public string? Reason { get; set; }
    public string? NextStep { get; set; }
    public Guid Request { get; set; }
    public string? Digest { get; set; }

    public KeyWish? KeyWish => Key is { } source ? new(source, (source == KeySource.Uploaded ? Jwk : JwksUri)?.Trim() ?? "") : null;

    public ReadRequest Read => new(Request, Digest ?? "");

    public ProductionAddresses Addresses => new(ApplicationPage.Lines(RedirectUris), ApplicationPage.Lines(PostLogoutRedirectUris), ApplicationPage.OrNull(BackchannelLogoutUri), ApplicationPage.OrNull(InitiateLoginUri));
}
