using Identity.Protocols.Federation;
using Identity.Server.Login;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.SignIn;

public sealed class FirstSignInModel : LoginPage
{
    public string ConnectorName { get; set; } = "";

    /// <summary>What the source sent, in the order to show. Nothing here is ever typed by the person.</summary>
    public IReadOnlyList<ShownFact> Attributes { get; set; } = [];

    // Enough to recognise oneself; the rest is shown before it goes anywhere.
    private static readonly string[] Shown = [AttributeNames.Name, AttributeNames.PersonalNumber, AttributeNames.BirthDate, AttributeNames.Gender];
    private static readonly string[] ShownOfMail = [AttributeNames.Name, AttributeNames.Email, AttributeNames.OrganisationUnit, AttributeNames.JobTitle, AttributeNames.EmployeeNumber];

    /// <summary>An agency's directory speaks, not the national e-ID.</summary>
    public bool IsMail { get; set; }

    /// <summary>Another page follows: said beforehand, so that nobody thinks they are being kept.</summary>
    public bool HasSecondStep { get; set; }

    public async Task<IActionResult> OnGetAsync([FromServices] SignInPages pages, [FromServices] FederatedSignIn federated, [FromServices] FirstContact contact)
    {
        var (pending, elsewhere) = await pages.OpenAsync(this);
        if (pending is null) return elsewhere!;
        if (federated.Peek(pending) is not { } identity) return Redirect(LoginAddress.Chooser(RequestId));
        HasSecondStep = contact.IsAsked(HttpContext);
        ConnectorName = pages.NameOf(identity.Connector);
        IsMail = pages.Offered(pending).Any(c => c.Name == identity.Connector && c.IsMailDoor);
        Attributes = Recognisable(identity, IsMail);
        return Page();
    }

    public static IReadOnlyList<ShownFact> Recognisable(ExternalIdentity identity, bool isMail) =>
        [.. (isMail ? ShownOfMail : Shown).Where(name => identity.Find(name) is not null).Select(name => new ShownFact(name, identity.Find(name)!))];
}
