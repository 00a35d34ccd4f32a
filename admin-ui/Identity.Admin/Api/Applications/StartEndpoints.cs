using Identity.Admin.SignIn;
using Identity.Admin.TryIt;
using Identity.Domain.Administration;
using Identity.Domain.Applications;
using Identity.Domain.Clients;
using Microsoft.Extensions.Options;

namespace Identity.Admin.Api;

/// <summary>A new application: its sandbox client is live at once. The account is in its team from then on; two people own it.</summary>
internal static class StartEndpoints
{
    public static void MapApplicationStart(this IEndpointRouteBuilder api) =>
        api.MapPost("/applications", StartAsync).Produces<StartedApplication>(201)
            .Operation("startApplication", "Register an application; its secret is given this one time", new(Permission.OwnApplications) { IsForgotten = true }, 409, 413, 415, 422);

    private static async Task<IResult> StartAsync(ApplicationToStart body, HttpContext http, ApplicationRegister register, ApplicationAccess access, IOptions<AdminOptions> options, CancellationToken ct)
    {
        var start = new ApplicationStart(WireText.Of(body.Name), WireText.Of(body.Purpose), body.UnitId, body.Kind, body.SecondOwner)
        {
            FirstOwner = body.FirstOwner, RedirectUris = body.RedirectUris, TryAddress = new Uri(options.Value.Address!, TryItRoutes.Callback).AbsoluteUri,
        };
        var outcome = await register.StartAsync(start, http.Actor(), ct);
        if (outcome is not ApplicationOutcome.Done done) return ApplicationProblems.Of(outcome)!.ToResult();
        if (await access.FindAsync(http.Actor(), done.ApplicationId, ct) is not { Application: var made }) return ApiProblem.NotFound.ToResult();
        http.Response.Headers.Location = $"{ApiSetup.Root}/applications/{made.Id}";
        return Results.Json(new StartedApplication(made.Id, made.SandboxClientId) { Secret = done.Secret }, statusCode: 201);
    }
}

/// <param name="Purpose">Completes "The service needs the following to …"; citizens read it.</param>
/// <param name="FirstOwner">Official mail, as the second: both are people, and a service account is neither.</param>
/// <param name="RedirectUris">None for a machine.</param>
public sealed record ApplicationToStart(LocalizedText Name, LocalizedText Purpose, Guid UnitId, ApplicationKind Kind, string FirstOwner, string SecondOwner, IReadOnlyList<string> RedirectUris)
{
    public override string ToString() => "ApplicationToStart";
}

public sealed record StartedApplication(Guid Id, string ClientId)
{
    /// <summary>Of the sandbox, where this kind of application has one. It is kept nowhere.</summary>
    public string? Secret { get; init; }

    public override string ToString() => $"StartedApplication({Id})";
}
