using Identity.Domain.Desk;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>What pages about people and agencies have in common: a deed ends on a page that can be loaded again, and says what was done.</summary>
public abstract class DeskPage : AdminPage
{
    private static readonly string[] Deeds =
        ["signed_out", "all_signed_out", "frozen", "unfrozen", "recovery_asked", "recovery_approved", "recovery_declined", "renamed", "moved", "ended", "merged", "reviewed", "standing_ended", "imported", "proposed", "decided", "undone"];

    /// <summary>Says at the top what the form before did; a word that is none says nothing.</summary>
    protected void TellDone(string? deed)
    {
        if (deed is not null && Deeds.Contains(deed)) Done = $"desk.done.{deed}";
    }

    protected IActionResult GoTo(string path)
    {
        HttpContext.SeeOther(path);
        return new EmptyResult();
    }

    /// <summary>What is not there and what is out of reach give the same answer.</summary>
    protected bool Refuse(DeskRefusal? refusal)
    {
        if (refusal is { } why and not DeskRefusal.NotThere) Faults.Add($"desk.refused.{why}");
        return refusal is not null;
    }
}
