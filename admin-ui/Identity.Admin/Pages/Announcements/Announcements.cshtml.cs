using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Announcements;

/// <summary>What the province says on its sign-in page, said or about to say (P10).</summary>
[Needs(Permission.Announce)]
public sealed class AnnouncementsModel(AnnouncementDesk desk, TimeProvider clock) : AdminPage
{
    [BindProperty(SupportsGet = true)] public Guid? After { get; set; }
    [BindProperty(SupportsGet = true)] public string? Did { get; set; }

    public IReadOnlyList<Announcement> Entries { get; private set; } = [];
    public Guid? Next { get; private set; }

    public string StateOf(Announcement announcement) =>
        announcement.EndsAt <= clock.GetUtcNow() ? "over" : announcement.StartsAt > clock.GetUtcNow() ? "coming" : "shown";

    public async Task OnGetAsync(CancellationToken ct)
    {
        if (Did is "saved" or "ended") Done = $"ann.did.{Did}";
        await ReadAsync(ct);
    }

    public async Task<IActionResult> OnPostEndAsync(Guid id, CancellationToken ct)
    {
        if (await desk.EndAsync(Actor, id, ct) is not { } refusal) return Redirect("/announcements?did=ended");
        Faults.Add($"ann.fault.{refusal}");
        await ReadAsync(ct);
        return Page();
    }

    private async Task ReadAsync(CancellationToken ct)
    {
        var page = await desk.ListAsync(Actor, After, ct);
        Entries = [.. page.Take(AnnouncementDesk.PageSize)];
        Next = page.Count > AnnouncementDesk.PageSize ? Entries[^1].Id : null;
    }
}
