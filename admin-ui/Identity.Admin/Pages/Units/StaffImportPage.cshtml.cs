using Identity.Admin.Access;
using Identity.Admin.Drafts;
using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Pages;

/// <summary>A personnel list: sent, looked at, imported. Nothing changes before the second button.</summary>
[Needs(Permission.ChangeOrganisations), TakesFile("file", StaffUpload.LargestFile), RequestSizeLimit(StaffUpload.LargestFile + 100_000), RequestFormLimits(MultipartBodyLengthLimit = StaffUpload.LargestFile + 100_000)]
public sealed class StaffImportPageModel : DeskPage
{
    public const int ShownChanges = 200;

    [BindProperty(SupportsGet = true)] public string? Source { get; set; }
    [BindProperty(SupportsGet = true)] public bool OnlyChanges { get; set; }

    /// <summary>The list that is being looked at.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Upload { get; set; }

    [BindProperty(SupportsGet = true)] public bool ManyLeavers { get; set; }
    [BindProperty(SupportsGet = true)] public bool SkipErrors { get; set; }

    public IReadOnlyList<string> Sources { get; set; } = [];
    public StaffPreview? Preview { get; set; }

    public override string? FieldOf(string fault) => fault switch
    {
        "org.fault.file" or "org.fault.large" => "file",
        "org.fault.source" => "source",
        "org.import.HasErrors" => "skip",
        "org.import.TooManyLeavers" => "many",
        _ => null,
    };

    public async Task<IActionResult> OnGetAsync([FromQuery] string? done, [FromServices] StaffUploads uploads, CancellationToken ct)
    {
        TellDone(done);
        Sources = await uploads.SourcesAsync(Actor, ct);
        if (Upload is not { } id) return Page();
        Preview = await uploads.FindAsync(Actor, id, ct);
        return Preview is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostUploadAsync(IFormFile? file, [FromServices] StaffUploads uploads, CancellationToken ct)
    {
        Sources = await uploads.SourcesAsync(Actor, ct);
        if (file is null or { Length: 0 }) Faults.Add("org.fault.file");
        else if (file.Length > StaffUpload.LargestFile) Faults.Add("org.fault.large");
        if (Source is null || !Sources.Contains(Source)) Faults.Add("org.fault.source");
        if (HasFault) return Page();
        using var copy = new MemoryStream();
        await file!.CopyToAsync(copy, ct);
        return await uploads.UploadAsync(Actor, Source!, copy.ToArray(), OnlyChanges, ct) is { } preview ? GoTo($"/staff/import?upload={preview.UploadId}") : NotFound();
    }

    public async Task<IActionResult> OnPostConfirmAsync([FromServices] StaffUploads uploads, CancellationToken ct)
    {
        switch (await uploads.ConfirmAsync(Actor, Upload ?? Guid.Empty, ManyLeavers, SkipErrors, ct))
        {
            case StaffImportOutcome.Applied: return GoTo("/staff/import?done=imported");
            case StaffImportOutcome.Refused { Why: var why }:
                Faults.Add($"org.import.{why}");
                return await OnGetAsync(null, uploads, ct);
            default: return NotFound();
        }
    }
}
