using Identity.Admin.Access;
using Identity.Admin.SignIn;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Pages.Applications;

[NeedsSignIn]
public sealed class OverviewModel : ApplicationPage
{
    /// <summary>The new secret, this one time.</summary>
    public string? Secret { get; private set; }

    public Client Client { get; private set; } = null!;
    public Client? Production { get; private set; }
    public string Issuer { get; private set; } = "";
    public IReadOnlyList<PasteSnippet> Snippets { get; private set; } = [];
    public int Owners { get; private set; }
    public ProductionRequest? Latest { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, [FromServices] ShownOnce shown, [FromServices] ApplicationTeam team,
        [FromServices] ReviewDesk reviews, [FromServices] IOptions<AdminOptions> options, string? done, string? once, CancellationToken ct)
    {
        if (!await OpenAsync(access, done, ct) || await documents.FindAsync(Application.SandboxClientId, ct) is not { Client: var client }) return NotFound();
        Secret = await shown.TakeAsync(once, Actor, ct);
        (Client, Issuer) = (client, options.Value.Issuer);
        Production = (await documents.FindAsync(Application.ProductionClientId, ct))?.Client;
        Snippets = PasteSnippet.For(Application.Kind, client, options.Value.Issuer);
        Owners = await team.OwnersAsync(Id, ct);
        Latest = await reviews.LatestAsync(Reached, ct);
        return Page();
    }

    /// <summary>Key of the one thing to do next.</summary>
    public string NextStep =>
        Owners < ApplicationTeam.FewestOwners ? "team"
        : Application.State == ApplicationState.Approved ? "go_live"
        : Application.State == ApplicationState.InReview ? "wait"
        : Application.TriedAt is null && !GoLiveChecklist.CannotBeTried(Client) ? "try"
        : Application.State == ApplicationState.Live ? "nothing" : "request";

    public string NextPath => NextStep switch { "team" => "team", "try" => "try", _ => "production" };
}
