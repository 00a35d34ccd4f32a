using Identity.Admin.Access;
using Identity.Admin.Pages.Configuration;
using Identity.Admin.SignIn;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Identity.Domain.Configuration;
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

    [BindProperty(SupportsGet = true)] public StillUsedInput Input { get; set; } = new();

    /// <summary>Beside the yearly question, for whoever answers it or sees to it that somebody does; null for everybody else, and outside production.</summary>
    public UseFacts? Facts { get; private set; }

    /// <summary>Name of whoever answered last.</summary>
    public string? Confirmer { get; private set; }

    public DateTimeOffset Now { get; private set; }
    public bool MayAnswer => Facts is not null && May(ApplicationRights.Own);
    public bool IsAsked => Application.IsToBeConfirmed(Now) && Facts is not { Closing.State: ProposalState.Open or ProposalState.Applied };
    public bool IsOverdue => IsAsked && Application.ConfirmationDueAt <= Now;

    public async Task<IActionResult> OnGetAsync([FromServices] OverviewPageServices services, [FromServices] ShownOnce shown, string? done, string? once, CancellationToken ct)
    {
        if (!await LoadAsync(services, done, ct)) return NotFound();
        Secret = await shown.TakeAsync(once, Actor, ct);
        if (!FormCameBack) Input = new() { Contact = Facts?.Contact };
        return Page();
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromServices] OverviewPageServices services, CancellationToken ct) =>
        await AnswerAsync(await services.Confirmations.ConfirmAsync(Actor, Id, OrNull(Input.Contact) ?? "", ct), "confirmed", services, ct);

    public async Task<IActionResult> OnPostUnusedAsync([FromServices] OverviewPageServices services, CancellationToken ct) =>
        await AnswerAsync(await services.Confirmations.AskClosingAsync(Actor, Id, OrNull(Input.Why) ?? "", ct), "closing_asked", services, ct);

    private async Task<IActionResult> AnswerAsync(ApplicationOutcome outcome, string done, OverviewPageServices services, CancellationToken ct)
    {
        if (outcome is ApplicationOutcome.Done) return SeeOther($"/apps/{Id}", done);
        return await LoadAsync(services, null, ct) ? Explain(outcome)! : NotFound();
    }

    private async Task<bool> LoadAsync(OverviewPageServices services, string? done, CancellationToken ct)
    {
        if (!await OpenAsync(services.Access, done, ct) || await services.Documents.FindAsync(Application.SandboxClientId, ct) is not { Client: var client }) return false;
        (Client, Issuer, Now) = (client, services.Options.Value.Issuer, services.Clock.GetUtcNow());
        Production = (await services.Documents.FindAsync(Application.ProductionClientId, ct))?.Client;
        Snippets = PasteSnippet.For(Application.Kind, client, Issuer);
        Owners = await services.Team.OwnersAsync(Id, ct);
        if (Production is not null && (May(ApplicationRights.Own) || May(ApplicationRights.HandOver))) Facts = await services.Facts.ReadAsync(Reached, ct);
        if (Application.ConfirmedBy is { } actor) Confirmer = (await services.Names.OfAsync([actor], ct)).GetValueOrDefault(actor, actor);
        return true;
    }

    /// <summary>Key of the one thing to do next.</summary>
    public string NextStep =>
        Owners < ApplicationTeam.FewestOwners ? "team"
        : MayAnswer && IsAsked ? "confirm"
        : Application.State == ApplicationState.Approved ? "go_live"
        : Application.State == ApplicationState.InReview ? "wait"
        : Application.TriedAt is null && !GoLiveChecklist.CannotBeTried(Client) ? "try"
        : Application.State == ApplicationState.Live ? "nothing" : "request";

    public string NextPath => NextStep switch { "team" => "team", "try" => "try", "confirm" => "#still-used", _ => "production" };
}

/// <summary>What the first page of an application is made from.</summary>
public sealed record OverviewPageServices(ApplicationAccess Access, ClientDocuments Documents, ApplicationTeam Team, ApplicationConfirmations Confirmations, ConfirmationFacts Facts, ActorNames Names, IOptions<AdminOptions> Options, TimeProvider Clock);

public sealed record StillUsedInput
{
    public string? Contact { get; set; }
    public string? Why { get; set; }
}
