using System.Security.Cryptography;
using System.Text;
using Identity.Sandbox.Failures;
using Microsoft.IdentityModel.Tokens;

namespace Identity.Sandbox.Eid;

internal sealed class TokenEndpoint(
    SandboxOptions options, EidMemory memory, IdTokens idTokens, FailureSwitch failures, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        if (!http.Request.HasFormContentType) return Error("invalid_request");
        var form = await http.Request.ReadFormAsync(ct);
        if (!ClientCredentials.Match(http.Request, form, options.EidClientId, options.EidClientSecret)) return Error("invalid_client", StatusCodes.Status401Unauthorized);
        if (form["grant_type"] != "authorization_code") return Error("unsupported_grant_type");

        var failure = failures.For(memory.Codes.Find(form["code"])?.Failure ?? Failure.None);
        if (failure == Failure.Down) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);   // the code stays good
        if (failure == Failure.Slow) await Task.Delay(TimeSpan.FromSeconds(failures.SlowSeconds), clock, ct);

        if (memory.Codes.Take(form["code"]) is not { } approval) return Error("invalid_grant");
        if (failure == Failure.ReplayedCode) return Error("invalid_grant");
        if (form["redirect_uri"] != approval.Request.RedirectUri) return Error("invalid_grant");
        return Proves(form["code_verifier"], approval.Request.CodeChallenge) ? Issue(approval, failure) : Error("invalid_grant");
    }

    IResult Issue(Approval approval, Failure failure)
    {
        var accessToken = memory.AccessTokens.Add(approval);
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = accessToken,
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)EidMemory.AccessTokenLifetime.TotalSeconds,
            ["scope"] = "openid",
            ["id_token"] = idTokens.Create(approval, accessToken, failure),
        });
    }

    public static bool Proves(string? verifier, string? challenge) => challenge is null
        || Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier ?? ""))) == challenge;

    static IResult Error(string error, int status = StatusCodes.Status400BadRequest) => Results.Json(new { error }, statusCode: status);
}
