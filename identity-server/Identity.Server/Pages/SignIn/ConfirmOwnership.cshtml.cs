using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

/// <summary>An exact match that is too weak to be certain: a record is hinted at, and only its owner can connect it.</summary>
public sealed class ConfirmOwnershipModel : LoginPage
{
    public string ConnectorName { get; set; } = "";
    public IReadOnlyList<ShownFact> Attributes { get; set; } = [];
    public RecordHint? Record { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] FederatedSignIn federated, [FromServices] LinkingPages linking)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (federated.PeekNewDoor(pending) is not { } identity) return Redirect(LoginAddress.Chooser(RequestId));
        ConnectorName = pages.NameOf(identity.Connector);
        Attributes = FirstSignInModel.Recognisable(identity, pages.Offered(pending).Any(c => c.Name == identity.Connector && c.IsMailDoor));
        Record = await linking.CandidateAsync(pending, HttpContext.RequestAborted);
        return Page();
    }
}
