using Identity.Admin.Access;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages.Applications;

/// <summary>What people read about it.</summary>
[NeedsSignIn]
public sealed class LookModel : SettingsPage
{
    [BindProperty(SupportsGet = true)] public LookInput Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync([FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, string? done, CancellationToken ct)
    {
        var result = await ShowAsync(access, documents, done, ct);
        if (Client is not null && !FormCameBack) Input = new()
        {
            NameVi = Client.ClientName.Vi, NameEn = Client.ClientName.En, PurposeVi = Client.Purpose?.Vi, PurposeEn = Client.Purpose?.En,
            DescriptionVi = Client.Description?.Vi, DescriptionEn = Client.Description?.En, PolicyUri = Client.PolicyUri,
        };
        return result;
    }

    public async Task<IActionResult> OnPostAsync([FromServices] ApplicationSettings settings, [FromServices] ApplicationAccess access, [FromServices] ClientDocuments documents, CancellationToken ct)
    {
        var words = new WordsOfApplication(Both(Input.NameVi, Input.NameEn) ?? LocalizedText.Empty, Both(Input.PurposeVi, Input.PurposeEn) ?? LocalizedText.Empty,
            Both(Input.DescriptionVi, Input.DescriptionEn), OrNull(Input.PolicyUri));
        return await AnswerAsync(await settings.ChangeWordsAsync(Actor, Id, Version, words, ct), access, documents, $"/apps/{Id}/look", ct);
    }
}

public sealed record LookInput
{
    public string? NameVi { get; set; }
    public string? NameEn { get; set; }
    public string? PurposeVi { get; set; }
    public string? PurposeEn { get; set; }
    public string? DescriptionVi { get; set; }
    public string? DescriptionEn { get; set; }
    public string? PolicyUri { get; set; }
}
