using Identity.Admin.Access;
using Identity.Admin.Drafts;
using Identity.Admin.Logos;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Identity.Admin.Pages.Applications;

/// <summary>What people read about it, and the picture beside its name.</summary>
[NeedsSignIn, TakesFile("logo", LogoDrawing.LargestFile), RequestSizeLimit(LargestRequest), RequestFormLimits(MultipartBodyLengthLimit = LargestRequest)]
public sealed class LookModel : SettingsPage
{
    /// <summary>A photograph from a telephone is read as far as to say what is wrong with it.</summary>
    private const int LargestRequest = 16 * LogoDrawing.LargestFile;

    [BindProperty(SupportsGet = true)] public LookInput Input { get; set; } = new();

    public ShownLogo? Logo => ShownLogo.Of(Client.Logo, LogoAddress);

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, string? done, CancellationToken ct)
    {
        var result = await ShowAsync(access, documents, done, ct);
        if (Client is not null && !CameBackWith("Input.NameVi")) ShowStored();
        return result;
    }

    public async Task<IActionResult> OnGetLogoAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct) =>
        await ShowAsync(access, documents, null, ct) is PageResult ? Picture(Client.Logo) : NotFound();

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationSettings settings, [FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct) =>
        await AnswerAsync(await settings.ChangeWordsAsync(Actor, Id, Version, Input.ToWords(), ct), access, documents, $"/apps/{Id}/look", ct);

    public async Task<IActionResult> OnPostPreviewAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct) =>
        await RefuseAsync(access, documents, ct) ?? ShowTyped(Input.ToWords().On(Client));

    public async Task<IActionResult> OnPostLogoAsync(IFormFile? logo, [FromServices] LogoDrawing drawing, [FromServices] LookPageServices services, CancellationToken ct)
    {
        if (await RefuseAsync(services, ct) is { } refused) return refused;
        var outcome = logo is null or { Length: 0 } ? LogoFault.Missing
            : logo.Length > LogoDrawing.LargestFile ? LogoFault.TooLarge
            : await drawing.DrawAsync(await BytesOfAsync(logo, ct), ct);
        if (outcome is LogoOutcome.Drawn { Logo: var drawn }) return await AnswerAsync(services, drawn, ct);
        Faults.Add($"look.logo_fault.{((LogoOutcome.Refused)outcome).Why}");
        return Page();
    }

    public async Task<IActionResult> OnPostNoLogoAsync([FromServices] LookPageServices services, CancellationToken ct) =>
        await RefuseAsync(services, ct) ?? await AnswerAsync(services, null, ct);

    private async Task<IActionResult?> RefuseAsync(LookPageServices services, CancellationToken ct)
    {
        if (await RefuseAsync(services.Access, services.Documents, ct) is { } refused) return refused;
        ShowStored();
        return null;
    }

    private async Task<IActionResult> AnswerAsync(LookPageServices services, ClientLogo? logo, CancellationToken ct)
    {
        var answer = await AnswerAsync(await services.Settings.ChangeLogoAsync(Actor, Id, Version, logo, ct), services.Access, services.Documents, $"/apps/{Id}/look", ct);
        ShowStored();
        return answer;
    }

    private static async Task<byte[]> BytesOfAsync(IFormFile file, CancellationToken ct)
    {
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, ct);
        return copy.ToArray();
    }

    private void ShowStored() => Input = new()
    {
        NameVi = Client.ClientName.Vi, NameEn = Client.ClientName.En, PurposeVi = Client.Purpose?.Vi, PurposeEn = Client.Purpose?.En,
        DescriptionVi = Client.Description?.Vi, DescriptionEn = Client.Description?.En, PolicyUri = Client.PolicyUri,
    };
}

/// <summary>What a new picture goes through.</summary>
public sealed record LookPageServices(ApplicationSettings Settings, ApplicationAccess Access, ClientDocuments Documents);

public sealed record LookInput
{
    public string? NameVi { get; set; }
    public string? NameEn { get; set; }
    public string? PurposeVi { get; set; }
    public string? PurposeEn { get; set; }
    public string? DescriptionVi { get; set; }
    public string? DescriptionEn { get; set; }
    public string? PolicyUri { get; set; }

    public WordsOfApplication ToWords() => new(ApplicationPage.Both(NameVi, NameEn) ?? LocalizedText.Empty, ApplicationPage.Both(PurposeVi, PurposeEn) ?? LocalizedText.Empty,
        ApplicationPage.Both(DescriptionVi, DescriptionEn), ApplicationPage.OrNull(PolicyUri));
}
