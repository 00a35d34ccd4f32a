using Identity.Domain.Administration;
using Identity.Domain.Configuration;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Api;

/// <summary>The whole configuration as the one file that the command line reads and writes.</summary>
internal static class FileEndpoints
{
    /// <summary>A province's whole file, with room.</summary>
    private const long LargestFile = 16 * 1024 * 1024;

    public static void MapConfigurationFiles(this IEndpointRouteBuilder api)
    {
        api.MapGet("/configuration/export", ExportAsync).Produces<object>()
            .Operation("exportConfiguration", "Everything as one file; secrets leave as digests or masked", new(Permission.ReadConfiguration));
        api.MapPost("/configuration/import", ImportAsync).Produces<ImportResult>()
            .WithMetadata(new RequestSizeLimitAttribute(LargestFile))
            .Operation("importConfiguration", "Lay a file over what stands, whole or not at all; what is risky has to be proposed", new(Permission.ChangeConfiguration), 409, 413, 415, 422);
    }

    private static async Task<IResult> ExportAsync(HttpContext http, ConfigurationFiles files, CancellationToken ct) =>
        await files.ExportAsync(http.Actor(), ct) is { } file ? Results.Text(file, "application/json") : ApiProblem.NotAllowed.ToResult();

    private static async Task<IResult> ImportAsync(FileToImport body, HttpContext http, ConfigurationFiles files, CancellationToken ct) =>
        await files.ImportAsync(http.Actor(), body.Document.GetRawText(), body.Reason, ct) switch
        {
            FileOutcome.Imported imported => Results.Ok(new ImportResult(imported.Changes)),
            FileOutcome.Refused refused => ApiProblem.Invalid(refused.Errors).ToResult(),
            FileOutcome.NeedsSecondPerson needs => ApiProblem.NeedsSecondPerson(needs.Risky).ToResult(),
            FileOutcome.Denied denied => ItemEndpoints.ProblemOf(new ItemOutcome.Denied(denied.Why))!.ToResult(),
            _ => throw new InvalidOperationException("A file is imported, refused, denied or waits for a second person."),
        };
}
