using Identity.Admin.Access;
using Identity.Domain.Administration;
using Identity.Domain.Announcements;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Announcements;

/// <summary>One announcement to write or change, with its look on a phone before anybody sees it. An incident of a connector begins here with words at hand.</summary>
[Needs(Permission.Announce)]
public sealed class WriteModel(AnnouncementDesk desk, ClientRegistry registry, TextCatalog texts, TimeProvider clock) : AdminPage
{
    /// <summary>What an incident usually takes; whoever writes it may say otherwise.</summary>
    private static readonly TimeSpan UsualTime = TimeSpan.FromHours(4);

    [BindProperty(SupportsGet = true)] public Guid? Id { get; set; }

    /// <summary>Of an incident.</summary>
    [BindProperty(SupportsGet = true)] public string? Connector { get; set; }

    [BindProperty(SupportsGet = true)] public WriteForm Input { get; set; } = new();

    public LocalizedText? Preview { get; private set; }

    /// <summary>What somebody else has made of it since this form was opened.</summary>
    public Announcement? Meanwhile { get; private set; }

    public IEnumerable<(string Name, LocalizedText Title)> Connectors => registry.Document.Connectors.Where(c => c.IsWayIn).Select(c => (c.Name, c.DisplayName));

    public override string? FieldOf(string fault) => fault switch
    {
        "ann.fault.LanguageIsMissing" or "ann.fault.TooLong" => "vi",
        "ann.fault.TimeDoesNotFit" => "to",
        "ann.fault.UnknownConnector" => "connector",
        "ann.fault.UnknownClient" => "client",
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync(CancellationToken ct)
    {
        if (FormCameBack) return Page();
        if (Id is { } id)
        {
            if (await desk.FindAsync(Actor, id, ct) is not { } found) return NotFound();
            Input = WriteForm.Of(found);
            return Page();
        }
        var now = clock.GetUtcNow();
        Input = new WriteForm { From = VietnamTime.Field(now), To = VietnamTime.Field(now + UsualTime) };
        if (Connector is { } name && registry.FindConnector(name) is { IsWayIn: true } connector)
            Input = Input with { Connector = name, Vi = Incident("vi", connector.DisplayName.Vi), En = Incident("en", connector.DisplayName.En) };
        return Page();
    }

    public void OnPostPreview() => Preview = Draft()?.Text;

    public async Task<IActionResult> OnPostAsync(CancellationToken ct)
    {
        if (Draft() is not { } draft) return Page();
        var refusal = Id is { } id ? await desk.ChangeAsync(Actor, id, Input.Version, draft, ct) : await desk.AddAsync(Actor, draft, ct);
        if (refusal is null) return Redirect("/announcements?did=saved");
        Faults.Add($"ann.fault.{refusal}");
        if (refusal == AnnouncementRefusal.ChangedMeanwhile && (Meanwhile = await desk.FindAsync(Actor, Id!.Value, ct)) is { } newer)
        {
            // The next press of the button is about what is shown now.
            Input = Input with { Version = newer.Version };
            ModelState.Clear();
        }
        return Page();
    }

    private AnnouncementDraft? Draft()
    {
        if (VietnamTime.Read(Input.From) is not { } from || VietnamTime.Read(Input.To) is not { } to)
        {
            Faults.Add("ann.fault.TimeDoesNotFit");
            return null;
        }
        return new(new(VisibleText.OneLine(Input.Vi), VisibleText.OneLine(Input.En)), Input.Audience, from, to) { Connector = Chosen(Input.Connector), ClientId = Chosen(Input.Client) };
    }

    private string Incident(string language, string connector) => texts.In(language)["ann.incident"].Replace("{connector}", connector, StringComparison.Ordinal);

    private static string? Chosen(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <param name="From">As the field of the browser writes it, in Vietnam's time.</param>
public sealed record WriteForm(string? Vi = null, string? En = null, AnnouncementAudience Audience = default, string? From = null, string? To = null)
{
    public string? Connector { get; init; }
    public string? Client { get; init; }

    /// <summary>Of the announcement that this form was made from.</summary>
    public int Version { get; init; }

    public static WriteForm Of(Announcement announcement) => new(announcement.Vi, announcement.En, announcement.Audience, VietnamTime.Field(announcement.StartsAt), VietnamTime.Field(announcement.EndsAt))
    {
        Connector = announcement.Connector,
        Client = announcement.ClientId,
        Version = announcement.Version,
    };
}
