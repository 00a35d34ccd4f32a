namespace Identity.Sandbox.Eid;

internal sealed class IntrospectEndpoint(SandboxOptions options, EidMemory memory)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Results.BadRequest();
        var form = await http.Request.ReadFormAsync(ct);
        if (!ClientCredentials.Match(http.Request, form, options.EidClientId, options.EidClientSecret))
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        if (memory.AccessTokens.Find(form["token"]) is not { } approval) return Results.Json(new { active = false });
        return Results.Json(new Dictionary<string, object>
        {
            ["active"] = true,
            ["client_id"] = options.EidClientId,
            ["sub"] = approval.Person.Subject,
            ["scope"] = "openid",
            ["token_type"] = "Bearer",
            ["exp"] = (approval.At + EidMemory.AccessTokenLifetime).ToUnixTimeSeconds(),
        });
    }
}
