using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>Secrets and keys of the sandbox and of production, each with when and from where it was last used.</summary>
[NeedsSignIn]
public sealed class KeysModel : ApplicationPage
{
    /// <summary>What all forms here say: whose keys, and the version that they were looked at in.</summary>
    [BindProperty(SupportsGet = true)] public KeysInput Input { get; set; } = new();

    public IReadOnlyList<KeyRing> Rings { get; private set; } = [];
    public string? Secret { get; private set; }

    /// <summary>Changes of production that wait for a second person.</summary>
    public IReadOnlyList<KeyProposal> Waiting { get; private set; } = [];

    public DateTimeOffset Now { get; private set; }

    public async Task<IActionResult> OnGetAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, string? done, string? once, CancellationToken ct)
    {
        if (!await LoadAsync(services, done, ct)) return NotFound();
        Secret = await shown.TakeAsync(once, Actor, ct);
        return Page();
    }

    public Task<IActionResult> OnPostAddAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.AddSecretAsync(Actor, Place, ct), "saved", ct);

    public Task<IActionResult> OnPostRevokeAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.RevokeSecretAsync(Actor, Place, Input.Sha256 ?? "", Input.Force, ct), "secret_revoked", ct);

    public Task<IActionResult> OnPostEndAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.EndSecretAsync(Actor, Place, Input.Sha256 ?? "", EndOfDay, ct), "secret_ends", ct);

    public Task<IActionResult> OnPostAddressAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.UseJwksUriAsync(Actor, Place, Input.JwksUri?.Trim() ?? "", ct), "key_set", ct);

    public Task<IActionResult> OnPostUploadAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.UseKeyAsync(Actor, Place, Input.Jwk ?? "", ct), "key_set", ct);

    public Task<IActionResult> OnPostMakeAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.MakeKeyAsync(Actor, Place, ct), "key_set", ct);

    public Task<IActionResult> OnPostRetireAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.RetireKeyAsync(Actor, Place, Input.Key ?? "", Input.Force, ct), "secret_revoked", ct);

    public Task<IActionResult> OnPostEndKeyAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Keys.EndKeyAsync(Actor, Place, Input.Key ?? "", EndOfDay, ct), "secret_ends", ct);

    public Task<IActionResult> OnPostConfirmAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Proposals.ConfirmAsync(Actor, Id, Input.Proposal, ct), "key_confirmed", ct);

    public Task<IActionResult> OnPostDropAsync([FromServices] KeysPageServices services, [FromServices] ShownOnce shown, CancellationToken ct) =>
        ChangeAsync(services, shown, services.Proposals.DropAsync(Actor, Id, Input.Proposal, ct), "key_dropped", ct);

    public bool MayChange(KeyRing ring) => May(ring.Environment == ClientEnvironment.Production ? ApplicationRights.Own : ApplicationRights.Develop);

    private KeyPlace Place => new(Id, Input.Environment, Input.Version) { Force = Input.Force };

    private DateTimeOffset EndOfDay => Input.End is { } day ? new DateTimeOffset(day.ToDateTime(new TimeOnly(23, 59, 59)), TimeSpan.FromHours(7)).ToUniversalTime() : default;

    private async Task<IActionResult> ChangeAsync(KeysPageServices services, ShownOnce shown, Task<ApplicationOutcome> change, string done, CancellationToken ct)
    {
        var outcome = await change;
        if (outcome is ApplicationOutcome.Done { Secret: var secret, Waits: var waits }) return SeeOther(await shown.AddressAsync($"/apps/{Id}/keys", waits ? "key_waits" : done, secret, Actor, ct));
        return await LoadAsync(services, null, ct) ? Explain(outcome)! : NotFound();
    }

    private async Task<bool> LoadAsync(KeysPageServices services, string? done, CancellationToken ct)
    {
        if (!await OpenAsync(services.Access, done, ct)) return false;
        Now = services.Clock.GetUtcNow();
        var rings = new List<KeyRing>();
        foreach (var environment in new[] { ClientEnvironment.Sandbox, ClientEnvironment.Production })
            if (await services.Keys.RingAsync(Application, environment, ct) is { } ring) rings.Add(ring);
        Rings = rings;
        Waiting = await services.Proposals.OpenAsync(Reached, ct);
        return true;
    }
}

/// <summary>What the page of keys is made from.</summary>
public sealed record KeysPageServices(ApplicationAccess Access, ApplicationKeys Keys, KeyProposals Proposals, TimeProvider Clock);

public sealed record KeysInput
{
    public ClientEnvironment Environment { get; set; } = ClientEnvironment.Sandbox;
    public int Version { get; set; }
    public string? Sha256 { get; set; }
    public bool Force { get; set; }
    public DateOnly? End { get; set; }
    public string? JwksUri { get; set; }
    public string? Jwk { get; set; }

    /// <summary>Mark of one.</summary>
    public string? Key { get; set; }

    public Guid Proposal { get; set; }
}
