using Identity.Domain.Linking;
using Identity.Domain.Sessions;
using Identity.Server.Account;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>Taking a way to sign in away, or why that cannot be.</summary>
public sealed class RemoveIdentityModel : AccountPage
{
    [FromRoute(Name = "id")]
    public Guid LinkId { get; set; }

    public string Name { get; set; } = "";
    public DoorRemovalObstacle? Obstacle { get; set; }

    /// <summary>Names of the services that only this way serves.</summary>
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Nothing more is asked before it is done.</summary>
    public bool IsProved { get; set; }

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] WaysToSignIn ways, [FromServices] AccountNames names, [FromServices] FreshProof proof, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            if (await ways.JudgeAsync(session.PersonId, LinkId, ct) is not { Door: var link, Verdict: var verdict }) return NotFound();
            Name = names.Method(link.Connector);
            (Obstacle, Services) = (verdict.Obstacle, [.. verdict.Services.Select(names.App)]);
            IsProved = await proof.IsGivenAsync(session, ct);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromServices] AccountDoor door, [FromServices] WaysToSignIn ways, [FromServices] FreshProof proof) =>
        door.EnterFreshAsync(HttpContext, Address, session => proof.RequireAsync(HttpContext, session, Address, () => RemoveAsync(session, ways)));

    private string Address => $"/account/identities/{LinkId}/remove";

    private async Task<IActionResult> RemoveAsync(Session session, WaysToSignIn ways)
    {
        var removed = await ways.RemoveAsync(session, LinkId, CancellationToken.None);
        return AccountDone.Show(HttpContext, "/account/identities", removed ? AccountNotice.DoorRemoved : null);
    }
}
