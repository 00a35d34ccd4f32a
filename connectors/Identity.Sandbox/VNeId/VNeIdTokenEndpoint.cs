using Identity.Sandbox.Eid;
using Identity.Sandbox.Failures;

namespace Identity.Sandbox.VNeId;

internal sealed class VNeIdTokenEndpoint(VNeIdOptions options, EidMemory memory, FailureSwitch failures, VNeIdEncryption encryption, TimeProvider clock)
{
    public async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        // A JSON body is not taken, as in the field.
        if (!http.Request.HasFormContentType) return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
        var form = await http.Request.ReadFormAsync(ct);
        var failure = failures.For(memory.Codes.Find(form["code"])?.Failure ?? Failure.None);
        if (failure == Failure.Unauthorized || !ClientCredentials.Match(http.Request, form, options.ClientId, options.ClientSecret)) return Results.StatusCode(StatusCodes.Status401Unauthorized);
        if (form["grant_type"] != "authorization_code") return Error("unsupported_grant_type");
        if (failure == Failure.Down) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (failure == Failure.Slow) await Task.Delay(TimeSpan.FromSeconds(failures.SlowSeconds), clock, ct);

        if (memory.Codes.Take(form["code"]) is not { } approval || failure == Failure.ReplayedCode || form["redirect_uri"] != approval.Request.RedirectUri
            || !TokenEndpoint.Proves(form["code_verifier"], approval.Request.CodeChallenge)) return Error("invalid_grant");
        return encryption.Envelope(new()
        {
            ["access_token"] = memory.AccessTokens.Add(approval),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)EidMemory.AccessTokenLifetime.TotalSeconds,
        }, failure == Failure.Malformed ? Failure.None : failure);
    }

    static IResult Error(string error) => Results.Json(new { error }, statusCode: StatusCodes.Status400BadRequest);
}
