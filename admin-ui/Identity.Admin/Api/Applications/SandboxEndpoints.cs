using Identity.Admin.Logos;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Microsoft.AspNetCore.Mvc;

namespace Identity.Admin.Api;

/// <summary>How an application's sandbox signs people in, section by section, by the rules of the screens. Production follows by a request.</summary>
internal static class SandboxEndpoints
{
    private const string One = "/applications/{id:guid}/sandbox";

    /// <summary>The largest picture in base64, and what stands around it.</summary>
    private const long LargestPicture = LogoDrawing.LargestFile / 3 * 4 + 10_000;

    private static readonly ApiOperation Write = new(Permission.OwnApplications) { NeedsIfMatch = true };

    public static void MapSandboxes(this IEndpointRouteBuilder api)
    {
        api.MapGet(One, GetAsync).Produces<ShownSandbox>()
            .Operation("getSandbox", "The sandbox's settings, and the version that a change is made from", new(Permission.ReadApplications), 404);
        api.MapPut($"{One}/use", UseAsync).Produces<ShownSandbox>().Operation("changeUse", "Who uses it, and how many", Write, 404, 412, 413, 415, 422, 428);
        api.MapPut($"{One}/needs", NeedsAsync).Produces<ShownSandbox>().Operation("changeNeeds", "What it needs, with a reason for each attribute", Write, 404, 412, 413, 415, 422, 428);
        api.MapPut($"{One}/sign-in", SignInAsync).Produces<ShownSandbox>().Operation("changeSignIn", "Addresses, level and how a secret is sent", Write, 404, 409, 412, 413, 415, 422, 428);
        api.MapPut($"{One}/look", LookAsync).Produces<ShownSandbox>().Operation("changeLook", "What people read about it", Write, 404, 412, 413, 415, 422, 428);
        api.MapPut($"{One}/logo", LogoAsync).Produces<ShownSandbox>().WithMetadata(new RequestSizeLimitAttribute(LargestPicture))
            .Operation("changeLogo", "The picture beside its name: drawn anew, or taken away", Write, 404, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext http, SandboxServices services, CancellationToken ct) => await ShowAsync(id, http, services, ct);

    private static async Task<IResult> UseAsync(Guid id, UseOfSandbox body, HttpContext http, SandboxServices services, CancellationToken ct) =>
        await AnswerAsync(id, http, services, await services.Settings.ChangeUseAsync(http.Actor(), id, VersionOf(http), body.Read(), ct), ct);

    private static async Task<IResult> NeedsAsync(Guid id, NeedsOfSandbox body, HttpContext http, SandboxServices services, CancellationToken ct) =>
        await AnswerAsync(id, http, services, await services.Settings.ChangeNeedsAsync(http.Actor(), id, VersionOf(http), body.Read(), ct), ct);

    private static async Task<IResult> SignInAsync(Guid id, SignInOfSandbox body, HttpContext http, SandboxServices services, CancellationToken ct) =>
        await AnswerAsync(id, http, services, await services.Settings.ChangeSignInAsync(http.Actor(), id, VersionOf(http), body.Read(), ct), ct);

    private static async Task<IResult> LookAsync(Guid id, LookOfSandbox body, HttpContext http, SandboxServices services, CancellationToken ct) =>
        await AnswerAsync(id, http, services, await services.Settings.ChangeWordsAsync(http.Actor(), id, VersionOf(http), body.Read(), ct), ct);

    private static async Task<IResult> LogoAsync(Guid id, LogoOfSandbox body, HttpContext http, SandboxServices services, LogoDrawing drawing, CancellationToken ct)
    {
        // Nothing that a stranger sends is looked at.
        if (await services.Access.FindAsync(http.Actor(), id, ct) is not { } reached) return ApiProblem.NotFound.ToResult();
        if (!reached.May(ApplicationRights.Develop)) return ApiProblem.NotTheirs(ApplicationRefusal.NotAllowed).ToResult();
        var outcome = body.Picture is { } picture ? await drawing.DrawAsync(picture, ct) : null;
        if (outcome is LogoOutcome.Refused { Why: var fault }) return ApiProblem.BreaksRule(fault).ToResult();
        return await AnswerAsync(id, http, services, await services.Settings.ChangeLogoAsync(http.Actor(), id, VersionOf(http), (outcome as LogoOutcome.Drawn)?.Logo, ct), ct);
    }

    /// <summary>The door has seen that there is one.</summary>
    private static int VersionOf(HttpContext http) => EntityVersion.Of(http.Request, mayCreate: false)!.Value;

    /// <summary>What stands already is no fault of whoever says it again.</summary>
    private static async Task<IResult> AnswerAsync(Guid id, HttpContext http, SandboxServices services, ApplicationOutcome outcome, CancellationToken ct)
    {
        if (outcome is ApplicationOutcome.Done or ApplicationOutcome.Refused { Why: ApplicationRefusal.NothingToChange }) return await ShowAsync(id, http, services, ct);
        var reached = await services.Access.FindAsync(http.Actor(), id, ct);
        return ApplicationProblems.Of(outcome, (await services.Documents.FindAsync(reached?.Application.SandboxClientId, ct))?.Version ?? 0)!.ToResult();
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, SandboxServices services, CancellationToken ct)
    {
        if (await services.Access.FindAsync(http.Actor(), id, ct) is not { Application: var application }) return ApiProblem.NotFound.ToResult();
        if (await services.Documents.FindAsync(application.SandboxClientId, ct) is not { } stored) return ApiProblem.NotFound.ToResult();
        http.WriteVersion(stored.Version);
        return Results.Ok(ShownSandbox.Of(application, stored));
    }
}

/// <summary>What every section of a sandbox is read and changed with.</summary>
internal sealed record SandboxServices(ApplicationAccess Access, ApplicationSettings Settings, ClientDocuments Documents);
