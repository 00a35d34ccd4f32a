using Identity.Domain.Administration;
using Identity.Domain.Organisations;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Api;

/// <summary>A personnel list: sent, looked at, imported. Nothing changes before the second request.</summary>
internal static class StaffImportEndpoints
{
    /// <summary>The largest list in base64, and what stands around it.</summary>
    private const long LargestBody = StaffUpload.LargestFile / 3 * 4 + 10_000;

    public static void MapStaffImport(this IEndpointRouteBuilder api)
    {
        api.MapGet("/organisations/staff-lists", SourcesAsync).Produces<StaffSources>()
            .Operation("listStaffLists", "The personnel lists that this account may import", new(Permission.ChangeOrganisations));
        api.MapPost("/organisations/staff-uploads", UploadAsync).Produces<ShownUpload>(201)
            .WithMetadata(new RequestSizeLimitAttribute(LargestBody))
            .Operation("uploadStaffList", "Send a list and see what it would change", new(Permission.ChangeOrganisations) { IsForgotten = true }, 404, 413, 415);
        api.MapGet("/organisations/staff-uploads/{id:guid}", GetAsync).Produces<ShownUpload>()
            .Operation("getStaffUpload", "What the list would change now", new(Permission.ChangeOrganisations), 404);
        api.MapPost("/organisations/staff-uploads/{id:guid}/import", ImportAsync).Produces<ShownImport>()
            .Operation("importStaffList", "Import a list that was looked at", new(Permission.ChangeOrganisations), 404, 409, 413, 415);
    }

    private static async Task<IResult> SourcesAsync(HttpContext http, StaffUploads uploads, CancellationToken ct) => Results.Ok(new StaffSources(await uploads.SourcesAsync(http.Actor(), ct)));

    private static async Task<IResult> UploadAsync(ListToUpload body, HttpContext http, StaffUploads uploads, CancellationToken ct)
    {
        if (body.File.Length > StaffUpload.LargestFile) return ApiProblem.TooLarge.ToResult();
        if (await uploads.UploadAsync(http.Actor(), body.Source, body.File, body.OnlyChanges, ct) is not { } preview) return ApiProblem.NotFound.ToResult();
        http.Response.Headers.Location = $"{ApiSetup.Root}/organisations/staff-uploads/{preview.UploadId}";
        return Results.Json(ShownUpload.Of(preview), statusCode: 201);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, StaffUploads uploads, CancellationToken ct) =>
        await uploads.FindAsync(http.Actor(), id, ct) is { } preview ? Results.Ok(ShownUpload.Of(preview)) : ApiProblem.NotFound.ToResult();

    private static async Task<IResult> ImportAsync(Guid id, ListToImport body, HttpContext http, StaffUploads uploads, CancellationToken ct) => await uploads.ConfirmAsync(http.Actor(), id, body.ManyLeavers, body.SkipErrors, ct) switch
    {
        StaffImportOutcome.Applied applied => Results.Ok(new ShownImport(StaffPreview.Count(applied.Plan))),
        StaffImportOutcome.Refused { Why: var why } => ApiProblem.Clashes(why).ToResult(),
        _ => ApiProblem.NotFound.ToResult(),
    };
}

public sealed record StaffSources(IReadOnlyList<string> Sources);

/// <param name="File">The list as the command line reads it, in base64.</param>
/// <param name="OnlyChanges">The list names changes only: nobody leaves by absence.</param>
public sealed record ListToUpload(string Source, byte[] File, bool OnlyChanges = false)
{
    public override string ToString() => $"ListToUpload({Source})";
}

/// <param name="ManyLeavers">Yes, so many are gone.</param>
/// <param name="SkipErrors">Take the sound rows and leave the wrong ones as they are.</param>
public sealed record ListToImport(bool ManyLeavers = false, bool SkipErrors = false);

public sealed record ShownUpload(Guid Id, string Source, int Known, bool LeaversFound, int LeaverShare, IReadOnlyList<StaffChange> Changes, IReadOnlyList<StaffListError> Errors)
{
    public static ShownUpload Of(StaffPreview preview) => new(preview.UploadId, preview.Source, preview.Plan.Known, preview.Plan.LeaversFound, preview.Plan.LeaverShare,
        [.. preview.Plan.Changes.Where(c => c.Kind != StaffChangeKind.Unchanged)], preview.Plan.Errors);

    public override string ToString() => $"ShownUpload({Id})";
}

public sealed record ShownImport(int Changes);
