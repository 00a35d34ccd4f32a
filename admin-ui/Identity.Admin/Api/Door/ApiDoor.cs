using Identity.Domain.Administration;
using Identity.Domain.Audit;

namespace Identity.Admin.Api;

/// <summary>
/// The one door of the API. A bearer token in the header and nothing else: no cookie, so no other site can make a browser ask; no
/// token in an address, which ends up in logs. How far a permission reaches is the domain's question.
/// </summary>
internal sealed class ApiDoor(RequestDelegate next)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http, ApiTokens tokens, RoleBook roles, RequestOrigin origin)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<ApiOperation>() is not { } operation)
        {
            await next(http);
            return;
        }
        var presented = http.Request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : "";
        if (presented.Length == 0 || await tokens.ReadAsync(presented, http.RequestAborted) is not { } token)
        {
            await ChallengeAsync(http, ApiProblem.Unauthenticated, presented.Length == 0 ? "" : " error=\"invalid_token\"");
            return;
        }
        var granted = ApiScopes.PermissionsOf(token.Scopes);
        var actor = await roles.ServiceActorAsync(token.ClientId, http.RequestAborted) with { Only = granted };
        http.Features.Set(actor);
        origin.Actor = actor.Name;
        IEnumerable<Permission> enough = operation.Permission is { } needed ? [needed] : granted;
        if (!enough.Any(granted.Contains)) await ChallengeAsync(http, ApiProblem.ScopeMissing(ApiScopes.ThatReach(operation.Permission)), " error=\"insufficient_scope\"");
        else if (!enough.Any(actor.MaySomewhere)) await ApiProblem.NotAllowed.WriteAsync(http);
        else if (http.Request.Query.Keys.Except(operation.Query).FirstOrDefault() is { } unknown) await ApiProblem.BadParameter(unknown).WriteAsync(http);
        else if (http.Request.Query.FirstOrDefault(q => q.Value.Any(v => v?.Contains('\0', StringComparison.Ordinal) == true)).Key is { } unreadable) await ApiProblem.BadParameter(unreadable).WriteAsync(http);
        else if (operation.NeedsIfMatch && EntityVersion.Of(http.Request, operation.MayCreate) is null) await ApiProblem.NoVersion.WriteAsync(http);
        else await next(http);
    }

    /// <summary>RFC 6750 §3.</summary>
    private static Task ChallengeAsync(HttpContext http, ApiProblem problem, string error)
    {
        http.Response.Headers.WWWAuthenticate = $"Bearer{error}";
        return problem.WriteAsync(http);
    }
}
