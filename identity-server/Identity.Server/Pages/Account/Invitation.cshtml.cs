using Identity.Domain.Delegation;
using Identity.Server.Account;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>The invited side: type the code, see who offers what, say yes or no.</summary>
public sealed class InvitationModel : AccountPage
{
    /// <summary>As typed; only a form carries it, never an address.</summary>
    public string Code { get; set; } = "";

    public InvitationFault? Fault { get; set; }

    /// <summary>The offer, once the code and the name fit.</summary>
    public OfferRow? Offer { get; set; }

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door) => door.EnterAsync(HttpContext, _ => Task.FromResult<IActionResult>(Page()));

    public Task<IActionResult> OnPostAsync([FromForm] string? code, [FromForm] string? answer, [FromServices] AccountDoor door, [FromServices] InvitationDesk desk,
        [FromServices] ActingForRecord record, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            (Code, LanguagePath) = (code?.Trim() ?? "", "/account/acting-for/invitation");
            if (await desk.FindAsync(code, session.PersonId, ct) is not { } invitation) return Refuse(InvitationFault.Unknown);
            if (answer is "yes" or "no") return await AnswerAsync(desk, invitation, session.PersonId, answer == "yes");
            var source = await record.FindSourceAsync(invitation.InviterId, invitation.FromCapacity, ct);
            if (source is null) return Refuse(InvitationFault.NotHeld);
            Offer = new(invitation.Kind, await record.NameAsync(invitation.InviterId, ct), source.Name)
                { Services = record.ServiceNames(invitation.Services), Until = invitation.ValidTo, Position = invitation.Position, MayPassOn = invitation.FurtherSteps > 0 };
            return Page();
        });

    private async Task<IActionResult> AnswerAsync(InvitationDesk desk, Invitation invitation, Guid personId, bool accepts)
    {
        var (answered, fault) = await desk.AnswerAsync(invitation, personId, accepts, CancellationToken.None);
        if (fault is not null) return Refuse(InvitationFault.NotHeld);
        return AccountDone.Show(HttpContext, "/account/acting-for", answered && accepts ? AccountNotice.MandateAccepted : null);
    }

    private Microsoft.AspNetCore.Mvc.RazorPages.PageResult Refuse(InvitationFault fault)
    {
        (Fault, HasFault, Offer) = (fault, true, null);
        return Page();
    }
}

/// <param name="For">In whose name the right would be used.</param>
public sealed record OfferRow(InvitationKind Kind, string Inviter, string For)
{
    public IReadOnlyList<string> Services { get; init; } = [];
    public DateTimeOffset? Until { get; init; }
    public string? Position { get; init; }
    public bool MayPassOn { get; init; }
}

public enum InvitationFault
{
    /// <summary>One text for a wrong code, a used one and another name: the page tells nobody who was invited.</summary>
    Unknown,
    NotHeld,
}
