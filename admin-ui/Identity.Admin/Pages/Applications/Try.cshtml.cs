using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>Before a try: what will happen, or why it cannot.</summary>
[NeedsSignIn]
public sealed class TryModel : ApplicationPage
{
    public Client Client { get; private set; } = null!;

    /// <summary>Key of the text that says why this kind cannot be tried here.</summary>
    public string? Obstacle =>
        Client.ApplicationType == ApplicationType.Machine ? "machine"
        : Client.ApplicationType == ApplicationType.Native ? "mobile"
        : Client.TokenEndpointAuthMethod == ClientAuthenticationMethod.PrivateKeyJwt ? "key"
        : !May(ApplicationRights.Try) ? "role"
        : null;

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct)
    {
        if (!await OpenAsync(access, null, ct) || await documents.FindAsync(Application.SandboxClientId, ct) is not { } stored) return NotFound();
        Client = stored.Client;
        return Page();
    }
}
