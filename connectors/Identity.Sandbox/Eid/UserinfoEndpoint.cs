using System.Net.Http.Headers;
using System.Text;
using Identity.Sandbox.Failures;

namespace Identity.Sandbox.Eid;

internal sealed class UserinfoEndpoint(EidMemory memory, FailureSwitch failures)
{
    public IResult Show(HttpContext http)
    {
        if (!AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || header.Scheme != "Bearer" || memory.AccessTokens.Find(header.Parameter) is not { } approval)
        {
            http.Response.Headers.WWWAuthenticate = """Bearer error="invalid_token" """.TrimEnd();
            return Results.Unauthorized();
        }
        return failures.For(approval.Failure) switch
        {
            Failure.Down => Results.StatusCode(StatusCodes.Status503ServiceUnavailable),
            Failure.Malformed => Results.Content("""{"sub": "eid-""", "application/json", Encoding.UTF8),
            var failure => Results.Json(PersonClaims.Of(approval.Person, failure)),
        };
    }
}
