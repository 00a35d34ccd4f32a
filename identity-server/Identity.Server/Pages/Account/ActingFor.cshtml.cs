using Identity.Domain.Delegation;
using Identity.Domain.Organisations;
using Identity.Server.Account;
using Identity.Server.Pages.ActingFor;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Server.Pages.Account;

/// <summary>For whom I act, who acts for me, and who can act for the businesses I may bind (ux.md, A5).</summary>
public sealed class ActingForAccountModel : AccountPage
{
    private const string Address = "/account/acting-for";

    public IReadOnlyList<HeldRow> Mine { get; set; } = [];
    public ActingPeople ForMe { get; set; } = new(Capacity.SelfId, "", null, []);
    public IReadOnlyList<ActingPeople> Organisations { get; set; } = [];

    public Task<IActionResult> OnGetAsync([FromServices] AccountDoor door, [FromServices] ActingForRecord record, CancellationToken ct) =>
        door.EnterAsync(HttpContext, async session =>
        {
            Notice = AccountDone.Read(HttpContext);
            Mine = await record.MineAsync(session.PersonId, ct);
            ForMe = await record.ForMeAsync(session.PersonId, ct);
            Organisations = await record.ForOrganisationsAsync(session.PersonId, ct);
            return Page();
        });

    public Task<IActionResult> OnPostAsync([FromForm] ActingDeed deed, [FromForm] Guid id, [FromServices] AccountDoor door, [FromServices] MandateOffice mandates,
        [FromServices] StandingOffice standings, [FromServices] InvitationDesk invitations) =>
        door.EnterAsync(HttpContext, async session =>
        {
            // Whose row it is, each office asks itself: an id from elsewhere changes nothing and is answered alike.
            var done = deed switch
            {
                ActingDeed.Accept => await mandates.AcceptAsync(id, session.PersonId, CancellationToken.None),
                ActingDeed.EndMandate => await mandates.WithdrawAsync(id, session.PersonId, CancellationToken.None),
                ActingDeed.EndStanding => await standings.EndAsync(id, session.PersonId, CancellationToken.None),
                ActingDeed.EndInvitation => await invitations.WithdrawAsync(id, session.PersonId, CancellationToken.None),
                _ => false,
            };
            return AccountDone.Show(HttpContext, Address, !done ? null : deed == ActingDeed.Accept ? AccountNotice.MandateAccepted : AccountNotice.RightEnded);
        });
}

public enum ActingDeed
{
    None,
    Accept,
    EndMandate,
    EndStanding,
    EndInvitation,
}

/// <summary>A capacity of the person, with what they can do about it here.</summary>
/// <param name="Source">Where it comes from, in the word of the row.</param>
/// <param name="SourceName">Name of the register, for sources that have no text of their own.</param>
public sealed record HeldRow(CapacityRow Capacity, string Source, string SourceName)
{
    public Guid? MandateId { get; init; }

    /// <summary>Set where both sides agreed by invitation, and either may end it.</summary>
    public Guid? StandingId { get; init; }

    public bool IsWaiting { get; init; }
    public bool IsOver { get; init; }
    public bool CanPassOn { get; init; }
}

/// <summary>Everybody who acts, or may act, in one name.</summary>
/// <param name="From">Capacity that the reader gives further rights from.</param>
public sealed record ActingPeople(string From, string Name, string? Code, IReadOnlyList<ActingRow> Rows);

public sealed record ActingRow(Guid Id, ActingKind Kind, string Name)
{
    public DateTimeOffset? Until { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];
    public AffiliationKind? Standing { get; init; }
    public bool IsWaiting { get; init; }

    public override string ToString() => Id.ToString();
}

public enum ActingKind
{
    /// <summary>From a register: it is changed there.</summary>
    Registered,
    Employee,
    Mandate,
    Invitation,
}
